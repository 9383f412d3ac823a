/*
 * fork, vfork, clone: a new task.
 *
 * copy_process() goes through stages, each of which gives the child one more part (credentials, files, signals, memory, CPU
 * state, pid); before the first, all those pointers of the child are NULL, so that task_abandon() can undo any prefix of
 * them. The last stage links the child into the lists under tasklist_lock; it cannot fail.
 * What is shared and what is copied is decided by CLONE_* flags alone; there is one function per part.
 * A signal that is pending for the parent when the child is about to be linked makes the call start over after it is
 * handled (-ERESTARTNOINTR): so a signal to a process group reaches both or neither, never half.
 * Memory is copied on write (mm), the kernel stack is new and holds nothing but the user's registers.
 */
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/futex.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mm_types.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/completion.h>
#include <rakit/memory.h>
#include "process/process.h"
#include "process/task.h"

#define CLONE_NAMESPACES                                                               \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | \
	 CLONE_NEWPID | CLONE_NEWNET)

static int check_flags(const struct kernel_clone_args *args)
{
	u64 flags = args->flags;

	if (flags & (CLONE_NAMESPACES | CLONE_PIDFD))
		return -EINVAL;
	if ((flags & CLONE_THREAD) && !(flags & CLONE_SIGHAND))
		return -EINVAL;
	if ((flags & CLONE_SIGHAND) && !(flags & CLONE_VM))
		return -EINVAL;
	if ((flags & CLONE_PARENT) && (current->signal->flags & SIGNAL_UNKILLABLE))
		return -EINVAL;
	return 0;
}

static int check_limits(void)
{
	const struct cred *cred = current->cred;

	if (nr_threads >= max_threads)
		return -EAGAIN;
	if ((unsigned long)atomic_read(&cred->user->processes) >= rlimit(RLIMIT_NPROC) &&
	    cred->user != INIT_USER && !capable(CAP_SYS_RESOURCE) && !capable(CAP_SYS_ADMIN))
		return -EAGAIN;
	return 0;
}

/* Everything of the copied structure that must not be the parent's. */
static void task_reset(struct task_struct *p)
{
	refcount_set(&p->usage, 2);
	p->thread_flags = 0;
	p->flags = (p->flags & ~(PF_IDLE | PF_SUPERPRIV | PF_WQ_WORKER | PF_MEMALLOC | PF_SIGNALED |
				 PF_DUMPCORE)) |
		   PF_FORKNOEXEC;
	p->exit_state = 0;
	p->exit_code = 0;
	p->pdeath_signal = 0;
	p->ptrace = 0;
	p->real_cred = p->cred = NULL;
	p->files = NULL;
	p->fs = NULL;
	p->sighand = NULL;
	p->signal = NULL;
	p->mm = p->active_mm = NULL;
	p->thread_pid = NULL;
	p->thread.fpu = NULL;
	p->kthread = NULL;
	p->worker = NULL;
	p->in_module = NULL;
	p->journal_info = NULL;
	p->bio_list = NULL;
	p->plug = NULL;
	p->task_works = NULL;
	p->robust_list = NULL;
	p->refusal = NULL;
	p->vfork_done = NULL;
	p->restart_block.fn = NULL;
	p->restore_sigmask = false;
	p->jobctl = 0;
	p->in_execve = p->in_iowait = false;
	p->link_count = p->total_link_count = 0;
	p->min_flt = p->maj_flt = 0;
	spin_lock_init(&p->alloc_lock);
	init_sigpending(&p->pending);
	INIT_LIST_HEAD(&p->children);
	INIT_LIST_HEAD(&p->sibling);
	INIT_LIST_HEAD(&p->thread_group);
	INIT_LIST_HEAD(&p->ptraced);
	INIT_LIST_HEAD(&p->ptrace_entry);
	p->start_time = p->start_boottime = ktime_get_ns();
}

static int copy_files(u64 flags, struct task_struct *p)
{
	struct files_struct *files = current->files;
	int err = 0;

	if (!files)
		return 0;
	if (flags & CLONE_FILES)
		atomic_inc(&files->count);
	else
		files = dup_fd(files, INT_MAX, &err);
	if (!files)
		return err;
	p->files = files;
	return 0;
}

