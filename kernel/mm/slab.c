/*
 * The kernel heap: objects of equal size carved from slabs (Bonwick, USENIX Summer 1994).
 *
 * A cache has slabs of 1 << order pages. struct page of a slab's first page keeps the slab's state: free objects
 * (freelist), how many objects were ever carved (private; carving is lazy, so a new slab costs nothing per object) and how
 * many are out (slab_inuse). On top each cache has a short list of free objects at hand: allocation and free are a pop
 * and a push there, and the last freed object, warm in the cache, is the first used.
 *
 * kmalloc() serves sizes up to KMALLOC_SMALL from caches by size class, larger ones as blocks of pages.
 * With CONFIG_DEBUG_SLAB a header of 16 bytes in front of each object tells owner and call site; checks and reports are
 * in slab_check.c, the accounts of modules in slab_owner.c.
 *
 * Invariants: an object is in exactly one place: out, in its slab's freelist, or in the hot list (then its slab counts it
 * as out). A slab with free objects is in cache->partial, one without in cache->full.
 * Locking: interrupts off for a few dozen instructions; the list of caches is changed with interrupts off, too.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/boot_order.h>
#include <rakit/ledger.h>
#include "mm/page.h"
#include "mm/slab.h"

#define KMALLOC_SMALL 2048
#define ORDER_MAX 3 /* of a slab, where one object fits into a page */
#define HOT_BYTES 4096
#define EMPTY_KEPT 1

LIST_HEAD(slab_caches);
LIST_HEAD(slab_large_owned);
struct page *slab_held;

static const u16 class_sizes[] = { 16, 32, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048 };
static struct kmem_cache classes[ARRAY_SIZE(class_sizes)];
static struct kmem_cache cache_of_caches;
static u8 class_by_16[KMALLOC_SMALL / 16 + 1]; /* (size + 15) / 16 -> class */

static inline void **link_of(const struct kmem_cache *cache, void *object)
{
	return (void **)((char *)object + cache->link);
}

static inline void *object_at(const struct kmem_cache *cache, const struct page *slab,
			      unsigned int n)
{
	return (char *)page_to_virt(slab) + cache->offset + n * cache->stride;
}

struct page *slab_page_of(const void *p)
{
	struct page *page;

	if (!virt_addr_valid(p))
		return NULL;
	page = virt_to_page(p);
	if (PageTail(page))
		page = page->head;
	return PageSlab(page) ? page : NULL;
}

/* A fresh slab, not in any list; called with interrupts off, which a waiting allocation turns on. */
static struct page *slab_create(struct kmem_cache *cache, gfp_t gfp)
{
	struct page *slab = page_alloc((gfp | cache->gfp) & ~(__GFP_ZERO | __GFP_HIGHMEM),
				       cache->order, 0);
	unsigned int i;

	if (!slab)
		return NULL;
	__SetPageSlab(slab);
	slab->slab_cache = cache;
	slab->freelist = NULL;
	slab->slab_inuse = 0;
	slab->private = 0;
	for (i = 1; i < 1u << cache->order; i++) {
		slab[i].flags = 1UL << PG_tail;
		slab[i].head = slab;
	}
	return slab;
}

static void slab_destroy(struct kmem_cache *cache, struct page *slab)
{
	unsigned int i;

	for (i = 1; i < 1u << cache->order; i++)
		slab[i].flags = 0;
	slab->flags = 0;
	atomic_set(&slab->_mapcount, 0);
	slab->slab_cache = NULL;
	page_put_order(slab, cache->order);
}

/* One object of a slab that has some. */
static void *slab_pop(struct kmem_cache *cache, struct page *slab)
{
	void *object = slab->freelist;

	if (!slab->slab_inuse++)
		cache->empty--;
	if (object) {
		slab->freelist = *link_of(cache, object);
	} else {
		object = object_at(cache, slab, slab->private ++);
#ifdef CONFIG_DEBUG_SLAB
		slab_mark(object, MAGIC_FRESH);
#endif
		if (cache->ctor)
			cache->ctor(object);
	}
	if (slab->slab_inuse == cache->per_slab)
		list_move(&slab->lru, &cache->full);
	return object;
}

static void slab_push(struct kmem_cache *cache, struct page *slab, void *object)
{
	if (slab->slab_inuse-- == cache->per_slab)
		list_move(&slab->lru, &cache->partial);
	*link_of(cache, object) = slab->freelist;
	slab->freelist = object;
	if (slab->slab_inuse || cache->empty++ < EMPTY_KEPT || slab == slab_held)
		return;
	cache->empty--;
	cache->slabs--;
	list_del(&slab->lru);
	slab_destroy(cache, slab);
}

