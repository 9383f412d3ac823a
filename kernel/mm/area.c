/*
 * Areas of an address space: lookup, insertion, cutting and joining.
 *
 * Areas do not overlap. They are in a list and in a red-black tree, both ordered by address, and those that map a file in
 * the list of the file's address_space (i_mmap_list), which truncation and write-back walk. mmap_cache remembers the
 * area found last; most lookups end there.
 * Locking: mmap_lock for writing around every change, at least for reading around lookups; i_mmap_rwsem around the
 * file's list (taken inside mmap_lock).
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/rbtree.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <uapi/linux/resource.h>
#include "mm/vm.h"

static struct kmem_cache *area_cache;

struct vm_area_struct *area_alloc(struct mm_struct *mm)
{
	struct vm_area_struct *vma;

	if (unlikely(!area_cache))
		area_cache = KMEM_CACHE(vm_area_struct, SLAB_PANIC);
	vma = kmem_cache_zalloc(area_cache, GFP_KERNEL);
	if (!vma)
		return NULL;
	vma->vm_mm = mm;
	INIT_LIST_HEAD(&vma->shared);
	return vma;
}

struct vm_area_struct *area_copy(const struct vm_area_struct *old)
{
	struct vm_area_struct *vma = kmem_cache_alloc(area_cache, GFP_KERNEL);

	if (!vma)
		return NULL;
	*vma = *old;
	vma->vm_next = vma->vm_prev = NULL;
	INIT_LIST_HEAD(&vma->shared);
	if (vma->vm_file)
		get_file(vma->vm_file);
	return vma;
}

void area_release(struct vm_area_struct *vma)
{
	if (vma->vm_ops && vma->vm_ops->close)
		vma->vm_ops->close(vma);
	if (vma->vm_file)
		fput(vma->vm_file);
	kmem_cache_free(area_cache, vma);
}

void area_link_file(struct vm_area_struct *vma)
{
	struct address_space *mapping;

	if (!vma->vm_file)
		return;
	mapping = vma->vm_file->f_mapping;
	if (!mapping)
		return;
	down_write(&mapping->i_mmap_rwsem);
	if (vma->vm_flags & VM_SHARED)
		atomic_inc(&mapping->i_mmap_writable);
	list_add_tail(&vma->shared, &mapping->i_mmap_list);
	up_write(&mapping->i_mmap_rwsem);
}

void area_unlink_file(struct vm_area_struct *vma)
{
	struct address_space *mapping;

	if (list_empty(&vma->shared))
		return;
	mapping = vma->vm_file->f_mapping;
	down_write(&mapping->i_mmap_rwsem);
	if (vma->vm_flags & VM_SHARED)
		atomic_dec(&mapping->i_mmap_writable);
	list_del_init(&vma->shared);
	up_write(&mapping->i_mmap_rwsem);
}

void area_insert(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct rb_node **link = &mm->mm_rb.rb_node, *parent = NULL;
	struct vm_area_struct *prev = NULL, *at;

	while (*link) {
		parent = *link;
		at = rb_entry(parent, struct vm_area_struct, vm_rb);
		if (at->vm_start > vma->vm_start) {
			link = &parent->rb_left;
		} else {
			prev = at;
			link = &parent->rb_right;
		}
	}
	vma->vm_prev = prev;
	vma->vm_next = prev ? prev->vm_next : mm->mmap;
	if (prev)
		prev->vm_next = vma;
	else
		mm->mmap = vma;
	if (vma->vm_next)
		vma->vm_next->vm_prev = vma;
	rb_link_node(&vma->vm_rb, parent, link);
	rb_insert_color(&vma->vm_rb, &mm->mm_rb);
	mm->map_count++;
	mm->highest_vm_end = max(mm->highest_vm_end, vma->vm_end);
	area_link_file(vma);
}

void area_remove(struct mm_struct *mm, struct vm_area_struct *vma)
{
	area_unlink_file(vma);
	if (vma->vm_prev)
		vma->vm_prev->vm_next = vma->vm_next;
	else
		mm->mmap = vma->vm_next;
	if (vma->vm_next)
		vma->vm_next->vm_prev = vma->vm_prev;
	rb_erase(&vma->vm_rb, &mm->mm_rb);
	if (mm->mmap_cache == vma)
		mm->mmap_cache = NULL;
	mm->map_count--;
}

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = mm->mmap_cache, *best = NULL;
	struct rb_node *node;

	if (likely(vma && vma->vm_start <= addr && addr < vma->vm_end))
		return vma;
	for (node = mm->mm_rb.rb_node; node;) {
		vma = rb_entry(node, struct vm_area_struct, vm_rb);
		if (addr >= vma->vm_end) {
			node = node->rb_right;
			continue;
		}
		best = vma;
		if (addr >= vma->vm_start)
			break;
		node = node->rb_left;
	}
	if (best)
		mm->mmap_cache = best;
	return best;
}
EXPORT_SYMBOL(find_vma);

struct vm_area_struct *find_vma_prev(struct mm_struct *mm, unsigned long addr,
				     struct vm_area_struct **prev)
{
	struct vm_area_struct *vma = find_vma(mm, addr), *last;

	if (vma) {
		*prev = vma->vm_prev;
		return vma;
	}
	last = mm->mmap;
	while (last && last->vm_next)
		last = last->vm_next;
	*prev = last;
	return NULL;
}

int area_split(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr)
{
	struct vm_area_struct *upper;
	int ret;

	if (mm->map_count >= MAX_MAP_COUNT)
		return -ENOMEM;
	if (vma->vm_ops && vma->vm_ops->split) {
		ret = vma->vm_ops->split(vma, addr);
		if (ret)
			return ret;
	}
	upper = area_copy(vma);
	if (!upper)
		return -ENOMEM;
	upper->vm_start = addr;
	upper->vm_pgoff += (addr - vma->vm_start) >> PAGE_SHIFT;
	if (upper->vm_ops && upper->vm_ops->open)
		upper->vm_ops->open(upper);
	vma->vm_end = addr;
	area_insert(mm, upper);
	return 0;
}

static bool area_joinable(const struct vm_area_struct *low, const struct vm_area_struct *high)
{
	if (low->vm_end != high->vm_start || low->vm_flags != high->vm_flags ||
	    low->vm_file != high->vm_file || low->vm_ops != high->vm_ops ||
	    low->vm_private_data != high->vm_private_data)
		return false;
	if ((low->vm_flags & VM_SPECIAL) || (low->vm_ops && low->vm_ops->close))
		return false;
	return !low->vm_file || low->vm_pgoff + vma_pages(low) == high->vm_pgoff;
}

/* low takes over high, its neighbour. */
static void absorb(struct mm_struct *mm, struct vm_area_struct *low, struct vm_area_struct *high)
{
	unsigned long end = high->vm_end;

	area_remove(mm, high);
	low->vm_end = end;
	area_release(high);
}

