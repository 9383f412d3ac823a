/*
 * Throwing away cached translations. Kernel translations are global: a change of address space keeps them. Any
 * context. Source: Intel SDM vol. 3, 4.10 (caching translation information).
 */
#ifndef _ASM_TLBFLUSH_H
#define _ASM_TLBFLUSH_H

struct mm_struct;
struct vm_area_struct;

void __flush_tlb_one(unsigned long addr); /* one page, global or not */
void flush_tlb_local(void);		  /* everything but global pages */
void flush_tlb_all(void);		  /* everything */
void flush_tlb_mm(struct mm_struct *mm);
/* start inclusive, end exclusive, page-aligned; of the address space of vma. */
void flush_tlb_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);
void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr);
void flush_tlb_kernel_range(unsigned long start, unsigned long end);

#endif
