/*
 * Mapping and unmapping: what mmap, munmap, mprotect, mremap and brk do to the areas of an address space.
 *
 * Arguments are checked in full first; then what is in the way is unmapped, and the area is entered and joined with its
 * neighbours. A failure behind that point leaves a hole, as on Linux, never a half area.
 * Locking: mmap_lock for writing; the vm_* functions take it.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mman.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <uapi/linux/resource.h>
#include <rakit/memory.h>
#include "mm/mmap.h"
#include "mm/vm.h"

#define STACK_INITIAL (33 * PAGE_SIZE) /* arguments and environment up to 128 KiB without growing */
#define STACK_GUARD (256 * PAGE_SIZE) /* a stack does not grow closer than this to the area below */
#define USER_MIN PAGE_SIZE

pgprot_t vm_get_page_prot(unsigned long vm_flags)
{
	if (!(vm_flags & VM_ACCESS_FLAGS))
		return PAGE_NONE;
	/* write permission is given by the fault that makes the page the area's own */
	return PAGE_READONLY;
}
EXPORT_SYMBOL(vm_get_page_prot);

static void area_set_flags(struct vm_area_struct *vma, unsigned long vm_flags)
{
	u32 cache = pgprot_val(vma->vm_page_prot) & (_PAGE_PCD | _PAGE_PWT);

	vma->vm_flags = vm_flags;
	vma->vm_page_prot = __pgprot(pgprot_val(vm_get_page_prot(vm_flags)) | cache);
}

static int shared_file_check(struct file *file, unsigned long prot)
{
	if ((prot & PROT_WRITE) && !(file->f_mode & FMODE_WRITE))
		return -EACCES;
	if (IS_APPEND(file_inode(file)) && (file->f_mode & FMODE_WRITE))
		return -EACCES;
	return 0;
}

/* The area's flags for a mapping of file, or -errno. */
static long file_flags(struct file *file, unsigned long prot, unsigned long flags,
		       unsigned long vm_flags)
{
	int ret = 0;

	if (!file->f_op || !file->f_op->mmap)
		return -ENODEV;
	if (!(file->f_mode & FMODE_READ))
		return -EACCES;
	if (file->f_path.mnt->mnt_flags & MNT_NOEXEC) {
		if (vm_flags & VM_EXEC)
			return -EPERM;
		vm_flags &= ~VM_MAYEXEC;
	}
	switch (flags & MAP_TYPE) {
	case MAP_SHARED:
	case MAP_SHARED_VALIDATE:
		ret = shared_file_check(file, prot);
		vm_flags |= VM_SHARED | VM_MAYSHARE;
		if (!(file->f_mode & FMODE_WRITE))
			vm_flags &= ~VM_MAYWRITE;
		break;
	case MAP_PRIVATE:
		break;
	default:
		ret = -EINVAL;
	}
	return ret ? ret : (long)vm_flags;
}

static long anonymous_flags(unsigned long flags, unsigned long vm_flags)
{
	switch (flags & MAP_TYPE) {
	case MAP_SHARED:
		return (long)(vm_flags | VM_SHARED | VM_MAYSHARE);
	case MAP_PRIVATE:
		return (long)vm_flags;
	default:
		return -EINVAL;
	}
}

static unsigned long flags_to_vm(unsigned long prot, unsigned long flags)
{
	unsigned long vm_flags = calc_vm_prot_bits(prot) | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC |
				 current->mm->def_flags;

	if (flags & MAP_GROWSDOWN)
		vm_flags |= VM_GROWSDOWN;
	if (flags & MAP_LOCKED)
		vm_flags |= VM_LOCKED;
	if (flags & MAP_NORESERVE)
		vm_flags |= VM_NORESERVE;
	return vm_flags;
}

/* Enters an area [addr, addr + len), which is free. */
static int map_area(struct file *file, unsigned long addr, unsigned long len,
		    unsigned long vm_flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma = area_alloc(mm);
	int ret = 0;

	if (!vma)
		return -ENOMEM;
	vma->vm_start = addr;
	vma->vm_end = addr + len;
	vma->vm_pgoff = pgoff;
	area_set_flags(vma, vm_flags);
	if (file) {
		vma->vm_file = get_file(file);
		ret = file->f_op->mmap(file, vma);
	} else if (vm_flags & VM_SHARED) {
		ret = shared_anonymous_setup(vma);
	}
	if (ret) {
		zap_range(vma, addr, addr + len,
			  true); /* what a driver has mapped before it failed */
		vma->vm_ops = NULL;
		area_release(vma);
		return ret;
	}
	area_account(mm, vma->vm_flags, (long)(len >> PAGE_SHIFT));
	area_insert(mm, vma);
	area_join(mm, vma);
	return 0;
}

