/*
 * Sleeping for a time in jiffies or milliseconds, and waiting in a loop for very short times. A
 * sleeping task arms a timer on its stack that wakes it; who wakes it earlier finds out how much is
 * left. The loops count time-stamp cycles; before the clock is calibrated they count accesses to
 * port 0x80, which take about a microsecond each.
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/timer.h>
#include <linux/timekeeping.h>
#include <asm/io.h>
#include <asm/msr.h>
#include <asm/processor.h>
#include "time/time.h"

#define DELAY_PORT 0x80

struct timeout {
	struct timer_list timer;
	struct task_struct *task;
};

static void timeout_over(struct timer_list *t)
{
	struct timeout *timeout = from_timer(timeout, t, timer);

	wake_up_state(timeout->task, TASK_NORMAL | TASK_WAKEKILL);
}

signed long schedule_timeout(signed long timeout)
{
	struct timeout wait = { .task = current };
	unsigned long expire;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	if (timeout < 0) {
		printk(KERN_ERR "schedule_timeout: wrong timeout value %lx\n", timeout);
		dump_stack();
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	expire = jiffies + timeout;
	timer_setup_on_stack(&wait.timer, timeout_over, 0);
	mod_timer(&wait.timer, expire);
	schedule();
	del_timer_sync(&wait.timer);
	timeout = expire - jiffies;
	return max(timeout, 0L);
}
EXPORT_SYMBOL(schedule_timeout);

signed long schedule_timeout_interruptible(signed long timeout)
{
	__set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_interruptible);

signed long schedule_timeout_killable(signed long timeout)
{
	__set_current_state(TASK_KILLABLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_killable);

signed long schedule_timeout_uninterruptible(signed long timeout)
{
	__set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_uninterruptible);

signed long schedule_timeout_idle(signed long timeout)
{
	__set_current_state(TASK_IDLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_idle);

void io_schedule(void)
{
	iowait_begin();
	schedule();
	iowait_end();
}
EXPORT_SYMBOL(io_schedule);

long io_schedule_timeout(long timeout)
{
	iowait_begin();
	timeout = schedule_timeout(timeout);
	iowait_end();
	return timeout;
}
EXPORT_SYMBOL(io_schedule_timeout);

void msleep(unsigned int msecs)
{
	unsigned long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout)
		timeout = schedule_timeout_uninterruptible(timeout);
}
EXPORT_SYMBOL(msleep);

unsigned long msleep_interruptible(unsigned int msecs)
{
	unsigned long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout && !signal_pending(current))
		timeout = schedule_timeout_interruptible(timeout);
	return jiffies_to_msecs(timeout);
}
EXPORT_SYMBOL(msleep_interruptible);

void usleep_range(unsigned long min, unsigned long max)
{
	ktime_t end = ktime_add_us(ktime_get(), min);

	do {
		__set_current_state(TASK_UNINTERRUPTIBLE);
	} while (
		schedule_hrtimeout_range(&end, (u64)(max - min) * NSEC_PER_USEC, HRTIMER_MODE_ABS));
}
EXPORT_SYMBOL(usleep_range);

static void spin_cycles(u64 cycles)
{
	u64 start = rdtsc();

	while (rdtsc() - start < cycles)
		cpu_relax();
}

void udelay(unsigned long usecs)
{
	if (likely(tsc_khz))
		spin_cycles(div_u64((u64)usecs * tsc_khz, 1000) + 1);
	else
		while (usecs--)
			outb(0, DELAY_PORT);
}
EXPORT_SYMBOL(udelay);

void ndelay(unsigned long nsecs)
{
	if (likely(tsc_khz))
		spin_cycles(div_u64((u64)nsecs * tsc_khz, 1000000) + 1);
	else
		udelay(nsecs / 1000 + 1);
}
EXPORT_SYMBOL(ndelay);

void mdelay(unsigned long msecs)
{
	while (msecs--)
		udelay(1000);
}
EXPORT_SYMBOL(mdelay);
