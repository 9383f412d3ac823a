/* Mutexes, semaphores, read-write semaphores, spinlocks, sequence locks. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched/task.h>
#include <linux/semaphore.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include "test_sched.h"

static DEFINE_MUTEX(mutex);
static int inside, worst, rounds;

static int enter_and_leave(void *unused)
{
	for (int i = 0; i < 20; i++) {
		mutex_lock(&mutex);
		if (++inside > worst)
			worst = inside;
		yield();
		inside--;
		rounds++;
		mutex_unlock(&mutex);
	}
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

void mutex_excludes(struct test *test)
{
	struct task_struct *t[4];

	inside = worst = rounds = 0;
	for (int i = 0; i < 4; i++)
		t[i] = kthread_run(enter_and_leave, NULL, "mutex%d", i);
	while (rounds < 80)
		msleep(5);
	for (int i = 0; i < 4; i++)
		kthread_stop(t[i]);
	EXPECT_EQ(test, worst, 1);
	EXPECT(test, !mutex_is_locked(&mutex));
}

static int try_it(void *unused)
{
	return mutex_trylock(&mutex);
}

void mutex_trylock_and_owner(struct test *test)
{
	struct task_struct *t;

	EXPECT_EQ(test, mutex_trylock(&mutex), 1);
	t = kthread_create(try_it, NULL, "trier");
	REQUIRE(test, !IS_ERR(t));
	get_task_struct(t);
	wake_up_process(t);
	msleep(20);
	EXPECT_EQ(test, kthread_stop(t), 0);
	put_task_struct(t);
	mutex_unlock(&mutex);
	EXPECT_EQ(test, mutex_lock_interruptible(&mutex), 0);
	mutex_unlock(&mutex);
}

static int low_prio_seen, high_got;

static int low_holder(void *unused)
{
	mutex_lock(&mutex);
	while (!high_got && !kthread_should_stop()) {
		if (task_prio(current) < low_prio_seen)
			low_prio_seen = task_prio(current);
		if (low_prio_seen < 0)
			break;
		msleep(1);
	}
	mutex_unlock(&mutex);
	while (!kthread_should_stop())
		msleep(1);
	return task_prio(current);
}

static int high_waiter(void *unused)
{
	mutex_lock(&mutex);
	high_got = 1;
	mutex_unlock(&mutex);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

/* task_prio() is below 0 for real-time priorities. */
void mutex_lends_priority(struct test *test)
{
	struct task_struct *low, *high;

	high_got = 0;
	low_prio_seen = 100;
	low = kthread_run(low_holder, NULL, "low");
	REQUIRE(test, !IS_ERR(low));
	msleep(20);
	high = kthread_create(high_waiter, NULL, "high");
	REQUIRE(test, !IS_ERR(high));
	sched_set_fifo(high);
	wake_up_process(high);
	for (int i = 0; i < 50 && !high_got; i++)
		msleep(5);
	EXPECT_EQ(test, high_got, 1);
	EXPECT_LT(test, low_prio_seen, 0);
	kthread_stop(high);
	EXPECT_GE(test, kthread_stop(low), 0);
}

void semaphore_counts(struct test *test)
{
	struct semaphore sem;

	sema_init(&sem, 2);
	down(&sem);
	EXPECT_EQ(test, down_trylock(&sem), 0);
	EXPECT_EQ(test, down_trylock(&sem), 1);
	EXPECT_EQ(test, down_timeout(&sem, 2), -ETIME);
	up(&sem);
	EXPECT_EQ(test, down_interruptible(&sem), 0);
	up(&sem);
	up(&sem);
}

static DECLARE_RWSEM(rwsem);
static int writer_in;

static int write_it(void *unused)
{
	down_write(&rwsem);
	writer_in = 1;
	up_write(&rwsem);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

void rwsem_readers_and_writer(struct test *test)
{
	struct task_struct *t;

	writer_in = 0;
	down_read(&rwsem);
	EXPECT_EQ(test, down_read_trylock(&rwsem), 1);
	EXPECT_EQ(test, down_write_trylock(&rwsem), 0);
	up_read(&rwsem);
	t = kthread_run(write_it, NULL, "writer");
	REQUIRE(test, !IS_ERR(t));
	msleep(20);
	EXPECT_EQ(test, writer_in, 0);
	EXPECT_EQ(test, down_read_trylock(&rwsem), 0); /* not before the waiting writer */
	up_read(&rwsem);
	msleep(20);
	EXPECT_EQ(test, writer_in, 1);
	kthread_stop(t);
	down_write(&rwsem);
	downgrade_write(&rwsem);
	EXPECT_EQ(test, down_read_trylock(&rwsem), 1);
	up_read(&rwsem);
	up_read(&rwsem);
	EXPECT(test, !rwsem_is_locked(&rwsem));
}

void spinlock_disables_preemption(struct test *test)
{
	DEFINE_SPINLOCK(lock);
	unsigned long flags;
	int before = preempt_count();

	spin_lock(&lock);
	EXPECT_EQ(test, preempt_count(), before + 1);
	EXPECT(test, spin_is_locked(&lock));
	EXPECT_EQ(test, spin_trylock(&lock), 0);
	spin_unlock(&lock);
	spin_lock_irqsave(&lock, flags);
	EXPECT(test, irqs_disabled());
	spin_unlock_irqrestore(&lock, flags);
	EXPECT(test, !irqs_disabled());
	spin_lock_bh(&lock);
	EXPECT(test, in_softirq());
	spin_unlock_bh(&lock);
	EXPECT_EQ(test, preempt_count(), before);
}

void seqlock_retries(struct test *test)
{
	seqlock_t lock;
	unsigned int seq;

	seqlock_init(&lock);
	seq = read_seqbegin(&lock);
	EXPECT(test, !read_seqretry(&lock, seq));
	write_seqlock(&lock);
	write_sequnlock(&lock);
	EXPECT(test, read_seqretry(&lock, seq));
}