static bool needs_placing(unsigned long flags)
{
	return !(flags & (MAP_FIXED | MAP_FIXED_NOREPLACE));
}

/* Where the mapping goes: addr, or an address chosen for it, or -errno. */
static unsigned long address_choose(unsigned long addr, unsigned long len, unsigned long flags)
{
	struct mm_struct *mm = current->mm;

	if (needs_placing(flags))
		return area_place(mm, PAGE_ALIGN(addr), len);
	if (!PAGE_ALIGNED(addr))
		return -EINVAL;
	if (addr < USER_MIN)
		return -EPERM;
	if (addr > TASK_SIZE - len)
		return -ENOMEM;
	if ((flags & MAP_FIXED_NOREPLACE) && find_vma_intersection(mm, addr, addr + len))
		return -EEXIST;
	return addr;
}

unsigned long do_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	long vm_flags = (long)flags_to_vm(prot, flags);
	int ret;

	if (!len)
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (!len || len > TASK_SIZE)
		return -ENOMEM;
	if (file && pgoff + (len >> PAGE_SHIFT) < pgoff)
		return -EOVERFLOW;
	if (mm->map_count > MAX_MAP_COUNT)
		return -ENOMEM;
	vm_flags = file ? file_flags(file, prot, flags, (unsigned long)vm_flags)
			: anonymous_flags(flags, (unsigned long)vm_flags);
	if (vm_flags < 0 && IS_ERR_VALUE(vm_flags))
		return (unsigned long)vm_flags;
	addr = address_choose(addr, len, flags);
	if (IS_ERR_VALUE(addr))
		return addr;
	if (!area_limit_ok(mm, (unsigned long)vm_flags, len >> PAGE_SHIFT))
		return -ENOMEM;
	ret = needs_placing(flags) ? 0 : do_munmap(mm, addr, len);
	if (!ret)
		ret = map_area(file, addr, len, (unsigned long)vm_flags, file ? pgoff : 0);
	return ret ? (unsigned long)ret : addr;
}

unsigned long vm_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, unsigned long offset)
{
	unsigned long ret;

	if (!PAGE_ALIGNED(offset))
		return -EINVAL;
	mmap_write_lock(current->mm);
	ret = do_mmap(file, addr, len, prot, flags, offset >> PAGE_SHIFT);
	mmap_write_unlock(current->mm);
	return ret;
}
EXPORT_SYMBOL(vm_mmap);

int mm_cut(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);
	int ret = 0;

	if (vma && vma->vm_start < start && vma->vm_end > start)
		ret = area_split(mm, vma, start);
	if (ret)
		return ret;
	vma = find_vma(mm, end - 1);
	return vma && vma->vm_start < end && vma->vm_end > end ? area_split(mm, vma, end) : 0;
}

int do_munmap(struct mm_struct *mm, unsigned long start, size_t len)
{
	struct vm_area_struct *vma, *next;
	unsigned long end;
	int ret;

	if (!PAGE_ALIGNED(start) || start > TASK_SIZE || len > TASK_SIZE - start)
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (!len)
		return -EINVAL;
	end = start + len;
	if (!find_vma_intersection(mm, start, end))
		return 0;
	ret = mm_cut(mm, start, end);
	if (ret)
		return ret;
	for (vma = find_vma(mm, start); vma && vma->vm_start < end; vma = next) {
		next = vma->vm_next;
		zap_range(vma, vma->vm_start, vma->vm_end, true);
		area_account(mm, vma->vm_flags, -(long)vma_pages(vma));
		area_remove(mm, vma);
		area_release(vma);
	}
	return 0;
}

int vm_munmap(unsigned long start, size_t len)
{
	int ret;

	mmap_write_lock(current->mm);
	ret = do_munmap(current->mm, start, len);
	mmap_write_unlock(current->mm);
	return ret;
}
EXPORT_SYMBOL(vm_munmap);

int vm_brk_flags(unsigned long addr, unsigned long len, unsigned long flags)
{
	struct mm_struct *mm = current->mm;
	unsigned long vm_flags = VM_DATA_DEFAULT_FLAGS | (flags & VM_EXEC) | mm->def_flags;
	int ret;

	len = PAGE_ALIGN(len);
	if (!len)
		return 0;
	if (addr < USER_MIN || addr > TASK_SIZE - len)
		return -ENOMEM;
	mmap_write_lock(mm);
	ret = area_limit_ok(mm, vm_flags, len >> PAGE_SHIFT) ? do_munmap(mm, addr, len) : -ENOMEM;
	if (!ret)
		ret = map_area(NULL, addr, len, vm_flags, 0);
	mmap_write_unlock(mm);
	return ret;
}
EXPORT_SYMBOL(vm_brk_flags);

