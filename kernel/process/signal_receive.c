/*
 * Taking signals: what happens on the way back to user mode.
 *
 * get_signal() is called by the return path when TIF_SIGPENDING is set. It does default actions itself (ignore, stop, end) and
 * returns signals that have a handler. TIF_SIGPENDING is set whenever something not blocked is queued, and cleared only
 * by recalc_sigpending() of the thread itself under siglock.
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <asm/ptrace.h>
#include "process/process.h"
#include "process/signal.h"

static bool has_pending(const struct sigpending *pending, const sigset_t *blocked)
{
	return (pending->signal.sig[0] & ~blocked->sig[0]) ||
	       (pending->signal.sig[1] & ~blocked->sig[1]);
}

bool recalc_sigpending_tsk(struct task_struct *t)
{
	if (!(t->jobctl & JOBCTL_STOP_PENDING) && !has_pending(&t->pending, &t->blocked) &&
	    !has_pending(&t->signal->shared_pending, &t->blocked))
		return false;
	set_tsk_thread_flag(t, TIF_SIGPENDING);
	return true;
}

void recalc_sigpending(void)
{
	if (!recalc_sigpending_tsk(current))
		clear_thread_flag(TIF_SIGPENDING);
}
EXPORT_SYMBOL(recalc_sigpending);

void recalc_sigpending_and_wake(struct task_struct *t)
{
	if (recalc_sigpending_tsk(t))
		signal_wake_up(t, false);
}

void calculate_sigpending(void)
{
	spin_lock_irq(&current->sighand->siglock);
	set_thread_flag(TIF_SIGPENDING);
	recalc_sigpending();
	spin_unlock_irq(&current->sighand->siglock);
}

int __fatal_signal_pending(struct task_struct *p)
{
	return sigismember(&p->pending.signal, SIGKILL);
}
EXPORT_SYMBOL(__fatal_signal_pending);

/* A program that faults and has no handler gets one line in the log. */
static void report_fault(const struct ksignal *ksig)
{
	const struct pt_regs *regs = current_pt_regs();

	if (!siginmask(ksig->sig, SYNCHRONOUS_MASK) || ksig->info.si_code <= 0 ||
	    !printk_ratelimit())
		return;
	pr_info("signal: %s: pid %d ended by signal %d: code %d address %08lx ip %08lx sp %08lx\n",
		current->comm, current->tgid, ksig->sig, ksig->info.si_code,
		(unsigned long)ksig->info.si_addr, regs->ip, regs->sp);
}

/* The process ends by a signal; siglock held. */
static void __noreturn die_by_signal(struct ksignal *ksig, int sig)
{
	spin_unlock_irq(&current->sighand->siglock);
	ksig->sig = sig;
	current->flags |= PF_SIGNALED;
	report_fault(ksig);
	do_group_exit(sig);
}

/* The default action of sig; true: the queues have to be looked at from the beginning (the lock was dropped). */
static bool default_action(struct ksignal *ksig, int sig)
{
	if (sig_kernel_ignore(sig))
		return false;
	if ((current->signal->flags & SIGNAL_UNKILLABLE) && !sig_kernel_only(sig))
		return false;
	if (!sig_kernel_stop(sig))
		die_by_signal(ksig, sig);
	if (sig != SIGSTOP) {
		bool orphaned;

		spin_unlock_irq(&current->sighand->siglock);
		orphaned = is_current_pgrp_orphaned();
		spin_lock_irq(&current->sighand->siglock);
		if (orphaned)
			return false;
	}
	if (!do_signal_stop(sig))
		return false;
	spin_lock_irq(&current->sighand->siglock);
	return true;
}

/* The next signal with a handler, 0: none; siglock held. */
static int signal_next(struct ksignal *ksig)
{
	for (;;) {
		struct k_sigaction *action;
		int sig;

		if (signal_group_exit(current->signal))
			die_by_signal(ksig, SIGKILL);
		if ((current->jobctl & JOBCTL_STOP_PENDING) && do_signal_stop(0)) {
			spin_lock_irq(&current->sighand->siglock);
			signal_notify_stop();
			continue;
		}
		sig = dequeue_synchronous(&ksig->info);
		if (!sig)
			sig = dequeue_signal(current, &current->blocked, &ksig->info);
		if (!sig)
			return 0;
		action = &current->sighand->action[sig - 1];
		if (action->sa.sa_handler == SIG_IGN)
			continue;
		if (action->sa.sa_handler == SIG_DFL) {
			if (default_action(ksig, sig))
				signal_notify_stop();
			continue;
		}
		ksig->ka = *action;
		if (action->sa.sa_flags & SA_ONESHOT)
			action->sa.sa_handler = SIG_DFL;
		return sig;
	}
}

bool get_signal(struct ksignal *ksig)
{
	spin_lock_irq(&current->sighand->siglock);
	signal_notify_stop();
	ksig->sig = signal_next(ksig);
	spin_unlock_irq(&current->sighand->siglock);
	return ksig->sig > 0;
}

static void signal_delivered(struct ksignal *ksig)
{
	sigset_t blocked;

	clear_thread_flag(TIF_RESTORE_SIGMASK);
	sigorsets(&blocked, &current->blocked, &ksig->ka.sa.sa_mask);
	if (!(ksig->ka.sa.sa_flags & SA_NODEFER))
		sigaddset(&blocked, ksig->sig);
	set_current_blocked(&blocked);
}

void signal_setup_done(int failed, struct ksignal *ksig, int stepping)
{
	if (failed)
		force_sigsegv(ksig->sig);
	else
		signal_delivered(ksig);
}

int kernel_dequeue_signal(void)
{
	kernel_siginfo_t info;
	int sig;

	spin_lock_irq(&current->sighand->siglock);
	sig = dequeue_signal(current, &current->blocked, &info);
	spin_unlock_irq(&current->sighand->siglock);
	return sig;
}
EXPORT_SYMBOL_GPL(kernel_dequeue_signal);

void flush_signals(struct task_struct *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->sighand->siglock, flags);
	clear_tsk_thread_flag(p, TIF_SIGPENDING);
	flush_sigqueue(&p->pending);
	flush_sigqueue(&p->signal->shared_pending);
	spin_unlock_irqrestore(&p->sighand->siglock, flags);
}
EXPORT_SYMBOL(flush_signals);
