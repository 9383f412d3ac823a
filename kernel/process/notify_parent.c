/*
 * Telling a parent: that a child has ended, stopped or gone on. tasklist_lock is held by all callers, so that parents do not
 * change.
 */
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/jiffies.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include "process/process.h"

#define NSEC_PER_CLOCK (1000000000u / 100)

static void info_child(kernel_siginfo_t *info, int sig, struct task_struct *child, int code,
		       int status)
{
	u64 utime, stime;

	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = code;
	info->si_pid = child->pid;
	info->si_uid = task_uid(child).val;
	info->si_status = status;
	thread_group_cputime(child, &utime, &stime);
	info->si_utime = (__kernel_clock_t)div_u64(utime, NSEC_PER_CLOCK);
	info->si_stime = (__kernel_clock_t)div_u64(stime, NSEC_PER_CLOCK);
}

void __wake_up_parent(struct task_struct *p, struct task_struct *parent)
{
	__wake_up_sync_key(&parent->signal->wait_chldexit, TASK_INTERRUPTIBLE, p);
}

/* Does the parent not want to wait for its children? */
static bool children_ignored(const struct sighand_struct *sighand)
{
	const struct sigaction *action = &sighand->action[SIGCHLD - 1].sa;

	return action->sa_handler == SIG_IGN || (action->sa_flags & SA_NOCLDWAIT);
}

/* Would SIGCHLD reach anything? The default is to ignore it, and most parents wait instead. */
static bool signal_wanted(struct task_struct *parent, int sig)
{
	return sig && !signal_ignored(parent, sig, true);
}

bool do_notify_parent(struct task_struct *task, int sig)
{
	struct task_struct *parent = task->parent;
	struct sighand_struct *sighand = parent->sighand;
	bool autoreap = false;
	kernel_siginfo_t info;
	unsigned long flags;
	int status = task->exit_code;

	spin_lock_irqsave(&sighand->siglock, flags);
	if (sig == SIGCHLD && children_ignored(sighand)) {
		autoreap = true;
		if (sighand->action[SIGCHLD - 1].sa.sa_handler == SIG_IGN)
			sig = 0;
	}
	if (valid_signal((unsigned long)sig) && signal_wanted(parent, sig)) {
		if (status & 0x7f)
			info_child(&info, sig, task, status & 0x80 ? CLD_DUMPED : CLD_KILLED,
				   status & 0x7f);
		else
			info_child(&info, sig, task, CLD_EXITED, status >> 8);
		__group_send_sig_info(sig, &info, parent);
	}
	__wake_up_parent(task, parent);
	spin_unlock_irqrestore(&sighand->siglock, flags);
	return autoreap;
}

void do_notify_parent_cldstop(struct task_struct *task, bool for_ptracer, int why)
{
	struct task_struct *leader = task->group_leader, *parent = leader->real_parent;
	struct sighand_struct *sighand = parent->sighand;
	kernel_siginfo_t info;
	unsigned long flags;

	info_child(&info, SIGCHLD, leader, why,
		   why == CLD_CONTINUED ? SIGCONT : task->signal->group_exit_code & 0x7f);
	spin_lock_irqsave(&sighand->siglock, flags);
	if (sighand->action[SIGCHLD - 1].sa.sa_handler != SIG_IGN &&
	    !(sighand->action[SIGCHLD - 1].sa.sa_flags & SA_NOCLDSTOP))
		__group_send_sig_info(SIGCHLD, &info, parent);
	__wake_up_parent(leader, parent);
	spin_unlock_irqrestore(&sighand->siglock, flags);
}
