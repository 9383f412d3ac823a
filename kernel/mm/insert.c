/*
 * Entries that drivers make themselves: device memory and pages of their own in user areas.
 *
 * Frames without struct page (remap_pfn_range, vmf_insert_pfn) get special entries, which nobody counts; pages
 * (vm_insert_page) are counted like any other. The caller is the driver's mmap or fault operation, so mmap_lock is held.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include "mm/vm.h"

static bool inside(const struct vm_area_struct *vma, unsigned long addr, unsigned long size)
{
	return addr >= vma->vm_start && addr < vma->vm_end && size <= vma->vm_end - addr;
}

static int insert(struct vm_area_struct *vma, unsigned long addr, pte_t entry)
{
	pte_t *pte = pte_make(vma->vm_mm, addr);
	bool occupied;

	if (!pte)
		return -ENOMEM;
	spin_lock(&vma->vm_mm->page_table_lock);
	occupied = !pte_none(*pte);
	if (!occupied)
		set_pte(pte, entry);
	spin_unlock(&vma->vm_mm->page_table_lock);
	return occupied ? -EBUSY : 0;
}

static pte_t device_entry(const struct vm_area_struct *vma, unsigned long pfn, pgprot_t prot)
{
	pte_t entry = pte_mkspecial(pfn_pte(pfn, prot));

	return vma->vm_flags & VM_WRITE ? pte_mkwrite(entry) : entry;
}

int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		    unsigned long size, pgprot_t prot)
{
	unsigned long end;
	int ret = 0;

	size = PAGE_ALIGN(size);
	if (!PAGE_ALIGNED(addr) || !inside(vma, addr, size))
		return -EINVAL;
	if (vma_is_cow(vma->vm_flags) &&
	    (addr != vma->vm_start || size != vma->vm_end - vma->vm_start))
		return -EINVAL;
	vma->vm_flags |= VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP;
	for (end = addr + size; addr < end && !ret; addr += PAGE_SIZE, pfn++)
		ret = insert(vma, addr, device_entry(vma, pfn, prot));
	return ret;
}
EXPORT_SYMBOL(remap_pfn_range);

int vm_iomap_memory(struct vm_area_struct *vma, phys_addr_t start, unsigned long len)
{
	unsigned long pages = PFN_UP(offset_in_page(start) + len),
		      size = vma->vm_end - vma->vm_start;

	if (start + len < start || vma->vm_pgoff > pages ||
	    size >> PAGE_SHIFT > pages - vma->vm_pgoff)
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, PFN_DOWN(start) + vma->vm_pgoff, size,
			       vma->vm_page_prot);
}
EXPORT_SYMBOL(vm_iomap_memory);

int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page)
{
	pte_t entry = mk_pte(page, vma->vm_page_prot);
	int ret;

	if (!inside(vma, addr, PAGE_SIZE))
		return -EFAULT;
	if (!page_count(page))
		return -EINVAL;
	vma->vm_flags |= VM_MIXEDMAP;
	get_page(page);
	if ((vma->vm_flags & (VM_WRITE | VM_SHARED)) == (VM_WRITE | VM_SHARED))
		entry = pte_mkwrite(entry);
	ret = insert(vma, addr & PAGE_MASK, entry);
	if (ret) {
		put_page(page);
		return ret;
	}
	atomic_inc(&page->_mapcount);
	rss_add(vma->vm_mm, page, 1);
	return 0;
}
EXPORT_SYMBOL(vm_insert_page);

int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff)
{
	struct vm_struct *area = find_vm_area(addr);
	unsigned long i, pages = vma_pages(vma);
	int ret = 0;

	if (!area || !area->pages || pgoff > area->nr_pages || pages > area->nr_pages - pgoff)
		return -EINVAL;
	for (i = 0; i < pages && !ret; i++)
		ret = vm_insert_page(vma, vma->vm_start + (i << PAGE_SHIFT),
				     area->pages[pgoff + i]);
	return ret;
}
EXPORT_SYMBOL(remap_vmalloc_range);

vm_fault_t vmf_insert_pfn(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn)
{
	if (!inside(vma, addr, PAGE_SIZE))
		return VM_FAULT_SIGBUS;
	switch (insert(vma, addr & PAGE_MASK, device_entry(vma, pfn, vma->vm_page_prot))) {
	case 0:
	case -EBUSY:
		return VM_FAULT_NOPAGE;
	default:
		return VM_FAULT_OOM;
	}
}
EXPORT_SYMBOL(vmf_insert_pfn);
