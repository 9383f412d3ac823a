/*
 * Page faults: bringing pages in.
 *
 * Anonymous memory: a read shows the zero page, the first write a fresh page. Files: the page comes from the driver's
 * fault operation (for ordinary files the page cache), a private write gets a copy at once. A write to a present
 * read-only entry of a private area copies the page, or just takes it if nobody else has it; of a shared area it asks
 * page_mkwrite and marks the page dirty.
 * On a read fault of a file the neighbours that are in the page cache come along (fault_around): most programs use them
 * next, and each saves a trap.
 * Everything that may sleep happens before page_table_lock is taken; then the entry is looked at again, and if another
 * thread was faster its work stands.
 * Called with mmap_lock held for reading.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/xarray.h>
#include "mm/page.h"
#include "mm/vm.h"

#define AROUND_BEFORE 2 /* pages */
#define AROUND_BEHIND 13

struct page *zero_page;

/* Enters page at addr if the entry is still what was seen; true if it was. The page's reference goes to the entry. */
static bool entry_install(struct vm_fault *vmf, struct page *page, bool write)
{
	struct vm_area_struct *vma = vmf->vma;
	pte_t *pte = pte_find(vma->vm_mm, vmf->address), entry;
	bool won;

	entry = mk_pte(page, vma->vm_page_prot);
	entry = write ? pte_mkdirty(pte_mkwrite(entry)) : pte_wrprotect(entry);
	spin_lock(&vma->vm_mm->page_table_lock);
	won = pte_val(*pte) == pte_val(vmf->orig_pte);
	if (won) {
		set_pte(pte, entry);
		atomic_inc(&page->_mapcount);
		rss_add(vma->vm_mm, page, 1);
	}
	spin_unlock(&vma->vm_mm->page_table_lock);
	return won;
}

static vm_fault_t anonymous_read(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	pte_t *pte = pte_find(vma->vm_mm, vmf->address);

	spin_lock(&vma->vm_mm->page_table_lock);
	if (pte_none(*pte))
		set_pte(pte, pte_mkspecial(pte_wrprotect(mk_pte(zero_page, vma->vm_page_prot))));
	spin_unlock(&vma->vm_mm->page_table_lock);
	return 0;
}

static vm_fault_t anonymous_write(struct vm_fault *vmf)
{
	struct page *page = page_alloc(GFP_HIGHUSER | __GFP_ZERO, 0, 0);

	if (!page)
		return VM_FAULT_OOM;
	if (!entry_install(vmf, page, true))
		put_page(page);
	return 0;
}

/* The pages next to the one just brought in, as far as they are there and one table maps them. */
static void fault_around(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	struct address_space *mapping = vma->vm_file->f_mapping;
	unsigned long first = vmf->address - AROUND_BEFORE * PAGE_SIZE;
	unsigned long last = vmf->address + AROUND_BEHIND * PAGE_SIZE, addr;
	struct page *page;
	pte_t *pte;

	first = max(first, max_t(unsigned long, vma->vm_start, vmf->address &PGDIR_MASK));
	last = min(last, min_t(unsigned long, vma->vm_end - PAGE_SIZE, vmf->address | ~PGDIR_MASK));
	pte = pte_find(vma->vm_mm, first);
	for (addr = first; addr <= last; addr += PAGE_SIZE, pte++) {
		if (!pte_none(*pte))
			continue;
		page = find_get_page(mapping,
				     vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT));
		if (!page)
			continue;
		spin_lock(&vma->vm_mm->page_table_lock);
		if (pte_none(*pte) && PageUptodate(page) && page->mapping == mapping &&
		    !PageLocked(page)) {
			set_pte(pte, pte_wrprotect(mk_pte(page, vma->vm_page_prot)));
			atomic_inc(&page->_mapcount);
			rss_add(vma->vm_mm, page, 1);
			page = NULL;
		}
		spin_unlock(&vma->vm_mm->page_table_lock);
		if (page)
			put_page(page);
	}
}

static void fault_page_drop(struct page *page, vm_fault_t result)
{
	if (result & VM_FAULT_LOCKED)
		unlock_page(page);
	put_page(page);
}

/* A private write to a page of a file: the area gets its own copy. */
static vm_fault_t file_copy(struct vm_fault *vmf)
{
	struct page *copy = page_alloc(GFP_HIGHUSER, 0, 0);
	vm_fault_t result;

	if (!copy)
		return VM_FAULT_OOM;
	vmf->cow_page = copy;
	result = vmf->vma->vm_ops->fault(vmf);
	if (result & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY)) {
		put_page(copy);
		return result;
	}
	copy_highpage(copy, vmf->page);
	fault_page_drop(vmf->page, result);
	if (!entry_install(vmf, copy, true))
		put_page(copy);
	return result & VM_FAULT_MAJOR;
}

/* Asks whether a shared page may be written. The page is locked afterwards if the result says so. */
static vm_fault_t shared_make_writable(struct vm_fault *vmf)
{
	vm_fault_t result;

	if (!vmf->vma->vm_ops || !vmf->vma->vm_ops->page_mkwrite)
		return 0;
	vmf->flags |= FAULT_FLAG_MKWRITE;
	result = vmf->vma->vm_ops->page_mkwrite(vmf);
	vmf->flags &= ~FAULT_FLAG_MKWRITE;
	return result;
}