static int copy_fs(u64 flags, struct task_struct *p)
{
	struct fs_struct *fs = current->fs;

	if (!fs)
		return 0;
	if (!(flags & CLONE_FS)) {
		p->fs = copy_fs_struct(fs);
		return p->fs ? 0 : -ENOMEM;
	}
	spin_lock(&fs->lock);
	if (fs->in_exec) {
		spin_unlock(&fs->lock);
		return -EAGAIN;
	}
	fs->users++;
	spin_unlock(&fs->lock);
	p->fs = fs;
	return 0;
}

static int copy_mm(u64 flags, struct task_struct *p)
{
	struct mm_struct *mm = current->mm;

	if (!mm)
		return 0;
	if (flags & CLONE_VM)
		mmget(mm);
	else
		mm = mm_dup(mm);
	p->mm = p->active_mm = mm;
	return mm ? 0 : -ENOMEM;
}

static int copy_cpu(const struct kernel_clone_args *args, struct task_struct *p)
{
	const struct pt_regs *regs = args->fn ? NULL : current_pt_regs();
	int err = copy_thread(p, regs, args->fn, args->fn_arg);

	if (err || args->fn)
		return err;
	if (args->stack)
		task_pt_regs(p)->sp = args->stack;
	if (args->flags & CLONE_SETTLS)
		return set_thread_area(p, -1, (struct user_desc __user *)args->tls, false);
	return 0;
}

static int copy_pid(const struct kernel_clone_args *args, struct task_struct *p)
{
	struct pid *pid = alloc_pid();

	if (IS_ERR(pid))
		return PTR_ERR(pid);
	p->thread_pid = pid;
	p->pid = pid->nr;
	p->tgid = args->flags & CLONE_THREAD ? current->tgid : pid->nr;
	p->set_child_tid = args->flags & CLONE_CHILD_SETTID ? args->child_tid : NULL;
	p->clear_child_tid = args->flags & CLONE_CHILD_CLEARTID ? args->child_tid : NULL;
	return 0;
}

/* A thread registers its own sequences; a process goes on with those of its parent. */
static void copy_rseq(u64 flags, struct task_struct *p)
{
	if (flags & CLONE_VM)
		p->rseq = NULL;
}

