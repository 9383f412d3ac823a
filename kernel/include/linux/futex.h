/* Futexes: what the end of a task and execve have to do for them. */
#ifndef _LINUX_FUTEX_H
#define _LINUX_FUTEX_H

#include <linux/types.h>
#include <uapi/linux/futex.h>

struct task_struct;

/* Marks the locks that tsk holds as left by a dead owner and wakes their waiters. Process context, tsk is current. */
void exit_robust_list(struct task_struct *tsk);
/* Wakes at most nr waiters on a shared futex word of the current process: how many, or -errno. Process context. */
int futex_wake_user(u32 __user *uaddr, int nr);

#endif
