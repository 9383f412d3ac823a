/*
 * The page allocator: alloc_pages() and free_pages().
 *
 * Three zones: DMA (below 16 MiB), normal (the rest of the direct map) and high (beyond it). A request names the highest
 * zone it can use and falls back to lower ones. Single pages, nearly all requests, come from a list per zone that is
 * refilled from and drained to the buddy allocator (buddy.c) in batches. A zone takes in a new 4 MiB chunk
 * (page_init.c) when its buddy cannot serve a request, so memory that is never needed is never touched.
 *
 * A block is one unit: only its first page is counted and the block is freed whole. Requests that may sleep and find
 * less than the reserve first ask the shrinkers, then the OOM policy (oom.c); atomic ones may use the reserve.
 * Blocks that a module asks for are in the ledger.
 * Locking: interrupts off for a few dozen instructions.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/oom.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <rakit/ledger.h>
#include "mm/buddy.h"
#include "mm/direct.h"
#include "mm/page.h"
#include "mm/page_zone.h"

static_assert(sizeof(struct page) == sizeof(struct buddy_frame));
static_assert(BUDDY_FREE == 1u << PG_buddy && BUDDY_ORDERS == MAX_ORDER);
static_assert(offsetof(struct page, private) == offsetof(struct buddy_frame, order));

enum zone_id { ZONE_DMA, ZONE_NORMAL, ZONE_HIGH, ZONE_COUNT };

#define DMA_PFN_END 4096UL
#define BATCH 16    /* pages moved between list and buddy at once */
#define LIST_MAX 64 /* pages kept on a zone's list */
#define RETRIES 16  /* of a request that may sleep, after the OOM policy had its say */

struct zone {
	const char *name;
	unsigned long first, end; /* frames [first, end) */
	unsigned long next_chunk; /* first one not taken in yet */
	struct buddy buddy;
	struct list_head list; /* single free pages */
	unsigned int listed;   /* their number */
};

static struct zone zones[ZONE_COUNT] = { { .name = "DMA" },
					 { .name = "Normal" },
					 { .name = "HighMem" } };
static unsigned long free_total; /* free frames, chunks not taken in included */
static unsigned long reserve;	 /* frames kept for atomic requests */

static enum zone_id zone_of(unsigned long pfn)
{
	return pfn < DMA_PFN_END ? ZONE_DMA : pfn < max_low_pfn ? ZONE_NORMAL : ZONE_HIGH;
}

void __init page_zones_init(unsigned long free_pages)
{
	unsigned long ends[ZONE_COUNT] = { min(DMA_PFN_END, max_low_pfn), max_low_pfn, max_pfn };
	unsigned long first = 0;
	unsigned int i;

	free_total = free_pages;
	reserve = clamp(free_pages / 128, 16UL, 512UL);
	for (i = 0; i < ZONE_COUNT; i++) {
		zones[i].first = first;
		zones[i].end = ends[i];
		zones[i].next_chunk = first / CHUNK_PAGES;
		INIT_LIST_HEAD(&zones[i].list);
		buddy_init(&zones[i].buddy, (struct buddy_frame *)mem_map);
		first = ends[i];
	}
}

void page_zones_grew(unsigned long pages)
{
	unsigned long flags;

	local_irq_save(flags);
	free_total += pages;
	local_irq_restore(flags);
}

/* The largest aligned blocks that the range is made of. Chunks end on block boundaries, and so do zones but the last. */
void page_give_range(unsigned long first, unsigned long last)
{
	unsigned long flags;
	unsigned int order;

	local_irq_save(flags);
	while (first <= last) {
		order = first ? min_t(unsigned int, __builtin_ctzl(first), MAX_ORDER - 1)
			      : MAX_ORDER - 1;
		while (first + (1UL << order) - 1 > last)
			order--;
		buddy_put(&zones[zone_of(first)].buddy, first, order);
		first += 1UL << order;
	}
	local_irq_restore(flags);
}

static bool zone_grow(struct zone *zone)
{
	while (zone->next_chunk * CHUNK_PAGES < zone->end) {
		if (page_chunk_ready(zone->next_chunk++))
			return true;
	}
	return false;
}

static void zone_drain(struct zone *zone, unsigned int keep)
{
	struct page *page;

	while (zone->listed > keep) {
		page = list_last_entry(&zone->list, struct page, lru);
		list_del(&page->lru);
		zone->listed--;
		buddy_put(&zone->buddy, page_to_pfn(page), 0);
	}
}

