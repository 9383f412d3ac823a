/*
 * The scheduler: which task runs.
 *
 * 1. O(1). Runnable tasks hang in queues by priority (0 most important … 139), with a bit map of
 *    the queues that are not empty. Choosing the next, waking and sleeping take the same time with
 *    ten tasks and with ten thousand.
 * 2. Two sets of queues. An ordinary task that has used up its time slice goes to the expired set;
 *    when the active one is empty the two change places. So no ordinary task starves another for
 *    long, and nice values show as lengths of slices.
 * 3. Ordinary tasks that have slept a lot lately are interactive: up to 5 steps more important
 *    (sleep_avg), and they stay in the active set for another slice while the expired ones have not
 *    waited too long. Real-time tasks (0-99) never expire.
 * 4. The kernel is preemptive: whoever makes a more important task runnable sets TIF_NEED_RESCHED
 *    on the running one, which switches at the next moment at which its preempt_count is 0:
 *    preempt_enable(), the end of an interrupt, the return to user mode.
 * 5. The run queue is protected by interrupts being off. The running task stays in its queue; the
 *    idle task is in none. A switch happens with interrupts off and preempt_count 1 on both sides.
 *    Nice values, policies and lending of priority are in prio.c, sleeping with a time limit in
 *    kernel/time.
 */
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/mm_types.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/task.h>
#include <rakit/arch.h>
#include <rakit/locks.h>
#include <rakit/memory.h>
#include <linux/uaccess.h>
#include "sched/sched.h"

struct run_queue run_queue;
enum system_states system_state;
EXPORT_SYMBOL(system_state);

static void enqueue(struct task_struct *p, struct prio_array *array, bool head)
{
	struct list_head *queue = &array->queue[p->prio];

	if (head)
		list_add(&p->se.run_list, queue);
	else
		list_add_tail(&p->se.run_list, queue);
	array->bitmap[p->prio / 32] |= 1UL << (p->prio % 32);
	array->count++;
	p->se.array = array;
}

static void dequeue(struct task_struct *p)
{
	struct prio_array *array = p->se.array;

	array->count--;
	list_del(&p->se.run_list);
	if (list_empty(&array->queue[p->prio]))
		array->bitmap[p->prio / 32] &= ~(1UL << (p->prio % 32));
	p->se.array = NULL;
}

static struct task_struct *first_of(const struct prio_array *array)
{
	unsigned int word = 0;

	while (!array->bitmap[word])
		word++;
	return list_first_entry(&array->queue[word * 32 + __ffs(array->bitmap[word])],
				struct task_struct, se.run_list);
}

static void swap_arrays(void)
{
	swap(run_queue.active, run_queue.expired);
	run_queue.expired_since = 0;
}

static struct task_struct *pick_next(void)
{
	if (!run_queue.active->count) {
		if (!run_queue.expired->count)
			return run_queue.idle;
		swap_arrays();
	}
	return first_of(run_queue.active);
}

/* Credits the time a task has slept, up to MAX_SLEEP_AVG. */
static void credit_sleep(struct task_struct *p)
{
	unsigned long slept = jiffies - p->se.sleep_start;

	if (!slept || rt_prio(p->normal_prio))
		return;
	p->se.sleep_avg = min_t(unsigned long, p->se.sleep_avg + slept, MAX_SLEEP_AVG);
	p->prio = effective_prio(p);
}

static void activate(struct task_struct *p)
{
	credit_sleep(p);
	enqueue(p, run_queue.active, false);
	p->on_rq = true;
	run_queue.nr_running++;
}

static void deactivate(struct task_struct *p)
{
	dequeue(p);
	p->on_rq = false;
	p->se.sleep_start = jiffies;
	run_queue.nr_running--;
	if (p->state & TASK_UNINTERRUPTIBLE && !(p->state & TASK_NOLOAD))
		run_queue.nr_uninterruptible++;
}

static void preempt_for(const struct task_struct *p)
{
	if (p->prio < current->prio)
		set_tsk_need_resched(current);
}

int try_to_wake_up(struct task_struct *p, unsigned int state, int wake_flags)
{
	unsigned long flags = rq_lock();
	int woken = 0;

	if (p->state & state) {
		if (!p->on_rq) {
			if (p->state & TASK_UNINTERRUPTIBLE && !(p->state & TASK_NOLOAD))
				run_queue.nr_uninterruptible--;
			activate(p);
			if (!(wake_flags & WF_SYNC) || current == run_queue.idle)
				preempt_for(p);
		}
		p->state = TASK_RUNNING;
		woken = 1;
	}
	rq_unlock(flags);
	return woken;
}

int wake_up_process(struct task_struct *p)
{
	return try_to_wake_up(p, TASK_NORMAL, 0);
}
EXPORT_SYMBOL(wake_up_process);

int wake_up_state(struct task_struct *p, unsigned int state)
{
	return try_to_wake_up(p, state, 0);
}

