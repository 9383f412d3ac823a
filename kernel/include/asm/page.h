/*
 * Pages and the direct map. Physical memory up to 768 MiB appears at PAGE_OFFSET + physical address (the direct
 * map); memory above that is the high zone and is reached by kmap() only.
 */
#ifndef _ASM_PAGE_H
#define _ASM_PAGE_H

#define PAGE_SHIFT 12

#ifdef __ASSEMBLY__
#define PAGE_OFFSET 0xC0000000
#define PAGE_SIZE 4096
#else

#include <linux/types.h>

#define PAGE_OFFSET 0xC0000000UL
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define PAGE_ALIGN(addr) (((addr) + PAGE_SIZE - 1) & PAGE_MASK)
#define PAGE_ALIGNED(addr) (((unsigned long)(addr) & (PAGE_SIZE - 1)) == 0)
#define offset_in_page(p) ((unsigned long)(p) & ~PAGE_MASK)
#define PFN_UP(x) (((x) + PAGE_SIZE - 1) >> PAGE_SHIFT)
#define PFN_DOWN(x) ((x) >> PAGE_SHIFT)
#define PFN_PHYS(x) ((phys_addr_t)(x) << PAGE_SHIFT)
#define PHYS_PFN(x) ((unsigned long)(x) >> PAGE_SHIFT)

#define THREAD_SIZE_ORDER 1
#define THREAD_SIZE (PAGE_SIZE << THREAD_SIZE_ORDER) /* kernel stack of a task */
#define LOWMEM_MAX 0x30000000UL /* bytes of physical memory in the direct map */

/* Only for addresses of the direct map. */
#define __pa(x) ((unsigned long)(x)-PAGE_OFFSET)
#define __va(x) ((void *)((unsigned long)(x) + PAGE_OFFSET))

struct page;
extern struct page *mem_map;  /* one per page of RAM; an entry is valid once its 4 MiB are in use */
extern unsigned long max_pfn; /* pages of RAM end below this frame */
extern unsigned long max_low_pfn; /* the direct map ends below this frame */

/* These need struct page (linux/mm_types.h). */
#define pfn_to_page(pfn) (mem_map + (pfn))
#define page_to_pfn(page) ((unsigned long)((page)-mem_map))
#define pfn_valid(pfn) ((pfn) < max_pfn)
#define virt_to_page(addr) pfn_to_page(__pa(addr) >> PAGE_SHIFT)
#define pfn_to_kaddr(pfn) __va((pfn) << PAGE_SHIFT)
#define virt_to_pfn(addr) (__pa(addr) >> PAGE_SHIFT)
#define page_to_virt(page) __va(PFN_PHYS(page_to_pfn(page)))

/* Is this an address of the direct map that RAM stands behind? Any context. */
bool virt_addr_valid(const void *addr);

/* Whole pages, both arguments page-aligned. */
void clear_page(void *page);
void copy_page(void *to, const void *from);

/* Order of the smallest block that holds size bytes (size 0 gives 0). */
static inline int get_order(unsigned long size)
{
	return size <= PAGE_SIZE ? 0 : 32 - __builtin_clzl((size - 1) >> PAGE_SHIFT);
}

#endif

#endif
