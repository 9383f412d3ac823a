/*
 * Per-thread flags (task_struct.thread_flags). The return to user mode looks only whether any bit
 * of _TIF_EXIT_WORK is set.
 */
#ifndef _LINUX_THREAD_INFO_H
#define _LINUX_THREAD_INFO_H

#include <linux/types.h>
#include <linux/refcount.h>
#include <linux/bitops.h>
#include <linux/signal_types.h>

#define TIF_SYSCALL_TRACE 0
#define TIF_NOTIFY_RESUME 1 /* task works wait */
#define TIF_SIGPENDING 2    /* a signal waits */
#define TIF_NEED_RESCHED 3  /* another task should run */
#define TIF_SINGLESTEP 4
#define TIF_RESTORE_SIGMASK 9 /* put saved_sigmask back before returning */
#define TIF_MEMDIE 20	      /* being killed for lack of memory */

#define _TIF_SYSCALL_TRACE (1U << TIF_SYSCALL_TRACE)
#define _TIF_NOTIFY_RESUME (1U << TIF_NOTIFY_RESUME)
#define _TIF_SIGPENDING (1U << TIF_SIGPENDING)
#define _TIF_NEED_RESCHED (1U << TIF_NEED_RESCHED)
#define _TIF_SINGLESTEP (1U << TIF_SINGLESTEP)
#define _TIF_RESTORE_SIGMASK (1U << TIF_RESTORE_SIGMASK)
#define _TIF_EXIT_WORK \
	(_TIF_NOTIFY_RESUME | _TIF_SIGPENDING | _TIF_NEED_RESCHED | _TIF_RESTORE_SIGMASK)

/* How restart_syscall(2) goes on with a system call that a stop interrupted. */
struct restart_block {
	long (*fn)(struct restart_block *block); /* NULL: -EINTR */
	union {
		struct {
			u32 __user *uaddr;
			u32 val, flags, bitset;
			u64 time;
		} futex;
		struct {
			clockid_t clockid;
			void __user
				*rmtp; /* where to store the rest, old or new layout by compat */
			bool old_layout;
			u64 expires; /* nanoseconds on clockid */
		} nanosleep;
		struct {
			void __user *ufds;
			int nfds;
			int has_timeout;
			u64 expires; /* nanoseconds, monotonic */
		} poll;
	};
};

#endif