void signal_wake_up_state(struct task_struct *p, unsigned int state)
{
	set_tsk_thread_flag(p, TIF_SIGPENDING);
	wake_up_state(p, state | TASK_INTERRUPTIBLE);
}

/* On one CPU p does not run while we do: it will see its flags when it does. */
void kick_process(struct task_struct *p)
{
}

/* Half of the parent's slice is the child's, so that forking wins no time. */
int sched_fork(unsigned long clone_flags, struct task_struct *p)
{
	unsigned long flags;

	p->state = TASK_NEW;
	p->on_rq = false;
	p->preempt_count = 1;
	p->held_spinlock = NULL;
	p->held_rwlock_count = 0;
	p->blocked_on = NULL;
	INIT_LIST_HEAD(&p->boosting);
	p->boost_prio = MAX_PRIO;
	INIT_LIST_HEAD(&p->se.run_list);
	p->se.array = NULL;
	p->nvcsw = p->nivcsw = 0;
	p->utime = p->stime = p->gtime = 0;
	clear_tsk_need_resched(p);
	if (p->sched_reset_on_fork) {
		p->policy = SCHED_NORMAL;
		p->rt_priority = 0;
		p->static_prio = max(p->static_prio, DEFAULT_PRIO);
		p->sched_reset_on_fork = false;
	}
	p->normal_prio = p->rt_priority ? MAX_RT_PRIO - 1 - (int)p->rt_priority : p->static_prio;
	p->prio = effective_prio(p);
	flags = rq_lock();
	p->se.time_slice = (current->se.time_slice + 1) / 2;
	current->se.time_slice = max(current->se.time_slice / 2, 1U);
	if (is_idle_task(current))
		p->se.time_slice = task_time_slice(p);
	rq_unlock(flags);
	return 0;
}

/*
 * The child runs first: it will most likely exec, and pages it shares with the parent need not be
 * copied.
 */
void wake_up_new_task(struct task_struct *p)
{
	unsigned long flags = rq_lock();

	p->state = TASK_RUNNING;
	p->se.sleep_start = jiffies;
	enqueue(p, run_queue.active, true);
	p->on_rq = true;
	run_queue.nr_running++;
	if (p->prio <= current->prio)
		set_tsk_need_resched(current);
	rq_unlock(flags);
}

/* Kernel threads go on with the page tables that are there, and hold a reference to them. */
static void switch_address_space(struct task_struct *prev, struct task_struct *next)
{
	struct mm_struct *old = prev->active_mm;

	if (next->mm) {
		switch_mm(old, next->mm);
		next->active_mm = next->mm;
	} else {
		next->active_mm = old;
		if (old)
			mmgrab(old);
	}
	if (!prev->mm) {
		prev->active_mm = NULL;
		run_queue.dropped = old;
	}
}

/*
 * After a switch, on the new task's stack: what could not be done for prev while it ran. Turns
 * interrupts on.
 */
static void finish_switch(struct task_struct *prev)
{
	struct mm_struct *dropped = run_queue.dropped;

	run_queue.dropped = NULL;
	local_irq_enable();
	if (dropped)
		mmdrop(dropped);
	if (unlikely(prev->state == TASK_DEAD))
		put_task_struct(prev);
}

void schedule_tail(struct task_struct *prev)
{
	finish_switch(prev);
	preempt_enable();
	if (current->set_child_tid)
		(void)put_user(current->pid, current->set_child_tid);
}

static void context_switch(struct task_struct *prev, struct task_struct *next)
{
	run_queue.nr_switches++;
	if (unlikely(prev->rseq))
		set_tsk_thread_flag(prev, TIF_NOTIFY_RESUME);
	switch_address_space(prev, next);
	current_task = next;
	prev = switch_to(prev, next);
	finish_switch(prev);
}

/*
 * preempted: prev is runnable whatever its state says, since it was interrupted before it went to
 * sleep.
 */
static void __schedule(bool preempted)
{
	struct task_struct *prev = current, *next;

	local_irq_disable();
	clear_tsk_need_resched(prev);
	if (!preempted && prev->state) {
		if (unlikely(signal_pending_state(prev->state, prev)))
			prev->state = TASK_RUNNING;
		else
			deactivate(prev);
		prev->nvcsw++;
		if (prev->flags & PF_WQ_WORKER && !prev->on_rq)
			wq_worker_sleeping(prev);
	} else {
		prev->nivcsw++;
	}
	if (unlikely(rcu_waiting))
		rcu_note_quiescent();
	next = pick_next();
	if (likely(next != prev))
		context_switch(prev, next);
	else
		local_irq_enable();
}

