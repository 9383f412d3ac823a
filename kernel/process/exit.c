/*
 * The end of a task.
 *
 * do_exit() gives back the parts of the calling thread one after the other, then exit_notify() makes it a zombie: from there
 * on only its exit status, times and pid are left, until its parent has waited for it (or at once, if the parent does not
 * want to know, or the thread is not the last of its process). release_task() takes it out of all lists.
 * Children of an ending process go to another of its threads, to the nearest ancestor that said it wants them, or to process 1.
 * Lock: tasklist_lock for everything about relatives.
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/hardirq.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/task_work.h>
#include <rakit/memory.h>
#include <rakit/refusal.h>
#include <rakit/reserve.h>
#include "process/process.h"

/* What the process has used is kept when a thread goes. */
static void account_thread(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;

	sig->utime += p->utime;
	sig->stime += p->stime;
	sig->min_flt += p->min_flt;
	sig->maj_flt += p->maj_flt;
	sig->nvcsw += p->nvcsw;
	sig->nivcsw += p->nivcsw;
}

static void unlink_pids(struct task_struct *p, bool last)
{
	if (last) {
		detach_pid(p, PIDTYPE_TGID);
		detach_pid(p, PIDTYPE_PGID);
		detach_pid(p, PIDTYPE_SID);
		list_del_rcu(&p->tasks);
		list_del_init(&p->sibling);
	}
	detach_pid(p, PIDTYPE_PID);
	list_del_rcu(&p->thread_group);
	list_del_rcu(&p->thread_node);
}

/* Takes a dead task out; tasklist_lock held for writing. */
static void unlink_task(struct task_struct *p)
{
	struct sighand_struct *sighand = p->sighand;
	bool last = thread_group_leader(p);

	spin_lock(&sighand->siglock);
	if (!last && p->signal->curr_target == p)
		p->signal->curr_target = next_thread(p);
	if (!last && p->signal->notify_count > 0 && !--p->signal->notify_count)
		wake_up_process(p->signal->group_exit_task);
	account_thread(p);
	p->signal->nr_threads--;
	nr_threads--;
	unlink_pids(p, last);
	flush_sigqueue(&p->pending);
	if (last)
		flush_sigqueue(&p->signal->shared_pending);
	p->sighand = NULL;
	spin_unlock(&sighand->siglock);
	__cleanup_sighand(sighand);
}

void release_task(struct task_struct *p)
{
	struct task_struct *leader;
	bool leader_too;

	do {
		leader_too = false;
		write_lock_irq(&tasklist_lock);
		leader = p->group_leader;
		unlink_task(p);
		/* the leader waited as a zombie for its last thread */
		if (leader != p && thread_group_empty(leader) &&
		    leader->exit_state == EXIT_ZOMBIE) {
			leader_too = do_notify_parent(leader, leader->exit_signal);
			if (leader_too)
				leader->exit_state = EXIT_DEAD;
		}
		write_unlock_irq(&tasklist_lock);
		put_task_struct(p);
		p = leader;
	} while (leader_too);
}

static struct task_struct *living_thread(struct task_struct *p)
{
	struct task_struct *t;

	for_each_thread(p, t) if (!(t->flags & PF_EXITING)) return t;
	return NULL;
}

/* Who takes over father's children. */
static struct task_struct *find_new_reaper(struct task_struct *father)
{
	struct task_struct *thread = living_thread(father), *reaper;

	if (thread)
		return thread;
	if (father->signal->has_child_subreaper) {
		for (reaper = father->real_parent; reaper->pid > 1; reaper = reaper->real_parent) {
			if (!reaper->signal->is_child_subreaper)
				continue;
			thread = living_thread(reaper);
			if (thread)
				return thread;
		}
	}
	return pid_task(find_vpid(1), PIDTYPE_PID) ?: &init_task;
}

static void reparent_zombie(struct task_struct *p, struct list_head *dead)
{
	if (do_notify_parent(p, p->exit_signal)) {
		p->exit_state = EXIT_DEAD;
		list_add(&p->ptrace_entry, dead);
	}
}

