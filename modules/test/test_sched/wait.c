/* Wait queues and completions. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>
#include "test_sched.h"

static DECLARE_WAIT_QUEUE_HEAD(queue);
static int flag, woken;

static int set_flag_later(void *unused)
{
	msleep(20);
	flag = 1;
	wake_up(&queue);
	return 0;
}

void wait_event_is_woken(struct test *test)
{
	struct task_struct *t;

	flag = 0;
	t = kthread_run(set_flag_later, NULL, "setter");
	REQUIRE(test, !IS_ERR(t));
	EXPECT_EQ(test, wait_event_interruptible(queue, flag), 0);
	EXPECT_EQ(test, flag, 1);
	EXPECT(test, !waitqueue_active(&queue));
	flag = 0;
	t = kthread_run(set_flag_later, NULL, "setter");
	REQUIRE(test, !IS_ERR(t));
	EXPECT_GT(test, wait_event_timeout(queue, flag, HZ), 0);
}

void wait_event_times_out(struct test *test)
{
	unsigned long start = jiffies;

	EXPECT_EQ(test, wait_event_timeout(queue, false, 3), 0);
	EXPECT_GE(test, jiffies - start, 3UL);
	EXPECT_EQ(test, wait_event_timeout(queue, true, 3), 3);
	EXPECT_EQ(test, wait_event_timeout(queue, true, 0), 1);
	EXPECT_EQ(test, wait_event_interruptible_hrtimeout(queue, false, ms_to_ktime(2)), -ETIME);
}

static int wait_exclusively(void *unused)
{
	DEFINE_WAIT(wait);

	prepare_to_wait_exclusive(&queue, &wait, TASK_UNINTERRUPTIBLE);
	schedule();
	finish_wait(&queue, &wait);
	woken++;
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

void exclusive_waiters_one_by_one(struct test *test)
{
	struct task_struct *t[3];

	woken = 0;
	for (int i = 0; i < 3; i++)
		t[i] = kthread_run(wait_exclusively, NULL, "waiter%d", i);
	msleep(20);
	for (int i = 1; i <= 3; i++) {
		wake_up(&queue);
		msleep(20);
		EXPECT_EQ(test, woken, i);
	}
	for (int i = 0; i < 3; i++)
		kthread_stop(t[i]);
}

static int complete_it(void *x)
{
	complete(x);
	return 0;
}

void completion_before_and_after(struct test *test)
{
	struct completion done;

	init_completion(&done);
	EXPECT(test, !try_wait_for_completion(&done));
	complete(&done);
	EXPECT(test, completion_done(&done));
	wait_for_completion(&done);
	EXPECT(test, !completion_done(&done));
	kthread_run(complete_it, &done, "completer");
	wait_for_completion(&done);
	complete_all(&done);
	wait_for_completion(&done);
	wait_for_completion(&done);
	EXPECT(test, completion_done(&done));
}

void completion_times_out(struct test *test)
{
	struct completion done;

	init_completion(&done);
	EXPECT_EQ(test, wait_for_completion_timeout(&done, 2), 0UL);
	complete(&done);
	EXPECT_GE(test, wait_for_completion_timeout(&done, 2), 1UL);
	EXPECT_EQ(test, wait_for_completion_interruptible_timeout(&done, 1), 0L);
}

static unsigned long word;

static int clear_bit_later(void *unused)
{
	msleep(20);
	clear_and_wake_up_bit(3, &word);
	return 0;
}

void bit_waiters(struct test *test)
{
	word = 1 << 3;
	kthread_run(clear_bit_later, NULL, "clearer");
	EXPECT_EQ(test, wait_on_bit(&word, 3, TASK_UNINTERRUPTIBLE), 0);
	EXPECT_EQ(test, word, 0UL);
	EXPECT_EQ(test, wait_on_bit_lock(&word, 3, TASK_UNINTERRUPTIBLE), 0);
	EXPECT_EQ(test, word, 1UL << 3);
	EXPECT_EQ(test, wait_on_bit_timeout(&word, 3, TASK_UNINTERRUPTIBLE, 2), -EAGAIN);
}
