/*
 * Shared anonymous memory: mmap(MAP_SHARED | MAP_ANONYMOUS), which parent and children see alike.
 *
 * The pages hang on an object that all areas of one mapping share (vm_private_data), by page number from the mapping's
 * beginning (vm_pgoff). Areas count as users: fork and cutting add one, unmapping takes one away.
 * Locking: the xarray has its own; a page that two threads make at once is made once (cmpxchg).
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/highmem.h>
#include <linux/slab.h>
#include <linux/xarray.h>
#include "mm/page.h"
#include "mm/vm.h"

struct shared_memory {
	atomic_t users;	     /* areas */
	struct xarray pages; /* struct page by number, one reference each */
};

static void shared_open(struct vm_area_struct *vma)
{
	struct shared_memory *memory = vma->vm_private_data;

	atomic_inc(&memory->users);
}

static void shared_close(struct vm_area_struct *vma)
{
	struct shared_memory *memory = vma->vm_private_data;
	unsigned long index;
	struct page *page;

	if (!atomic_dec_and_test(&memory->users))
		return;
	xa_for_each(&memory->pages, index, page) put_page(page);
	xa_destroy(&memory->pages);
	kfree(memory);
}

static vm_fault_t shared_fault(struct vm_fault *vmf)
{
	struct shared_memory *memory = vmf->vma->vm_private_data;
	struct page *page = xa_load(&memory->pages, vmf->pgoff), *other;

	if (!page) {
		page = page_alloc(GFP_HIGHUSER | __GFP_ZERO, 0, 0);
		if (!page)
			return VM_FAULT_OOM;
		other = xa_cmpxchg(&memory->pages, vmf->pgoff, NULL, page, GFP_KERNEL);
		if (other) {
			put_page(page);
			if (xa_is_err(other))
				return VM_FAULT_OOM;
			page = other;
		}
	}
	get_page(page);
	vmf->page = page;
	return 0;
}

static const char *shared_name(struct vm_area_struct *vma)
{
	return "/dev/zero (deleted)";
}

static const struct vm_operations_struct shared_ops = {
	.open = shared_open,
	.close = shared_close,
	.fault = shared_fault,
	.name = shared_name,
};

int shared_anonymous_setup(struct vm_area_struct *vma)
{
	struct shared_memory *memory = kmalloc(sizeof(*memory), GFP_KERNEL);

	if (!memory)
		return -ENOMEM;
	atomic_set(&memory->users, 1);
	xa_init(&memory->pages);
	vma->vm_private_data = memory;
	vma->vm_ops = &shared_ops;
	return 0;
}

/* For drivers whose mmap gives zeroed shared memory (/dev/zero). */
int shmem_zero_setup(struct vm_area_struct *vma)
{
	return shared_anonymous_setup(vma);
}
EXPORT_SYMBOL(shmem_zero_setup);
