/*
 * Whose the heap's objects are: accounts per module, and taking back what a module left.
 *
 * Each object tells its owner in its header; in addition a count per owner says at once whether there is anything to look
 * for, so that the unload of a clean module costs one look-up. A record comes with a module's first allocation and goes
 * when the module is asked about and has nothing.
 * Without CONFIG_DEBUG_SLAB objects have no owner: nothing is found.
 * Locking: interrupts off.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <rakit/ledger.h>
#include <rakit/memory.h>
#include "mm/slab.h"

#ifdef CONFIG_DEBUG_SLAB

#define BUCKETS 64

struct slab_account {
	struct hlist_node hash;
	struct module *owner;
	unsigned int objects; /* live */
	size_t bytes;
};

static struct hlist_head accounts[BUCKETS];

static struct hlist_head *bucket_of(const struct module *owner)
{
	return &accounts[((u32)(unsigned long)owner * 2654435761u) >> 26];
}

static struct slab_account *account_find(struct module *owner)
{
	struct slab_account *account;

	hlist_for_each_entry(account, bucket_of(owner), hash) {
		if (account->owner == owner)
			return account;
	}
	return NULL;
}

static struct slab_account *account_make(struct module *owner)
{
	struct slab_account *account = kmalloc(sizeof(*account), GFP_ATOMIC | __GFP_NOWARN);

	if (!account)
		return NULL;
	*account = (struct slab_account){ .owner = owner };
	hlist_add_head(&account->hash, bucket_of(owner));
	return account;
}

bool slab_owner_charge(struct module *owner, size_t size)
{
	struct slab_account *account;
	unsigned long flags;

	local_irq_save(flags);
	account = account_find(owner);
	if (unlikely(!account))
		account = account_make(owner);
	if (account) {
		account->objects++;
		account->bytes += size;
	}
	local_irq_restore(flags);
	return account;
}

void slab_owner_uncharge(struct module *owner, size_t size)
{
	struct slab_account *account;
	unsigned long flags;

	local_irq_save(flags);
	account = account_find(owner);
	if (!WARN_ON_ONCE(!account || !account->objects)) {
		account->objects--;
		account->bytes -= size;
	}
	local_irq_restore(flags);
}

void slab_owned_count(struct module *owner, unsigned int *objects, size_t *bytes)
{
	struct slab_account *account;
	unsigned long flags;

	local_irq_save(flags);
	account = account_find(owner);
	*objects = account ? account->objects : 0;
	*bytes = account ? account->bytes : 0;
	local_irq_restore(flags);
}

/* Drops an empty account; true if there was nothing (left). */
static bool account_close(struct module *owner)
{
	struct slab_account *account;
	unsigned long flags;
	bool empty;

	local_irq_save(flags);
	account = account_find(owner);
	empty = !account || !account->objects;
	if (account && empty)
		hlist_del(&account->hash);
	local_irq_restore(flags);
	if (empty)
		kfree(account);
	return empty;
}

typedef void owned_fn_t(const struct slab_owned *object, void *data);

static unsigned int owned_in(struct kmem_cache *cache, struct list_head *slabs,
			     struct module *owner, owned_fn_t *fn, void *data)
{
	struct page *slab, *next;
	struct slab_owned owned;
	unsigned int count = 0;
	struct slab_header *header;
	int i;

	list_for_each_entry_safe(slab, next, slabs, lru) {
		slab_held = slab; /* fn may free its last object */
		for (i = (int)slab->private - 1; i >= 0; i--) {
			owned.object = page_to_virt(slab) + cache->offset +
				       (unsigned int)i * cache->stride;
			header = slab_header(owned.object);
			if (!slab_is(owned.object, MAGIC_LIVE) || header->owner != owner)
				continue;
			owned.size = header->size;
			owned.site = header->site;
			owned.cache = cache->name;
			count++;
			fn(&owned, data);
		}
	}
	slab_held = NULL;
	return count;
}

