/*
 * Reaching into user memory from the kernel: pages behind addresses, of this process or of another.
 *
 * A page is brought in by the same path as a fault; the reference taken keeps it after the lock is gone. Process context.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/highmem.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <rakit/memory.h>
#include "mm/vm.h"

static bool access_fits(const struct vm_area_struct *vma, bool write, bool force)
{
	if (vma->vm_flags & (VM_IO | VM_PFNMAP))
		return false;
	if (write)
		return vma->vm_flags & (force ? VM_MAYWRITE : VM_WRITE);
	return vma->vm_flags & (force ? VM_MAYREAD : VM_READ);
}

/* The page at addr if its entry allows the access, with a reference. */
static struct page *page_present(struct vm_area_struct *vma, unsigned long addr, bool write)
{
	struct page *page = NULL;
	pte_t *pte = pte_find(vma->vm_mm, addr);

	if (!pte)
		return NULL;
	spin_lock(&vma->vm_mm->page_table_lock);
	if (pte_present(*pte) && (!write || pte_write(*pte)) &&
	    (!pte_special(*pte) || pte_page(*pte) == zero_page)) {
		page = pte_page(*pte);
		get_page(page);
	}
	spin_unlock(&vma->vm_mm->page_table_lock);
	return page;
}

/* mmap_lock held. */
static struct page *page_get(struct mm_struct *mm, unsigned long addr, bool write, bool force)
{
	struct vm_area_struct *vma = find_vma(mm, addr);
	unsigned int tries;
	struct page *page;

	if (!vma || vma->vm_start > addr || !access_fits(vma, write, force))
		return NULL;
	for (tries = 0; tries < 8; tries++) {
		page = page_present(vma, addr, write);
		if (page)
			return page;
		if (handle_mm_fault(vma, addr, write ? FAULT_FLAG_WRITE : 0) & VM_FAULT_ERROR)
			return NULL;
	}
	return NULL;
}

struct page *mm_get_page(struct mm_struct *mm, unsigned long addr, bool write)
{
	struct vm_area_struct *vma;
	struct page *page = NULL;

	mmap_write_lock(mm);
	vma = find_vma(mm, addr);
	if (vma && (vma->vm_start <= addr || !expand_stack(vma, addr)))
		page = page_get(mm, addr, write, true);
	mmap_write_unlock(mm);
	return page;
}

int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages)
{
	int done;

	if (nr_pages < 0 || start >= TASK_SIZE)
		return nr_pages ? -EFAULT : 0;
	start &= PAGE_MASK;
	mmap_read_lock(current->mm);
	for (done = 0; done < nr_pages; done++, start += PAGE_SIZE) {
		pages[done] = page_get(current->mm, start, gup_flags & FOLL_WRITE,
				       gup_flags & FOLL_FORCE);
		if (!pages[done])
			break;
	}
	mmap_read_unlock(current->mm);
	return done || !nr_pages ? done : -EFAULT;
}
EXPORT_SYMBOL(get_user_pages_fast);

int access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len,
		     unsigned int gup_flags)
{
	bool write = gup_flags & FOLL_WRITE;
	struct page *page;
	int done = 0, part;
	void *window;

	mmap_read_lock(mm);
	for (; done < len; done += part, addr += (unsigned long)part) {
		part = min_t(int, len - done, (int)(PAGE_SIZE - offset_in_page(addr)));
		page = page_get(mm, addr, write, gup_flags & FOLL_FORCE);
		if (!page)
			break;
		window = kmap(page);
		if (write)
			memcpy(window + offset_in_page(addr), buf + done, part);
		else
			memcpy(buf + done, window + offset_in_page(addr), part);
		kunmap(page);
		put_page(page);
	}
	mmap_read_unlock(mm);
	return done;
}

int access_process_vm(struct task_struct *tsk, unsigned long addr, void *buf, int len,
		      unsigned int gup_flags)
{
	struct mm_struct *mm = get_task_mm(tsk);
	int done;

	if (!mm)
		return 0;
	done = access_remote_vm(mm, addr, buf, len, gup_flags);
	mmput(mm);
	return done;
}
EXPORT_SYMBOL(access_process_vm);
