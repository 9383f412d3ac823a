/*
 * System calls about scheduling: policies, priorities, affinity. Process context. Source: sched(7),
 * sched_setscheduler(2), sched_setaffinity(2), sched_setattr(2).
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include <uapi/linux/sched/types.h>

static bool rt_policy(int policy)
{
	return policy == SCHED_FIFO || policy == SCHED_RR;
}

/* The task with a reference, 0: the caller. NULL: there is none. */
static struct task_struct *find_task(pid_t pid)
{
	struct task_struct *p;

	rcu_read_lock();
	p = pid ? find_task_by_vpid(pid) : current;
	if (p)
		get_task_struct(p);
	rcu_read_unlock();
	return p;
}

static bool same_owner(struct task_struct *p)
{
	bool same;

	rcu_read_lock();
	same = uid_eq(current_euid(), __task_cred(p)->euid) ||
	       uid_eq(current_euid(), __task_cred(p)->uid);
	rcu_read_unlock();
	return same;
}

/*
 * Without CAP_SYS_NICE: only one's own tasks, and no more priority than the limit or what it has.
 */
static int may_set(struct task_struct *p, int policy, int priority)
{
	unsigned long limit = task_rlimit(p, RLIMIT_RTPRIO);

	if (capable(CAP_SYS_NICE))
		return 0;
	if (!same_owner(p))
		return -EPERM;
	if (!rt_policy(policy))
		return 0;
	if (policy != p->policy && !limit)
		return -EPERM;
	return priority > (int)p->rt_priority && priority > limit ? -EPERM : 0;
}

static int set_policy(pid_t pid, int policy, const struct sched_param __user *param)
{
	struct sched_param p;
	struct task_struct *task;
	int error;

	if (pid < 0 || !param)
		return -EINVAL;
	if (copy_from_user(&p, param, sizeof(p)))
		return -EFAULT;
	task = find_task(pid);
	if (!task)
		return -ESRCH;
	if (policy < 0)
		policy = task->policy;
	error = may_set(task, policy & ~SCHED_RESET_ON_FORK, p.sched_priority);
	if (!error)
		error = sched_setscheduler_nocheck(task, policy, &p);
	put_task_struct(task);
	return error;
}

SYSCALL_DEFINE3(sched_setscheduler, pid_t, pid, int, policy, const struct sched_param __user *,
		param)
{
	return policy < 0 ? -EINVAL : set_policy(pid, policy, param);
}

SYSCALL_DEFINE2(sched_setparam, pid_t, pid, const struct sched_param __user *, param)
{
	return set_policy(pid, -1, param);
}

SYSCALL_DEFINE1(sched_getscheduler, pid_t, pid)
{
	struct task_struct *task;
	int policy;

	if (pid < 0)
		return -EINVAL;
	task = find_task(pid);
	if (!task)
		return -ESRCH;
	policy = task->policy | (task->sched_reset_on_fork ? SCHED_RESET_ON_FORK : 0);
	put_task_struct(task);
	return policy;
}

SYSCALL_DEFINE2(sched_getparam, pid_t, pid, struct sched_param __user *, param)
{
	struct sched_param p = { 0 };
	struct task_struct *task;

	if (pid < 0 || !param)
		return -EINVAL;
	task = find_task(pid);
	if (!task)
		return -ESRCH;
	p.sched_priority = task->rt_priority;
	put_task_struct(task);
	return copy_to_user(param, &p, sizeof(p)) ? -EFAULT : 0;
}

SYSCALL_DEFINE0(sched_yield)
{
	yield();
	return 0;
}

