/*
 * Access to pages that may lie outside the direct map.
 * kmap() - process context, may sleep, until kunmap(). kmap_atomic() - any context, undone in reverse order; the code
 * in between must not sleep.
 */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/cacheflush.h>

void *kmap(struct page *page);
void kunmap(struct page *page);
void *kmap_atomic(struct page *page);
void __kunmap_atomic(void *addr);
#define kunmap_atomic(addr) __kunmap_atomic((void *)(addr))
#define kmap_local_page(page) kmap_atomic(page)
#define kunmap_local(addr) kunmap_atomic(addr)
/* Page behind an address that kmap() gave. */
struct page *kmap_to_page(void *addr);

/* Whole pages and parts of them. Any context. */
void clear_highpage(struct page *page);
void copy_highpage(struct page *to, struct page *from);
#define clear_user_highpage(page, vaddr) clear_highpage(page)
#define copy_user_highpage(to, from, vaddr, vma) copy_highpage((to), (from))
void zero_user_segments(struct page *page, unsigned int start1, unsigned int end1,
			unsigned int start2, unsigned int end2);
#define zero_user_segment(page, start, end) zero_user_segments((page), (start), (end), 0, 0)
#define zero_user(page, start, size) zero_user_segments((page), (start), (start) + (size), 0, 0)
void memcpy_from_page(void *to, struct page *page, size_t offset, size_t len);
void memcpy_to_page(struct page *page, size_t offset, const void *from, size_t len);

#endif