int vm_brk(unsigned long addr, unsigned long len)
{
	return vm_brk_flags(addr, len, 0);
}
EXPORT_SYMBOL(vm_brk);

unsigned long mm_set_brk(unsigned long brk)
{
	struct mm_struct *mm = current->mm;
	unsigned long old_end = PAGE_ALIGN(mm->brk), new_end = PAGE_ALIGN(brk), flags;
	struct vm_area_struct *vma;
	int ret = 0;

	if (brk < mm->start_brk || brk > TASK_SIZE - PAGE_SIZE)
		return mm->brk;
	if (brk - mm->start_brk + (mm->end_data - mm->start_data) > rlimit(RLIMIT_DATA))
		return mm->brk;
	if (new_end < old_end) {
		ret = do_munmap(mm, new_end, old_end - new_end);
	} else if (new_end > old_end) {
		flags = VM_DATA_DEFAULT_FLAGS | mm->def_flags;
		vma = find_vma(mm, old_end);
		if (vma && vma->vm_start < new_end + PAGE_SIZE)
			return mm->brk;
		if (!area_limit_ok(mm, flags, (new_end - old_end) >> PAGE_SHIFT))
			return mm->brk;
		ret = map_area(NULL, old_end, new_end - old_end, flags, 0);
	}
	if (!ret)
		mm->brk = brk;
	return mm->brk;
}

/* Everything in [start, end) mapped without a hole? */
static bool fully_mapped(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	for (; start < end; start = vma->vm_end, vma = vma->vm_next) {
		if (!vma || vma->vm_start > start)
			return false;
		if (vma->vm_end >= end)
			return true;
	}
	return true;
}

static int protection_allowed(struct mm_struct *mm, unsigned long start, unsigned long end,
			      unsigned long prot)
{
	unsigned long wanted = calc_vm_prot_bits(prot);
	struct vm_area_struct *vma;

	for (vma = find_vma(mm, start); vma && vma->vm_start < end; vma = vma->vm_next) {
		if (wanted & ~(vma->vm_flags >> 4)) /* VM_MAY* lie four bits above */
			return -EACCES;
	}
	return 0;
}

int mm_protect(unsigned long start, unsigned long len, unsigned long prot)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	unsigned long end = start + len, flags;
	int ret;

	if (!fully_mapped(mm, start, end))
		return -ENOMEM;
	ret = protection_allowed(mm, start, end, prot);
	if (!ret)
		ret = mm_cut(mm, start, end);
	if (ret)
		return ret;
	for (vma = find_vma(mm, start); vma && vma->vm_start < end; vma = vma->vm_next) {
		flags = (vma->vm_flags & ~VM_ACCESS_FLAGS) | calc_vm_prot_bits(prot);
		if (flags == vma->vm_flags)
			continue;
		area_account(mm, vma->vm_flags, -(long)vma_pages(vma));
		area_set_flags(vma, flags);
		area_account(mm, flags, (long)vma_pages(vma));
		protect_range(vma, vma->vm_start, vma->vm_end);
		vma = area_join(mm, vma);
	}
	return 0;
}

static void area_set_locked(struct vm_area_struct *vma, bool lock)
{
	long pages = (long)vma_pages(vma);

	if (!!(vma->vm_flags & VM_LOCKED) == lock || (vma->vm_flags & VM_SPECIAL))
		return;
	vma->vm_flags ^= VM_LOCKED;
	vma->vm_mm->locked_vm += (unsigned long)(lock ? pages : -pages);
}

int mm_set_locked(unsigned long start, unsigned long end, bool lock)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	int ret = fully_mapped(mm, start, end) ? mm_cut(mm, start, end) : -ENOMEM;

	if (ret)
		return ret;
	for (vma = find_vma(mm, start); vma && vma->vm_start < end; vma = vma->vm_next) {
		area_set_locked(vma, lock);
		vma = area_join(mm, vma);
	}
	return 0;
}

void mm_set_locked_all(bool lock)
{
	struct vm_area_struct *vma;

	for (vma = current->mm->mmap; vma; vma = vma->vm_next)
		area_set_locked(vma, lock);
}

