/*
 * Interval timers: ITIMER_REAL is a high-resolution timer that sends SIGALRM; its next period
 * begins when the signal is taken, in kernel/process. ITIMER_VIRTUAL and ITIMER_PROF count the CPU
 * time that the tick accounts to the process, and so have the precision of a tick. All of it is
 * protected by sighand->siglock.
 */
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/time.h>
#include "time/itimer.h"
#include "time/time.h"

enum hrtimer_restart it_real_fn(struct hrtimer *timer)
{
	struct signal_struct *sig = container_of(timer, struct signal_struct, real_timer);

	kill_pid_info(SIGALRM, SEND_SIG_PRIV, sig->pids[PIDTYPE_TGID]);
	return HRTIMER_NORESTART;
}

static void read_real(struct signal_struct *sig, struct interval *now)
{
	now->value = hrtimer_active(&sig->real_timer)
			     ? max(hrtimer_get_remaining(&sig->real_timer), (ktime_t)1)
			     : 0;
	now->period = sig->it_real_incr;
}

static void set_real(struct signal_struct *sig, const struct interval *new)
{
	hrtimer_cancel(&sig->real_timer);
	sig->it_real_incr = new->value ? new->period : 0;
	if (new->value)
		hrtimer_start(&sig->real_timer, new->value, HRTIMER_MODE_REL);
}

/* CPU time so far, as ITIMER_VIRTUAL (user) or ITIMER_PROF counts it. siglock held. */
static u64 cpu_time(struct task_struct *p, int which)
{
	u64 sum = p->signal->utime + (which == ITIMER_PROF ? p->signal->stime : 0);
	struct task_struct *t;

	rcu_read_lock();
	for_each_thread(p, t) sum += t->utime + (which == ITIMER_PROF ? t->stime : 0);
	rcu_read_unlock();
	return sum;
}

static void read_cpu(struct cpu_itimer *it, int which, struct interval *now)
{
	u64 time = cpu_time(current, which);

	now->value = it->expires ? (it->expires > time ? it->expires - time : TICK_NSEC) : 0;
	now->period = it->incr;
}

static void set_cpu(struct cpu_itimer *it, int which, const struct interval *new)
{
	it->expires = new->value ? cpu_time(current, which) + new->value : 0;
	it->incr = new->value ? new->period : 0;
}

int itimer_set(int which, const struct interval *new, struct interval *old)
{
	struct signal_struct *sig = current->signal;
	unsigned long flags;

	if (which < ITIMER_REAL || which > ITIMER_PROF)
		return -EINVAL;
	spin_lock_irqsave(&current->sighand->siglock, flags);
	if (which == ITIMER_REAL)
		read_real(sig, old);
	else
		read_cpu(&sig->it[which - 1], which, old);
	if (new &&which == ITIMER_REAL)
		set_real(sig, new);
	else if (new)
		set_cpu(&sig->it[which - 1], which, new);
	spin_unlock_irqrestore(&current->sighand->siglock, flags);
	return 0;
}

int itimer_get(int which, struct interval *now)
{
	return itimer_set(which, NULL, now);
}

static void check_cpu(struct task_struct *p, int which, int signal)
{
	struct cpu_itimer *it = &p->signal->it[which - 1];
	u64 time;

	if (likely(!it->expires))
		return;
	time = cpu_time(p, which);
	if (time < it->expires)
		return;
	it->expires = it->incr ? time + it->incr : 0;
	kill_pid_info(signal, SEND_SIG_PRIV, p->signal->pids[PIDTYPE_TGID]);
}

void itimer_tick(void)
{
	if (!current->signal || current->flags & PF_EXITING)
		return;
	check_cpu(current, ITIMER_VIRTUAL, SIGVTALRM);
	check_cpu(current, ITIMER_PROF, SIGPROF);
}
