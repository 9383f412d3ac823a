/*
 * Translation caches. One CPU: an address space other than the loaded one has nothing cached, since loading a page
 * directory throws its translations away; the kernel's are global and go one by one. Any context.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/mm_types.h>
#include <linux/sched.h>
#include <asm/pgtable.h>
#include <asm/tlbflush.h>
#include "arch/i386/tables.h"

#define CR4_PGE 0x080
#define FLUSH_ALL_ABOVE 32 /* pages: beyond, reloading everything is cheaper */

void __flush_tlb_one(unsigned long addr)
{
	__asm__ __volatile__("invlpg (%0)" : : "r"(addr) : "memory");
}

void flush_tlb_local(void)
{
	write_cr3(read_cr3());
}

void flush_tlb_all(void)
{
	unsigned long cr4 = read_cr4();

	if (!(cr4 & CR4_PGE)) {
		flush_tlb_local();
		return;
	}
	write_cr4(cr4 & ~CR4_PGE);
	write_cr4(cr4);
}
EXPORT_SYMBOL(flush_tlb_all);

static bool mm_is_loaded(struct mm_struct *mm)
{
	return read_cr3() == __pa(mm->pgd);
}

void flush_tlb_mm(struct mm_struct *mm)
{
	if (mm_is_loaded(mm))
		flush_tlb_local();
}

void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr)
{
	if (mm_is_loaded(vma->vm_mm))
		__flush_tlb_one(addr);
}

void flush_tlb_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (!mm_is_loaded(vma->vm_mm))
		return;
	if (end - start > FLUSH_ALL_ABOVE * PAGE_SIZE) {
		flush_tlb_local();
		return;
	}
	for (; start < end; start += PAGE_SIZE)
		__flush_tlb_one(start);
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	for (; start < end; start += PAGE_SIZE)
		__flush_tlb_one(start);
}
