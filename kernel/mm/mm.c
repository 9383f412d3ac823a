/*
 * Address spaces: their life from fork and exec to the last reference.
 *
 * mm_users counts tasks that run in it (and those who look into it for a while); the last mmput() unmaps everything.
 * mm_count counts who needs the structure and its page directory; one of them stands for all users. A kernel thread runs on
 * whatever directory is loaded; a directory that is to be freed is exchanged for the kernel's own first.
 * Process context, save mmdrop().
 */
#include <linux/binfmts.h>
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <uapi/linux/resource.h>
#include <rakit/holders.h>
#include <rakit/memory.h>
#include "mm/vm.h"

#define STACK_GAP_MIN (128UL << 20) /* between STACK_TOP and mmap_base */
#define STACK_GAP_MAX (TASK_SIZE / 6 * 5)

static struct kmem_cache *mm_cache;

struct mm_struct init_mm = {
	.pgd = swapper_pg_dir,
	.mm_users = ATOMIC_INIT(2),
	.mm_count = ATOMIC_INIT(1),
};

static inline unsigned long loaded_directory(void)
{
	unsigned long cr3;

	__asm__ __volatile__("movl %%cr3, %0" : "=r"(cr3));
	return cr3;
}

static inline void load_directory(const pgd_t *pgd)
{
	__asm__ __volatile__("movl %0, %%cr3" : : "r"(__pa(pgd)) : "memory");
}

static struct mm_struct *mm_make(void)
{
	struct mm_struct *mm;

	if (unlikely(!mm_cache))
		mm_cache = KMEM_CACHE(mm_struct, SLAB_PANIC);
	mm = kmem_cache_zalloc(mm_cache, GFP_KERNEL);
	if (!mm)
		return NULL;
	mm->pgd = pgd_alloc();
	if (!mm->pgd) {
		kmem_cache_free(mm_cache, mm);
		return NULL;
	}
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
	init_rwsem(&mm->mmap_lock);
	spin_lock_init(&mm->page_table_lock);
	return mm;
}

struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = mm_make();
	unsigned long gap;

	if (!mm)
		return NULL;
	gap = clamp(rlimit(RLIMIT_STACK), STACK_GAP_MIN, STACK_GAP_MAX);
	mm->mmap_base = STACK_TOP - PAGE_ALIGN(gap);
	return mm;
}

/* What the copy inherits besides areas. */
static void mm_inherit(struct mm_struct *mm, const struct mm_struct *old)
{
	mm->mmap_base = old->mmap_base;
	mm->start_code = old->start_code;
	mm->end_code = old->end_code;
	mm->start_data = old->start_data;
	mm->end_data = old->end_data;
	mm->start_brk = old->start_brk;
	mm->brk = old->brk;
	mm->start_stack = old->start_stack;
	mm->arg_start = old->arg_start;
	mm->arg_end = old->arg_end;
	mm->env_start = old->env_start;
	mm->env_end = old->env_end;
	memcpy(mm->saved_auxv, old->saved_auxv, sizeof(mm->saved_auxv));
	mm->binfmt = old->binfmt;
	if (mm->binfmt)
		__module_get_for(mm->binfmt->module, mm);
	mm->exe_file = old->exe_file ? get_file(old->exe_file) : NULL;
	if (mm->exe_file)
		(void)deny_write_access(mm->exe_file); /* denied already, by old */
}

static int area_inherit(struct mm_struct *mm, struct vm_area_struct *from)
{
	struct vm_area_struct *vma = area_copy(from);

	if (!vma)
		return -ENOMEM;
	vma->vm_mm = mm;
	vma->vm_flags &= ~VM_LOCKED;
	if (vma->vm_ops && vma->vm_ops->open)
		vma->vm_ops->open(vma);
	area_insert(mm, vma);
	area_account(mm, vma->vm_flags, (long)vma_pages(vma));
	return from->vm_flags & VM_WIPEONFORK ? 0 : copy_range(mm, from);
}

struct mm_struct *mm_dup(struct mm_struct *old)
{
	struct mm_struct *mm = mm_make();
	struct vm_area_struct *vma;
	int ret = 0;

