/*
 * System calls about memory: mmap, munmap, mprotect, mremap, brk, msync, madvise, mincore, mlock.
 *
 * Arguments are checked here; the work is done in kernel/mm. Semantics and errors: Linux manual pages of section 2.
 * There is no swap, so locking memory means bringing it in and remembering the wish.
 */
#include <linux/kernel.h>
#include <linux/capability.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mman.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/resource.h>
#include "mm/mmap.h"
#include "mm/vm.h"

/* Brings the pages of [start, end) in, as far as they can be had. */
static void populate(unsigned long start, unsigned long end)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;

	mmap_read_lock(mm);
	for (; start < end; start += PAGE_SIZE) {
		vma = find_vma(mm, start);
		if (!vma || vma->vm_start > start || !(vma->vm_flags & VM_ACCESS_FLAGS))
			continue;
		if (handle_mm_fault(vma, start,
				    vma_is_cow(vma->vm_flags) && (vma->vm_flags & VM_WRITE)
					    ? FAULT_FLAG_WRITE
					    : 0) &
		    VM_FAULT_ERROR)
			break;
	}
	mmap_read_unlock(mm);
}

static long map(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags,
		int fd, unsigned long pgoff)
{
	struct file *file = NULL;
	unsigned long ret;

	if (!(flags & MAP_ANONYMOUS)) {
		file = fget((unsigned int)fd);
		if (!file)
			return -EBADF;
	}
	mmap_write_lock(current->mm);
	ret = do_mmap(file, addr, len, prot, flags, pgoff);
	mmap_write_unlock(current->mm);
	if (file)
		fput(file);
	if (!IS_ERR_VALUE(ret) && (flags & (MAP_POPULATE | MAP_LOCKED)) && !(flags & MAP_NONBLOCK))
		populate(ret, ret + PAGE_ALIGN(len));
	return (long)ret;
}

SYSCALL_DEFINE6(mmap_pgoff, unsigned long, addr, unsigned long, len, unsigned long, prot,
		unsigned long, flags, int, fd, unsigned long, pgoff)
{
	return map(addr, len, prot, flags, fd, pgoff);
}

/* The first mmap(2) of i386: its arguments are in memory. */
struct mmap_arguments {
	unsigned long addr, len, prot, flags;
	int fd;
	unsigned long offset;
};

SYSCALL_DEFINE1(old_mmap, const struct mmap_arguments __user *, where)
{
	struct mmap_arguments a;

	if (copy_from_user(&a, where, sizeof(a)))
		return -EFAULT;
	if (!PAGE_ALIGNED(a.offset))
		return -EINVAL;
	return map(a.addr, a.len, a.prot, a.flags, a.fd, a.offset >> PAGE_SHIFT);
}

SYSCALL_DEFINE2(munmap, unsigned long, addr, size_t, len)
{
	return vm_munmap(addr, len);
}

SYSCALL_DEFINE1(brk, unsigned long, brk)
{
	unsigned long ret;

	mmap_write_lock(current->mm);
	ret = mm_set_brk(brk);
	mmap_write_unlock(current->mm);
	return (long)ret;
}

/* [start, start + len) rounded up to pages: the end, or an error. */
static unsigned long range_end(unsigned long start, unsigned long len)
{
	if (!PAGE_ALIGNED(start))
		return -EINVAL;
	if (PAGE_ALIGN(len) < len || start > TASK_SIZE || PAGE_ALIGN(len) > TASK_SIZE - start)
		return -ENOMEM;
	return start + PAGE_ALIGN(len);
}

#define PROT_GROWSDOWN_BIT 0x01000000
#define PROT_GROWSUP_BIT 0x02000000

SYSCALL_DEFINE3(mprotect, unsigned long, start, size_t, len, unsigned long, prot)
{
	unsigned long end = range_end(start, len);
	struct vm_area_struct *vma;
	int ret;

	if (prot & PROT_GROWSUP_BIT ||
	    (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM | PROT_GROWSDOWN_BIT)))
		return -EINVAL;
	if (IS_ERR_VALUE(end) || end == start)
		return (long)(IS_ERR_VALUE(end) ? end : 0);
	mmap_write_lock(current->mm);
	if (prot & PROT_GROWSDOWN_BIT) {
		vma = find_vma(current->mm, start);
		if (vma && (vma->vm_flags & VM_GROWSDOWN))
			start = vma->vm_start;
	}
	ret = mm_protect(start, end - start, prot);
	mmap_write_unlock(current->mm);
	return ret;
}

