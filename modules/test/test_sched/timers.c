/* Timers, high-resolution timers, sleeping, clocks, tasklets. */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>
#include "test_sched.h"

#define TIMERS 5

struct numbered_timer {
	struct timer_list timer;
	int number;
	unsigned long fired_at;
};

static int fired, order[TIMERS];

static void note(struct timer_list *t)
{
	struct numbered_timer *n = from_timer(n, t, timer);

	n->fired_at = jiffies;
	order[fired++] = n->number;
}

void timer_fires_in_order(struct test *test)
{
	static const int delays[TIMERS] = { 9, 1, 7, 3, 5 };
	static struct numbered_timer timers[TIMERS];
	unsigned long start = jiffies;

	fired = 0;
	for (int i = 0; i < TIMERS; i++) {
		timers[i].number = delays[i];
		timer_setup(&timers[i].timer, note, 0);
		mod_timer(&timers[i].timer, start + delays[i]);
		EXPECT(test, timer_pending(&timers[i].timer));
	}
	msleep(130);
	EXPECT_EQ(test, fired, TIMERS);
	for (int i = 0; i < fired; i++)
		EXPECT_EQ(test, order[i], 2 * i + 1);
	for (int i = 0; i < TIMERS; i++) {
		EXPECT_GE(test, timers[i].fired_at - start, (unsigned long)delays[i]);
		EXPECT_LE(test, timers[i].fired_at - start, (unsigned long)delays[i] + 2);
		EXPECT(test, !timer_pending(&timers[i].timer));
	}
}

void timer_modified_and_deleted(struct test *test)
{
	static struct numbered_timer n;

	fired = 0;
	timer_setup(&n.timer, note, 0);
	EXPECT_EQ(test, mod_timer(&n.timer, jiffies + 2), 0);
	EXPECT_EQ(test, mod_timer(&n.timer, jiffies + 100000), 1);
	msleep(40);
	EXPECT_EQ(test, fired, 0);
	EXPECT_EQ(test, del_timer_sync(&n.timer), 1);
	EXPECT_EQ(test, del_timer_sync(&n.timer), 0);
	n.timer.expires = jiffies;
	add_timer(&n.timer);
	msleep(30);
	EXPECT_EQ(test, fired, 1);
}

static ktime_t hr_fired;
static int hr_count;

static enum hrtimer_restart hr_note(struct hrtimer *timer)
{
	hr_fired = ktime_get();
	hr_count++;
	return HRTIMER_NORESTART;
}

void hrtimer_is_precise(struct test *test)
{
	struct hrtimer timer;
	ktime_t start, late;

	hr_count = 0;
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = hr_note;
	start = ktime_get();
	hrtimer_start(&timer, us_to_ktime(1500), HRTIMER_MODE_REL);
	EXPECT(test, hrtimer_active(&timer));
	usleep_range(4000, 4000);
	EXPECT_EQ(test, hr_count, 1);
	late = hr_fired - start - us_to_ktime(1500);
	EXPECT_GE(test, late, 0);
	test_note(test, "late by %lld ns", late);
	hrtimer_start(&timer, ms_to_ktime(1000), HRTIMER_MODE_REL);
	EXPECT_EQ(test, hrtimer_cancel(&timer), 1);
	EXPECT_EQ(test, hrtimer_cancel(&timer), 0);
	EXPECT_EQ(test, hr_count, 1);
}

static enum hrtimer_restart hr_repeat(struct hrtimer *timer)
{
	hrtimer_forward_now(timer, ms_to_ktime(2));
	return ++hr_count < 10 ? HRTIMER_RESTART : HRTIMER_NORESTART;
}

void hrtimer_periodic(struct test *test)
{
	struct hrtimer timer;

	hr_count = 0;
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = hr_repeat;
	hrtimer_start(&timer, ms_to_ktime(2), HRTIMER_MODE_REL);
	msleep(60);
	hrtimer_cancel(&timer);
	EXPECT_EQ(test, hr_count, 10);
}

void sleeping_takes_time(struct test *test)
{
	ktime_t start = ktime_get();
	unsigned long before = jiffies;

	msleep(50);
	EXPECT_GE(test, ktime_ms_delta(ktime_get(), start), 50);
	EXPECT_GE(test, jiffies - before, 5UL);
	start = ktime_get();
	usleep_range(300, 400);
	EXPECT_GE(test, ktime_us_delta(ktime_get(), start), 300);
	start = ktime_get();
	udelay(200);
	EXPECT_GE(test, ktime_us_delta(ktime_get(), start), 199);
	start = ktime_get();
	set_current_state(TASK_INTERRUPTIBLE);
	EXPECT_EQ(test, schedule_timeout(3), 0);
}

void clock_is_monotonic(struct test *test)
{
	ktime_t last = ktime_get();

	for (int i = 0; i < 20000; i++) {
		ktime_t now = ktime_get();

		if (now < last) {
			EXPECT_GE(test, now, last);
			break;
		}
		last = now;
	}
	EXPECT_GT(test, ktime_get_real_seconds(), 1577836800); /* 2020 */
}

static int tasklet_runs;

static void count_tasklet(struct tasklet_struct *t)
{
	tasklet_runs++;
}

void tasklet_runs_once(struct test *test)
{
	static DECLARE_TASKLET(tasklet, count_tasklet);

	tasklet_runs = 0;
	local_bh_disable();
	tasklet_schedule(&tasklet);
	tasklet_schedule(&tasklet);
	EXPECT_EQ(test, tasklet_runs, 0);
	local_bh_enable();
	msleep(20);
	EXPECT_EQ(test, tasklet_runs, 1);
	tasklet_disable(&tasklet);
	tasklet_schedule(&tasklet);
	msleep(20);
	EXPECT_EQ(test, tasklet_runs, 1);
	tasklet_enable(&tasklet);
	msleep(20);
	EXPECT_EQ(test, tasklet_runs, 2);
	tasklet_kill(&tasklet);
}
