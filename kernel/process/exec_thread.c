/*
 * execve in a process with several threads: the others are killed, and the calling one becomes the leader, with the
 * leader's pid. It waits for the others by signal->notify_count: positive, the threads that still have to be released; then
 * -1, the leader still has to become a zombie.
 * Locks: siglock for the count, tasklist_lock for the change of identity.
 */
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include "process/process.h"

static int killed(struct signal_struct *sig)
{
	read_lock(&tasklist_lock);
	sig->group_exit_task = NULL;
	sig->notify_count = 0;
	read_unlock(&tasklist_lock);
	return -EAGAIN;
}

static int wait_for_threads(struct task_struct *tsk)
{
	struct signal_struct *sig = tsk->signal;
	spinlock_t *lock = &tsk->sighand->siglock;

	spin_lock_irq(lock);
	if (signal_group_exit(sig)) {
		spin_unlock_irq(lock);
		return -EAGAIN;
	}
	sig->group_exit_task = tsk;
	sig->notify_count = zap_other_threads(tsk) - !thread_group_leader(tsk);
	while (sig->notify_count) {
		__set_current_state(TASK_KILLABLE);
		spin_unlock_irq(lock);
		schedule();
		if (__fatal_signal_pending(tsk))
			return killed(sig);
		spin_lock_irq(lock);
	}
	spin_unlock_irq(lock);
	return 0;
}

/* Waits until the leader is a zombie; returns with tasklist_lock held for writing. */
static int wait_for_leader(struct task_struct *tsk)
{
	for (;;) {
		write_lock_irq(&tasklist_lock);
		tsk->signal->notify_count = -1;
		if (tsk->group_leader->exit_state)
			return 0;
		__set_current_state(TASK_KILLABLE);
		write_unlock_irq(&tasklist_lock);
		schedule();
		if (__fatal_signal_pending(tsk))
			return killed(tsk->signal);
	}
}

static void swap_thread_ids(struct task_struct *tsk, struct task_struct *leader)
{
	struct pid *mine = tsk->thread_pid, *its = leader->thread_pid;

	hlist_del(&tsk->pid_links[PIDTYPE_PID]);
	hlist_del(&leader->pid_links[PIDTYPE_PID]);
	tsk->thread_pid = its;
	leader->thread_pid = mine;
	tsk->pid = its->nr;
	leader->pid = mine->nr;
	attach_pid(tsk, PIDTYPE_PID);
	attach_pid(leader, PIDTYPE_PID);
}

/* tasklist_lock held for writing. */
static void become_leader(struct task_struct *tsk, struct task_struct *leader)
{
	struct task_struct *t;

	tsk->start_time = leader->start_time;
	tsk->start_boottime = leader->start_boottime;
	swap_thread_ids(tsk, leader);
	transfer_pid(leader, tsk, PIDTYPE_TGID);
	transfer_pid(leader, tsk, PIDTYPE_PGID);
	transfer_pid(leader, tsk, PIDTYPE_SID);
	list_replace_rcu(&leader->tasks, &tsk->tasks);
	list_replace_init(&leader->sibling, &tsk->sibling);
	for_each_thread(tsk, t) t->group_leader = tsk;
	tsk->exit_signal = SIGCHLD;
	leader->exit_signal = -1;
	leader->exit_state = EXIT_DEAD;
}

int de_thread(struct task_struct *tsk)
{
	struct task_struct *leader = tsk->group_leader;
	int err;

	if (thread_group_empty(tsk)) {
		tsk->exit_signal = SIGCHLD;
		return 0;
	}
	err = wait_for_threads(tsk);
	if (!err && tsk != leader) {
		err = wait_for_leader(tsk);
		if (!err) {
			become_leader(tsk, leader);
			write_unlock_irq(&tasklist_lock);
			release_task(leader);
		}
	}
	if (err)
		return err;
	tsk->signal->group_exit_task = NULL;
	tsk->signal->notify_count = 0;
	tsk->exit_signal = SIGCHLD;
	return 0;
}