struct vm_area_struct *area_join(struct mm_struct *mm, struct vm_area_struct *vma)
{
	if (vma->vm_next && area_joinable(vma, vma->vm_next))
		absorb(mm, vma, vma->vm_next);
	if (vma->vm_prev && area_joinable(vma->vm_prev, vma)) {
		vma = vma->vm_prev;
		absorb(mm, vma, vma->vm_next);
	}
	return vma;
}

/* Lowest address an area may have: the null page stays unmapped. */
#define PLACE_MIN (16 * PAGE_SIZE)

/* The highest len free bytes that end at or below ceiling, or 0. */
static unsigned long place_below(struct mm_struct *mm, unsigned long ceiling, unsigned long len)
{
	struct vm_area_struct *vma = find_vma(mm, ceiling - 1);
	unsigned long high = ceiling, low;

	if (!vma || vma->vm_start >= ceiling)
		find_vma_prev(mm, ceiling - 1, &vma);
	for (;;) {
		low = vma ? vma->vm_end : PLACE_MIN;
		if (high > low && high - low >= len)
			return high - len;
		if (!vma)
			return 0;
		high = min(high, vma->vm_start);
		vma = vma->vm_prev;
	}
}

unsigned long area_place(struct mm_struct *mm, unsigned long hint, unsigned long len)
{
	unsigned long addr;

	if (len > TASK_SIZE - PLACE_MIN)
		return -ENOMEM;
	if (hint >= PLACE_MIN && hint <= TASK_SIZE - len &&
	    !find_vma_intersection(mm, hint, hint + len))
		return hint;
	addr = place_below(mm, mm->mmap_base, len);
	if (!addr)
		addr = place_below(mm, STACK_TOP, len);
	return addr ? addr : (unsigned long)-ENOMEM;
}

void area_account(struct mm_struct *mm, unsigned long vm_flags, long pages)
{
	mm->total_vm += (unsigned long)pages;
	if (vm_flags & VM_LOCKED)
		mm->locked_vm += (unsigned long)pages;
	if (vm_flags & VM_GROWSDOWN)
		mm->stack_vm += (unsigned long)pages;
	else if ((vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE)
		mm->data_vm += (unsigned long)pages;
	else if (vm_flags & VM_EXEC)
		mm->exec_vm += (unsigned long)pages;
}

bool area_limit_ok(struct mm_struct *mm, unsigned long vm_flags, unsigned long pages)
{
	if (mm->total_vm + pages > rlimit(RLIMIT_AS) >> PAGE_SHIFT)
		return false;
	if ((vm_flags & (VM_WRITE | VM_SHARED | VM_GROWSDOWN)) == VM_WRITE &&
	    mm->data_vm + pages > rlimit(RLIMIT_DATA) >> PAGE_SHIFT)
		return false;
	/* what can never be backed is refused at once */
	return !(vm_flags & VM_WRITE) || (vm_flags & (VM_SHARED | VM_NORESERVE)) ||
	       pages <= totalram_pages();
}
