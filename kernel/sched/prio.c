/*
 * Priorities: nice values, policies, and priority lent by waiters for a mutex.
 *
 * normal_prio follows from policy and nice value alone. prio, by which the task is queued, is that
 * or, for ordinary tasks, up to 5 steps better or worse by how much it slept lately, or the
 * priority lent to it if that is better. Changes happen with the run queue locked.
 */
#include <linux/capability.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <uapi/linux/sched/types.h>
#include "sched/sched.h"

static bool rt_policy(int policy)
{
	return policy == SCHED_FIFO || policy == SCHED_RR;
}

int effective_prio(const struct task_struct *p)
{
	int prio = p->normal_prio;

	if (!rt_prio(prio)) {
		prio -= (int)(p->se.sleep_avg / (MAX_SLEEP_AVG / MAX_BONUS)) - MAX_BONUS / 2;
		prio = clamp(prio, MAX_RT_PRIO, MAX_PRIO - 1);
	}
	return min(prio, p->boost_prio);
}

/* Nice -20 … 19: 800 … 5 ms, as long as at least one tick; nice 0: 100 ms. */
unsigned int task_time_slice(const struct task_struct *p)
{
	int scale = p->static_prio < DEFAULT_PRIO ? 20 : 5; /* ms per step of priority */
	unsigned int ms = (MAX_PRIO - p->static_prio) * scale;

	return max(ms * HZ / 1000, 1U);
}

void sched_boost(struct task_struct *p, int prio)
{
	unsigned long flags = rq_lock();

	p->boost_prio = prio;
	requeue_task(p);
	rq_unlock(flags);
}

void set_user_nice(struct task_struct *p, long nice)
{
	unsigned long flags;

	nice = clamp(nice, (long)MIN_NICE, (long)MAX_NICE);
	flags = rq_lock();
	p->static_prio = NICE_TO_PRIO(nice);
	if (!rt_policy(p->policy)) {
		p->normal_prio = p->static_prio;
		p->se.time_slice = min(p->se.time_slice, task_time_slice(p));
		requeue_task(p);
	}
	rq_unlock(flags);
}
EXPORT_SYMBOL(set_user_nice);

int task_nice(const struct task_struct *p)
{
	return PRIO_TO_NICE(p->static_prio);
}
EXPORT_SYMBOL(task_nice);

int task_prio(const struct task_struct *p)
{
	return p->prio - MAX_RT_PRIO;
}
EXPORT_SYMBOL_GPL(task_prio);

int can_nice(const struct task_struct *p, const int nice)
{
	return nice >= task_nice(p) || capable(CAP_SYS_NICE);
}

int sched_setscheduler_nocheck(struct task_struct *p, int policy, const struct sched_param *param)
{
	bool reset = policy & SCHED_RESET_ON_FORK;
	int priority = param->sched_priority;
	unsigned long flags;

	policy &= ~SCHED_RESET_ON_FORK;
	if (policy != SCHED_NORMAL && policy != SCHED_BATCH && policy != SCHED_IDLE &&
	    !rt_policy(policy))
		return -EINVAL;
	if (rt_policy(policy) ? priority < 1 || priority >= MAX_RT_PRIO : priority)
		return -EINVAL;
	flags = rq_lock();
	p->policy = policy;
	p->rt_priority = priority;
	p->sched_reset_on_fork = reset;
	p->normal_prio = rt_policy(policy) ? MAX_RT_PRIO - 1 - priority : p->static_prio;
	if (policy == SCHED_IDLE)
		p->normal_prio = MAX_PRIO - 1;
	p->se.time_slice = task_time_slice(p);
	requeue_task(p);
	rq_unlock(flags);
	return 0;
}

int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param)
{
	if (rt_policy(policy & ~SCHED_RESET_ON_FORK) && !capable(CAP_SYS_NICE))
		return -EPERM;
	return sched_setscheduler_nocheck(p, policy, param);
}

void sched_set_fifo(struct task_struct *p)
{
	const struct sched_param param = { .sched_priority = MAX_RT_PRIO / 2 };

	sched_setscheduler_nocheck(p, SCHED_FIFO, &param);
}
EXPORT_SYMBOL_GPL(sched_set_fifo);

void sched_set_fifo_low(struct task_struct *p)
{
	const struct sched_param param = { .sched_priority = 1 };

	sched_setscheduler_nocheck(p, SCHED_FIFO, &param);
}
EXPORT_SYMBOL_GPL(sched_set_fifo_low);

void sched_set_normal(struct task_struct *p, int nice)
{
	const struct sched_param param = { .sched_priority = 0 };

	sched_setscheduler_nocheck(p, SCHED_NORMAL, &param);
	set_user_nice(p, nice);
}
EXPORT_SYMBOL_GPL(sched_set_normal);