static int priority_limit(int policy, int rt_value)
{
	switch (policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		return rt_value;
	case SCHED_NORMAL:
	case SCHED_BATCH:
	case SCHED_IDLE:
		return 0;
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE1(sched_get_priority_max, int, policy)
{
	return priority_limit(policy, MAX_RT_PRIO - 1);
}

SYSCALL_DEFINE1(sched_get_priority_min, int, policy)
{
	return priority_limit(policy, 1);
}

static int round_robin_interval(pid_t pid, struct timespec64 *ts)
{
	struct task_struct *task;

	if (pid < 0)
		return -EINVAL;
	task = find_task(pid);
	if (!task)
		return -ESRCH;
	jiffies_to_timespec64(task->policy == SCHED_FIFO ? 0 : task_time_slice(task), ts);
	put_task_struct(task);
	return 0;
}

SYSCALL_DEFINE2(sched_rr_get_interval, pid_t, pid, struct __kernel_timespec __user *, interval)
{
	struct timespec64 ts;
	int error = round_robin_interval(pid, &ts);

	return error ? error : put_timespec64(&ts, interval);
}

SYSCALL_DEFINE2(sched_rr_get_interval_time32, pid_t, pid, void __user *, interval)
{
	struct timespec64 ts;
	int error = round_robin_interval(pid, &ts);

	return error ? error : put_old_timespec32(&ts, interval);
}

/* One CPU: the only set that can be had is { 0 }. */
SYSCALL_DEFINE3(sched_setaffinity, pid_t, pid, unsigned int, len, const unsigned long __user *,
		user_mask)
{
	unsigned long mask = 0;
	struct task_struct *task = find_task(pid);
	int error = 0;

	if (!task)
		return -ESRCH;
	if (copy_from_user(&mask, user_mask, min_t(size_t, len, sizeof(mask))))
		error = -EFAULT;
	else if (!same_owner(task) && !capable(CAP_SYS_NICE))
		error = -EPERM;
	else if (!(mask & 1))
		error = -EINVAL;
	put_task_struct(task);
	return error;
}

SYSCALL_DEFINE3(sched_getaffinity, pid_t, pid, unsigned int, len, unsigned long __user *, user_mask)
{
	struct task_struct *task;

	if (len < sizeof(unsigned long) || len & (sizeof(unsigned long) - 1))
		return -EINVAL;
	task = find_task(pid);
	if (!task)
		return -ESRCH;
	put_task_struct(task);
	return put_user(1UL, user_mask) ? -EFAULT : (long)sizeof(unsigned long);
}

/* The first version of struct sched_attr. */
struct sched_attr_0 {
	u32 size, sched_policy;
	u64 sched_flags;
	s32 sched_nice;
	u32 sched_priority;
	u64 sched_runtime, sched_deadline, sched_period;
} __packed;
static_assert(sizeof(struct sched_attr_0) == 48);

#define SCHED_FLAG_RESET_ON_FORK 1

static int apply_attr(struct task_struct *task, const struct sched_attr_0 *attr)
{
	const struct sched_param param = { .sched_priority = attr->sched_priority };
	int policy = attr->sched_policy |
		     (attr->sched_flags & SCHED_FLAG_RESET_ON_FORK ? SCHED_RESET_ON_FORK : 0);
	int error = may_set(task, attr->sched_policy, attr->sched_priority);

	if (!error && !rt_policy(attr->sched_policy) && attr->sched_nice < task_nice(task) &&
	    !can_nice(task, attr->sched_nice))
		error = -EPERM;
	if (!error)
		error = sched_setscheduler_nocheck(task, policy, &param);
	if (!error && !rt_policy(attr->sched_policy))
		set_user_nice(task, attr->sched_nice);
	return error;
}

SYSCALL_DEFINE3(sched_setattr, pid_t, pid, struct sched_attr_0 __user *, uattr, unsigned int, flags)
{
	struct sched_attr_0 attr;
	struct task_struct *task;
	int error;

	if (pid < 0 || !uattr || flags)
		return -EINVAL;
	if (copy_from_user(&attr, uattr, sizeof(attr)))
		return -EFAULT;
	if (attr.size && attr.size < sizeof(attr))
		return -EINVAL;
	if ((attr.sched_flags & ~SCHED_FLAG_RESET_ON_FORK) || attr.sched_nice < MIN_NICE ||
	    attr.sched_nice > MAX_NICE)
		return -EINVAL;
	task = find_task(pid);
	if (!task)
		return -ESRCH;
	error = apply_attr(task, &attr);
	put_task_struct(task);
	return error;
}

SYSCALL_DEFINE4(sched_getattr, pid_t, pid, struct sched_attr_0 __user *, uattr, unsigned int, size,
		unsigned int, flags)
{
	struct sched_attr_0 attr = { .size = sizeof(attr) };
	struct task_struct *task;

	if (pid < 0 || !uattr || flags || size < sizeof(attr))
		return -EINVAL;
	task = find_task(pid);
	if (!task)
		return -ESRCH;
	attr.sched_policy = task->policy;
	attr.sched_flags = task->sched_reset_on_fork ? SCHED_FLAG_RESET_ON_FORK : 0;
	attr.sched_nice = rt_policy(task->policy) ? 0 : task_nice(task);
	attr.sched_priority = task->rt_priority;
	put_task_struct(task);
	return copy_to_user(uattr, &attr, sizeof(attr)) ? -EFAULT : 0;
}
