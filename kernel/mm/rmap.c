/*
 * From a file to the areas that map it: truncation takes entries away, write-back makes them clean.
 *
 * Walks the file's list of areas (i_mmap_list) under i_mmap_rwsem; entries change under each page_table_lock. An area
 * cannot go away meanwhile, since leaving the list needs the same semaphore.
 * Process context.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include "mm/vm.h"

/* The addresses at which vma shows pages [first, last] of its file; false: none. */
static bool area_window(const struct vm_area_struct *vma, pgoff_t first, pgoff_t last,
			unsigned long *start, unsigned long *end)
{
	pgoff_t low = vma->vm_pgoff, high = low + vma_pages(vma) - 1;

	if (last < low || first > high)
		return false;
	first = max(first, low);
	last = min(last, high);
	*start = vma->vm_start + ((first - low) << PAGE_SHIFT);
	*end = vma->vm_start + ((last - low + 1) << PAGE_SHIFT);
	return true;
}

/* As zap_range(), but private copies stay. */
static void zap_file_pages(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	pte_t *pte;

	for (; start < end; start += PAGE_SIZE) {
		pte = pte_find(vma->vm_mm, start);
		if (pte && !pte_none(*pte) && !pte_special(*pte) && pte_page(*pte)->mapping)
			zap_range(vma, start, start + PAGE_SIZE, true);
	}
}

void unmap_mapping_range(struct address_space *mapping, loff_t holebegin, loff_t holelen,
			 int even_cows)
{
	pgoff_t first = (pgoff_t)((holebegin + PAGE_SIZE - 1) >> PAGE_SHIFT);
	pgoff_t last = holelen ? (pgoff_t)((holebegin + holelen - 1) >> PAGE_SHIFT) : ~(pgoff_t)0;
	struct vm_area_struct *vma;
	unsigned long start, end;

	down_read(&mapping->i_mmap_rwsem);
	list_for_each_entry(vma, &mapping->i_mmap_list, shared) {
		if (!area_window(vma, first, last, &start, &end))
			continue;
		if (even_cows)
			zap_range(vma, start, end, true);
		else
			zap_file_pages(vma, start, end);
	}
	up_read(&mapping->i_mmap_rwsem);
}
EXPORT_SYMBOL(unmap_mapping_range);

/* Makes the entries of a shared page clean and read-only; 1 if one of them was dirty. The page is locked. */
int page_mkclean(struct page *page)
{
	struct address_space *mapping = page->mapping;
	struct vm_area_struct *vma;
	unsigned long start, end;
	int dirty = 0;
	pte_t *pte;

	if (!mapping || !page_mapped(page))
		return 0;
	down_read(&mapping->i_mmap_rwsem);
	list_for_each_entry(vma, &mapping->i_mmap_list, shared) {
		if (!(vma->vm_flags & VM_SHARED) ||
		    !area_window(vma, page->index, page->index, &start, &end))
			continue;
		pte = pte_find(vma->vm_mm, start);
		if (!pte)
			continue;
		spin_lock(&vma->vm_mm->page_table_lock);
		if (pte_present(*pte) && pte_page(*pte) == page &&
		    (pte_dirty(*pte) || pte_write(*pte))) {
			dirty |= pte_dirty(*pte);
			set_pte(pte, pte_wrprotect(pte_mkclean(*pte)));
			flush_tlb_page(vma, start);
		}
		spin_unlock(&vma->vm_mm->page_table_lock);
	}
	up_read(&mapping->i_mmap_rwsem);
	return dirty != 0;
}
EXPORT_SYMBOL(page_mkclean);
