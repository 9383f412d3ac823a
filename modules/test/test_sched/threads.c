/* Kernel threads, priorities, preemption, notifier chains. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/notifier.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include "test_sched.h"

static int wait_for_stop(void *data)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return (long)data;
}

void thread_stop_returns_value(struct test *test)
{
	struct task_struct *t = kthread_run(wait_for_stop, (void *)42, "stop me %d", 7);

	REQUIRE(test, !IS_ERR(t));
	EXPECT_STREQ(test, t->comm, "stop me 7");
	EXPECT(test, kthread_data(t) == (void *)42);
	EXPECT(test, t->flags & PF_KTHREAD);
	msleep(20); /* stopped earlier, it would never call its function */
	EXPECT_EQ(test, kthread_stop(t), 42);
}

static int loops;

static int count_and_park(void *unused)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		loops++;
		msleep(1);
	}
	return 0;
}

void thread_parks(struct test *test)
{
	struct task_struct *t = kthread_run(count_and_park, NULL, "parker");
	int seen;

	REQUIRE(test, !IS_ERR(t));
	EXPECT_EQ(test, kthread_park(t), 0);
	seen = loops;
	msleep(40);
	EXPECT_EQ(test, loops, seen);
	kthread_unpark(t);
	msleep(60);
	EXPECT_GT(test, loops, seen);
	kthread_stop(t);
}

void stopped_before_it_ran(struct test *test)
{
	struct task_struct *t = kthread_create(wait_for_stop, NULL, "never");

	REQUIRE(test, !IS_ERR(t));
	EXPECT_EQ(test, kthread_stop(t), -EINTR);
}

static volatile int ran;

static int set_ran(void *unused)
{
	ran = 1;
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

/* A real-time thread runs the moment it is woken; an ordinary one of low priority does not. */
void realtime_preempts(struct test *test)
{
	struct task_struct *rt = kthread_create(set_ran, NULL, "rt"), *low;

	REQUIRE(test, !IS_ERR(rt));
	sched_set_fifo(rt);
	ran = 0;
	wake_up_process(rt);
	EXPECT_EQ(test, ran, 1);
	kthread_stop(rt);
	low = kthread_create(set_ran, NULL, "low");
	REQUIRE(test, !IS_ERR(low));
	set_user_nice(low, 19);
	ran = 0;
	preempt_disable();
	wake_up_process(low);
	EXPECT_EQ(test, ran, 0);
	preempt_enable();
	msleep(100);
	EXPECT_EQ(test, ran, 1);
	kthread_stop(low);
}

static int spin_and_count(void *data)
{
	volatile unsigned long *counter = data;

	while (!kthread_should_stop())
		++*counter;
	return 0;
}

void nice_gets_more(struct test *test)
{
	static volatile unsigned long counters[2];
	struct task_struct *t[2];

	counters[0] = counters[1] = 0;
	for (int i = 0; i < 2; i++) {
		t[i] = kthread_create(spin_and_count, (void *)&counters[i], "spin%d", i);
		REQUIRE(test, !IS_ERR(t[i]));
		set_user_nice(t[i], i ? 10 : 0);
	}
	wake_up_process(t[0]);
	wake_up_process(t[1]);
	/* The host may take the processor away from one of them for a while; not from the same one all the time. */
	for (int i = 0; i < 10 && (i < 2 || counters[0] <= counters[1] * 5 / 4); i++)
		msleep(500);
	for (int i = 0; i < 2; i++)
		kthread_stop(t[i]);
	EXPECT_GT(test, counters[1], 0UL);
	EXPECT_GT(test, counters[0], counters[1] * 5 / 4);
	test_note(test, "nice 0: %lu, nice 10: %lu rounds", counters[0], counters[1]);
}

/* A thread that never sleeps does not keep others from running, nor from being punctual. */
void kernel_is_preemptible(struct test *test)
{
	static volatile unsigned long counter;
	struct task_struct *t = kthread_run(spin_and_count, (void *)&counter, "spinner");
	unsigned long start = jiffies;

	REQUIRE(test, !IS_ERR(t));
	for (int i = 0; i < 10; i++)
		msleep(10);
	EXPECT_LE(test, jiffies - start, 60UL);
	EXPECT_GT(test, counter, 0UL);
	kthread_stop(t);
}

static int calls[3], call_count;

static int note_first(struct notifier_block *nb, unsigned long action, void *data)
{
	calls[call_count++] = nb->priority;
	return NOTIFY_OK;
}

static int note_last(struct notifier_block *nb, unsigned long action, void *data)
{
	calls[call_count++] = nb->priority;
	return NOTIFY_STOP;
}

void notifiers_by_priority(struct test *test)
{
	static BLOCKING_NOTIFIER_HEAD(chain);
	static struct notifier_block low = { .notifier_call = note_first, .priority = 1 };
	static struct notifier_block high = { .notifier_call = note_first, .priority = 9 };
	static struct notifier_block stop = { .notifier_call = note_last, .priority = 5 };

	call_count = 0;
	EXPECT_EQ(test, blocking_notifier_chain_register(&chain, &low), 0);
	EXPECT_EQ(test, blocking_notifier_chain_register(&chain, &high), 0);
	EXPECT_EQ(test, blocking_notifier_chain_register(&chain, &stop), 0);
	EXPECT_EQ(test, blocking_notifier_chain_register(&chain, &stop), -EEXIST);
	EXPECT_EQ(test, blocking_notifier_call_chain(&chain, 1, NULL), NOTIFY_STOP);
	EXPECT_EQ(test, call_count, 2);
	EXPECT_EQ(test, calls[0], 9);
	EXPECT_EQ(test, calls[1], 5);
	EXPECT_EQ(test, blocking_notifier_chain_unregister(&chain, &stop), 0);
	EXPECT_EQ(test, blocking_notifier_chain_unregister(&chain, &stop), -ENOENT);
	EXPECT_EQ(test, blocking_notifier_chain_unregister(&chain, &low), 0);
	EXPECT_EQ(test, blocking_notifier_chain_unregister(&chain, &high), 0);
}