	if (!mm)
		return NULL;
	mm_inherit(mm, old);
	mmap_write_lock(old);
	for (vma = old->mmap; vma && !ret; vma = vma->vm_next) {
		if (!(vma->vm_flags & VM_DONTCOPY))
			ret = area_inherit(mm, vma);
	}
	flush_tlb_mm(old); /* its private pages have become read-only */
	mmap_write_unlock(old);
	if (!ret)
		return mm;
	mmput(mm);
	return NULL;
}

void mmget(struct mm_struct *mm)
{
	atomic_inc(&mm->mm_users);
}

bool mmget_not_zero(struct mm_struct *mm)
{
	return atomic_inc_not_zero(&mm->mm_users);
}

void mmgrab(struct mm_struct *mm)
{
	atomic_inc(&mm->mm_count);
}

void mmdrop(struct mm_struct *mm)
{
	if (!atomic_dec_and_test(&mm->mm_count))
		return;
	if (loaded_directory() == __pa(mm->pgd))
		load_directory(swapper_pg_dir);
	pgd_free(mm);
	kmem_cache_free(mm_cache, mm);
}

void exit_mmap(struct mm_struct *mm)
{
	struct vm_area_struct *vma, *next;

	if (loaded_directory() == __pa(mm->pgd))
		load_directory(swapper_pg_dir);
	for (vma = mm->mmap; vma; vma = vma->vm_next)
		zap_range(vma, vma->vm_start, vma->vm_end, false);
	for (vma = mm->mmap; vma; vma = next) {
		next = vma->vm_next;
		area_unlink_file(vma);
		area_release(vma);
	}
	mm->mmap = NULL;
	mm->mmap_cache = NULL;
	mm->mm_rb = RB_ROOT;
	mm->map_count = 0;
}

void mmput(struct mm_struct *mm)
{
	if (!atomic_dec_and_test(&mm->mm_users))
		return;
	exit_mmap(mm);
	if (mm->exe_file) {
		allow_write_access(mm->exe_file);
		fput(mm->exe_file);
	}
	mm->exe_file = NULL;
	if (mm->binfmt)
		module_put_for(mm->binfmt->module, mm);
	mm->binfmt = NULL;
	mmdrop(mm);
}

void switch_mm(struct mm_struct *prev, struct mm_struct *next)
{
	if (next && loaded_directory() != __pa(next->pgd))
		load_directory(next->pgd);
}

int exec_mmap(struct mm_struct *mm)
{
	struct mm_struct *old = current->mm, *borrowed = old ? NULL : current->active_mm;
	unsigned long flags;

	task_lock(current);
	local_irq_save(flags);
	current->mm = mm;
	current->active_mm = mm;
	load_directory(mm->pgd);
	local_irq_restore(flags);
	task_unlock(current);
	if (old)
		mmput(old);
	if (borrowed) /* a kernel thread held on to the one that was loaded */
		mmdrop(borrowed);
	return 0;
}

void exit_mm(void)
{
	struct mm_struct *mm = current->mm;

	if (!mm)
		return;
	task_lock(current);
	current->mm = NULL;
	current->active_mm = NULL;
	task_unlock(current);
	mmput(mm);
}

struct mm_struct *get_task_mm(struct task_struct *task)
{
	struct mm_struct *mm;

	task_lock(task);
	mm = task->mm;
	if (mm && !mmget_not_zero(mm))
		mm = NULL;
	task_unlock(task);
	return mm;
}
EXPORT_SYMBOL(get_task_mm);

void mmap_read_lock(struct mm_struct *mm)
{
	down_read(&mm->mmap_lock);
}
EXPORT_SYMBOL(mmap_read_lock);

void mmap_read_unlock(struct mm_struct *mm)
{
	up_read(&mm->mmap_lock);
}
EXPORT_SYMBOL(mmap_read_unlock);

void mmap_write_lock(struct mm_struct *mm)
{
	down_write(&mm->mmap_lock);
}
EXPORT_SYMBOL(mmap_write_lock);

int mmap_write_lock_killable(struct mm_struct *mm)
{
	return down_write_killable(&mm->mmap_lock);
}
EXPORT_SYMBOL(mmap_write_lock_killable);

void mmap_write_unlock(struct mm_struct *mm)
{
	up_write(&mm->mmap_lock);
}
EXPORT_SYMBOL(mmap_write_unlock);
