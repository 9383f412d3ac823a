/* The page allocator as the rest of kernel/mm sees it. */
#ifndef MM_PAGE_H
#define MM_PAGE_H

#include <linux/gfp.h>
#include <linux/mm_types.h>
#include <linux/page-flags.h>

/* As alloc_pages(), attributed to the caller at site (no ledger entry if that is kernel code). */
struct page *page_alloc(gfp_t gfp, unsigned int order, unsigned long site);
/* Puts a block back whose reference count is 0. Any context. */
void page_free_block(struct page *page, unsigned int order);
/* Frees by reference: as put_page() for a block of known order. */
void page_put_order(struct page *page, unsigned int order);

/* Is addr in a module (or elsewhere in the vmalloc area)? */
static inline bool site_in_module(unsigned long site)
{
	return unlikely(site >= 0xF0800000UL && site < 0xFE000000UL);
}

/* Empties every cache that can be filled again: clean pages of files, shrinkers, spare lists. Process context. */
void drop_caches(void);
/* Frees memory from caches (shrinkers); returns an estimate of pages freed. Process context. */
unsigned long reclaim_pages(gfp_t gfp, unsigned long wanted);

#endif
