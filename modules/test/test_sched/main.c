/*
 * Scheduling, waiting, locks, timers, work queues and kernel threads, each tried from a module as a
 * driver would use it.
 */
#include <linux/module.h>
#include "test_sched.h"

static const struct test_case cases[] = {
	TEST_CASE(wait_event_is_woken),
	TEST_CASE(wait_event_times_out),
	TEST_CASE(exclusive_waiters_one_by_one),
	TEST_CASE(completion_before_and_after),
	TEST_CASE(completion_times_out),
	TEST_CASE(bit_waiters),
	TEST_CASE(mutex_excludes),
	TEST_CASE(mutex_trylock_and_owner),
	TEST_CASE(mutex_lends_priority),
	TEST_CASE(semaphore_counts),
	TEST_CASE(rwsem_readers_and_writer),
	TEST_CASE(spinlock_disables_preemption),
	TEST_CASE(seqlock_retries),
	TEST_CASE(timer_fires_in_order),
	TEST_CASE(timer_modified_and_deleted),
	TEST_CASE(hrtimer_is_precise),
	TEST_CASE(hrtimer_periodic),
	TEST_CASE(sleeping_takes_time),
	TEST_CASE(clock_is_monotonic),
	TEST_CASE(tasklet_runs_once),
	TEST_CASE(work_runs),
	TEST_CASE(work_sleeping_lets_others_run),
	TEST_CASE(ordered_queue_keeps_order),
	TEST_CASE(delayed_work_waits),
	TEST_CASE(cancel_sync_stops_requeueing),
	TEST_CASE(drain_follows_chains),
	TEST_CASE(rcu_callbacks_run),
	TEST_CASE(thread_stop_returns_value),
	TEST_CASE(thread_parks),
	TEST_CASE(stopped_before_it_ran),
	TEST_CASE(realtime_preempts),
	TEST_CASE(nice_gets_more),
	TEST_CASE(kernel_is_preemptible),
	TEST_CASE(notifiers_by_priority),
	{},
};

TEST_SUITE(test_sched, cases);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Tests of scheduling, locks, timers and work queues");
