/*
 * Actions and masks: what a process wants done with each signal, and which signals a thread does not want now.
 * Locks: siglock.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/uaccess.h>
#include "process/process.h"
#include "process/signal.h"

/* Signals that wait and would now be ignored are forgotten (POSIX sigaction()). */
static void forget_ignored(int sig)
{
	struct task_struct *t;
	sigset_t mask;

	if (!signal_ignored(current, sig, false) &&
	    current->sighand->action[sig - 1].sa.sa_handler != SIG_IGN)
		return;
	sigemptyset(&mask);
	sigaddset(&mask, sig);
	flush_sigqueue_mask(&mask, &current->signal->shared_pending);
	for_each_thread(current, t) flush_sigqueue_mask(&mask, &t->pending);
}

int do_sigaction(int sig, struct k_sigaction *act, struct k_sigaction *oact)
{
	struct k_sigaction *k;

	if (!valid_signal((unsigned long)sig) || sig < 1 || (act && sig_kernel_only(sig)))
		return -EINVAL;
	k = &current->sighand->action[sig - 1];
	spin_lock_irq(&current->sighand->siglock);
	if (oact)
		*oact = *k;
	if (act) {
		sigdelsetmask(&act->sa.sa_mask, sigmask(SIGKILL) | sigmask(SIGSTOP));
		*k = *act;
		forget_ignored(sig);
	}
	spin_unlock_irq(&current->sighand->siglock);
	return 0;
}

static void retarget_one(struct task_struct *t, sigset_t *shared)
{
	sigset_t takes;

	sigandnsets(&takes, shared, &t->blocked);
	if (sigisemptyset(&takes))
		return;
	sigandnsets(shared, shared, &takes);
	if (!signal_pending(t))
		signal_wake_up(t, false);
}

/* Signals for the process that this thread has just blocked: another one shall take them. */
static void retarget_pending(const sigset_t *newly_blocked)
{
	struct task_struct *t = current;
	sigset_t shared;

	sigandsets(&shared, &current->signal->shared_pending.signal, newly_blocked);
	while (!sigisemptyset(&shared) && (t = next_thread(t)) != current)
		if (!(t->flags & PF_EXITING))
			retarget_one(t, &shared);
}

void __set_current_blocked(const sigset_t *newset)
{
	sigset_t newly;

	if (sigequalsets(&current->blocked, newset))
		return;
	spin_lock_irq(&current->sighand->siglock);
	if (signal_pending(current) && !thread_group_empty(current)) {
		sigandnsets(&newly, newset, &current->blocked);
		retarget_pending(&newly);
	}
	current->blocked = *newset;
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
}

void set_current_blocked(sigset_t *newset)
{
	sigdelsetmask(newset, sigmask(SIGKILL) | sigmask(SIGSTOP));
	__set_current_blocked(newset);
}

int sigprocmask(int how, sigset_t *set, sigset_t *oldset)
{
	sigset_t newset;

	if (oldset)
		*oldset = current->blocked;
	switch (how) {
	case SIG_BLOCK:
		sigorsets(&newset, &current->blocked, set);
		break;
	case SIG_UNBLOCK:
		sigandnsets(&newset, &current->blocked, set);
		break;
	case SIG_SETMASK:
		newset = *set;
		break;
	default:
		return -EINVAL;
	}
	__set_current_blocked(&newset);
	return 0;
}
EXPORT_SYMBOL(sigprocmask);

int set_user_sigmask(const sigset_t __user *umask, size_t sigsetsize)
{
	sigset_t mask;

	if (!umask)
		return 0;
	if (sigsetsize != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&mask, umask, sizeof(mask)))
		return -EFAULT;
	set_restore_sigmask();
	current->saved_sigmask = current->blocked;
	set_current_blocked(&mask);
	return 0;
}

void flush_signal_handlers(struct task_struct *p, int force_default)
{
	struct k_sigaction *k = p->sighand->action;
	int i;

	for (i = 0; i < _NSIG; i++, k++) {
		if (force_default || k->sa.sa_handler != SIG_IGN)
			k->sa.sa_handler = SIG_DFL;
		k->sa.sa_flags = 0;
		k->sa.sa_restorer = NULL;
		sigemptyset(&k->sa.sa_mask);
	}
}

void ignore_signals(struct task_struct *p)
{
	int i;

	for (i = 0; i < _NSIG; i++)
		p->sighand->action[i].sa.sa_handler = SIG_IGN;
	flush_signals(p);
}

/* A kernel thread's "handler": any value that is neither default nor ignore. */
static void kernel_action(int sig, __sighandler_t action)
{
	spin_lock_irq(&current->sighand->siglock);
	current->sighand->action[sig - 1].sa.sa_handler = action;
	if (action == SIG_IGN) {
		sigset_t mask;

		sigemptyset(&mask);
		sigaddset(&mask, sig);
		flush_sigqueue_mask(&mask, &current->signal->shared_pending);
		flush_sigqueue_mask(&mask, &current->pending);
		recalc_sigpending();
	}
	spin_unlock_irq(&current->sighand->siglock);
}

void allow_signal(int sig)
{
	kernel_action(sig, (__sighandler_t)2);
}
EXPORT_SYMBOL(allow_signal);

void allow_kernel_signal(int sig)
{
	kernel_action(sig, (__sighandler_t)3);
}
EXPORT_SYMBOL(allow_kernel_signal);

void disallow_signal(int sig)
{
	kernel_action(sig, SIG_IGN);
}
EXPORT_SYMBOL(disallow_signal);

int copy_siginfo_to_user(siginfo_t __user *to, const kernel_siginfo_t *from)
{
	if (copy_to_user(to, from, sizeof(*from)) ||
	    clear_user((char __user *)to + sizeof(*from), sizeof(siginfo_t) - sizeof(*from)))
		return -EFAULT;
	return 0;
}

int copy_siginfo_from_user(kernel_siginfo_t *to, const siginfo_t __user *from)
{
	int clear;

	if (copy_from_user(to, from, sizeof(*to)))
		return -EFAULT;
	clear = check_zeroed_user((const char __user *)from + sizeof(*to),
				  sizeof(siginfo_t) - sizeof(*to));
	if (clear < 0)
		return clear;
	return clear ? 0 : -E2BIG;
}
