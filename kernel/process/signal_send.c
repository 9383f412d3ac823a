/*
 * Sending signals.
 *
 * send_signal_locked() is the only way into a queue. Before queueing, stop and continue signals cancel each other and take
 * effect on stopped threads at once; a signal that would be ignored is dropped. After queueing, a thread that can take it is
 * woken; a signal that ends the process puts SIGKILL before all its threads right away, so that it dies even if it never
 * looks at this queue again.
 * Locks: siglock of the receiver; tasklist_lock (read) around walks of groups.
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include "process/process.h"
#include "process/signal.h"

#define info_is_special(info) ((unsigned long)(info) <= (unsigned long)SEND_SIG_PRIV)

/* SIG_DFL with the ignoring default, or SIG_IGN; init ignores everything by default, kernel threads too. */
static bool handler_ignores(struct task_struct *t, int sig, bool force)
{
	__sighandler_t handler = t->sighand->action[sig - 1].sa.sa_handler;

	if (unlikely(t->signal->flags & SIGNAL_UNKILLABLE) && handler == SIG_DFL &&
	    !(force && sig_kernel_only(sig)))
		return true;
	return handler == SIG_IGN || (handler == SIG_DFL && sig_kernel_ignore(sig));
}

/* A blocked signal is kept even if ignored: its action may change before it is unblocked. */
bool signal_ignored(struct task_struct *t, int sig, bool force)
{
	if (sigismember(&t->blocked, sig) || sigismember(&t->real_blocked, sig))
		return false;
	return handler_ignores(t, sig, force);
}

/* Effects that do not wait for delivery; false: drop the signal. */
static bool signal_prepare(int sig, struct task_struct *p, bool force)
{
	if (unlikely(p->signal->flags & SIGNAL_GROUP_EXIT))
		return !signal_ignored(p, sig, force);
	if (sig_kernel_stop(sig))
		signal_discard_continue(p);
	else if (sig == SIGCONT)
		signal_discard_stops(p);
	return !signal_ignored(p, sig, force);
}

static bool thread_wants(int sig, struct task_struct *t)
{
	if (sigismember(&t->blocked, sig) || (t->flags & PF_EXITING))
		return false;
	if (sig == SIGKILL)
		return true;
	if (task_is_stopped_or_traced(t))
		return false;
	return task_curr(t) || !signal_pending(t);
}

/* The thread that shall take a signal for the process: preferably p, else the one after the last that did. */
static struct task_struct *choose_thread(int sig, struct task_struct *p, enum pid_type type)
{
	struct signal_struct *signal = p->signal;
	struct task_struct *t;

	if (thread_wants(sig, p))
		return p;
	if (type == PIDTYPE_PID || thread_group_empty(p))
		return NULL;
	t = signal->curr_target;
	while (!thread_wants(sig, t)) {
		t = next_thread(t);
		if (t == signal->curr_target)
			return NULL;
	}
	signal->curr_target = t;
	return t;
}

static void kill_threads(int sig, struct task_struct *p)
{
	struct signal_struct *signal = p->signal;
	struct task_struct *t;

	signal->flags = (signal->flags & ~SIGNAL_STOP_MASK) | SIGNAL_GROUP_EXIT;
	signal->group_exit_code = sig;
	signal->group_stop_count = 0;
	for_each_thread(p, t)
	{
		t->jobctl &= ~JOBCTL_STOP_PENDING;
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, true);
	}
}

static void signal_complete(int sig, struct task_struct *p, enum pid_type type)
{
	struct task_struct *t = choose_thread(sig, p, type);

	if (!t)
		return;
	if (sig_fatal(p, sig) && !(p->signal->flags & SIGNAL_GROUP_EXIT) &&
	    !sigismember(&t->real_blocked, sig) && !sig_kernel_coredump(sig))
		kill_threads(sig, p);
	else
		signal_wake_up(t, sig == SIGKILL);
}

static void info_fill(kernel_siginfo_t *info, int sig, const struct kernel_siginfo *given)
{
	if (!info_is_special(given)) {
		*info = *given;
		return;
	}
	clear_siginfo(info);
	info->si_signo = sig;
	if (given == SEND_SIG_PRIV) {
		info->si_code = SI_KERNEL;
		return;
	}
	info->si_code = SI_USER;
	info->si_pid = current->tgid;
	info->si_uid = current_uid().val;
}

