/*
 * Virtually contiguous kernel memory from single pages, with an unmapped guard page behind each area.
 * Context: process, may sleep; vfree() also in interrupts (the work is then done later).
 */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/types.h>
#include <linux/gfp.h>
#include <asm/pgtable.h>

#define VM_IOREMAP 0x00000001 /* device memory */
#define VM_ALLOC 0x00000002   /* vmalloc() */
#define VM_MAP 0x00000004     /* vmap() */
#define VM_MODULE 0x00000080  /* the image of a module */

struct vm_struct {
	void *addr;	     /* first address */
	unsigned long size;  /* bytes, guard page included */
	unsigned long flags; /* VM_* above */
	struct page **pages; /* pages mapped, NULL for device memory */
	unsigned int nr_pages;
	phys_addr_t phys_addr; /* device memory: where */
	const void *caller;    /* call site */
	struct module *owner;  /* module that asked, NULL: kernel */
};

/* size bytes, page-aligned; NULL without memory or space. vzalloc: zeroed. In the caller's ledger. */
void *vmalloc(unsigned long size) __malloc;
void *vzalloc(unsigned long size) __malloc;
void *vmalloc_user(
	unsigned long size) __malloc; /* zeroed, may be mapped by remap_vmalloc_range() */
void *vmalloc_32(unsigned long size) __malloc;
void *vmalloc_node(unsigned long size, int node) __malloc;
void *__vmalloc(unsigned long size, gfp_t gfp) __malloc;
/* Frees; NULL is ignored, other addresses are reported and left alone. */
void vfree(const void *addr);
void vfree_atomic(const void *addr);
/* Maps given pages side by side; the pages stay the caller's. */
void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot);
void vunmap(const void *addr);
/* Page and frame behind an address of the area, NULL (0) if none. Any context. */
struct page *vmalloc_to_page(const void *addr);
unsigned long vmalloc_to_pfn(const void *addr);
struct vm_struct *find_vm_area(const void *addr);
/* No delayed unmapping exists: nothing to do. */
#define vm_unmap_aliases() \
	do {               \
	} while (0)

#endif