static unsigned int owned_large(struct module *owner, owned_fn_t *fn, void *data)
{
	struct page *page, *next;
	struct slab_owned owned;
	unsigned int count = 0;

	list_for_each_entry_safe(page, next, &slab_large_owned, lru) {
		if (page->owner != owner)
			continue;
		owned = (struct slab_owned){ page_to_virt(page), page->private, page->site,
					     "pages" };
		count++;
		fn(&owned, data);
	}
	return count;
}

unsigned int slab_for_each_owned(struct module *owner, owned_fn_t *fn, void *data)
{
	struct kmem_cache *cache;
	unsigned int count;

	if (account_close(owner))
		return 0;
	count = owned_large(owner, fn, data);
	list_for_each_entry(cache, &slab_caches, caches) {
		count += owned_in(cache, &cache->full, owner, fn, data);
		count += owned_in(cache, &cache->partial, owner, fn, data);
	}
	account_close(owner);
	return count;
}

static void owned_free(const struct slab_owned *object, void *data)
{
	kfree(object->object);
}

unsigned int slab_release_owned(struct module *owner)
{
	return slab_for_each_owned(owner, owned_free, NULL);
}

bool slab_object_info(const void *p, struct slab_owned *info, struct module **owner)
{
	struct page *slab = slab_page_of(p);
	struct kmem_cache *cache;
	struct slab_header *header;
	unsigned long offset;
	void *object;

	if (!slab)
		return false;
	cache = slab->slab_cache;
	offset = (unsigned long)p - (unsigned long)page_to_virt(slab);
	if (offset < cache->offset)
		return false;
	offset = (offset - cache->offset) / cache->stride;
	if (offset >= slab->private)
		return false;
	object = page_to_virt(slab) + cache->offset + offset * cache->stride;
	if (!slab_is(object, MAGIC_LIVE))
		return false;
	header = slab_header(object);
	*info = (struct slab_owned){ object, header->size, header->site, cache->name };
	*owner = header->owner;
	return true;
}

#else

void slab_owned_count(struct module *owner, unsigned int *objects, size_t *bytes)
{
	*objects = 0;
	*bytes = 0;
}

unsigned int slab_for_each_owned(struct module *owner,
				 void (*fn)(const struct slab_owned *object, void *data),
				 void *data)
{
	return 0;
}

unsigned int slab_release_owned(struct module *owner)
{
	return 0;
}

bool slab_object_info(const void *p, struct slab_owned *info, struct module **owner)
{
	return false;
}

#endif

int slab_show_info(struct seq_file *m, void *v)
{
	struct kmem_cache *cache;

	seq_puts(m, "slabinfo - version: 2.1\n"
		    "# name            <active_objs> <num_objs> <objsize> <objperslab> "
		    "<pagesperslab> : tunables "
		    "<limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> "
		    "<sharedavail>\n");
	preempt_disable(); /* no cache leaves the list */
	list_for_each_entry(cache, &slab_caches, caches)
		seq_printf(
			m,
			"%-17s %6u %6u %6u %4u %4u : tunables %4u %4u %4u : slabdata %6u %6u %6u\n",
			cache->name, cache->live, cache->slabs * cache->per_slab, cache->stride,
			cache->per_slab, 1u << cache->order, cache->hot_max, 1u, 0u,
			cache->slabs - cache->empty, cache->slabs, 0u);
	preempt_enable();
	return 0;
}

/* A module's cache goes with the module: first its objects, then the cache. */
static void cache_kind_release(const struct ledger_entry *entry)
{
	struct kmem_cache *cache = (struct kmem_cache *)entry->object;

	cache->owner = NULL;
	slab_release_owned(entry->owner);
	slab_cache_trim(cache);
	if (cache->live)
		pr_err("slab: cache %s: %u objects held by others; kept\n", cache->name,
		       cache->live);
	else
		slab_cache_release(cache);
}

static const struct ledger_kind_ops cache_kind = { .name = "heap caches",
						   .release = cache_kind_release };

static int __init slab_register(void)
{
	ledger_kind_register(LEDGER_CACHE, &cache_kind);
	return 0;
}
pure_initcall(slab_register);
