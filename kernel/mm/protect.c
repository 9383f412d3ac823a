/*
 * Protection of kernel pages: set_memory_*().
 *
 * All pages are looked up first, so that a call either changes all or none. Without PAE the CPU cannot forbid execution;
 * the x/nx calls only check their arguments. Any context.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/set_memory.h>
#include <asm/irqflags.h>
#include <asm/pgtable.h>

static int change(unsigned long addr, int numpages, u32 set, u32 clear)
{
	unsigned long page, end = addr + ((unsigned long)numpages << PAGE_SHIFT), flags;
	pte_t *pte;

	if (offset_in_page(addr) || numpages < 0 || addr < PAGE_OFFSET || end < addr)
		return -EINVAL;
	local_irq_save(flags);
	for (page = addr; page < end; page += PAGE_SIZE) {
		pte = kernel_pte(page);
		if (!pte || pte_none(*pte)) {
			local_irq_restore(flags);
			return -ENOMEM;
		}
	}
	for (page = addr; page < end; page += PAGE_SIZE) {
		pte = kernel_pte(page);
		set_pte(pte, __pte((pte_val(*pte) & ~clear) | set));
		__flush_tlb_one(page);
	}
	local_irq_restore(flags);
	return 0;
}

int set_memory_ro(unsigned long addr, int numpages)
{
	return change(addr, numpages, 0, _PAGE_RW);
}
EXPORT_SYMBOL(set_memory_ro);

int set_memory_rw(unsigned long addr, int numpages)
{
	return change(addr, numpages, _PAGE_RW, 0);
}
EXPORT_SYMBOL(set_memory_rw);

int set_memory_x(unsigned long addr, int numpages)
{
	return change(addr, numpages, 0, 0);
}
EXPORT_SYMBOL(set_memory_x);

int set_memory_nx(unsigned long addr, int numpages)
{
	return change(addr, numpages, 0, 0);
}
EXPORT_SYMBOL(set_memory_nx);

int set_memory_uc(unsigned long addr, int numpages)
{
	return change(addr, numpages, _PAGE_PCD | _PAGE_PWT, 0);
}
EXPORT_SYMBOL(set_memory_uc);

int set_memory_wb(unsigned long addr, int numpages)
{
	return change(addr, numpages, 0, _PAGE_PCD | _PAGE_PWT);
}
EXPORT_SYMBOL(set_memory_wb);

int set_memory_np(unsigned long addr, int numpages)
{
	return change(addr, numpages, 0, _PAGE_PRESENT);
}

int set_memory_p(unsigned long addr, int numpages)
{
	return change(addr, numpages, _PAGE_PRESENT, 0);
}
