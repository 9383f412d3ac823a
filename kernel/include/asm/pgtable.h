/*
 * Page tables: a directory (pgd) of 1,024 entries, each naming a table of 1,024 entries (pte). Entries 768..1023 of
 * every directory are the kernel's and the same in all of them. Accessors hide the format.
 */
#ifndef _ASM_PGTABLE_H
#define _ASM_PGTABLE_H

#include <asm/page.h>
#include <asm/pgtable_types.h>

struct mm_struct;

#define PTRS_PER_PGD 1024
#define PTRS_PER_PTE 1024
#define PGDIR_SHIFT 22
#define PGDIR_SIZE (1UL << PGDIR_SHIFT)
#define PGDIR_MASK (~(PGDIR_SIZE - 1))
#define USER_PTRS_PER_PGD (PAGE_OFFSET >> PGDIR_SHIFT)

#define VMALLOC_START 0xF0800000UL
#define VMALLOC_END 0xFE000000UL
#define MODULES_VADDR VMALLOC_START
#define MODULES_END VMALLOC_END
#define FIXMAP_START 0xFF800000UL

#define pgd_index(addr) ((unsigned long)(addr) >> PGDIR_SHIFT)
#define pte_index(addr) (((unsigned long)(addr) >> PAGE_SHIFT) & (PTRS_PER_PTE - 1))

extern pgd_t swapper_pg_dir[PTRS_PER_PGD];

#define PAGE_KERNEL __pgprot(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY | _PAGE_GLOBAL)
#define PAGE_KERNEL_EXEC PAGE_KERNEL
#define PAGE_KERNEL_RO __pgprot(_PAGE_PRESENT | _PAGE_ACCESSED | _PAGE_GLOBAL)
#define PAGE_KERNEL_NOCACHE __pgprot(pgprot_val(PAGE_KERNEL) | _PAGE_PCD | _PAGE_PWT)
#define PAGE_NONE __pgprot(_PAGE_PROTNONE | _PAGE_USER | _PAGE_ACCESSED)
#define PAGE_READONLY __pgprot(_PAGE_PRESENT | _PAGE_USER | _PAGE_ACCESSED)
#define PAGE_SHARED __pgprot(_PAGE_PRESENT | _PAGE_USER | _PAGE_RW | _PAGE_ACCESSED)
#define PAGE_COPY PAGE_READONLY
#define pgprot_noncached(prot) __pgprot(pgprot_val(prot) | _PAGE_PCD | _PAGE_PWT)
#define pgprot_writecombine(prot) pgprot_noncached(prot)

static inline bool pte_none(pte_t pte)
{
	return !pte_val(pte);
}

/* Present to the kernel: also pages of PROT_NONE ranges, which the CPU refuses. */
static inline bool pte_present(pte_t pte)
{
	return pte_val(pte) & (_PAGE_PRESENT | _PAGE_PROTNONE);
}

static inline bool pte_write(pte_t pte)
{
	return pte_val(pte) & _PAGE_RW;
}

static inline bool pte_dirty(pte_t pte)
{
	return pte_val(pte) & _PAGE_DIRTY;
}

static inline bool pte_young(pte_t pte)
{
	return pte_val(pte) & _PAGE_ACCESSED;
}

static inline bool pte_special(pte_t pte)
{
	return pte_val(pte) & _PAGE_SPECIAL;
}

static inline unsigned long pte_pfn(pte_t pte)
{
	return pte_val(pte) >> PAGE_SHIFT;
}

static inline pte_t pfn_pte(unsigned long pfn, pgprot_t prot)
{
	return __pte((u32)(pfn << PAGE_SHIFT) | pgprot_val(prot));
}

static inline pte_t pte_mkwrite(pte_t pte)
{
	return __pte(pte_val(pte) | _PAGE_RW);
}

static inline pte_t pte_wrprotect(pte_t pte)
{
	return __pte(pte_val(pte) & ~_PAGE_RW);
}

static inline pte_t pte_mkdirty(pte_t pte)
{
	return __pte(pte_val(pte) | _PAGE_DIRTY);
}

static inline pte_t pte_mkclean(pte_t pte)
{
	return __pte(pte_val(pte) & ~_PAGE_DIRTY);
}

static inline pte_t pte_mkyoung(pte_t pte)
{
	return __pte(pte_val(pte) | _PAGE_ACCESSED);
}

static inline pte_t pte_mkold(pte_t pte)
{
	return __pte(pte_val(pte) & ~_PAGE_ACCESSED);
}

static inline pte_t pte_mkspecial(pte_t pte)
{
	return __pte(pte_val(pte) | _PAGE_SPECIAL);
}

/* Same page and state (dirty, accessed, special), other protection. */
static inline pte_t pte_modify(pte_t pte, pgprot_t prot)
{
	return __pte((pte_val(pte) & (PAGE_MASK | _PAGE_ACCESSED | _PAGE_DIRTY | _PAGE_SPECIAL)) |
		     pgprot_val(prot));
}

#define pte_page(pte) pfn_to_page(pte_pfn(pte))
#define mk_pte(page, prot) pfn_pte(page_to_pfn(page), prot)

static inline bool pgd_none(pgd_t pgd)
{
	return !pgd_val(pgd);
}

static inline bool pgd_present(pgd_t pgd)
{
	return pgd_val(pgd) & _PAGE_PRESENT;
}

/* The table that a present directory entry names; page tables lie in the direct map. */
static inline pte_t *pgd_table(pgd_t pgd)
{
	return __va(pgd_val(pgd) & PAGE_MASK);
}

static inline void set_pte(pte_t *ptep, pte_t pte)
{
	*(volatile u32 *)&ptep->pte = pte_val(pte);
}

#define pgd_offset_pgd(pgd, addr) ((pgd) + pgd_index(addr))
#define pgd_offset(mm, addr) pgd_offset_pgd((mm)->pgd, addr)
#define pgd_offset_k(addr) pgd_offset_pgd(swapper_pg_dir, addr)

/* The entry of a kernel address, or NULL if there is no table for it. Any context. */
pte_t *kernel_pte(unsigned long addr);

#include <asm/tlbflush.h>

#endif
