/*
 * The page cache: pages of files in memory, found by (mapping, index). Source: Linux 5.10 pagemap.h. Process context
 * unless said otherwise; a page returned is referenced (put_page() it).
 */
#ifndef _LINUX_PAGEMAP_H
#define _LINUX_PAGEMAP_H

#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/highmem.h>
#include <linux/gfp.h>
#include <linux/bitops.h>

enum mapping_flags {
	AS_EIO = 0,
	AS_ENOSPC = 1,
	AS_MM_ALL_LOCKS = 2,
	AS_UNEVICTABLE = 3,
	AS_EXITING = 4,
};

#define FGP_ACCESSED 0x00000001
#define FGP_LOCK 0x00000002
#define FGP_CREAT 0x00000004
#define FGP_WRITE 0x00000008
#define FGP_NOFS 0x00000010
#define FGP_NOWAIT 0x00000020
#define FGP_FOR_MMAP 0x00000040

void mapping_set_error(struct address_space *mapping, int error);
static inline gfp_t mapping_gfp_mask(struct address_space *mapping)
{
	return mapping->gfp_mask;
}
static inline gfp_t mapping_gfp_constraint(struct address_space *mapping, gfp_t gfp)
{
	return mapping->gfp_mask & gfp;
}
static inline void mapping_set_gfp_mask(struct address_space *mapping, gfp_t mask)
{
	mapping->gfp_mask = mask;
}
static inline void mapping_set_unevictable(struct address_space *mapping)
{
	mapping->flags |= 1UL << AS_UNEVICTABLE;
}

/* The page at index: as it is in the cache (find_*), or made (locked, maybe not up to date). NULL: none, or no memory. */
struct page *pagecache_get_page(struct address_space *mapping, pgoff_t index, int fgp_flags,
				gfp_t gfp);
struct page *find_get_page(struct address_space *mapping, pgoff_t index);
struct page *find_lock_page(struct address_space *mapping, pgoff_t index);
struct page *find_or_create_page(struct address_space *mapping, pgoff_t index, gfp_t gfp);
struct page *grab_cache_page(struct address_space *mapping, pgoff_t index);
struct page *grab_cache_page_nowait(struct address_space *mapping, pgoff_t index);
struct page *grab_cache_page_write_begin(struct address_space *mapping, pgoff_t index,
					 unsigned int flags);
/* Up to nr pages from *start on; their number. *start becomes the index behind the last. */
unsigned int find_get_pages_range(struct address_space *mapping, pgoff_t *start, pgoff_t end,
				  unsigned int nr, struct page **pages);
unsigned int find_get_pages_range_tag(struct address_space *mapping, pgoff_t *start, pgoff_t end,
				      xa_mark_t tag, unsigned int nr, struct page **pages);
/* Up to date, read if need be: ERR_PTR(-EIO, -ENOMEM). */
typedef int filler_t(void *data, struct page *page);
struct page *read_cache_page(struct address_space *mapping, pgoff_t index, filler_t *filler,
			     void *data);
struct page *read_mapping_page(struct address_space *mapping, pgoff_t index, void *data);
struct page *__page_cache_alloc(gfp_t gfp);
struct page *page_cache_alloc(struct address_space *mapping);
int add_to_page_cache(struct page *page, struct address_space *mapping, pgoff_t index, gfp_t gfp);
int add_to_page_cache_locked(struct page *page, struct address_space *mapping, pgoff_t index,
			     gfp_t gfp);
int add_to_page_cache_lru(struct page *page, struct address_space *mapping, pgoff_t index,
			  gfp_t gfp);
void delete_from_page_cache(struct page *page);

/* Lock of a page's content. trylock: any context. */
void lock_page(struct page *page);
int trylock_page(struct page *page);
int lock_page_killable(struct page *page);
void unlock_page(struct page *page);
void wait_on_page_locked(struct page *page);
int wait_on_page_locked_killable(struct page *page);
void wait_on_page_writeback(struct page *page);
void wait_for_stable_page(struct page *page);

static inline loff_t page_offset(struct page *page)
{
	return (loff_t)page->index << PAGE_SHIFT;
}

/* Marks a page dirty in its mapping; 1 if it was clean. Any context but irq. */
int __set_page_dirty_nobuffers(struct page *page);
int __set_page_dirty_no_writeback(struct page *page);
int set_page_dirty(struct page *page);
int set_page_dirty_lock(struct page *page);
void cancel_dirty_page(struct page *page);
int write_one_page(struct page *page);
int redirty_page_for_writepage(struct writeback_control *wbc, struct page *page);

/* Drop the pages of [lstart, lend], zeroing what is cut in part. The caller keeps others from adding any. */
void truncate_inode_pages(struct address_space *mapping, loff_t lstart);
void truncate_inode_pages_range(struct address_space *mapping, loff_t lstart, loff_t lend);
void truncate_inode_pages_final(struct address_space *mapping);
void truncate_setsize(struct inode *inode, loff_t newsize);
void truncate_pagecache(struct inode *inode, loff_t newsize);
void truncate_pagecache_range(struct inode *inode, loff_t lstart, loff_t lend);
void pagecache_isize_extended(struct inode *inode, loff_t from, loff_t to);
/* Takes back up to nr clean, unused pages, oldest first; how many. For the page allocator. */
unsigned long pagecache_shrink(unsigned long nr);
/* Number of pages in all page caches. Any context. */
unsigned long pagecache_pages(void);

int fault_in_pages_readable(const char __user *uaddr, int size);
int fault_in_pages_writeable(char __user *uaddr, int size);

int pagecache_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
			  unsigned int len, unsigned int flags, struct page **pagep, void **fsdata);
int pagecache_write_end(struct file *file, struct address_space *mapping, loff_t pos,
			unsigned int len, unsigned int copied, struct page *page, void *fsdata);

struct readahead_control {
	struct file *file;
	struct address_space *mapping;
	pgoff_t _index;
	unsigned int _nr_pages;
	unsigned int _batch_count;
};

/* vm_ops of generic_file_mmap. */
extern const struct vm_operations_struct generic_file_vm_ops;
vm_fault_t filemap_fault(struct vm_fault *vmf);
vm_fault_t filemap_page_mkwrite(struct vm_fault *vmf);

#endif
