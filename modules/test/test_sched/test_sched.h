/* The cases of this suite, by file. */
#ifndef TEST_SCHED_H
#define TEST_SCHED_H

#include <rakit/expect.h>

/* wait.c */
void wait_event_is_woken(struct test *test);
void wait_event_times_out(struct test *test);
void exclusive_waiters_one_by_one(struct test *test);
void completion_before_and_after(struct test *test);
void completion_times_out(struct test *test);
void bit_waiters(struct test *test);

/* locks.c */
void mutex_excludes(struct test *test);
void mutex_trylock_and_owner(struct test *test);
void mutex_lends_priority(struct test *test);
void semaphore_counts(struct test *test);
void rwsem_readers_and_writer(struct test *test);
void spinlock_disables_preemption(struct test *test);
void seqlock_retries(struct test *test);

/* timers.c */
void timer_fires_in_order(struct test *test);
void timer_modified_and_deleted(struct test *test);
void hrtimer_is_precise(struct test *test);
void hrtimer_periodic(struct test *test);
void sleeping_takes_time(struct test *test);
void clock_is_monotonic(struct test *test);
void tasklet_runs_once(struct test *test);

/* works.c */
void work_runs(struct test *test);
void work_sleeping_lets_others_run(struct test *test);
void ordered_queue_keeps_order(struct test *test);
void delayed_work_waits(struct test *test);
void cancel_sync_stops_requeueing(struct test *test);
void drain_follows_chains(struct test *test);
void rcu_callbacks_run(struct test *test);

/* threads.c */
void thread_stop_returns_value(struct test *test);
void thread_parks(struct test *test);
void stopped_before_it_ran(struct test *test);
void realtime_preempts(struct test *test);
void nice_gets_more(struct test *test);
void kernel_is_preemptible(struct test *test);
void notifiers_by_priority(struct test *test);

#endif
