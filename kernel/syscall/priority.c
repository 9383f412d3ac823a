/*
 * Nice values of threads, process groups and users. The kernel's -20 (most important) … 19 is returned as 40 … 1, so that an
 * error is negative. Source: getpriority(2), nice(2).
 */
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/sched/prio.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>

static int limit(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

/* What is done to each selected thread: the new result from the last one. */
typedef long priority_fn(struct task_struct *p, int value, long result);

static long set_one(struct task_struct *p, int nice, long result)
{
	const struct cred *mine = current_cred(), *its = __task_cred(p);

	if (!uid_eq(its->uid, mine->euid) && !uid_eq(its->euid, mine->euid) &&
	    !capable(CAP_SYS_NICE))
		return -EPERM;
	if (nice < task_nice(p) && !can_nice(p, nice))
		return -EACCES;
	set_user_nice(p, nice);
	return result == -ESRCH ? 0 : result;
}

static long get_one(struct task_struct *p, int unused, long result)
{
	return max(result, (long)(20 - task_nice(p)));
}

static long for_group(int who, priority_fn *fn, int value, long result)
{
	struct pid *pgrp = who ? find_vpid(who) : task_pgrp(current);
	struct task_struct *leader, *t;

	do_each_pid_task(pgrp, PIDTYPE_PGID, leader)
	{
		for_each_thread(leader, t) result = fn(t, value, result);
	}
	while_each_pid_task(pgrp, PIDTYPE_PGID, leader);
	return result;
}

static long for_user(uid_t who, priority_fn *fn, int value, long result)
{
	kuid_t uid = who ? KUIDT_INIT(who) : current_uid();
	struct task_struct *leader, *t;

	for_each_process_thread(leader, t) if (uid_eq(task_uid(t), uid) && t->pid)
		result = fn(t, value, result);
	return result;
}

static long for_selected(int which, int who, priority_fn *fn, int value)
{
	struct task_struct *p;
	long result = -ESRCH;

	read_lock(&tasklist_lock);
	switch (which) {
	case PRIO_PROCESS:
		p = who ? find_task_by_vpid(who) : current;
		if (p)
			result = fn(p, value, result);
		break;
	case PRIO_PGRP:
		result = for_group(who, fn, value, result);
		break;
	case PRIO_USER:
		result = for_user((uid_t)who, fn, value, result);
		break;
	default:
		result = -EINVAL;
	}
	read_unlock(&tasklist_lock);
	return result;
}

SYSCALL_DEFINE3(setpriority, int, which, int, who, int, nice)
{
	return for_selected(which, who, set_one, limit(nice, -20, 19));
}

SYSCALL_DEFINE2(getpriority, int, which, int, who)
{
	return for_selected(which, who, get_one, 0);
}

SYSCALL_DEFINE1(nice, int, increment)
{
	int nice = limit(task_nice(current) + limit(increment, -40, 40), -20, 19);

	if (increment < 0 && !can_nice(current, nice))
		return -EPERM;
	set_user_nice(current, nice);
	return 0;
}
