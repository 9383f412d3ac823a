/* Cache maintenance (i386 caches are coherent: nothing to do) and protection of kernel pages. */
#ifndef _ASM_CACHEFLUSH_H
#define _ASM_CACHEFLUSH_H

#include <linux/set_memory.h>

#define flush_cache_all() \
	do {              \
	} while (0)
#define flush_cache_mm(mm) \
	do {               \
	} while (0)
#define flush_cache_range(vma, start, end) \
	do {                               \
	} while (0)
#define flush_cache_page(vma, addr, pfn) \
	do {                             \
	} while (0)
#define flush_dcache_page(page) \
	do {                    \
	} while (0)
#define flush_icache_range(start, end) \
	do {                           \
	} while (0)
#define flush_kernel_dcache_page(page) \
	do {                           \
	} while (0)

#endif