/* Nothing at hand: from a slab, or a new one. *flags is the interrupt state to restore while memory is waited for. */
static noinline void *take_slowly(struct kmem_cache *cache, gfp_t gfp, unsigned long *flags)
{
	struct page *slab;

	if (list_empty(&cache->partial)) {
		local_irq_restore(*flags);
		slab = slab_create(cache, gfp);
		local_irq_save(*flags);
		if (!slab)
			return NULL;
		list_add(&slab->lru, &cache->partial);
		cache->slabs++;
		cache->empty++;
	}
	return slab_pop(cache, list_first_entry(&cache->partial, struct page, lru));
}

static inline void *take(struct kmem_cache *cache, gfp_t gfp)
{
	unsigned long flags;
	void *object;

	local_irq_save(flags);
	object = cache->hot;
	if (likely(object)) {
		cache->hot = *link_of(cache, object);
		cache->hot_count--;
	} else {
		object = take_slowly(cache, gfp, &flags);
	}
	if (object)
		cache->live++;
	local_irq_restore(flags);
	return object;
}

static inline void give(struct kmem_cache *cache, void *object)
{
	unsigned long flags;

	local_irq_save(flags);
	cache->live--;
	if (likely(cache->hot_count < cache->hot_max)) {
		*link_of(cache, object) = cache->hot;
		cache->hot = object;
		cache->hot_count++;
	} else {
		slab_push(cache, slab_page_of(object), object);
	}
	local_irq_restore(flags);
}

#ifdef CONFIG_DEBUG_SLAB

/* Makes an object live: checks that nobody wrote to it while it was free, fills header and redzone. */
static inline bool object_open(struct kmem_cache *cache, void *object, size_t size,
			       unsigned long site)
{
	struct slab_header *header = slab_header(object);
	struct module *owner = NULL;

	if (unlikely(!slab_check_take(cache, object, site)))
		return false;
	if (site_in_module(site)) {
		owner = ledger_owner_of(site);
		if (owner && !slab_owner_charge(owner, size))
			owner = NULL;
	}
	header->owner = owner;
	header->site = site;
	header->size = size;
	slab_mark(object, MAGIC_LIVE);
	memcpy((char *)object + size, &(u32){ REDZONE_VALUE }, sizeof(u32));
	return true;
}

/* Makes an object free; false: it is damaged or was not live (reported), and must be left alone. */
static inline bool object_close(struct kmem_cache *cache, void *object, unsigned long site)
{
	struct slab_header *header = slab_header(object);
	struct module *owner;
	u32 redzone;

	memcpy(&redzone, (char *)object + (slab_is(object, MAGIC_LIVE) ? header->size : 0),
	       sizeof(redzone));
	if (unlikely(!slab_is(object, MAGIC_LIVE) || redzone != REDZONE_VALUE)) {
		if (!slab_check_give(cache, object, site))
			return false;
	}
	owner = header->owner;
	if (unlikely(owner))
		slab_owner_uncharge(owner, header->size);
	header->free_site = site;
	slab_poison(cache, object, owner != NULL);
	return true;
}

#else

static inline bool object_open(struct kmem_cache *cache, void *object, size_t size,
			       unsigned long site)
{
	return true;
}

static inline bool object_close(struct kmem_cache *cache, void *object, unsigned long site)
{
	return true;
}

#endif

static inline void *slab_alloc(struct kmem_cache *cache, gfp_t gfp, size_t size, unsigned long site)
{
	void *object;

	/* a damaged free object is left out for good: take the next */
	do {
		object = take(cache, gfp);
		if (unlikely(!object))
			return NULL;
	} while (unlikely(!object_open(cache, object, size, site)));
	if (gfp & __GFP_ZERO)
		memset(object, 0, size);
	return object;
}

void slab_free(struct kmem_cache *cache, void *p, unsigned long site)
{
	if (object_close(cache, p, site))
		give(cache, p);
}

