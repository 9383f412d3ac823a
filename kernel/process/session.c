/*
 * Process groups, sessions and their controlling terminal.
 *
 * A process group is orphaned when no member has a parent in another group of the same session: nobody would ever continue
 * it. So its stopped members are hung up when that comes about, and stop signals from the terminal are ignored in it.
 * The terminal layer may be a module: its part in the end of a session goes through one pointer (tty_session_register()).
 * Locks: tasklist_lock.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/tty.h>
#include "process/process.h"

static const struct tty_session_ops *tty_ops;
static DEFINE_MUTEX(tty_ops_lock); /* tty_ops, and that it is in use */

int tty_session_register(const struct tty_session_ops *ops)
{
	int err = -EBUSY;

	mutex_lock(&tty_ops_lock);
	if (!tty_ops) {
		tty_ops = ops;
		err = 0;
	}
	mutex_unlock(&tty_ops_lock);
	return err;
}
EXPORT_SYMBOL_GPL(tty_session_register);

void tty_session_unregister(const struct tty_session_ops *ops)
{
	mutex_lock(&tty_ops_lock);
	if (tty_ops == ops)
		tty_ops = NULL;
	mutex_unlock(&tty_ops_lock);
}
EXPORT_SYMBOL_GPL(tty_session_unregister);

void session_end(bool on_exit)
{
	mutex_lock(&tty_ops_lock);
	if (tty_ops)
		tty_ops->disassociate(on_exit);
	mutex_unlock(&tty_ops_lock);
}

int will_become_orphaned_pgrp(struct pid *pgrp, struct task_struct *ignored)
{
	struct task_struct *p;

	do_each_pid_task(pgrp, PIDTYPE_PGID, p)
	{
		if (p == ignored || (p->exit_state && thread_group_empty(p)) ||
		    is_global_init(p->real_parent))
			continue;
		if (task_pgrp(p->real_parent) != pgrp &&
		    task_session(p->real_parent) == task_session(p))
			return 0;
	}
	while_each_pid_task(pgrp, PIDTYPE_PGID, p);
	return 1;
}

bool is_current_pgrp_orphaned(void)
{
	bool orphaned;

	read_lock(&tasklist_lock);
	orphaned = will_become_orphaned_pgrp(task_pgrp(current), NULL);
	read_unlock(&tasklist_lock);
	return orphaned;
}

bool pgrp_has_stopped_jobs(struct pid *pgrp)
{
	struct task_struct *p;

	do_each_pid_task(pgrp, PIDTYPE_PGID, p)
	{
		if (p->signal->flags & SIGNAL_STOP_STOPPED)
			return true;
	}
	while_each_pid_task(pgrp, PIDTYPE_PGID, p);
	return false;
}

/* tsk is ending or getting a new parent: does that orphan its group? Then its stopped jobs are hung up. */
void kill_orphaned_pgrp(struct task_struct *tsk, struct task_struct *parent)
{
	struct pid *pgrp = task_pgrp(tsk);
	struct task_struct *ignored = tsk;

	if (parent)
		ignored = NULL; /* a child of an ending parent: tsk itself lives on */
	else
		parent = tsk->real_parent;
	if (task_pgrp(parent) == pgrp || task_session(parent) != task_session(tsk) ||
	    !will_become_orphaned_pgrp(pgrp, ignored) || !pgrp_has_stopped_jobs(pgrp))
		return;
	__kill_pgrp_info(SIGHUP, SEND_SIG_PRIV, pgrp);
	__kill_pgrp_info(SIGCONT, SEND_SIG_PRIV, pgrp);
}

/* The process p of setpgid(), if the caller may move it: 0 or -errno. */
static int may_move(struct task_struct *p)
{
	if (!p || !thread_group_leader(p))
		return p ? -EINVAL : -ESRCH;
	if (same_thread_group(p->real_parent, current)) {
		if (task_session(p) != task_session(current))
			return -EPERM;
		if (!(p->flags & PF_FORKNOEXEC))
			return -EACCES;
	} else if (p != current->group_leader) {
		return -ESRCH;
	}
	return p->signal->leader ? -EPERM : 0;
}

static int move_to_pgrp(struct task_struct *p, pid_t pgid)
{
	struct pid *pgrp = task_pid(p);

	if (pgid != p->pid) {
		struct task_struct *member;

		pgrp = find_vpid(pgid);
		member = pid_task(pgrp, PIDTYPE_PGID);
		if (!member || task_session(member) != task_session(current))
			return -EPERM;
	}
	if (task_pgrp(p) != pgrp)
		change_pid(p, PIDTYPE_PGID, pgrp);
	return 0;
}

SYSCALL_DEFINE2(setpgid, pid_t, pid, pid_t, pgid)
{
	struct task_struct *p;
	int err;

	if (!pid)
		pid = current->tgid;
	if (!pgid)
		pgid = pid;
	if (pgid < 0)
		return -EINVAL;
	write_lock_irq(&tasklist_lock);
	p = find_task_by_vpid(pid);
	err = may_move(p);
	if (!err)
		err = move_to_pgrp(p, pgid);
	write_unlock_irq(&tasklist_lock);
	return err;
}

/* Process group (or session) of a process, 0 for the caller's. */
static long group_of(pid_t pid, enum pid_type type)
{
	struct task_struct *p;
	long nr = -ESRCH;

	rcu_read_lock();
	p = pid ? find_task_by_vpid(pid) : current;
	if (p)
		nr = pid_nr(p->signal->pids[type]);
	rcu_read_unlock();
	return nr;
}

SYSCALL_DEFINE1(getpgid, pid_t, pid)
{
	return group_of(pid, PIDTYPE_PGID);
}

SYSCALL_DEFINE0(getpgrp)
{
	return group_of(0, PIDTYPE_PGID);
}

SYSCALL_DEFINE1(getsid, pid_t, pid)
{
	return group_of(pid, PIDTYPE_SID);
}

SYSCALL_DEFINE0(setsid)
{
	struct task_struct *leader = current->group_leader;
	struct pid *pid = task_pid(leader);
	long result = -EPERM;

	write_lock_irq(&tasklist_lock);
	if (!leader->signal->leader && !pid_task(pid, PIDTYPE_PGID)) {
		leader->signal->leader = 1;
		leader->signal->tty = NULL;
		if (task_session(leader) != pid)
			change_pid(leader, PIDTYPE_SID, pid);
		if (task_pgrp(leader) != pid)
			change_pid(leader, PIDTYPE_PGID, pid);
		result = pid_nr(pid);
	}
	write_unlock_irq(&tasklist_lock);
	return result;
}
