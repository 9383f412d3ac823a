/* Work queues and RCU callbacks. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include "test_sched.h"

static int runs, order[16];
static DECLARE_COMPLETION(go);

static void count(struct work_struct *work)
{
	runs++;
}
static DECLARE_WORK(counting, count);

void work_runs(struct test *test)
{
	runs = 0;
	EXPECT(test, schedule_work(&counting));
	EXPECT(test, flush_work(&counting) || runs);
	EXPECT_EQ(test, runs, 1);
	EXPECT(test, !flush_work(&counting));
	EXPECT(test, !cancel_work_sync(&counting));
}

static void wait_for_go(struct work_struct *work)
{
	wait_for_completion(&go);
	runs++;
}
static DECLARE_WORK(sleeping, wait_for_go);

void work_sleeping_lets_others_run(struct test *test)
{
	runs = 0;
	reinit_completion(&go);
	schedule_work(&sleeping);
	schedule_work(&counting);
	flush_work(&counting);
	EXPECT_EQ(test, runs, 1);
	EXPECT_EQ(test, work_busy(&sleeping), (unsigned int)WORK_BUSY_RUNNING);
	complete(&go);
	flush_work(&sleeping);
	EXPECT_EQ(test, runs, 2);
}

struct numbered_work {
	struct work_struct work;
	int number;
};

static void note_number(struct work_struct *work)
{
	msleep(1);
	order[runs++] = container_of(work, struct numbered_work, work)->number;
}

void ordered_queue_keeps_order(struct test *test)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("test_ordered", 0);
	static struct numbered_work works[8];

	REQUIRE(test, wq);
	runs = 0;
	for (int i = 0; i < 8; i++) {
		INIT_WORK(&works[i].work, note_number);
		works[i].number = i;
		EXPECT(test, queue_work(wq, &works[i].work));
	}
	flush_workqueue(wq);
	EXPECT_EQ(test, runs, 8);
	for (int i = 0; i < 8; i++)
		EXPECT_EQ(test, order[i], i);
	destroy_workqueue(wq);
}

static DECLARE_DELAYED_WORK(delayed, count);

void delayed_work_waits(struct test *test)
{
	runs = 0;
	EXPECT(test, schedule_delayed_work(&delayed, 5));
	EXPECT(test, !schedule_delayed_work(&delayed, 1));
	EXPECT(test, delayed_work_pending(&delayed));
	msleep(20);
	EXPECT_EQ(test, runs, 0);
	msleep(80);
	EXPECT_EQ(test, runs, 1);
	schedule_delayed_work(&delayed, 10000);
	EXPECT(test, mod_delayed_work(system_wq, &delayed, 1));
	msleep(40);
	EXPECT_EQ(test, runs, 2);
	schedule_delayed_work(&delayed, 10000);
	EXPECT(test, cancel_delayed_work_sync(&delayed));
	schedule_delayed_work(&delayed, 10000);
	EXPECT(test, flush_delayed_work(&delayed));
	EXPECT_EQ(test, runs, 3);
}

static void requeue_itself(struct work_struct *work)
{
	runs++;
	usleep_range(500, 600);
	schedule_work(work);
}
static DECLARE_WORK(endless, requeue_itself);

void cancel_sync_stops_requeueing(struct test *test)
{
	int after;

	runs = 0;
	schedule_work(&endless);
	msleep(30);
	EXPECT_GT(test, runs, 2);
	cancel_work_sync(&endless);
	after = runs;
	msleep(30);
	EXPECT_EQ(test, runs, after);
	EXPECT_EQ(test, work_busy(&endless), 0U);
}

static struct workqueue_struct *chain_queue;

static void chain(struct work_struct *work)
{
	if (++runs < 5)
		queue_work(chain_queue, work);
}

void drain_follows_chains(struct test *test)
{
	struct work_struct work;

	chain_queue = alloc_workqueue("test_chain", 0, 0);
	REQUIRE(test, chain_queue);
	runs = 0;
	INIT_WORK_ONSTACK(&work, chain);
	queue_work(chain_queue, &work);
	destroy_workqueue(chain_queue);
	EXPECT_EQ(test, runs, 5);
}

struct rcu_object {
	struct rcu_head rcu;
	int *freed;
};

static void free_object(struct rcu_head *head)
{
	struct rcu_object *object = container_of(head, struct rcu_object, rcu);

	++*object->freed;
	kfree(object);
}

void rcu_callbacks_run(struct test *test)
{
	struct rcu_object *object = kmalloc(sizeof(*object), GFP_KERNEL);
	int freed = 0;

	REQUIRE(test, object);
	object->freed = &freed;
	rcu_read_lock();
	call_rcu(&object->rcu, free_object);
	mdelay(25);
	EXPECT_EQ(test, freed, 0);
	rcu_read_unlock();
	rcu_barrier();
	EXPECT_EQ(test, freed, 1);
	synchronize_rcu();
}
