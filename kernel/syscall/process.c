/*
 * System calls about tasks: making them, their numbers, their names for themselves.
 */
#include <linux/cred.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <uapi/asm/ldt.h>
#include <uapi/linux/times.h>
#include "process/process.h"

#define NSEC_PER_TICK (1000000000u / 100)

SYSCALL_DEFINE0(getpid)
{
	return current->tgid;
}

SYSCALL_DEFINE0(gettid)
{
	return current->pid;
}

SYSCALL_DEFINE0(getppid)
{
	return task_ppid_nr(current);
}

SYSCALL_DEFINE0(fork)
{
	struct kernel_clone_args args = { .exit_signal = SIGCHLD };

	return kernel_clone(&args);
}

SYSCALL_DEFINE0(vfork)
{
	struct kernel_clone_args args = { .flags = CLONE_VFORK | CLONE_VM, .exit_signal = SIGCHLD };

	return kernel_clone(&args);
}

/* i386 order: flags, stack, parent_tid, tls, child_tid. */
SYSCALL_DEFINE5(clone, unsigned long, flags, unsigned long, stack, int __user *, parent_tid,
		unsigned long, tls, int __user *, child_tid)
{
	struct kernel_clone_args args = {
		.flags = flags & ~(unsigned long)CSIGNAL,
		.exit_signal = (int)(flags & CSIGNAL),
		.stack = stack,
		.parent_tid = parent_tid,
		.child_tid = child_tid,
		.tls = tls,
	};

	return kernel_clone(&args);
}

#define CLONE_ARGS_SIZE_0 64u /* up to tls: what callers must have */
#define CLONE3_UNKNOWN (~(u64)0xffffffff)

/* struct clone_args of clone3(2); all addresses as 64-bit numbers. */
struct clone_request {
	u64 flags;
	u64 pidfd;
	u64 child_tid;
	u64 parent_tid;
	u64 exit_signal;
	u64 stack; /* lowest address */
	u64 stack_size;
	u64 tls;
	u64 set_tid;
	u64 set_tid_size;
	u64 cgroup;
};

static int clone_request_check(const struct clone_request *r)
{
	if ((r->flags & (CLONE3_UNKNOWN | CSIGNAL | CLONE_DETACHED)) || r->set_tid ||
	    r->set_tid_size || r->cgroup)
		return -EINVAL;
	if (r->exit_signal > _NSIG || ((r->flags & CLONE_THREAD) && r->exit_signal))
		return -EINVAL;
	if (!r->stack != !r->stack_size || r->stack >= TASK_SIZE ||
	    r->stack_size > TASK_SIZE - r->stack)
		return -EINVAL;
	return (r->child_tid | r->parent_tid | r->tls) >> 32 ? -EINVAL : 0;
}

SYSCALL_DEFINE2(clone3, struct clone_request __user *, request, size_t, size)
{
	struct kernel_clone_args args;
	struct clone_request r;
	int err;

	if (size < CLONE_ARGS_SIZE_0)
		return -EINVAL;
	if (size > PAGE_SIZE)
		return -E2BIG;
	err = copy_struct_from_user(&r, sizeof(r), request, size) ?: clone_request_check(&r);
	if (err)
		return err;
	args = (struct kernel_clone_args){
		.flags = r.flags,
		.exit_signal = (int)r.exit_signal,
		.stack = (unsigned long)(r.stack + r.stack_size),
		.parent_tid = (int __user *)(unsigned long)r.parent_tid,
		.child_tid = (int __user *)(unsigned long)r.child_tid,
		.tls = (unsigned long)r.tls,
	};
	return kernel_clone(&args);
}

SYSCALL_DEFINE1(set_tid_address, int __user *, address)
{
	current->clear_child_tid = address;
	return current->pid;
}

SYSCALL_DEFINE1(set_thread_area, struct user_desc __user *, desc)
{
	return set_thread_area(current, -1, desc, true);
}

SYSCALL_DEFINE1(get_thread_area, struct user_desc __user *, desc)
{
	return get_thread_area(current, -1, desc);
}

SYSCALL_DEFINE2(getrusage, int, who, struct rusage __user *, usage)
{
	struct rusage ru;

	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
		return -EINVAL;
	getrusage(current, who, &ru);
	return copy_to_user(usage, &ru, sizeof(ru)) ? -EFAULT : 0;
}

static clock_t ticks(u64 ns)
{
	return (clock_t)div_u64(ns, NSEC_PER_TICK);
}

SYSCALL_DEFINE1(times, struct tms __user *, buffer)
{
	u64 utime, stime;

	thread_group_cputime(current, &utime, &stime);
	if (buffer) {
		struct tms tms = {
			.tms_utime = ticks(utime),
			.tms_stime = ticks(stime),
			.tms_cutime = ticks(current->signal->cutime),
			.tms_cstime = ticks(current->signal->cstime),
		};

		if (copy_to_user(buffer, &tms, sizeof(tms)))
			return -EFAULT;
	}
	return ticks(ktime_get_ns());
}

/* Only what this kernel has: an own copy of the open files, of root, working directory and umask. */
SYSCALL_DEFINE1(unshare, unsigned long, flags)
{
	struct files_struct *displaced = NULL;
	int err = 0;

	if (flags & ~(unsigned long)(CLONE_FS | CLONE_FILES))
		return -EINVAL;
	if (flags & CLONE_FS)
		err = unshare_fs_struct();
	if (!err && (flags & CLONE_FILES))
		err = unshare_files(&displaced);
	if (displaced)
		put_files_struct(displaced);
	return err;
}