/* Moves an area's whole range to a free place of new_len bytes. */
static unsigned long area_move(struct vm_area_struct *vma, unsigned long old_len,
			       unsigned long new_addr, unsigned long new_len)
{
	struct mm_struct *mm = vma->vm_mm;
	struct vm_area_struct *moved = area_copy(vma);
	unsigned long old_addr = vma->vm_start;

	if (!moved)
		return -ENOMEM;
	moved->vm_start = new_addr;
	moved->vm_end = new_addr + new_len;
	if (moved->vm_ops && moved->vm_ops->open)
		moved->vm_ops->open(moved);
	if (move_range(vma, old_addr, new_addr, min(old_len, new_len))) {
		area_release(moved);
		return -ENOMEM;
	}
	area_account(mm, vma->vm_flags, (long)(new_len >> PAGE_SHIFT));
	area_insert(mm, moved);
	do_munmap(mm, old_addr, old_len);
	return new_addr;
}

static bool can_grow_in_place(struct vm_area_struct *vma, unsigned long old_end,
			      unsigned long new_end)
{
	if (vma->vm_end != old_end || new_end > TASK_SIZE - PAGE_SIZE)
		return false;
	return !vma->vm_next || vma->vm_next->vm_start >= new_end;
}

static int remap_check(struct vm_area_struct *vma, unsigned long addr, unsigned long old_len,
		       unsigned long new_len)
{
	if (!vma || vma->vm_start > addr || vma->vm_end < addr + old_len)
		return -EFAULT;
	if (new_len <= old_len)
		return 0;
	if (vma->vm_flags & (VM_DONTEXPAND | VM_PFNMAP))
		return -EFAULT;
	return area_limit_ok(vma->vm_mm, vma->vm_flags, (new_len - old_len) >> PAGE_SHIFT)
		       ? 0
		       : -ENOMEM;
}

static void grow_in_place(struct vm_area_struct *vma, unsigned long new_end)
{
	area_account(vma->vm_mm, vma->vm_flags, (long)((new_end - vma->vm_end) >> PAGE_SHIFT));
	vma->vm_end = new_end;
	area_join(vma->vm_mm, vma);
}

unsigned long mm_remap(unsigned long addr, unsigned long old_len, unsigned long new_len,
		       bool may_move, bool fixed, unsigned long new_addr)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma = find_vma(mm, addr);
	int ret = remap_check(vma, addr, old_len, new_len);

	if (ret)
		return (unsigned long)ret;
	if (!fixed && new_len <= old_len) {
		ret = new_len < old_len ? do_munmap(mm, addr + new_len, old_len - new_len) : 0;
		return ret ? (unsigned long)ret : addr;
	}
	if (!fixed && can_grow_in_place(vma, addr + old_len, addr + new_len)) {
		grow_in_place(vma, addr + new_len);
		return addr;
	}
	if (!may_move)
		return -ENOMEM;
	ret = fixed ? do_munmap(mm, new_addr, new_len) : 0;
	if (!ret && fixed && new_len < old_len) {
		ret = do_munmap(mm, addr + new_len, old_len - new_len);
		old_len = new_len;
	}
	if (!ret)
		ret = mm_cut(mm, addr, addr + old_len);
	if (ret)
		return (unsigned long)ret;
	if (!fixed)
		new_addr = area_place(mm, 0, new_len);
	if (IS_ERR_VALUE(new_addr))
		return new_addr;
	return area_move(find_vma(mm, addr), old_len, new_addr, new_len);
}

int expand_stack(struct vm_area_struct *vma, unsigned long address)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long pages;

	address &= PAGE_MASK;
	if (address >= vma->vm_start)
		return 0;
	if (!(vma->vm_flags & VM_GROWSDOWN) || address < USER_MIN + STACK_GUARD)
		return -EFAULT;
	if (vma->vm_prev && !(vma->vm_prev->vm_flags & VM_GROWSDOWN) &&
	    address < vma->vm_prev->vm_end + STACK_GUARD)
		return -ENOMEM;
	pages = (vma->vm_start - address) >> PAGE_SHIFT;
	if (vma->vm_end - address > rlimit(RLIMIT_STACK) ||
	    !area_limit_ok(mm, vma->vm_flags, pages))
		return -ENOMEM;
	vma->vm_start = address;
	area_account(mm, vma->vm_flags, (long)pages);
	return 0;
}

int setup_stack_area(struct mm_struct *mm, unsigned long vm_flags)
{
	struct vm_area_struct *vma = area_alloc(mm);

	if (!vma)
		return -ENOMEM;
	vma->vm_end = STACK_TOP;
	vma->vm_start = STACK_TOP - STACK_INITIAL;
	area_set_flags(vma, VM_STACK_FLAGS | vm_flags);
	mmap_write_lock(mm);
	area_insert(mm, vma);
	area_account(mm, vma->vm_flags, (long)vma_pages(vma));
	mm->start_stack = STACK_TOP;
	mmap_write_unlock(mm);
	return 0;
}
