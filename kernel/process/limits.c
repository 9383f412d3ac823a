/*
 * Resource limits: RLIMIT_* of a process, shared by its threads, inherited at fork. Read without a lock (a word each),
 * changed under task_lock(group_leader). Source: getrlimit(2).
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define NR_OPEN_MAX (1024 * 1024)
#define OLD_INFINITY 0x7fffffffu /* how the old call says "no limit" */

unsigned long task_rlimit(const struct task_struct *task, unsigned int limit)
{
	return READ_ONCE(task->signal->rlim[limit].rlim_cur);
}
EXPORT_SYMBOL(task_rlimit);

unsigned long task_rlimit_max(const struct task_struct *task, unsigned int limit)
{
	return READ_ONCE(task->signal->rlim[limit].rlim_max);
}
EXPORT_SYMBOL(task_rlimit_max);

unsigned long rlimit(unsigned int limit)
{
	return task_rlimit(current, limit);
}
EXPORT_SYMBOL(rlimit);

unsigned long rlimit_max(unsigned int limit)
{
	return task_rlimit_max(current, limit);
}
EXPORT_SYMBOL(rlimit_max);

static int limit_check(struct task_struct *p, unsigned int resource, const struct rlimit *new)
{
	if (new->rlim_cur > new->rlim_max)
		return -EINVAL;
	if (resource == RLIMIT_NOFILE && new->rlim_max > NR_OPEN_MAX)
		return -EPERM;
	if (new->rlim_max > task_rlimit_max(p, resource) && !capable(CAP_SYS_RESOURCE))
		return -EPERM;
	return 0;
}

/* Reads and changes a limit of p; either may be NULL. */
static int limit_change(struct task_struct *p, unsigned int resource, const struct rlimit *new,
			struct rlimit *old)
{
	struct rlimit *limit;
	int err = 0;

	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	limit = &p->signal->rlim[resource];
	task_lock(p->group_leader);
	if (new)
		err = limit_check(p, resource, new);
	if (!err && old)
		*old = *limit;
	if (!err && new)
		*limit = *new;
	task_unlock(p->group_leader);
	return err;
}

SYSCALL_DEFINE2(getrlimit, unsigned int, resource, struct rlimit __user *, rlim)
{
	struct rlimit value;
	int err = limit_change(current, resource, NULL, &value);

	if (!err && copy_to_user(rlim, &value, sizeof(value)))
		err = -EFAULT;
	return err;
}

SYSCALL_DEFINE2(old_getrlimit, unsigned int, resource, struct rlimit __user *, rlim)
{
	struct rlimit value;
	int err = limit_change(current, resource, NULL, &value);

	if (err)
		return err;
	value.rlim_cur = min(value.rlim_cur, (unsigned long)OLD_INFINITY);
	value.rlim_max = min(value.rlim_max, (unsigned long)OLD_INFINITY);
	return copy_to_user(rlim, &value, sizeof(value)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(setrlimit, unsigned int, resource, struct rlimit __user *, rlim)
{
	struct rlimit value;

	if (copy_from_user(&value, rlim, sizeof(value)))
		return -EFAULT;
	return limit_change(current, resource, &value, NULL);
}

/* May the current task see and change the limits of p? */
static bool may_limit(struct task_struct *p)
{
	const struct cred *mine = current_cred(), *its = __task_cred(p);

	return same_thread_group(current, p) || capable(CAP_SYS_RESOURCE) ||
	       (uid_eq(mine->uid, its->euid) && uid_eq(mine->uid, its->suid) &&
		uid_eq(mine->uid, its->uid) && gid_eq(mine->gid, its->egid) &&
		gid_eq(mine->gid, its->sgid) && gid_eq(mine->gid, its->gid));
}

static unsigned long narrow(u64 value)
{
	return value >= RLIM_INFINITY ? RLIM_INFINITY : (unsigned long)value;
}

static u64 widen(unsigned long value)
{
	return value == RLIM_INFINITY ? RLIM64_INFINITY : value;
}

SYSCALL_DEFINE4(prlimit64, pid_t, pid, unsigned int, resource, const struct rlimit64 __user *,
		new_limit, struct rlimit64 __user *, old_limit)
{
	struct rlimit64 wide;
	struct rlimit new, old;
	struct task_struct *p;
	int err;

	if (new_limit) {
		if (copy_from_user(&wide, new_limit, sizeof(wide)))
			return -EFAULT;
		new = (struct rlimit){ narrow(wide.rlim_cur), narrow(wide.rlim_max) };
	}
	p = pid ? find_get_task_by_vpid(pid) : get_task_struct(current);
	if (!p)
		return -ESRCH;
	err = may_limit(p) ? limit_change(p, resource, new_limit ? &new : NULL, &old) : -EPERM;
	put_task_struct(p);
	if (err || !old_limit)
		return err;
	wide = (struct rlimit64){ widen(old.rlim_cur), widen(old.rlim_max) };
	return copy_to_user(old_limit, &wide, sizeof(wide)) ? -EFAULT : 0;
}