/* Blocks of pages: struct page keeps size (private), owner and site. */
static void *alloc_large(size_t size, gfp_t gfp, unsigned long site)
{
	struct page *page;
	unsigned long flags;

	if (size > KMALLOC_MAX_SIZE)
		return NULL;
	page = page_alloc(gfp & ~__GFP_HIGHMEM, get_order(size), 0);
	if (!page)
		return NULL;
	__SetPageLarge(page);
	page->private = size;
	page->site = site;
	page->owner = NULL;
#ifdef CONFIG_DEBUG_SLAB
	if (site_in_module(site)) {
		page->owner = ledger_owner_of(site);
		if (page->owner && slab_owner_charge(page->owner, size)) {
			local_irq_save(flags);
			list_add(&page->lru, &slab_large_owned);
			local_irq_restore(flags);
		} else {
			page->owner = NULL;
		}
	}
	if (!PAGE_ALIGNED(size))
		*(u8 *)(page_to_virt(page) + size) = (u8)REDZONE_VALUE;
#else
	(void)flags;
#endif
	return page_to_virt(page);
}

void slab_free_large(struct page *page, unsigned long site)
{
	size_t size = page->private;
#ifdef CONFIG_DEBUG_SLAB
	unsigned long flags;

	if (!PAGE_ALIGNED(size) && *(u8 *)(page_to_virt(page) + size) != (u8)REDZONE_VALUE)
		pr_err("slab: block %p of %zu bytes: written behind its end; allocated at %pS, "
		       "freed at %pS\n",
		       page_to_virt(page), size, (void *)page->site, (void *)site);
	if (page->owner) {
		slab_owner_uncharge(page->owner, size);
		local_irq_save(flags);
		list_del(&page->lru);
		local_irq_restore(flags);
	}
#endif
	page->owner = NULL;
	__ClearPageLarge(page);
	page_put_order(page, get_order(size));
}

static inline void *alloc_by_size(size_t size, gfp_t gfp, unsigned long site)
{
	if (unlikely(size > KMALLOC_SMALL))
		return alloc_large(size, gfp, site);
	if (unlikely(!size))
		return ZERO_SIZE_PTR;
	if (unlikely(gfp & __GFP_DMA))
		return alloc_large(size, gfp, site);
	return slab_alloc(&classes[class_by_16[(size + 15) / 16]], gfp, size, site);
}

void *kmalloc(size_t size, gfp_t gfp)
{
	return alloc_by_size(size, gfp, _RET_IP_);
}
EXPORT_SYMBOL(kmalloc);

