/*
 * Cutting files: pages beyond the new end leave the cache, the page that the end falls into is zeroed behind it, and
 * mappings of what is gone are undone, so that a later access faults.
 */
#include "vfs/vfs.h"
#include <linux/pagemap.h>
#include <linux/writeback.h>

static void page_invalidate(struct page *page, unsigned int offset, unsigned int length)
{
	void (*invalidate)(struct page *, unsigned int,
			   unsigned int) = page->mapping->a_ops->invalidatepage;

	if (PagePrivate(page) && invalidate)
		invalidate(page, offset, length);
}

/* A locked page that is still in the mapping: out of the cache, whatever it holds. */
static void page_truncate(struct page *page)
{
	wait_on_page_writeback(page);
	page_invalidate(page, 0, PAGE_SIZE);
	cancel_dirty_page(page);
	delete_from_page_cache(page);
}

static void zero_part(struct address_space *mapping, pgoff_t index, unsigned int from,
		      unsigned int to)
{
	struct page *page = find_lock_page(mapping, index);

	if (!page)
		return;
	wait_on_page_writeback(page);
	zero_user_segment(page, from, to);
	page_invalidate(page, from, to - from);
	unlock_page(page);
	put_page(page);
}

/* lend: last byte, inclusive; one less than a multiple of the page, or -1 for the end of the file. */
void truncate_inode_pages_range(struct address_space *mapping, loff_t lstart, loff_t lend)
{
	pgoff_t first = (lstart + PAGE_SIZE - 1) >> PAGE_SHIFT;
	pgoff_t last = lend == -1 ? ULONG_MAX : (pgoff_t)((lend + 1) >> PAGE_SHIFT) - 1;
	unsigned int head = lstart & ~PAGE_MASK, tail = lend == -1 ? 0 : (lend + 1) & ~PAGE_MASK;
	struct page *page;
	unsigned long index;

	if (!mapping->nrpages)
		return;
	if (head) {
		bool same = lend != -1 && (lstart >> PAGE_SHIFT) == (lend >> PAGE_SHIFT);

		zero_part(mapping, lstart >> PAGE_SHIFT, head, same && tail ? tail : PAGE_SIZE);
		if (same)
			return;
	}
	if (tail)
		zero_part(mapping, lend >> PAGE_SHIFT, 0, tail);
	if (last != ULONG_MAX && (lend < PAGE_SIZE - 1 || last < first))
		return;
	xa_for_each_range(&mapping->i_pages, index, page, first, last)
	{
		get_page(page);
		lock_page(page);
		if (page->mapping == mapping)
			page_truncate(page);
		unlock_page(page);
		put_page(page);
		cond_resched();
	}
}
EXPORT_SYMBOL(truncate_inode_pages_range);

void truncate_inode_pages(struct address_space *mapping, loff_t lstart)
{
	truncate_inode_pages_range(mapping, lstart, -1);
}
EXPORT_SYMBOL(truncate_inode_pages);

void truncate_inode_pages_final(struct address_space *mapping)
{
	truncate_inode_pages(mapping, 0);
	xa_destroy(&mapping->i_pages);
}
EXPORT_SYMBOL(truncate_inode_pages_final);

void truncate_pagecache(struct inode *inode, loff_t newsize)
{
	struct address_space *mapping = inode->i_mapping;
	loff_t holebegin = round_up(newsize, PAGE_SIZE);

	unmap_mapping_range(mapping, holebegin, 0, 1);
	truncate_inode_pages(mapping, newsize);
	unmap_mapping_range(mapping, holebegin, 0, 1);
}
EXPORT_SYMBOL(truncate_pagecache);

void truncate_pagecache_range(struct inode *inode, loff_t lstart, loff_t lend)
{
	struct address_space *mapping = inode->i_mapping;
	loff_t from = round_up(lstart, PAGE_SIZE), to = round_down(lend + 1, PAGE_SIZE) - 1;

	if (to > from)
		unmap_mapping_range(mapping, from, to - from + 1, 0);
	truncate_inode_pages_range(mapping, lstart, lend);
}
EXPORT_SYMBOL(truncate_pagecache_range);

void truncate_setsize(struct inode *inode, loff_t newsize)
{
	loff_t oldsize = inode->i_size;

	i_size_write(inode, newsize);
	if (newsize > oldsize)
		pagecache_isize_extended(inode, oldsize, newsize);
	truncate_pagecache(inode, newsize);
}
EXPORT_SYMBOL(truncate_setsize);

void pagecache_isize_extended(struct inode *inode, loff_t from, loff_t to)
{
}
EXPORT_SYMBOL(pagecache_isize_extended);
