/*
 * Giving memory back under pressure: unused pages of files, the caches of drivers and filesystems (shrinkers), and the
 * heap's own spare slabs.
 *
 * Called by the page allocator in process context before it gives up. A task that reclaims is marked PF_MEMALLOC, so that
 * what it allocates meanwhile comes from the reserve and does not recurse. Shrinkers are called one after the other
 * under a lock that registration takes, too.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/shrinker.h>
#include <rakit/memory.h>
#include "mm/page.h"
#include "mm/slab.h"
#include "mm/vm.h"

#define BATCH_DEFAULT 128
#define FILE_PAGES_AT_ONCE 32UL

static LIST_HEAD(shrinkers);
static DEFINE_MUTEX(shrinkers_lock); /* the list, and that no shrinker runs while it leaves */

int register_shrinker(struct shrinker *shrinker)
{
	mutex_lock(&shrinkers_lock);
	list_add_tail(&shrinker->list, &shrinkers);
	mutex_unlock(&shrinkers_lock);
	return 0;
}
EXPORT_SYMBOL(register_shrinker);

void unregister_shrinker(struct shrinker *shrinker)
{
	mutex_lock(&shrinkers_lock);
	list_del_init(&shrinker->list);
	mutex_unlock(&shrinkers_lock);
}
EXPORT_SYMBOL(unregister_shrinker);

static unsigned long shrink_one(struct shrinker *shrinker, gfp_t gfp)
{
	struct shrink_control control = { .gfp_mask = gfp };
	unsigned long there = shrinker->count_objects(shrinker, &control), freed;

	if (!there || there >= SHRINK_EMPTY)
		return 0;
	control.nr_to_scan = min_t(unsigned long, there,
				   shrinker->batch ? shrinker->batch : BATCH_DEFAULT);
	freed = shrinker->scan_objects(shrinker, &control);
	return freed == SHRINK_STOP ? 0 : freed;
}

static unsigned long shrink_all(gfp_t gfp)
{
	struct shrinker *shrinker;
	unsigned long freed = 0;

	if (!mutex_trylock(&shrinkers_lock))
		return 0;
	list_for_each_entry(shrinker, &shrinkers, list)
		freed += shrink_one(shrinker, gfp);
	mutex_unlock(&shrinkers_lock);
	return freed;
}

static void trim_heap(void)
{
	struct kmem_cache *cache;

	preempt_disable(); /* no cache leaves the list */
	list_for_each_entry(cache, &slab_caches, caches)
		slab_cache_trim(cache);
	preempt_enable();
}

unsigned long free_pages_total(void)
{
	const struct kmem_cache *cache;
	unsigned long pages = nr_free_pages() + tables_spare() + kstack_spare();

	preempt_disable();
	list_for_each_entry(cache, &slab_caches, caches)
		pages += (unsigned long)cache->empty << cache->order;
	preempt_enable();
	return pages;
}

/* What the kernel's own lists hold ready. */
static void drain_spare(void)
{
	tables_drain();
	kstack_drain();
	trim_heap();
}

void drop_caches(void)
{
	while (pagecache_shrink(pagecache_pages() + FILE_PAGES_AT_ONCE) || shrink_all(GFP_KERNEL))
		cond_resched();
	drain_spare();
}

unsigned long reclaim_pages(gfp_t gfp, unsigned long wanted)
{
	unsigned long before = nr_free_pages(), progress = 0;

	might_sleep();
	current->flags |= PF_MEMALLOC;
	if (gfp & __GFP_FS)
		progress += pagecache_shrink(max(wanted, FILE_PAGES_AT_ONCE));
	if (!progress)
		progress += shrink_all(gfp);
	drain_spare();
	current->flags &= ~PF_MEMALLOC;
	return nr_free_pages() > before ? nr_free_pages() - before : 0;
}
