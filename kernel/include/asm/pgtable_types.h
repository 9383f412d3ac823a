/* Page table entries: i386 two-level tables, 4 KiB pages. Source: Intel SDM vol. 3, 4.3 (32-bit paging). */
#ifndef _ASM_PGTABLE_TYPES_H
#define _ASM_PGTABLE_TYPES_H

#include <linux/types.h>

typedef struct {
	u32 pte;
} pte_t;

typedef struct {
	u32 pgd;
} pgd_t;

typedef struct {
	u32 pgprot;
} pgprot_t;

#define __pte(x) ((pte_t){ (x) })
#define __pgd(x) ((pgd_t){ (x) })
#define __pgprot(x) ((pgprot_t){ (x) })
#define pte_val(x) ((x).pte)
#define pgd_val(x) ((x).pgd)
#define pgprot_val(x) ((x).pgprot)

#define _PAGE_PRESENT 0x001
#define _PAGE_RW 0x002
#define _PAGE_USER 0x004
#define _PAGE_PWT 0x008
#define _PAGE_PCD 0x010
#define _PAGE_ACCESSED 0x020
#define _PAGE_DIRTY 0x040
#define _PAGE_GLOBAL 0x100
#define _PAGE_SPECIAL 0x200  /* software: no struct page to count (device memory, zero page) */
#define _PAGE_PROTNONE 0x400 /* software, with PRESENT clear: mapped page of a PROT_NONE range */
#define _PAGE_FLAGS_MASK 0xfff

#endif