static vm_fault_t file_read_or_share(struct vm_fault *vmf, bool write)
{
	struct vm_area_struct *vma = vmf->vma;
	vm_fault_t result = vma->vm_ops->fault(vmf), asked;

	if (result & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY))
		return result;
	if (write) {
		if (result & VM_FAULT_LOCKED)
			unlock_page(vmf->page);
		result &= ~VM_FAULT_LOCKED;
		asked = shared_make_writable(vmf);
		if (asked & (VM_FAULT_ERROR | VM_FAULT_NOPAGE)) {
			put_page(vmf->page);
			return asked;
		}
		result |= asked & VM_FAULT_LOCKED;
		if (vmf->page->mapping)
			set_page_dirty(vmf->page);
	}
	if (result & VM_FAULT_LOCKED)
		unlock_page(vmf->page);
	if (!entry_install(vmf, vmf->page, write))
		put_page(vmf->page);
	else if (!write && vma->vm_ops->fault == filemap_fault)
		fault_around(vmf);
	return result & VM_FAULT_MAJOR;
}

static vm_fault_t fault_missing(struct vm_fault *vmf)
{
	bool write = vmf->flags & FAULT_FLAG_WRITE, shared = vmf->vma->vm_flags & VM_SHARED;

	if (!vmf->vma->vm_ops || !vmf->vma->vm_ops->fault) {
		if (vmf->vma->vm_flags & VM_PFNMAP)
			return VM_FAULT_SIGBUS;
		return write ? anonymous_write(vmf) : anonymous_read(vmf);
	}
	return write && !shared ? file_copy(vmf) : file_read_or_share(vmf, write);
}

/* The entry's page has become writable in place. */
static void entry_make_writable(struct vm_fault *vmf)
{
	struct mm_struct *mm = vmf->vma->vm_mm;
	pte_t *pte = pte_find(mm, vmf->address);

	spin_lock(&mm->page_table_lock);
	if (pte_val(*pte) == pte_val(vmf->orig_pte)) {
		set_pte(pte, pte_mkdirty(pte_mkwrite(*pte)));
		flush_tlb_page(vmf->vma, vmf->address);
	}
	spin_unlock(&mm->page_table_lock);
}

static vm_fault_t write_shared(struct vm_fault *vmf)
{
	struct page *page;
	vm_fault_t asked;

	if (pte_special(vmf->orig_pte)) {
		entry_make_writable(vmf);
		return 0;
	}
	page = pte_page(vmf->orig_pte);
	get_page(page);
	vmf->page = page;
	asked = shared_make_writable(vmf);
	if (!(asked & (VM_FAULT_ERROR | VM_FAULT_NOPAGE))) {
		if (page->mapping)
			set_page_dirty(page);
		entry_make_writable(vmf);
	}
	if (asked & VM_FAULT_LOCKED)
		unlock_page(page);
	put_page(page);
	return asked & VM_FAULT_ERROR;
}

/* Replaces the page seen by copy, if it is still there. */
static void entry_replace(struct vm_fault *vmf, struct page *old, struct page *copy)
{
	struct mm_struct *mm = vmf->vma->vm_mm;
	pte_t *pte = pte_find(mm, vmf->address);
	bool counted = !pte_special(vmf->orig_pte);

	spin_lock(&mm->page_table_lock);
	if (pte_val(*pte) != pte_val(vmf->orig_pte)) {
		spin_unlock(&mm->page_table_lock);
		put_page(copy);
		return;
	}
	set_pte(pte, pte_mkdirty(pte_mkwrite(mk_pte(copy, vmf->vma->vm_page_prot))));
	flush_tlb_page(vmf->vma, vmf->address);
	atomic_inc(&copy->_mapcount);
	rss_add(mm, copy, 1);
	if (counted) {
		rss_add(mm, old, -1);
		atomic_dec(&old->_mapcount);
	}
	spin_unlock(&mm->page_table_lock);
	if (counted)
		put_page(old);
}

static vm_fault_t write_private(struct vm_fault *vmf)
{
	struct page *old = pte_page(vmf->orig_pte), *copy;
	bool special = pte_special(vmf->orig_pte);

	if (!special && !old->mapping && page_count(old) == 1) {
		entry_make_writable(vmf);
		return 0;
	}
	if (special && old != zero_page)
		return VM_FAULT_SIGBUS; /* device memory cannot be copied */
	copy = page_alloc(GFP_HIGHUSER | (special ? __GFP_ZERO : 0), 0, 0);
	if (!copy)
		return VM_FAULT_OOM;
	if (!special) {
		get_page(old);
		copy_highpage(copy, old);
	}
	entry_replace(vmf, old, copy);
	if (!special)
		put_page(old);
	return 0;
}

vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long address, unsigned int flags)
{
	struct vm_fault vmf = {
		.vma = vma,
		.flags = flags,
		.gfp_mask = GFP_HIGHUSER,
		.address = address & PAGE_MASK,
		.pgoff = vma->vm_pgoff + ((address - vma->vm_start) >> PAGE_SHIFT),
	};
	pte_t *pte = pte_make(vma->vm_mm, address);

	if (!pte)
		return VM_FAULT_OOM;
	vmf.orig_pte = *pte;
	if (pte_none(vmf.orig_pte))
		return fault_missing(&vmf);
	if (!(flags & FAULT_FLAG_WRITE) || pte_write(vmf.orig_pte))
		return 0; /* somebody else was faster */
	return vma->vm_flags & VM_SHARED ? write_shared(&vmf) : write_private(&vmf);
}

static int __init zero_page_make(void)
{
	zero_page = page_alloc(GFP_KERNEL | __GFP_ZERO, 0, 0);
	return 0;
}
pure_initcall(zero_page_make);