static void copy_sigaltstack(u64 flags, struct task_struct *p)
{
	if ((flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM)
		sas_ss_reset(p);
}

static int copy_parts(const struct kernel_clone_args *args, struct task_struct *p)
{
	u64 flags = args->flags;
	int err = copy_creds(p, (unsigned long)flags);

	err = err ?: sched_fork((unsigned long)flags, p);
	err = err ?: copy_files(flags, p);
	err = err ?: copy_fs(flags, p);
	err = err ?: copy_sighand(flags, p);
	err = err ?: copy_signal(flags, p);
	err = err ?: copy_mm(flags, p);
	err = err ?: copy_cpu(args, p);
	err = err ?: copy_pid(args, p);
	copy_sigaltstack(flags, p);
	copy_rseq(flags, p);
	return err;
}

/* Undoes whatever copy_parts() has got to. */
static void task_abandon(struct task_struct *p)
{
	if (p->thread_pid)
		free_pid(p->thread_pid);
	exit_thread(p);
	if (p->mm)
		mmput(p->mm);
	if (p->signal && atomic_read(&p->signal->live) > 1)
		atomic_dec(&p->signal->live);
	if (p->signal)
		put_signal_struct(p->signal);
	if (p->sighand)
		__cleanup_sighand(p->sighand);
	if (p->fs)
		exit_fs(p);
	if (p->files)
		exit_files(p);
	exit_creds(p);
	free_task(p);
}

/* As a further thread of the current process. */
static void link_thread(struct task_struct *p)
{
	struct signal_struct *sig = current->signal;

	p->exit_signal = -1;
	p->group_leader = current->group_leader;
	sig->nr_threads++;
	list_add_tail(&p->thread_group, &p->group_leader->thread_group);
	list_add_tail(&p->thread_node, &sig->thread_head);
	task_join_group_stop(p);
}

static void link_process(const struct kernel_clone_args *args, struct task_struct *p)
{
	struct signal_struct *sig = p->signal, *mine = current->signal;

	p->exit_signal = args->flags & CLONE_PARENT ? current->group_leader->exit_signal
						    : args->exit_signal;
	p->group_leader = p;
	sig->pids[PIDTYPE_TGID] = p->thread_pid;
	sig->pids[PIDTYPE_PGID] = mine->pids[PIDTYPE_PGID];
	sig->pids[PIDTYPE_SID] = mine->pids[PIDTYPE_SID];
	sig->tty = mine->tty;
	sig->has_child_subreaper = p->real_parent->signal->has_child_subreaper ||
				   p->real_parent->signal->is_child_subreaper;
	if (p->pid == 1)
		sig->flags |= SIGNAL_UNKILLABLE;
	list_add_tail(&p->thread_node, &sig->thread_head);
	list_add_tail(&p->sibling, &p->real_parent->children);
	list_add_tail(&p->tasks, &init_task.tasks);
	attach_pid(p, PIDTYPE_TGID);
	attach_pid(p, PIDTYPE_PGID);
	attach_pid(p, PIDTYPE_SID);
}

/* Makes p known; 0, or -ERESTARTNOINTR, -EINTR when a signal comes first. */
static int task_link(const struct kernel_clone_args *args, struct task_struct *p)
{
	write_lock_irq(&tasklist_lock);
	if (args->flags & (CLONE_PARENT | CLONE_THREAD))
		p->real_parent = current->real_parent;
	else
		p->real_parent = current;
	p->parent = p->real_parent;
	spin_lock(&current->sighand->siglock);
	recalc_sigpending();
	if (unlikely(signal_pending(current))) {
		spin_unlock(&current->sighand->siglock);
		write_unlock_irq(&tasklist_lock);
		return fatal_signal_pending(current) ? -EINTR : -ERESTARTNOINTR;
	}
	if (args->flags & CLONE_THREAD)
		link_thread(p);
	else
		link_process(args, p);
	attach_pid(p, PIDTYPE_PID);
	nr_threads++;
	total_forks++;
	spin_unlock(&current->sighand->siglock);
	write_unlock_irq(&tasklist_lock);
	return 0;
}

struct task_struct *copy_process(struct kernel_clone_args *args)
{
	struct task_struct *p;
	int err = check_flags(args) ?: check_limits();

	if (err)
		return ERR_PTR(err);
	p = task_alloc();
	if (!p)
		return ERR_PTR(-ENOMEM);
	task_reset(p);
	err = copy_parts(args, p) ?: task_link(args, p);
	if (!err)
		return p;
	task_abandon(p);
	return ERR_PTR(err);
}

/* The parent of a vfork sleeps until its memory is its own again. */
static void wait_for_vfork(struct task_struct *child, struct completion *vfork)
{
	if (wait_for_completion_killable(vfork)) {
		task_lock(child);
		child->vfork_done = NULL;
		task_unlock(child);
	}
	put_task_struct(child);
}

pid_t kernel_clone(struct kernel_clone_args *args)
{
	struct completion vfork;
	struct task_struct *p = copy_process(args);
	pid_t nr;

	if (IS_ERR(p))
		return PTR_ERR(p);
	nr = p->pid;
	if ((args->flags & CLONE_PARENT_SETTID) && put_user(nr, args->parent_tid))
		pr_debug("fork: %d: thread id not stored\n", nr);
	if (args->flags & CLONE_VFORK) {
		p->vfork_done = &vfork;
		init_completion(&vfork);
		get_task_struct(p);
	}
	wake_up_new_task(p);
	if (args->flags & CLONE_VFORK)
		wait_for_vfork(p, &vfork);
	return nr;
}

pid_t kernel_thread(int (*fn)(void *), void *arg, unsigned long flags)
{
	struct kernel_clone_args args = {
		.flags = (flags | CLONE_VM | CLONE_UNTRACED) & ~(u64)CSIGNAL,
		.exit_signal = (int)(flags & CSIGNAL),
		.fn = fn,
		.fn_arg = arg,
	};

	return kernel_clone(&args);
}

/* The task leaves its memory: a parent that waits for that goes on, a thread that waits for this one's end too. */
void mm_release(struct task_struct *tsk)
{
	struct completion *vfork;

	if (tsk->robust_list) {
		exit_robust_list(tsk);
		tsk->robust_list = NULL;
	}
	if (tsk->clear_child_tid) {
		if (tsk->mm && atomic_read(&tsk->mm->mm_users) > 1 &&
		    !put_user(0, tsk->clear_child_tid))
			futex_wake_user((u32 __user *)tsk->clear_child_tid, 1);
		tsk->clear_child_tid = NULL;
	}
	task_lock(tsk);
	vfork = tsk->vfork_done;
	tsk->vfork_done = NULL;
	if (vfork)
		complete(vfork);
	task_unlock(tsk);
}
