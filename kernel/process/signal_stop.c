/*
 * Stopping and continuing processes.
 *
 * A stop signal that is taken by a thread stops all threads of its process: each gets JOBCTL_STOP_PENDING and is counted in
 * group_stop_count; the last that stops sets SIGNAL_STOP_STOPPED and tells the parent. SIGCONT undoes all of it when it is
 * sent (not when it is delivered); the parent is told by the first thread that runs, since the sender may hold locks.
 * Locks: siglock; the parent is told under tasklist_lock (read).
 */
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include "process/process.h"
#include "process/signal.h"

void signal_discard_continue(struct task_struct *p)
{
	struct task_struct *t;
	sigset_t cont;

	siginitset(&cont, sigmask(SIGCONT));
	flush_sigqueue_mask(&cont, &p->signal->shared_pending);
	for_each_thread(p, t) flush_sigqueue_mask(&cont, &t->pending);
}

void signal_discard_stops(struct task_struct *p)
{
	struct signal_struct *signal = p->signal;
	unsigned int why = 0;
	struct task_struct *t;
	sigset_t stops;

	siginitset(&stops, SIG_KERNEL_STOP_MASK);
	flush_sigqueue_mask(&stops, &signal->shared_pending);
	for_each_thread(p, t)
	{
		flush_sigqueue_mask(&stops, &t->pending);
		t->jobctl &= ~(JOBCTL_STOP_PENDING | JOBCTL_STOP_DEQUEUED);
		wake_up_state(t, __TASK_STOPPED);
	}
	if (signal->flags & SIGNAL_STOP_STOPPED)
		why = SIGNAL_CLD_CONTINUED;
	else if (signal->group_stop_count)
		why = SIGNAL_CLD_STOPPED;
	if (!why)
		return;
	signal->flags = (signal->flags & ~SIGNAL_STOP_MASK) | why | SIGNAL_STOP_CONTINUED;
	signal->group_stop_count = 0;
	signal->group_exit_code = 0;
}

static void stop_threads(int sig)
{
	struct signal_struct *signal = current->signal;
	struct task_struct *t;

	if (!(signal->flags & SIGNAL_STOP_STOPPED))
		signal->group_exit_code = sig;
	signal->group_stop_count = 0;
	for_each_thread(current, t)
	{
		if ((t->flags & PF_EXITING) || task_is_stopped(t))
			continue;
		t->jobctl |= JOBCTL_STOP_PENDING;
		signal->group_stop_count++;
		if (t != current)
			signal_wake_up(t, false);
	}
}

/* This thread's part in a stop is done: true if it was the last. */
static bool stop_participate(void)
{
	struct signal_struct *signal = current->signal;

	current->jobctl &= ~JOBCTL_STOP_PENDING;
	if (signal->group_stop_count)
		signal->group_stop_count--;
	if (signal->group_stop_count || (signal->flags & SIGNAL_STOP_STOPPED))
		return false;
	signal->flags = (signal->flags & ~SIGNAL_STOP_MASK) | SIGNAL_STOP_STOPPED;
	return true;
}

bool do_signal_stop(int sig)
{
	bool last;

	if (!(current->jobctl & JOBCTL_STOP_PENDING)) {
		if (!(current->jobctl & JOBCTL_STOP_DEQUEUED) || signal_group_exit(current->signal))
			return false;
		stop_threads(sig);
	}
	last = stop_participate();
	set_current_state(TASK_STOPPED);
	spin_unlock_irq(&current->sighand->siglock);
	if (last) {
		read_lock(&tasklist_lock);
		do_notify_parent_cldstop(current, false, CLD_STOPPED);
		read_unlock(&tasklist_lock);
	}
	schedule();
	return true;
}

/* A new thread of a process that is being stopped stops too. */
void task_join_group_stop(struct task_struct *task)
{
	if (!current->signal->group_stop_count && !(current->signal->flags & SIGNAL_STOP_STOPPED))
		return;
	task->jobctl |= JOBCTL_STOP_PENDING;
	if (!(current->signal->flags & SIGNAL_STOP_STOPPED))
		current->signal->group_stop_count++;
	set_tsk_thread_flag(task, TIF_SIGPENDING);
}

/* Tells the parent what a SIGCONT left to tell: true if the lock was dropped for it. */
bool signal_notify_stop(void)
{
	struct signal_struct *signal = current->signal;
	int why;

	if (likely(!(signal->flags & SIGNAL_CLD_MASK)))
		return false;
	why = signal->flags & SIGNAL_CLD_CONTINUED ? CLD_CONTINUED : CLD_STOPPED;
	signal->flags &= ~SIGNAL_CLD_MASK;
	spin_unlock_irq(&current->sighand->siglock);
	read_lock(&tasklist_lock);
	do_notify_parent_cldstop(current, false, why);
	read_unlock(&tasklist_lock);
	spin_lock_irq(&current->sighand->siglock);
	return true;
}

/* The stop of a process whose thread ends: the others do not wait for it. Called by exit_signals(). */
static bool stop_leave(struct task_struct *task)
{
	return (task->jobctl & JOBCTL_STOP_PENDING) && stop_participate();
}

void exit_signals(struct task_struct *task)
{
	bool stopped = false;
	struct task_struct *t;

	if (thread_group_empty(task) || signal_group_exit(task->signal)) {
		task->flags |= PF_EXITING;
		return;
	}
	spin_lock_irq(&task->sighand->siglock);
	task->flags |= PF_EXITING;
	if (signal_pending(task)) {
		for_each_thread(task, t) if (t != task && !(t->flags & PF_EXITING))
			recalc_sigpending_and_wake(t);
		stopped = stop_leave(task);
	}
	spin_unlock_irq(&task->sighand->siglock);
	if (stopped) {
		read_lock(&tasklist_lock);
		do_notify_parent_cldstop(task, false, CLD_STOPPED);
		read_unlock(&tasklist_lock);
	}
}