SYSCALL_DEFINE5(mremap, unsigned long, addr, unsigned long, old_len, unsigned long, new_len,
		unsigned long, flags, unsigned long, new_addr)
{
	unsigned long ret;

	if ((flags & ~(MREMAP_FIXED | MREMAP_MAYMOVE)) || !PAGE_ALIGNED(addr))
		return -EINVAL;
	if ((flags & MREMAP_FIXED) && !(flags & MREMAP_MAYMOVE))
		return -EINVAL;
	old_len = PAGE_ALIGN(old_len);
	new_len = PAGE_ALIGN(new_len);
	if (!new_len || !old_len || addr > TASK_SIZE || old_len > TASK_SIZE - addr ||
	    new_len > TASK_SIZE)
		return -EINVAL;
	if (flags & MREMAP_FIXED) {
		if (!PAGE_ALIGNED(new_addr) || new_addr < PAGE_SIZE ||
		    new_addr > TASK_SIZE - new_len)
			return -EINVAL;
		if (addr < new_addr + new_len && new_addr < addr + old_len)
			return -EINVAL;
	}
	mmap_write_lock(current->mm);
	ret = mm_remap(addr, old_len, new_len, flags & MREMAP_MAYMOVE, flags & MREMAP_FIXED,
		       new_addr);
	mmap_write_unlock(current->mm);
	return (long)ret;
}

/* Writes one area's part of the range back. mmap_lock is dropped for the writing. */
static int sync_area(struct vm_area_struct *vma, unsigned long start, unsigned long end, bool wait)
{
	loff_t first = ((loff_t)vma->vm_pgoff << PAGE_SHIFT) + (start - vma->vm_start);
	struct file *file = vma->vm_file;
	int ret = 0;

	if (!file || !(vma->vm_flags & VM_SHARED))
		return 0;
	clean_range(vma, start, end);
	if (!wait)
		return 0;
	get_file(file);
	mmap_read_unlock(current->mm);
	ret = vfs_fsync_range(file, first, first + (end - start) - 1, 1);
	fput(file);
	mmap_read_lock(current->mm);
	return ret;
}