/* father's children get a new parent; tasklist_lock held. Those that nobody waits for go to dead. */
static void forget_children(struct task_struct *father, struct list_head *dead)
{
	struct task_struct *reaper, *p, *next, *t;

	if (list_empty(&father->children))
		return;
	reaper = find_new_reaper(father);
	list_for_each_entry_safe(p, next, &father->children, sibling) {
		for_each_thread(p, t)
		{
			t->real_parent = reaper;
			t->parent = reaper;
			if (t->pdeath_signal)
				group_send_sig_info(t->pdeath_signal, SEND_SIG_NOINFO, t,
						    PIDTYPE_TGID);
		}
		list_move_tail(&p->sibling, &reaper->children);
		if (same_thread_group(reaper, father))
			continue;
		p->exit_signal = SIGCHLD;
		if (p->exit_state == EXIT_ZOMBIE && thread_group_empty(p))
			reparent_zombie(p, dead);
		kill_orphaned_pgrp(p, father);
	}
}

static void exit_notify(struct task_struct *tsk, bool group_dead)
{
	struct task_struct *p, *next;
	bool autoreap;
	LIST_HEAD(dead);

	write_lock_irq(&tasklist_lock);
	forget_children(tsk, &dead);
	if (group_dead)
		kill_orphaned_pgrp(tsk->group_leader, NULL);
	tsk->exit_state = EXIT_ZOMBIE;
	if (thread_group_leader(tsk))
		autoreap = thread_group_empty(tsk) && do_notify_parent(tsk, tsk->exit_signal);
	else
		autoreap = true;
	if (autoreap) {
		tsk->exit_state = EXIT_DEAD;
		list_add(&tsk->ptrace_entry, &dead);
	}
	/* an execve waits until this was the last other thread */
	if (unlikely(tsk->signal->notify_count < 0))
		wake_up_process(tsk->signal->group_exit_task);
	write_unlock_irq(&tasklist_lock);
	list_for_each_entry_safe(p, next, &dead, ptrace_entry) {
		list_del_init(&p->ptrace_entry);
		release_task(p);
	}
}

/* The last thread of the process ends. */
static void end_process(struct task_struct *tsk, long code)
{
	struct signal_struct *sig = tsk->signal;

	if (is_global_init(tsk))
		panic("Attempted to kill init! exitcode=0x%08x", sig->group_exit_code ?: (int)code);
	hrtimer_cancel(&sig->real_timer);
	if (unlikely(!list_empty(&sig->posix_timers)))
		exit_itimers(sig);
	if (tsk->mm)
		note_resident(&sig->maxrss, tsk->mm);
}

void __noreturn do_exit(long code)
{
	struct task_struct *tsk = current;
	bool group_dead;

	if (unlikely(in_interrupt()))
		panic("Aiee, killing interrupt handler!");
	if (unlikely(!tsk->pid))
		panic("Attempted to kill the idle task!");
	if (unlikely(tsk->flags & PF_EXITING)) {
		pr_emerg("exit: %s: pid %d faulted while ending: left as it is\n", tsk->comm,
			 tsk->pid);
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
	exit_signals(tsk);
	if (tsk->kthread)
		kthread_exited(tsk, code);
	group_dead = atomic_dec_and_test(&tsk->signal->live);
	if (group_dead) {
		end_process(tsk, code);
		module_reservations_end(tsk->tgid);
	}
	tsk->exit_code = (int)code;
	kthread_exited(tsk, code);
	mm_release(tsk);
	if (tsk->mm)
		exit_mm();
	if (tsk->files)
		exit_files(tsk);
	if (group_dead && tsk->signal->leader)
		session_end(true);
	if (tsk->fs)
		exit_fs(tsk);
	task_work_run();
	if (tsk->refusal)
		refusal_free(tsk);
	exit_thread(tsk);
	exit_notify(tsk, group_dead);
	do_task_dead();
}
EXPORT_SYMBOL_GPL(do_exit);

void __noreturn do_group_exit(int code)
{
	struct signal_struct *sig = current->signal;

	if (sig->flags & SIGNAL_GROUP_EXIT) {
		code = sig->group_exit_code;
	} else if (!thread_group_empty(current)) {
		spin_lock_irq(&current->sighand->siglock);
		if (signal_group_exit(sig)) {
			code = sig->group_exit_code;
		} else {
			sig->group_exit_code = code;
			sig->flags = (sig->flags & ~SIGNAL_STOP_MASK) | SIGNAL_GROUP_EXIT;
			zap_other_threads(current);
		}
		spin_unlock_irq(&current->sighand->siglock);
	}
	do_exit(code);
}

SYSCALL_DEFINE1(exit, int, status)
{
	do_exit((status & 0xff) << 8);
}

SYSCALL_DEFINE1(exit_group, int, status)
{
	do_group_exit((status & 0xff) << 8);
}
