/*
 * Page allocation. A gfp mask says where the memory may lie and how hard to try.
 * Context: with GFP_KERNEL a process that may sleep; with GFP_ATOMIC or GFP_NOWAIT any.
 */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H

#include <linux/types.h>
#include <asm/page.h>

#define __GFP_DMA 0x01u		    /* below 16 MiB */
#define __GFP_HIGHMEM 0x02u	    /* may be outside the direct map */
#define __GFP_DMA32 0x04u	    /* below 4 GiB: always so */
#define __GFP_MOVABLE 0x08u	    /* hint, not used */
#define __GFP_RECLAIMABLE 0x10u	    /* hint, not used */
#define __GFP_HIGH 0x20u	    /* may use the reserve */
#define __GFP_IO 0x40u		    /* may start device I/O to free memory */
#define __GFP_FS 0x80u		    /* may call into filesystems to free memory */
#define __GFP_ZERO 0x100u	    /* zeroed */
#define __GFP_ATOMIC 0x200u	    /* cannot sleep */
#define __GFP_DIRECT_RECLAIM 0x400u /* may sleep until memory is freed */
#define __GFP_KSWAPD_RECLAIM 0x800u /* hint */
#define __GFP_NOWARN 0x2000u	    /* no report on failure */
#define __GFP_RETRY_MAYFAIL 0x4000u
#define __GFP_NOFAIL 0x8000u   /* do not return without memory */
#define __GFP_NORETRY 0x10000u /* fail early: no killing of processes */
#define __GFP_MEMALLOC 0x20000u
#define __GFP_COMP 0x40000u /* hint: every block is one unit here */
#define __GFP_NOMEMALLOC 0x80000u
#define __GFP_HARDWALL 0x100000u
#define __GFP_THISNODE 0x200000u
#define __GFP_ACCOUNT 0x400000u
#define __GFP_WRITE 0x1000u
#define __GFP_RECLAIM (__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)

#define GFP_ATOMIC (__GFP_HIGH | __GFP_ATOMIC | __GFP_KSWAPD_RECLAIM)
#define GFP_KERNEL (__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_KERNEL_ACCOUNT GFP_KERNEL
#define GFP_NOWAIT __GFP_KSWAPD_RECLAIM
#define GFP_NOIO __GFP_RECLAIM
#define GFP_NOFS (__GFP_RECLAIM | __GFP_IO)
#define GFP_USER (__GFP_RECLAIM | __GFP_IO | __GFP_FS | __GFP_HARDWALL)
#define GFP_HIGHUSER (GFP_USER | __GFP_HIGHMEM)
#define GFP_HIGHUSER_MOVABLE (GFP_HIGHUSER | __GFP_MOVABLE)
#define GFP_DMA __GFP_DMA
#define GFP_DMA32 __GFP_DMA32

#define MAX_ORDER 11 /* largest block: 1 << (MAX_ORDER - 1) pages, 4 MiB */

static inline bool gfpflags_allow_blocking(gfp_t gfp)
{
	return gfp & __GFP_DIRECT_RECLAIM;
}

/*
 * alloc_pages - a block of 1 << order pages, aligned to its size, reference count 1
 * @order: 0..MAX_ORDER-1. Returns the first page or NULL. The block is one unit: it is freed whole.
 * For modules the block is in the ledger, key: frame number.
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order);
#define alloc_page(gfp) alloc_pages((gfp), 0)
#define alloc_pages_node(nid, gfp, order) alloc_pages((gfp), (order))

/* The same in the direct map, by address; 0 if there is no memory. */
unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
unsigned long get_zeroed_page(gfp_t gfp);
#define __get_free_page(gfp) __get_free_pages((gfp), 0)
#define __get_dma_pages(gfp, order) __get_free_pages((gfp) | GFP_DMA, (order))

/* Drop the reference that the allocation gave; the block is freed when it was the last. Any context. */
void __free_pages(struct page *page, unsigned int order);
void free_pages(unsigned long addr, unsigned int order);
#define __free_page(page) __free_pages((page), 0)
#define free_page(addr) free_pages((addr), 0)

/* size bytes rounded up to whole pages (not to a power of two). */
void *alloc_pages_exact(size_t size, gfp_t gfp);
void free_pages_exact(void *virt, size_t size);

/* Free memory in pages: all of it; that of the direct map. Any context. */
unsigned long nr_free_pages(void);
unsigned long nr_free_lowmem_pages(void);

#endif