void *kzalloc(size_t size, gfp_t gfp)
{
	return alloc_by_size(size, gfp | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL(kzalloc);

void *kmalloc_node(size_t size, gfp_t gfp, int node)
{
	return alloc_by_size(size, gfp, _RET_IP_);
}
EXPORT_SYMBOL(kmalloc_node);

void *kzalloc_node(size_t size, gfp_t gfp, int node)
{
	return alloc_by_size(size, gfp | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL(kzalloc_node);

void *kmalloc_track_caller(size_t size, gfp_t gfp, unsigned long caller)
{
	return alloc_by_size(size, gfp, caller);
}
EXPORT_SYMBOL(kmalloc_track_caller);

static void *alloc_array(size_t n, size_t size, gfp_t gfp, unsigned long site)
{
	size_t bytes;

	return __builtin_mul_overflow(n, size, &bytes) ? NULL : alloc_by_size(bytes, gfp, site);
}

void *kmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	return alloc_array(n, size, gfp, _RET_IP_);
}
EXPORT_SYMBOL(kmalloc_array);

void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	return alloc_array(n, size, gfp | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL(kcalloc);

static void free_any(const void *p, unsigned long site)
{
	struct page *page;

	if (unlikely(!virt_addr_valid(p)))
		goto wild;
	page = virt_to_page(p);
	if (PageTail(page))
		page = page->head;
	if (likely(PageSlab(page))) {
		slab_free(page->slab_cache, (void *)p, site);
		return;
	}
	if (PageLarge(page) && PAGE_ALIGNED(p)) {
		slab_free_large(page, site);
		return;
	}
wild:
#ifdef CONFIG_DEBUG_SLAB
	slab_report_wild(p, site);
#else
	pr_err("slab: kfree of %p at %pS: not a heap object\n", p, (void *)site);
#endif
}

void kfree(const void *p)
{
	if (likely(!ZERO_OR_NULL_PTR(p)))
		free_any(p, _RET_IP_);
}
EXPORT_SYMBOL(kfree);

size_t ksize(const void *p)
{
	struct page *page;

	if (ZERO_OR_NULL_PTR(p) || !virt_addr_valid(p))
		return 0;
	page = slab_page_of(p);
	if (!page) {
		page = virt_to_page(p);
		return PageLarge(page) ? page->private : 0;
	}
#ifdef CONFIG_DEBUG_SLAB
	return slab_header(p)->size;
#else
	return page->slab_cache->size;
#endif
}
EXPORT_SYMBOL(ksize);

void kfree_sensitive(const void *p)
{
	if (ZERO_OR_NULL_PTR(p))
		return;
	memzero_explicit((void *)p, ksize(p));
	free_any(p, _RET_IP_);
}
EXPORT_SYMBOL(kfree_sensitive);

static void *resize(const void *p, size_t size, gfp_t gfp, unsigned long site)
{
	size_t old;
	void *fresh;

	if (!size) {
		if (!ZERO_OR_NULL_PTR(p))
			free_any(p, site);
		return ZERO_SIZE_PTR;
	}
	fresh = alloc_by_size(size, gfp, site);
	if (!fresh || ZERO_OR_NULL_PTR(p))
		return fresh;
	old = ksize(p);
	memcpy(fresh, p, min(old, size));
	free_any(p, site);
	return fresh;
}

void *krealloc(const void *p, size_t size, gfp_t gfp)
{
	return resize(p, size, gfp, _RET_IP_);
}
EXPORT_SYMBOL(krealloc);

void *krealloc_array(void *p, size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	return __builtin_mul_overflow(n, size, &bytes) ? NULL : resize(p, bytes, gfp, _RET_IP_);
}
EXPORT_SYMBOL(krealloc_array);

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	return slab_alloc(cache, gfp, cache->size, _RET_IP_);
}
EXPORT_SYMBOL(kmem_cache_alloc);

void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp)
{
	return slab_alloc(cache, gfp | __GFP_ZERO, cache->size, _RET_IP_);
}
EXPORT_SYMBOL(kmem_cache_zalloc);

void *kmem_cache_alloc_node(struct kmem_cache *cache, gfp_t gfp, int node)
{
	return slab_alloc(cache, gfp, cache->size, _RET_IP_);
}
EXPORT_SYMBOL(kmem_cache_alloc_node);

void kmem_cache_free(struct kmem_cache *cache, void *p)
{
#ifdef CONFIG_DEBUG_SLAB
	struct page *slab = slab_page_of(p);

	if (unlikely(!slab || slab->slab_cache != cache)) {
		slab_report_cache(cache, slab ? slab->slab_cache : NULL, p, _RET_IP_);
		return;
	}
#endif
	slab_free(cache, p, _RET_IP_);
}
EXPORT_SYMBOL(kmem_cache_free);

unsigned int kmem_cache_size(struct kmem_cache *cache)
{
	return cache->size;
}
EXPORT_SYMBOL(kmem_cache_size);

/* The smallest order whose unused rest is at most an eighth. */
static unsigned int order_choose(unsigned int stride, unsigned int offset)
{
	unsigned int order, room;

	for (order = get_order(offset + stride); order < ORDER_MAX; order++) {
		room = (unsigned int)(PAGE_SIZE << order) - offset;
		if ((room % stride) * 8 <= room)
			break;
	}
	return order;
}

static void cache_layout(struct kmem_cache *cache, unsigned int size, unsigned int align)
{
	unsigned int body = size + SLAB_REDZONE;

	cache->size = size;
	cache->align = max(align, 8u);
	cache->offset = round_up(SLAB_HEADER, cache->align);
#ifdef CONFIG_DEBUG_SLAB
	cache->link = (int)offsetof(struct slab_header, next) - (int)SLAB_HEADER;
#else
	cache->link = cache->ctor ? (int)round_up(size, 4) : 0;
	body = cache->ctor ? round_up(size, 4) + 4 : max(size, 4u);
#endif
	cache->stride = round_up(body + SLAB_HEADER, cache->align);
	cache->order = order_choose(cache->stride, cache->offset);
	cache->per_slab =
		((unsigned int)(PAGE_SIZE << cache->order) - cache->offset + SLAB_HEADER) /
		cache->stride;
	cache->hot_max = clamp(HOT_BYTES / cache->stride, 2u, 32u);
}

static void cache_init(struct kmem_cache *cache, const char *name, unsigned int size,
		       unsigned int align, slab_flags_t flags, void (*ctor)(void *))
{
	unsigned long irq;

	cache->ctor = ctor;
	cache->flags = flags;
	cache->gfp = flags & SLAB_CACHE_DMA ? GFP_DMA : 0;
	strscpy(cache->name, name, sizeof(cache->name));
	INIT_LIST_HEAD(&cache->partial);
	INIT_LIST_HEAD(&cache->full);
	cache_layout(cache, size, align);
	local_irq_save(irq);
	list_add_tail(&cache->caches, &slab_caches);
	local_irq_restore(irq);
}

static void cache_destroy(struct kmem_cache *cache, unsigned long site);

static struct kmem_cache *cache_create(const char *name, unsigned int size, unsigned int align,
				       slab_flags_t flags, void (*ctor)(void *), unsigned long site)
{
	struct kmem_cache *cache;

	if (!name || !size || size > KMALLOC_MAX_SIZE / 2 || align > PAGE_SIZE ||
	    (align & (align - 1)))
		return NULL;
	if (flags & SLAB_HWCACHE_ALIGN)
		align = max_t(unsigned int, align, size > 16 ? 32 : 16);
	cache = kmem_cache_zalloc(&cache_of_caches, GFP_KERNEL);
	if (!cache)
		return NULL;
	cache_init(cache, name, size, align, flags, ctor);
	if (!site_in_module(site))
		return cache;
	cache->owner = ledger_owner_of(site);
	if (!ledger_add(cache->owner, LEDGER_CACHE, cache, size, size, name, site))
		return cache;
	cache->owner = NULL;
	cache_destroy(cache, site);
	return NULL;
}

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,
				     slab_flags_t flags, void (*ctor)(void *))
{
	struct kmem_cache *cache = cache_create(name, size, align, flags, ctor, _RET_IP_);

	if (!cache && (flags & SLAB_PANIC))
		panic("slab: cannot create cache %s", name);
	return cache;
}
EXPORT_SYMBOL(kmem_cache_create);

struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,
					      unsigned int align, slab_flags_t flags,
					      unsigned int useroffset, unsigned int usersize,
					      void (*ctor)(void *))
{
	struct kmem_cache *cache = cache_create(name, size, align, flags, ctor, _RET_IP_);

	if (!cache && (flags & SLAB_PANIC))
		panic("slab: cannot create cache %s", name);
	return cache;
}
EXPORT_SYMBOL(kmem_cache_create_usercopy);