static struct page *zone_take_block(struct zone *zone, unsigned int order)
{
	uint32_t frame;

	while ((frame = buddy_take(&zone->buddy, order)) == BUDDY_NONE) {
		if (zone_grow(zone))
			continue;
		if (!order || !zone->listed)
			return NULL;
		zone_drain(zone, 0);
		frame = buddy_take(&zone->buddy, order);
		return frame == BUDDY_NONE ? NULL : mem_map + frame;
	}
	return mem_map + frame;
}

static bool zone_refill(struct zone *zone)
{
	struct page *page;

	while (zone->listed < BATCH && (page = zone_take_block(zone, 0))) {
		list_add_tail(&page->lru, &zone->list);
		zone->listed++;
	}
	return zone->listed;
}

static struct page *zone_take(struct zone *zone, unsigned int order)
{
	struct page *page;

	if (order)
		return zone_take_block(zone, order);
	if (unlikely(!zone->listed) && !zone_refill(zone))
		return NULL;
	page = list_first_entry(&zone->list, struct page, lru);
	__list_del_entry(&page->lru);
	zone->listed--;
	return page;
}

static inline unsigned int zone_highest(gfp_t gfp)
{
	return gfp & __GFP_DMA ? ZONE_DMA : gfp & __GFP_HIGHMEM ? ZONE_HIGH : ZONE_NORMAL;
}

static struct page *take(gfp_t gfp, unsigned int order, unsigned long keep)
{
	int zone = zone_highest(gfp);
	struct page *page = NULL;
	unsigned long flags;

	local_irq_save(flags);
	if (likely(free_total >= keep + (1UL << order))) {
		for (; zone >= 0 && !page; zone--)
			page = zone_take(&zones[zone], order);
		if (page)
			free_total -= 1UL << order;
	}
	local_irq_restore(flags);
	return page;
}

static bool may_use_reserve(gfp_t gfp)
{
	return (gfp & __GFP_HIGH) || (current->flags & PF_MEMALLOC) || test_thread_flag(TIF_MEMDIE);
}

static void report_failure(gfp_t gfp, unsigned int order)
{
	if (!(gfp & __GFP_NOWARN) && printk_ratelimit())
		pr_warn("page: %s: no block of order %u, gfp 0x%x, %lu pages free\n", current->comm,
			order, gfp, free_total);
}

/* The first attempt failed: free something and try again. */
static struct page *take_slowly(gfp_t gfp, unsigned int order)
{
	unsigned int tries;
	struct page *page;

	if (may_use_reserve(gfp)) {
		page = take(gfp, order, 0);
		if (page || !(gfp & __GFP_DIRECT_RECLAIM))
			goto done;
	}
	if (!(gfp & __GFP_DIRECT_RECLAIM) || (current->flags & PF_MEMALLOC)) {
		page = take(gfp, order, reserve / 2);
		goto done;
	}
	for (tries = 0, page = NULL; !page && (tries < RETRIES || (gfp & __GFP_NOFAIL)); tries++) {
		if (!reclaim_pages(gfp, 1UL << order) && order <= 3 && !(gfp & __GFP_NORETRY)) {
			if (!out_of_memory(gfp, order))
				break;
			if (test_thread_flag(TIF_MEMDIE)) {
				page = take(gfp, order, 0);
				break;
			}
			schedule_timeout_uninterruptible(1);
		}
		page = take(gfp, order, reserve);
		if (!page && (gfp & __GFP_NORETRY))
			break;
	}
done:
	if (!page)
		report_failure(gfp, order);
	return page;
}

static void block_zero(struct page *page, unsigned int order)
{
	unsigned int i;

	for (i = 0; i < 1u << order; i++)
		clear_highpage(page + i);
}

/* Enters a module's block in the ledger; false: no memory for the entry. */
static bool block_own(struct page *page, unsigned int order, unsigned long site)
{
	struct module *owner = ledger_owner_of(site);

	if (!owner)
		return true;
	if (ledger_add(owner, LEDGER_PAGES, page, page_to_pfn(page), PAGE_SIZE << order, "pages",
		       site))
		return false;
	page->private = order;
	__SetPageOwned(page);
	return true;
}

struct page *page_alloc(gfp_t gfp, unsigned int order, unsigned long site)
{
	struct page *page;