SYSCALL_DEFINE3(msync, unsigned long, start, size_t, len, int, flags)
{
	unsigned long end = range_end(start, len), part;
	struct vm_area_struct *vma;
	int ret = 0, hole = 0;

	if ((flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) ||
	    (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
		return -EINVAL;
	if (IS_ERR_VALUE(end))
		return (long)end;
	mmap_read_lock(current->mm);
	while (start < end && !ret) {
		vma = find_vma(current->mm, start);
		if (!vma || vma->vm_start >= end) {
			hole = -ENOMEM;
			break;
		}
		if (start < vma->vm_start) {
			hole = -ENOMEM;
			start = vma->vm_start;
		}
		part = min(vma->vm_end, end);
		ret = sync_area(vma, start, part, flags & MS_SYNC);
		start = part;
	}
	mmap_read_unlock(current->mm);
	return ret ? ret : hole;
}

/* MADV_DONTNEED and its kin: private pages are forgotten, shared ones come back from the file. */
static int advise_drop(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (vma->vm_flags & (VM_LOCKED | VM_PFNMAP))
		return -EINVAL;
	zap_range(vma, start, end, true);
	return 0;
}

static int advise_flag(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		       int advice)
{
	switch (advice) {
	case MADV_DONTNEED:
	case MADV_FREE:
		return advise_drop(vma, start, end);
	case MADV_DONTFORK:
		vma->vm_flags |= VM_DONTCOPY;
		return 0;
	case MADV_DOFORK:
		if (vma->vm_flags & VM_IO)
			return -EINVAL;
		vma->vm_flags &= ~VM_DONTCOPY;
		return 0;
	case MADV_WIPEONFORK:
		if (vma->vm_file || (vma->vm_flags & VM_SHARED))
			return -EINVAL;
		vma->vm_flags |= VM_WIPEONFORK;
		return 0;
	case MADV_KEEPONFORK:
		vma->vm_flags &= ~VM_WIPEONFORK;
		return 0;
	default:
		return 0; /* advice about reading ahead: nothing depends on it */
	}
}

static bool advice_known(int advice)
{
	switch (advice) {
	case MADV_NORMAL:
	case MADV_RANDOM:
	case MADV_SEQUENTIAL:
	case MADV_WILLNEED:
	case MADV_DONTNEED:
	case MADV_FREE:
	case MADV_DONTFORK:
	case MADV_DOFORK:
	case MADV_MERGEABLE:
	case MADV_UNMERGEABLE:
	case MADV_HUGEPAGE:
	case MADV_NOHUGEPAGE:
	case MADV_DONTDUMP:
	case MADV_DODUMP:
	case MADV_WIPEONFORK:
	case MADV_KEEPONFORK:
		return true;
	default:
		return false;
	}
}

/* Advice that is a property of the area needs areas that begin and end with the range. */
static bool advice_splits(int advice)
{
	return advice == MADV_DONTFORK || advice == MADV_DOFORK || advice == MADV_WIPEONFORK ||
	       advice == MADV_KEEPONFORK;
}

SYSCALL_DEFINE3(madvise, unsigned long, start, size_t, len, int, advice)
{
	unsigned long end = range_end(start, len), part;
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	int ret = 0, hole = 0;

	if (!advice_known(advice))
		return -EINVAL;
	if (IS_ERR_VALUE(end))
		return -EINVAL;
	mmap_write_lock(mm);
	if (advice_splits(advice) && start < end)
		ret = mm_cut(mm, start, end);
	while (start < end && !ret) {
		vma = find_vma(mm, start);
		if (!vma || vma->vm_start >= end) {
			hole = -ENOMEM;
			break;
		}
		if (start < vma->vm_start) {
			hole = -ENOMEM;
			start = vma->vm_start;
		}
		part = min(vma->vm_end, end);
		ret = advise_flag(vma, start, part, advice);
		start = part;
	}
	mmap_write_unlock(mm);
	return ret ? ret : hole;
}

static u8 page_resident(struct vm_area_struct *vma, unsigned long addr)
{
	pte_t *pte = pte_find(vma->vm_mm, addr);
	struct page *page;

	if (pte && pte_present(*pte))
		return 1;
	if (!vma->vm_file || !vma->vm_file->f_mapping)
		return 0;
	page = find_get_page(vma->vm_file->f_mapping,
			     vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT));
	if (!page)
		return 0;
	put_page(page);
	return 1;
}

SYSCALL_DEFINE3(mincore, unsigned long, start, size_t, len, unsigned char __user *, vec)
{
	unsigned long end = range_end(start, len);
	struct vm_area_struct *vma;
	u8 resident;

	if (IS_ERR_VALUE(end))
		return (long)end;
	for (; start < end; start += PAGE_SIZE, vec++) {
		mmap_read_lock(current->mm);
		vma = find_vma(current->mm, start);
		resident = vma && vma->vm_start <= start ? page_resident(vma, start) : 2;
		mmap_read_unlock(current->mm);
		if (resident == 2)
			return -ENOMEM;
		if (put_user(resident, vec))
			return -EFAULT;
	}
	return 0;
}

static int lock_allowed(unsigned long pages)
{
	if (capable(CAP_IPC_LOCK))
		return 0;
	if (!rlimit(RLIMIT_MEMLOCK))
		return -EPERM;
	return current->mm->locked_vm + pages > rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT ? -ENOMEM : 0;
}

static int lock_range(unsigned long start, size_t len, bool lock)
{
	unsigned long first = start & PAGE_MASK, end = range_end(first, len + (start - first));
	int ret;

	if (IS_ERR_VALUE(end))
		return (int)end;
	if (end == first)
		return 0;
	mmap_write_lock(current->mm);
	ret = lock ? lock_allowed((end - first) >> PAGE_SHIFT) : 0;
	if (!ret)
		ret = mm_set_locked(first, end, lock);
	mmap_write_unlock(current->mm);
	if (!ret && lock)
		populate(first, end);
	return ret;
}

SYSCALL_DEFINE2(mlock, unsigned long, start, size_t, len)
{
	return lock_range(start, len, true);
}

SYSCALL_DEFINE3(mlock2, unsigned long, start, size_t, len, int, flags)
{
	return flags & ~1 ? -EINVAL : lock_range(start, len, true);
}

SYSCALL_DEFINE2(munlock, unsigned long, start, size_t, len)
{
	return lock_range(start, len, false);
}

#define MLOCKALL_CURRENT 1
#define MLOCKALL_FUTURE 2
#define MLOCKALL_ONFAULT 4

SYSCALL_DEFINE1(mlockall, int, flags)
{
	struct mm_struct *mm = current->mm;
	int ret;

	if (!flags || (flags & ~(MLOCKALL_CURRENT | MLOCKALL_FUTURE | MLOCKALL_ONFAULT)) ||
	    flags == MLOCKALL_ONFAULT)
		return -EINVAL;
	mmap_write_lock(mm);
	ret = lock_allowed(flags & MLOCKALL_CURRENT ? mm->total_vm : 0);
	if (!ret) {
		mm->def_flags = flags & MLOCKALL_FUTURE ? VM_LOCKED : 0;
		if (flags & MLOCKALL_CURRENT)
			mm_set_locked_all(true);
	}
	mmap_write_unlock(mm);
	return ret;
}

SYSCALL_DEFINE0(munlockall)
{
	mmap_write_lock(current->mm);
	current->mm->def_flags = 0;
	mm_set_locked_all(false);
	mmap_write_unlock(current->mm);
	return 0;
}