static void hot_flush(struct kmem_cache *cache)
{
	void *object;

	while ((object = cache->hot)) {
		cache->hot = *link_of(cache, object);
		cache->hot_count--;
		slab_push(cache, slab_page_of(object), object);
	}
}

unsigned int slab_cache_trim(struct kmem_cache *cache)
{
	struct page *slab, *next;
	unsigned int freed = 0;
	unsigned long flags;

	local_irq_save(flags);
	hot_flush(cache);
	list_for_each_entry_safe(slab, next, &cache->partial, lru) {
		if (slab->slab_inuse)
			continue;
		list_del(&slab->lru);
		cache->slabs--;
		cache->empty--;
		slab_destroy(cache, slab);
		freed++;
	}
	local_irq_restore(flags);
	return freed;
}

int kmem_cache_shrink(struct kmem_cache *cache)
{
	slab_cache_trim(cache);
	return cache->slabs ? 1 : 0;
}
EXPORT_SYMBOL(kmem_cache_shrink);

void slab_cache_release(struct kmem_cache *cache)
{
	struct page *slab, *next;
	unsigned long flags;

	local_irq_save(flags);
	list_for_each_entry_safe(slab, next, &cache->partial, lru)
		slab_destroy(cache, slab);
	list_for_each_entry_safe(slab, next, &cache->full, lru)
		slab_destroy(cache, slab);
	list_del(&cache->caches);
	local_irq_restore(flags);
	kmem_cache_free(&cache_of_caches, cache);
}

static void cache_destroy(struct kmem_cache *cache, unsigned long site)
{
	slab_cache_trim(cache);
	if (cache->live) {
		pr_err("slab: cache %s: destroyed at %pS with %u objects in use; kept\n",
		       cache->name, (void *)site, cache->live);
		return;
	}
	if (cache->owner)
		ledger_remove(LEDGER_CACHE, cache);
	slab_cache_release(cache);
}

void kmem_cache_destroy(struct kmem_cache *cache)
{
	if (cache)
		cache_destroy(cache, _RET_IP_);
}
EXPORT_SYMBOL(kmem_cache_destroy);

void __init slab_init(void)
{
	unsigned int class, i;
	char name[CACHE_NAME_MAX];

	cache_init(&cache_of_caches, "kmem_cache", sizeof(struct kmem_cache), 0, 0, NULL);
	for (class = 0, i = 0; class < ARRAY_SIZE(class_sizes); class ++) {
		snprintf(name, sizeof(name), "kmalloc-%u", class_sizes[class]);
		cache_init(&classes[class], name, class_sizes[class], 0, 0, NULL);
		for (; i <= class_sizes[class] / 16; i++)
			class_by_16[i] = (u8) class;
	}
}
