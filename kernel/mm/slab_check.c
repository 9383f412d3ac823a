/*
 * The heap's checks and reports (CONFIG_DEBUG_SLAB).
 *
 * Called where an object changes hands. An object that fails a check is reported with its cache, owner and the call
 * sites of allocation and free, and never used again, so that one mistake does not become another. The text follows
 * the house rule: `slab: <cache>: <what> …`.
 * Poison: objects of the kernel itself are poisoned at their beginning, where links and pointers are, those of modules
 * completely: the check must not cost more than the work it guards.
 * Any context, interrupts as the caller has them.
 */
#include <linux/kernel.h>
#include <linux/irqflags.h>
#include <linux/module.h>
#include <linux/poison.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "mm/slab.h"

#ifdef CONFIG_DEBUG_SLAB

#define POISON_WORD 0x6b6b6b6bu

static const char *owner_name(const struct module *owner)
{
	return owner ? owner->name : "kernel";
}

void slab_poison(struct kmem_cache *cache, void *object, bool whole)
{
	u32 *word = object;

	if (cache->ctor) {
		slab_mark(object, MAGIC_FRESH);
		return;
	}
	if (unlikely(whole) || cache->size < POISON_SHORT) {
		memset(object, POISON_FREE, cache->size - 1);
		((u8 *)object)[cache->size - 1] = POISON_END;
		slab_mark(object, MAGIC_FREE_FULL);
		return;
	}
	word[0] = word[1] = word[2] = word[3] = POISON_WORD;
	slab_mark(object, MAGIC_FREE);
}

/* First byte of a free object that is not poison, or NULL. */
static const u8 *poison_broken(struct kmem_cache *cache, const void *object)
{
	const u32 *word = object;
	const u8 *byte;

	if (slab_is(object, MAGIC_FREE)) {
		if (likely(!((word[0] ^ POISON_WORD) | (word[1] ^ POISON_WORD) |
			     (word[2] ^ POISON_WORD) | (word[3] ^ POISON_WORD))))
			return NULL;
		return memchr_inv(object, POISON_FREE, POISON_SHORT);
	}
	byte = memchr_inv(object, POISON_FREE, cache->size - 1);
	if (byte)
		return byte;
	byte = (const u8 *)object + cache->size - 1;
	return *byte == POISON_END ? NULL : byte;
}

bool slab_check_take(struct kmem_cache *cache, void *object, unsigned long site)
{
	struct slab_header *header = slab_header(object);
	const u8 *bad;

	if (slab_is(object, MAGIC_FRESH))
		return true;
	if (unlikely(!slab_is(object, MAGIC_FREE) && !slab_is(object, MAGIC_FREE_FULL))) {
		pr_err("slab: %s: header of free object %p is overwritten (%08x), found at %pS; "
		       "object before: "
		       "see slab_verify\n",
		       cache->name, object, header->magic, (void *)site);
		return false;
	}
	bad = poison_broken(cache, object);
	if (likely(!bad))
		return true;
	pr_err("slab: %s: object %p written after free at offset %u (0x%02x): allocated at %pS, "
	       "freed at %pS\n",
	       cache->name, object, (unsigned int)(bad - (u8 *)object), *bad, (void *)header->site,
	       (void *)header->free_site);
	return false;
}

bool slab_check_give(struct kmem_cache *cache, void *object, unsigned long site)
{
	struct slab_header *header = slab_header(object);

	if (slab_is(object, MAGIC_LIVE)) {
		pr_err("slab: %s: object %p of %u bytes written behind its end: owner %s, "
		       "allocated at %pS, freed at "
		       "%pS\n",
		       cache->name, object, header->size, owner_name(header->owner),
		       (void *)header->site, (void *)site);
		dump_stack();
		return true;
	}
	if (slab_is(object, MAGIC_FREE) || slab_is(object, MAGIC_FREE_FULL))
		pr_err("slab: %s: double free of object %p: allocated at %pS, freed at %pS and "
		       "again at %pS\n",
		       cache->name, object, (void *)header->site, (void *)header->free_site,
		       (void *)site);
	else
		pr_err("slab: %s: free of %p at %pS: not the beginning of an object, or written "
		       "before its "
		       "beginning (%08x)\n",
		       cache->name, object, (void *)site, header->magic);
	dump_stack();
	return false;
}

void slab_report_wild(const void *p, unsigned long site)
{
	pr_err("slab: kfree of %p at %pS: not a heap object\n", p, (void *)site);
	dump_stack();
}

void slab_report_cache(struct kmem_cache *asked, struct kmem_cache *real, const void *p,
		       unsigned long site)
{
	pr_err("slab: %s: free of %p at %pS: it belongs to %s\n", asked->name, p, (void *)site,
	       real ? real->name : "no cache");
	dump_stack();
}

static bool object_good(struct kmem_cache *cache, void *object)
{
	struct slab_header *header = slab_header(object);
	u32 redzone;

	if (slab_is(object, MAGIC_FRESH))
		return true;
	if (!slab_is(object, MAGIC_LIVE))
		return slab_check_take(cache, object, _RET_IP_);
	memcpy(&redzone, (char *)object + header->size, sizeof(redzone));
	if (header->size <= cache->size && redzone == REDZONE_VALUE)
		return true;
	pr_err("slab: %s: object %p of %u bytes written behind its end: owner %s, allocated at "
	       "%pS\n",
	       cache->name, object, header->size, owner_name(header->owner), (void *)header->site);
	return false;
}

static unsigned int verify_slabs(struct kmem_cache *cache, struct list_head *slabs)
{
	unsigned int bad = 0, i;
	struct page *slab;

	list_for_each_entry(slab, slabs, lru) {
		for (i = 0; i < slab->private; i++) {
			if (!object_good(cache,
					 page_to_virt(slab) + cache->offset + i * cache->stride))
				bad++;
		}
	}
	return bad;
}

unsigned int slab_verify(void)
{
	struct kmem_cache *cache;
	unsigned int bad = 0;
	unsigned long flags;

	local_irq_save(flags);
	list_for_each_entry(cache, &slab_caches, caches)
		bad += verify_slabs(cache, &cache->partial) + verify_slabs(cache, &cache->full);
	local_irq_restore(flags);
	return bad;
}

#else

unsigned int slab_verify(void)
{
	return 0;
}

#endif