	if (WARN_ON_ONCE(order >= MAX_ORDER))
		return NULL;
	page = take(gfp, order, reserve);
	if (unlikely(!page)) {
		page = take_slowly(gfp, order);
		if (!page)
			return NULL;
	}
	page->flags = 0;
	atomic_set(&page->_refcount, 1);
	atomic_set(&page->_mapcount, 0);
	page->mapping = NULL;
	page->private = 0;
	if (gfp & __GFP_ZERO)
		block_zero(page, order);
	if (site_in_module(site) && !block_own(page, order, site)) {
		atomic_set(&page->_refcount, 0);
		page_free_block(page, order);
		return NULL;
	}
	return page;
}

void page_free_block(struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page), flags;
	struct zone *zone = &zones[zone_of(pfn)];

	if (unlikely(PageOwned(page))) {
		ledger_remove(LEDGER_PAGES, page);
		order = page->private;
	}
	if (WARN_ON_ONCE(page->flags & (1UL << PG_slab | 1UL << PG_buddy | 1UL << PG_locked)))
		return;
	page->flags = 0;
	local_irq_save(flags);
	free_total += 1UL << order;
	if (order) {
		buddy_put(&zone->buddy, pfn, order);
	} else {
		list_add(&page->lru, &zone->list);
		if (++zone->listed > LIST_MAX)
			zone_drain(zone, LIST_MAX - BATCH);
	}
	local_irq_restore(flags);
}

void page_put_order(struct page *page, unsigned int order)
{
	if (WARN_ON_ONCE(page_count(page) <= 0))
		return;
	if (put_page_testzero(page))
		page_free_block(page, order);
}

void put_page(struct page *page)
{
	page_put_order(page, 0);
}
EXPORT_SYMBOL(put_page);

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	return page_alloc(gfp, order, _RET_IP_);
}
EXPORT_SYMBOL(alloc_pages);

void __free_pages(struct page *page, unsigned int order)
{
	if (page)
		page_put_order(page, order);
}
EXPORT_SYMBOL(__free_pages);

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = page_alloc(gfp & ~__GFP_HIGHMEM, order, _RET_IP_);

	return page ? (unsigned long)page_to_virt(page) : 0;
}
EXPORT_SYMBOL(__get_free_pages);

unsigned long get_zeroed_page(gfp_t gfp)
{
	struct page *page = page_alloc((gfp & ~__GFP_HIGHMEM) | __GFP_ZERO, 0, _RET_IP_);

	return page ? (unsigned long)page_to_virt(page) : 0;
}
EXPORT_SYMBOL(get_zeroed_page);

void free_pages(unsigned long addr, unsigned int order)
{
	if (!addr)
		return;
	if (WARN(!virt_addr_valid((void *)addr), "page: free of %08lx, which is no page\n", addr))
		return;
	page_put_order(virt_to_page(addr), order);
}
EXPORT_SYMBOL(free_pages);

void *alloc_pages_exact(size_t size, gfp_t gfp)
{
	struct page *page = page_alloc(gfp & ~__GFP_HIGHMEM, get_order(size), _RET_IP_);

	return page ? page_to_virt(page) : NULL;
}
EXPORT_SYMBOL(alloc_pages_exact);

void free_pages_exact(void *virt, size_t size)
{
	free_pages((unsigned long)virt, get_order(size));
}
EXPORT_SYMBOL(free_pages_exact);

unsigned long nr_free_pages(void)
{
	return free_total;
}
EXPORT_SYMBOL(nr_free_pages);

static unsigned long zone_free(const struct zone *zone)
{
	unsigned long chunk = max(zone->next_chunk * CHUNK_PAGES, zone->first);

	return zone->buddy.free + zone->listed + (zone->end > chunk ? zone->end - chunk : 0);
}

unsigned long nr_free_lowmem_pages(void)
{
	return min(free_total, zone_free(&zones[ZONE_DMA]) + zone_free(&zones[ZONE_NORMAL]));
}

static void pages_release(const struct ledger_entry *entry)
{
	struct page *page = (struct page *)entry->object;

	__ClearPageOwned(page);
	atomic_set(&page->_refcount, 0);
	page_free_block(page, page->private);
}

static void pages_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	scnprintf(buf, size, "%08llx-%08llx", entry->key << PAGE_SHIFT,
		  (entry->key << PAGE_SHIFT) + entry->size - 1);
}

static const struct ledger_kind_ops pages_kind = {
	.name = "pages",
	.release = pages_release,
	.describe = pages_describe,
};

static int __init pages_register(void)
{
	ledger_kind_register(LEDGER_PAGES, &pages_kind);
	return 0;
}
pure_initcall(pages_register);