int send_signal_locked(int sig, struct kernel_siginfo *info, struct task_struct *t,
		       enum pid_type type)
{
	struct sigpending *pending = type == PIDTYPE_PID ? &t->pending : &t->signal->shared_pending;
	bool force = info == SEND_SIG_PRIV || (!info_is_special(info) && SI_FROMKERNEL(info));
	struct sigqueue *q;

	if (!signal_prepare(sig, t, force))
		return 0;
	if (sig < SIGRTMIN && sigismember(&pending->signal, sig))
		return 0;
	if (sig != SIGKILL && !(t->flags & PF_KTHREAD)) {
		q = sigqueue_make(t,
				  sig < SIGRTMIN && (info_is_special(info) || info->si_code >= 0));
		if (q) {
			info_fill(&q->info, sig, info);
			list_add_tail(&q->list, &pending->list);
		} else if (sig >= SIGRTMIN && !info_is_special(info) && info->si_code != SI_USER) {
			return -EAGAIN;
		}
	}
	if (unlikely(waitqueue_active(&t->sighand->signalfd_wqh)))
		wake_up(&t->sighand->signalfd_wqh);
	sigaddset(&pending->signal, sig);
	signal_complete(sig, t, type);
	return 0;
}

int __group_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p)
{
	return send_signal_locked(sig, info, p, PIDTYPE_TGID);
}

struct sighand_struct *lock_task_sighand(struct task_struct *task, unsigned long *flags)
{
	struct sighand_struct *sighand;

	rcu_read_lock();
	sighand = task->sighand;
	if (sighand)
		spin_lock_irqsave(&sighand->siglock, *flags);
	rcu_read_unlock();
	return sighand;
}
EXPORT_SYMBOL_GPL(lock_task_sighand);

int do_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p,
		     enum pid_type type)
{
	unsigned long flags;
	int err = -ESRCH;

	if (lock_task_sighand(p, &flags)) {
		err = send_signal_locked(sig, info, p, type);
		unlock_task_sighand(p, &flags);
	}
	return err;
}

int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p)
{
	if (!valid_signal((unsigned long)sig) || !sig)
		return -EINVAL;
	return do_send_sig_info(sig, info, p, PIDTYPE_PID);
}
EXPORT_SYMBOL(send_sig_info);

int send_sig(int sig, struct task_struct *p, int priv)
{
	return send_sig_info(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, p);
}
EXPORT_SYMBOL(send_sig);

/* May the current task signal t? By user ids, by right, or SIGCONT within the session. */
static int check_permission(int sig, const struct kernel_siginfo *info, struct task_struct *t)
{
	const struct cred *mine = current_cred(), *theirs = __task_cred(t);

	if (!valid_signal((unsigned long)sig))
		return -EINVAL;
	if (info == SEND_SIG_PRIV || (!info_is_special(info) && SI_FROMKERNEL(info)))
		return 0;
	if (same_thread_group(current, t) || uid_eq(mine->euid, theirs->suid) ||
	    uid_eq(mine->euid, theirs->uid) || uid_eq(mine->uid, theirs->suid) ||
	    uid_eq(mine->uid, theirs->uid) || capable(CAP_KILL))
		return 0;
	if (sig == SIGCONT && task_session(current) == task_session(t))
		return 0;
	return -EPERM;
}

int group_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p,
			enum pid_type type)
{
	int err;

	rcu_read_lock();
	err = check_permission(sig, info, p);
	if (!err && sig)
		err = do_send_sig_info(sig, info, p, type);
	rcu_read_unlock();
	return err;
}

int __kill_pgrp_info(int sig, struct kernel_siginfo *info, struct pid *pgrp)
{
	struct task_struct *p;
	bool sent = false;
	int err = -ESRCH;

	do_each_pid_task(pgrp, PIDTYPE_PGID, p)
	{
		int one = group_send_sig_info(sig, info, p, PIDTYPE_PGID);

		sent |= !one;
		err = one;
	}
	while_each_pid_task(pgrp, PIDTYPE_PGID, p);
	return sent ? 0 : err;
}

int kill_pgrp(struct pid *pid, int sig, int priv)
{
	int err;

	read_lock(&tasklist_lock);
	err = __kill_pgrp_info(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, pid);
	read_unlock(&tasklist_lock);
	return err;
}
EXPORT_SYMBOL(kill_pgrp);

