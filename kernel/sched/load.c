/*
 * How busy the machine is and what its tasks do: load averages, accounting of CPU time, and the
 * state listings of sysrq.
 *
 * CPU time is accounted by the tick: who runs when it comes gets the whole tick, as user, nice or
 * system time. Load averages are exponentially damped over 1, 5 and 15 minutes, brought up to date
 * every 5 seconds in fixed point with 11 bits.
 */
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kernel_stat.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include "sched/sched.h"

#define LOAD_INTERVAL (5 * HZ + 1)
/* FIXED_1 / exp(5 s / period) */
#define EXP_1 1884
#define EXP_5 2014
#define EXP_15 2037

unsigned long avenrun[3];
EXPORT_SYMBOL(avenrun);
struct kernel_cpustat kernel_cpustat;

static unsigned long damp(unsigned long load, unsigned long exp, unsigned long active)
{
	unsigned long sum = load * exp + active * (FIXED_1 - exp);

	if (active >= load)
		sum += FIXED_1 - 1;
	return sum / FIXED_1;
}

void load_tick(void)
{
	static unsigned long next = INITIAL_JIFFIES + LOAD_INTERVAL;
	unsigned long active;

	if (time_before(jiffies, next))
		return;
	next += LOAD_INTERVAL;
	active = (run_queue.nr_running + run_queue.nr_uninterruptible) * FIXED_1;
	avenrun[0] = damp(avenrun[0], EXP_1, active);
	avenrun[1] = damp(avenrun[1], EXP_5, active);
	avenrun[2] = damp(avenrun[2], EXP_15, active);
}

void account_tick(bool user, unsigned int ticks)
{
	struct task_struct *p = current;
	u64 time = (u64)ticks * TICK_NSEC;
	enum cpu_usage_stat kind;

	if (user) {
		p->utime += time;
		kind = p->static_prio > DEFAULT_PRIO ? CPUTIME_NICE : CPUTIME_USER;
	} else if (is_idle_task(p) && softirq_count() == 0) {
		kind = run_queue.nr_iowait ? CPUTIME_IOWAIT : CPUTIME_IDLE;
	} else {
		p->stime += time;
		kind = in_serving_softirq() ? CPUTIME_SOFTIRQ : CPUTIME_SYSTEM;
	}
	kernel_cpustat.cpustat[kind] += time;
}

u64 task_sched_runtime(struct task_struct *p)
{
	return p->utime + p->stime;
}

void iowait_begin(void)
{
	unsigned long flags = rq_lock();

	current->in_iowait = true;
	run_queue.nr_iowait++;
	rq_unlock(flags);
}

void iowait_end(void)
{
	unsigned long flags = rq_lock();

	current->in_iowait = false;
	run_queue.nr_iowait--;
	rq_unlock(flags);
}

static const struct {
	unsigned int state;
	char letter;
	const char *name;
} states[] = {
	{ EXIT_DEAD, 'X', "X (dead)" },
	{ EXIT_ZOMBIE, 'Z', "Z (zombie)" },
	{ TASK_DEAD, 'X', "X (dead)" },
	{ TASK_PARKED, 'P', "P (parked)" },
	{ __TASK_TRACED, 't', "t (tracing stop)" },
	{ __TASK_STOPPED, 'T', "T (stopped)" },
	{ TASK_NOLOAD, 'I', "I (idle)" },
	{ TASK_UNINTERRUPTIBLE, 'D', "D (disk sleep)" },
	{ TASK_INTERRUPTIBLE, 'S', "S (sleeping)" },
};

static int state_index(const struct task_struct *p)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(states); i++)
		if ((p->state | p->exit_state) & states[i].state)
			return i;
	return -1;
}

char task_state_to_char(const struct task_struct *p)
{
	int i = state_index(p);

	return i < 0 ? 'R' : states[i].letter;
}

const char *task_state_name(const struct task_struct *p)
{
	int i = state_index(p);

	return i < 0 ? "R (running)" : states[i].name;
}

void sched_show_task(struct task_struct *p)
{
	printk(KERN_INFO "task:%-15s state:%c pid:%5d ppid:%6d flags:0x%08x\n", p->comm,
	       task_state_to_char(p), p->pid, p->real_parent ? p->real_parent->tgid : 0, p->flags);
	show_stack(p, NULL, KERN_INFO);
}
EXPORT_SYMBOL_GPL(sched_show_task);

void show_state_filter(unsigned long state_filter)
{
	struct task_struct *g, *p;

	rcu_read_lock();
	for_each_process_thread(g, p) if (!state_filter || (p->state & state_filter))
		sched_show_task(p);
	rcu_read_unlock();
}

void set_task_comm(struct task_struct *tsk, const char *from)
{
	unsigned long flags;

	local_irq_save(flags);
	strscpy_pad(tsk->comm, from, sizeof(tsk->comm));
	local_irq_restore(flags);
}

char *get_task_comm(char *buf, struct task_struct *tsk)
{
	unsigned long flags;

	local_irq_save(flags);
	memcpy(buf, tsk->comm, sizeof(tsk->comm));
	local_irq_restore(flags);
	return buf;
}
EXPORT_SYMBOL(get_task_comm);