static noinline void report_atomic(void)
{
	printk(KERN_ERR "BUG: scheduling while atomic: %s/%d/0x%08x\n", current->comm, current->pid,
	       preempt_count());
	locks_show(current, KERN_ERR);
	dump_stack();
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

void schedule(void)
{
	if (unlikely(preempt_count()) && !is_idle_task(current)) {
		report_atomic();
		locks_release_all();
		current->preempt_count = 0;
	}
	do {
		preempt_disable();
		__schedule(false);
		preempt_enable_no_resched();
	} while (need_resched());
	if (current->flags & PF_WQ_WORKER)
		wq_worker_running(current);
}
EXPORT_SYMBOL(schedule);

/* From preempt_enable(): only where nothing else forbids it. */
void preempt_schedule(void)
{
	if (preempt_count() || irqs_disabled())
		return;
	do {
		preempt_count_add(PREEMPT_ACTIVE);
		__schedule(true);
		preempt_count_sub(PREEMPT_ACTIVE);
	} while (need_resched());
}
EXPORT_SYMBOL(preempt_schedule);

void preempt_schedule_irq(void)
{
	do {
		preempt_count_add(PREEMPT_ACTIVE);
		__schedule(true);
		local_irq_disable();
		preempt_count_sub(PREEMPT_ACTIVE);
	} while (need_resched());
}

int _cond_resched(void)
{
	if (!need_resched() || preempt_count())
		return 0;
	preempt_schedule();
	return 1;
}
EXPORT_SYMBOL(_cond_resched);

/* Behind all others of its priority; an ordinary task goes to the expired set. */
void yield(void)
{
	unsigned long flags = rq_lock();

	if (current->on_rq) {
		struct prio_array *array = rt_task(current) ? run_queue.active : run_queue.expired;

		dequeue(current);
		enqueue(current, array, false);
	}
	rq_unlock(flags);
	__set_current_state(TASK_RUNNING);
	schedule();
}
EXPORT_SYMBOL(yield);

void requeue_task(struct task_struct *p)
{
	struct prio_array *array = p->se.array;
	int prio = effective_prio(p);

	if (p->prio == prio)
		return;
	if (array)
		dequeue(p);
	p->prio = prio;
	if (!array)
		return;
	enqueue(p, rt_prio(prio) ? run_queue.active : array, false);
	if (p == current || p->prio < current->prio)
		set_tsk_need_resched(current);
}

/* Have the expired tasks waited so long that nobody may get another slice before them? */
static bool expired_starving(void)
{
	return run_queue.expired_since &&
	       time_after(jiffies, run_queue.expired_since + HZ * (run_queue.nr_running + 1) / 2);
}

static void slice_used_up(struct task_struct *p)
{
	bool stays;

	dequeue(p);
	set_tsk_need_resched(p);
	p->prio = effective_prio(p);
	p->se.time_slice = task_time_slice(p);
	stays = rt_task(p) || (p->prio < p->static_prio - MAX_BONUS / 4 && !expired_starving());
	if (!stays && !run_queue.expired_since)
		run_queue.expired_since = jiffies | 1;
	enqueue(p, stays ? run_queue.active : run_queue.expired, false);
}

void scheduler_tick(void)
{
	struct task_struct *p = current;

	if (is_idle_task(p)) {
		if (run_queue.nr_running)
			set_tsk_need_resched(p);
		return;
	}
	if (!p->on_rq || p->policy == SCHED_FIFO)
		return;
	if (p->se.sleep_avg)
		p->se.sleep_avg--;
	if (p->se.time_slice > 1)
		p->se.time_slice--;
	else
		slice_used_up(p);
}

void __noreturn do_task_dead(void)
{
	preempt_disable();
	local_irq_disable();
	current->state = TASK_DEAD;
	current->flags |= PF_NOFREEZE;
	__schedule(false);
	BUG();
	unreachable();
}

/*
 * Runs in the boot thread after everything is set up: waits for interrupts whenever no other task
 * is runnable.
 */
void __noreturn cpu_idle_loop(void)
{
	for (;;) {
		local_irq_disable();
		while (!need_resched()) {
			cpu_idle_wait();
			local_irq_disable();
		}
		local_irq_enable();
		preempt_disable();
		__schedule(true);
		preempt_enable_no_resched();
	}
}

static void array_init(struct prio_array *array)
{
	for (int prio = 0; prio < MAX_PRIO; prio++)
		INIT_LIST_HEAD(&array->queue[prio]);
}

void sched_init(void)
{
	array_init(&run_queue.arrays[0]);
	array_init(&run_queue.arrays[1]);
	run_queue.active = &run_queue.arrays[0];
	run_queue.expired = &run_queue.arrays[1];
	run_queue.idle = &init_task;
	rcu_init();
	softirq_init();
	notifier_init();
}

unsigned int nr_running(void)
{
	return run_queue.nr_running;
}

unsigned int nr_iowait(void)
{
	return run_queue.nr_iowait;
}

u64 nr_context_switches(void)
{
	return run_queue.nr_switches;
}

struct task_struct *idle_task(int cpu)
{
	return run_queue.idle;
}

int idle_cpu(int cpu)
{
	return current == run_queue.idle && !run_queue.nr_running;
}

int task_curr(const struct task_struct *p)
{
	return p == current;
}