int kill_pid_info(int sig, struct kernel_siginfo *info, struct pid *pid)
{
	struct task_struct *p;
	int err = -ESRCH;

	rcu_read_lock();
	p = pid_task(pid, PIDTYPE_PID);
	if (p)
		err = group_send_sig_info(sig, info, p, PIDTYPE_TGID);
	rcu_read_unlock();
	return err;
}

int kill_pid(struct pid *pid, int sig, int priv)
{
	return kill_pid_info(sig, priv ? SEND_SIG_PRIV : SEND_SIG_NOINFO, pid);
}
EXPORT_SYMBOL(kill_pid);

/* A signal that must arrive: a handler it cannot run becomes the default, which ends the process even if it is init. */
void force_sig_info(struct kernel_siginfo *info)
{
	struct task_struct *t = current;
	int sig = info->si_signo;
	struct k_sigaction *action;
	unsigned long flags;
	bool blocked, ignored;

	spin_lock_irqsave(&t->sighand->siglock, flags);
	action = &t->sighand->action[sig - 1];
	ignored = action->sa.sa_handler == SIG_IGN;
	blocked = sigismember(&t->blocked, sig);
	if (blocked || ignored) {
		action->sa.sa_handler = SIG_DFL;
		sigdelset(&t->blocked, sig);
		recalc_sigpending();
	}
	if (action->sa.sa_handler == SIG_DFL)
		t->signal->flags &= ~SIGNAL_UNKILLABLE;
	send_signal_locked(sig, info, t, PIDTYPE_PID);
	spin_unlock_irqrestore(&t->sighand->siglock, flags);
}

void force_sig(int sig)
{
	struct kernel_siginfo info;

	clear_siginfo(&info);
	info.si_signo = sig;
	info.si_code = SI_KERNEL;
	force_sig_info(&info);
}
EXPORT_SYMBOL(force_sig);

static void info_fault(struct kernel_siginfo *info, int sig, int code, void __user *addr)
{
	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = code;
	info->si_addr = addr;
}

int force_sig_fault(int sig, int code, void __user *addr)
{
	struct kernel_siginfo info;

	info_fault(&info, sig, code, addr);
	force_sig_info(&info);
	return 0;
}

int send_sig_fault(int sig, int code, void __user *addr, struct task_struct *t)
{
	struct kernel_siginfo info;

	info_fault(&info, sig, code, addr);
	return send_sig_info(sig, &info, t);
}

/* The frame for sig could not be written. If it was SIGSEGV itself, a handler for it cannot help. */
void force_sigsegv(int sig)
{
	unsigned long flags;

	if (sig == SIGSEGV) {
		spin_lock_irqsave(&current->sighand->siglock, flags);
		current->sighand->action[sig - 1].sa.sa_handler = SIG_DFL;
		spin_unlock_irqrestore(&current->sighand->siglock, flags);
	}
	force_sig(SIGSEGV);
}

int zap_other_threads(struct task_struct *p)
{
	struct task_struct *t;
	int count = 0;

	p->signal->group_stop_count = 0;
	for_each_thread(p, t)
	{
		if (t == p)
			continue;
		t->jobctl &= ~JOBCTL_STOP_PENDING;
		count++;
		if (t->exit_state)
			continue;
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, true);
	}
	return count;
}

int send_sigqueue(struct sigqueue *q, struct pid *pid, enum pid_type type)
{
	int sig = q->info.si_signo, result = -1;
	struct task_struct *t;
	struct sigpending *pending;
	unsigned long flags;

	rcu_read_lock();
	t = pid_task(pid, type);
	if (!t || !lock_task_sighand(t, &flags))
		goto out;
	result = 1; /* ignored: the timer goes on without */
	if (!signal_prepare(sig, t, false))
		goto out_unlock;
	result = 0;
	if (!list_empty(&q->list)) {
		q->info.si_overrun++;
		goto out_unlock;
	}
	q->info.si_overrun = 0;
	pending = type == PIDTYPE_PID ? &t->pending : &t->signal->shared_pending;
	list_add_tail(&q->list, &pending->list);
	sigaddset(&pending->signal, sig);
	if (waitqueue_active(&t->sighand->signalfd_wqh))
		wake_up(&t->sighand->signalfd_wqh);
	signal_complete(sig, t, type);
out_unlock:
	unlock_task_sighand(t, &flags);
out:
	rcu_read_unlock();
	return result;
}
