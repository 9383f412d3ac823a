/*
 * Work queues.
 *
 * 1. A queue does not have threads of its own. Items wait in the list of a pool (ordinary or high
 *    priority) and are run by the pool's workers. A queue limits how many of its items are in the
 *    pool's hands (max_active); the others wait in its list `inactive`.
 * 2. Concurrency: normally one worker of a pool runs at a time. When it falls asleep in an item and
 *    there is more to do, the scheduler wakes an idle one (wq_worker_sleeping). Items of unbound or
 *    CPU-intensive queues do not count as running. A worker that begins to work while no idle one
 *    is left makes one more first. Surplus idle workers end.
 * 3. An item never runs twice at once: one that is queued again while it runs goes to the worker
 *    that runs it.
 * 4. Flushing an item puts a barrier item directly behind it, linked to it so that the same worker
 *    runs both in order. Flushing a queue: items are counted by colour; flush changes the colour
 *    and waits for the count of the old one to become 0.
 * 5. The PENDING bit of an item has one owner: who queued it until a worker takes it, or who
 *    cancels it until it is cleared.
 * 6. An item whose function lies in a module is in that module's ledger while it is queued, and its
 *    worker while it runs, so that the module's code is not left behind in either. pool->lock
 *    protects all of it, taken with interrupts off.
 */
#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include <rakit/ledger.h>
#include <rakit/locks.h>
#include "sched/sched.h"

#define BUSY_BITS 5
#define IDLE_MAX 2	/* idle workers kept: one works, one stands by */
#define WORKERS_MAX 128 /* per pool */
#define NAME_MAX_LENGTH 24

struct worker_pool {
	spinlock_t lock;
	const char *suffix; /* of the workers' names */
	int nice;
	struct list_head worklist; /* items to run */
	struct list_head idle;	   /* idle workers, the last to have worked first */
	unsigned int workers, idle_count, next_id;
	int running; /* workers that run an item which counts, and do not sleep */
	bool making; /* one of them is making another */
	struct hlist_head busy[1 << BUSY_BITS]; /* workers by the item they run */
};

struct worker {
	struct worker_pool *pool;
	struct task_struct *task;
	struct list_head entry;	    /* in idle */
	struct hlist_node hash;	    /* in busy */
	struct list_head scheduled; /* items only this worker may run */
	struct work_struct *current_work;
	work_func_t current_func;
	struct workqueue_struct *current_wq; /* NULL: a barrier */
	bool counted;			     /* in pool->running (while it does not sleep) */
	bool sleeping;			     /* taken out of running by the scheduler */
};

struct workqueue_struct {
	struct worker_pool *pool;
	unsigned int flags;
	int max_active;
	int active;		   /* items in the pool's hands */
	struct list_head inactive; /* items over max_active */
	int colour;		   /* of items queued now */
	int in_flight[2];	   /* queued or running, by colour */
	int draining;
	struct mutex flush_mutex;
	wait_queue_head_t flushed; /* woken when an in_flight count becomes 0 */
	char name[NAME_MAX_LENGTH];
};

static struct worker_pool pools[2]; /* ordinary, high priority */

struct workqueue_struct *system_wq;
struct workqueue_struct *system_highpri_wq;
struct workqueue_struct *system_long_wq;
struct workqueue_struct *system_unbound_wq;
struct workqueue_struct *system_freezable_wq;
struct workqueue_struct *system_power_efficient_wq;
EXPORT_SYMBOL(system_wq);
EXPORT_SYMBOL_GPL(system_highpri_wq);
EXPORT_SYMBOL_GPL(system_long_wq);
EXPORT_SYMBOL_GPL(system_unbound_wq);
EXPORT_SYMBOL_GPL(system_freezable_wq);
EXPORT_SYMBOL_GPL(system_power_efficient_wq);

/* Ledger */

static void note_queued(struct work_struct *work, unsigned long site)
{
	struct module *owner = ledger_owner_of((unsigned long)work->func);

	if (unlikely(owner))
		ledger_add(owner, LEDGER_WORK, work, (unsigned long)work->func, 0, NULL, site);
}

static void note_unqueued(struct work_struct *work)
{
	if (unlikely(ledger_owner_of((unsigned long)work->func)))
		ledger_remove(LEDGER_WORK, work);
}

/* Workers */

static void wake_idle(struct worker_pool *pool)
{
	if (!list_empty(&pool->idle))
		wake_up_process(list_first_entry(&pool->idle, struct worker, entry)->task);
}

static bool need_more(const struct worker_pool *pool)
{
	return !list_empty(&pool->worklist) && pool->running <= 0;
}

void wq_worker_sleeping(struct task_struct *p)
{
	struct worker *worker = p->worker;

	if (!worker || !worker->counted || worker->sleeping)
		return;
	worker->sleeping = true;
	worker->pool->running--;
	if (need_more(worker->pool))
		wake_idle(worker->pool);
}

void wq_worker_running(struct task_struct *p)
{
	struct worker *worker = p->worker;
	unsigned long flags;

	if (!worker)
		return;
	local_irq_save(flags);
	if (worker->sleeping) {
		worker->sleeping = false;
		worker->pool->running++;
	}
	local_irq_restore(flags);
}

static struct worker *find_busy(struct worker_pool *pool, const struct work_struct *work)
{
	struct worker *worker;

	hlist_for_each_entry(worker, &pool->busy[hash_ptr(work, BUSY_BITS)], hash)
		if (worker->current_work == work && worker->current_func == work->func)
			return worker;
	return NULL;
}

/* Moves work and the barriers linked to it to the end of list. */
static void move_linked(struct work_struct *work, struct list_head *list)
{
	struct list_head *entry = &work->entry, *next;
	bool linked;

	do {
		struct work_struct *w = list_entry(entry, struct work_struct, entry);

		next = entry->next;
		linked = test_bit(WORK_STRUCT_LINKED_BIT, &w->data);
		list_move_tail(entry, list);
		entry = next;
	} while (linked);
}

static void activate_first_inactive(struct workqueue_struct *wq)
{
	struct work_struct *work;

	if (list_empty(&wq->inactive) || wq->active >= wq->max_active)
		return;
	work = list_first_entry(&wq->inactive, struct work_struct, entry);
	__clear_bit(WORK_STRUCT_INACTIVE_BIT, &work->data);
	wq->active++;
	move_linked(work, &wq->pool->worklist);
	if (need_more(wq->pool))
		wake_idle(wq->pool);
}

/* One item of wq less. */
static void finish_item(struct workqueue_struct *wq, int colour, bool was_active)
{
	if (was_active) {
		wq->active--;
		activate_first_inactive(wq);
	}
	if (!--wq->in_flight[colour])
		wake_up_all(&wq->flushed);
}

static void check_left_clean(struct worker *worker)
{
	if (likely(!preempt_count() && !irqs_disabled()))
		return;
	printk(KERN_ERR "BUG: workqueue: %ps returned with preempt_count 0x%08x%s\n",
	       worker->current_func, preempt_count(), irqs_disabled() ? " and interrupts off" : "");
	locks_show(current, KERN_ERR);
	locks_release_all();
	current->preempt_count = 0;
	local_irq_enable();
}

static void begin_item(struct worker *worker, struct work_struct *work, struct workqueue_struct *wq)
{
	struct worker_pool *pool = worker->pool;

	worker->current_work = work;
	worker->current_func = work->func;
	worker->current_wq = wq;
	hlist_add_head(&worker->hash, &pool->busy[hash_ptr(work, BUSY_BITS)]);
	if (wq && wq->flags & (WQ_CPU_INTENSIVE | WQ_UNBOUND)) {
		worker->counted = false;
		pool->running--;
		if (need_more(pool))
			wake_idle(pool);
	}
}

static void end_item(struct worker *worker)
{
	hlist_del_init(&worker->hash);
	worker->current_work = NULL;
	worker->current_wq = NULL;
	if (!worker->counted) {
		worker->counted = true;
		worker->pool->running++;
	}
}

/* Pool locked; unlocked while the function runs. The item may be gone afterwards. */
static void run_item(struct worker *worker, struct work_struct *work)
{
	struct worker_pool *pool = worker->pool;
	struct workqueue_struct *wq = work->wq;
	int colour = test_bit(WORK_STRUCT_COLOR_BIT, &work->data);
	struct module *owner = ledger_owner_of((unsigned long)work->func);

	list_del_init(&work->entry);
	begin_item(worker, work, wq);
	if (unlikely(owner)) {
		ledger_remove(LEDGER_WORK, work);
		ledger_add(owner, LEDGER_WORK, worker, (unsigned long)work->func, 1, NULL,
			   (unsigned long)work->func);
	}
	work->data = 0;
	spin_unlock_irq(&pool->lock);
	worker->current_func(work);
	check_left_clean(worker);
	cond_resched();
	spin_lock_irq(&pool->lock);
	if (unlikely(owner))
		ledger_remove(LEDGER_WORK, worker);
	end_item(worker);
	if (wq)
		finish_item(wq, colour, true);
}

static void run_scheduled(struct worker *worker)
{
	while (!list_empty(&worker->scheduled))
		run_item(worker, list_first_entry(&worker->scheduled, struct work_struct, entry));
}

/* The first item, unless another worker runs it already: then that one gets it. */
static void take_first(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;
	struct work_struct *work = list_first_entry(&pool->worklist, struct work_struct, entry);
	struct worker *other = find_busy(pool, work);

	if (other) {
		move_linked(work, &other->scheduled);
		return;
	}
	move_linked(work, &worker->scheduled);
	run_scheduled(worker);
}

static int worker_run(void *data);

static int make_worker(struct worker_pool *pool)
{
	struct worker *worker = kzalloc(sizeof(*worker), GFP_KERNEL);
	struct task_struct *task;

	if (!worker)
		return -ENOMEM;
	worker->pool = pool;
	INIT_LIST_HEAD(&worker->entry);
	INIT_LIST_HEAD(&worker->scheduled);
	task = kthread_create(worker_run, worker, "kworker/0:%u%s", pool->next_id++, pool->suffix);
	if (IS_ERR(task)) {
		kfree(worker);
		return PTR_ERR(task);
	}
	worker->task = task;
	set_user_nice(task, pool->nice);
	spin_lock_irq(&pool->lock);
	pool->workers++;
	pool->idle_count++;
	list_add(&worker->entry, &pool->idle);
	spin_unlock_irq(&pool->lock);
	wake_up_process(task);
	return 0;
}

/*
 * Sees to it that somebody is there to go on when this worker falls asleep. Pool locked; may
 * unlock.
 */
static void keep_reserve(struct worker_pool *pool)
{
	if (!list_empty(&pool->idle) || pool->making || pool->workers >= WORKERS_MAX)
		return;
	pool->making = true;
	spin_unlock_irq(&pool->lock);
	make_worker(pool);
	spin_lock_irq(&pool->lock);
	pool->making = false;
}

static void leave_idle(struct worker *worker)
{
	list_del_init(&worker->entry);
	worker->pool->idle_count--;
}

static void enter_idle(struct worker *worker)
{
	list_add(&worker->entry, &worker->pool->idle);
	worker->pool->idle_count++;
}

static void work_until_done(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;

	worker->counted = true;
	pool->running++;
	keep_reserve(pool);
	while (!list_empty(&pool->worklist) && pool->running <= 1)
		take_first(worker);
	worker->counted = false;
	pool->running--;
}

static int worker_run(void *data)
{
	struct worker *worker = data;
	struct worker_pool *pool = worker->pool;

	current->worker = worker;
	current->flags |= PF_WQ_WORKER;
	spin_lock_irq(&pool->lock);
	for (;;) {
		if (need_more(pool)) {
			leave_idle(worker);
			work_until_done(worker);
			enter_idle(worker);
			if (need_more(pool))
				continue;
		}
		if (pool->idle_count > IDLE_MAX)
			break;
		set_current_state(TASK_IDLE);
		spin_unlock_irq(&pool->lock);
		schedule();
		spin_lock_irq(&pool->lock);
	}
	leave_idle(worker);
	pool->workers--;
	current->flags &= ~PF_WQ_WORKER;
	current->worker = NULL;
	spin_unlock_irq(&pool->lock);
	kfree(worker);
	return 0;
}

struct work_struct *current_work(void)
{
	struct worker *worker = current->flags & PF_WQ_WORKER ? current->worker : NULL;

	return worker ? worker->current_work : NULL;
}
EXPORT_SYMBOL(current_work);

/* Queueing */

static bool queued_by_itself(const struct workqueue_struct *wq)
{
	struct worker *worker = current->flags & PF_WQ_WORKER ? current->worker : NULL;

	return worker && worker->current_wq == wq;
}

/* The caller owns PENDING; interrupts off. */
static void insert(struct workqueue_struct *wq, struct work_struct *work)
{
	struct worker_pool *pool = wq->pool;

	spin_lock(&pool->lock);
	__clear_bit(WORK_STRUCT_TIMER_BIT, &work->data);
	if (unlikely(wq->draining) && !queued_by_itself(wq)) {
		WARN_ONCE(1, "workqueue: %s: %ps queued while the queue is being drained\n",
			  wq->name, work->func);
		note_unqueued(work);
		work->data = 0;
		spin_unlock(&pool->lock);
		return;
	}
	work->wq = wq;
	if (wq->colour)
		__set_bit(WORK_STRUCT_COLOR_BIT, &work->data);
	wq->in_flight[wq->colour]++;
	if (wq->active < wq->max_active) {
		wq->active++;
		list_add_tail(&work->entry, &pool->worklist);
		if (need_more(pool))
			wake_idle(pool);
	} else {
		__set_bit(WORK_STRUCT_INACTIVE_BIT, &work->data);
		list_add_tail(&work->entry, &wq->inactive);
	}
	spin_unlock(&pool->lock);
}

static bool queue_item(struct workqueue_struct *wq, struct work_struct *work, unsigned long site)
{
	unsigned long flags;
	bool queued = false;

	local_irq_save(flags);
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, &work->data)) {
		note_queued(work, site);
		insert(wq, work);
		queued = true;
	}
	local_irq_restore(flags);
	return queued;
}

bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_item(wq, work, _RET_IP_);
}
EXPORT_SYMBOL(queue_work);

bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_item(wq, work, _RET_IP_);
}
EXPORT_SYMBOL(queue_work_on);

bool schedule_work(struct work_struct *work)
{
	return queue_item(system_wq, work, _RET_IP_);
}
EXPORT_SYMBOL(schedule_work);

bool schedule_work_on(int cpu, struct work_struct *work)
{
	return queue_item(system_wq, work, _RET_IP_);
}
EXPORT_SYMBOL(schedule_work_on);

void delayed_work_timer_fn(struct timer_list *t)
{
	struct delayed_work *dwork = from_timer(dwork, t, timer);
	unsigned long flags;

	local_irq_save(flags);
	insert(dwork->wq, &dwork->work);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(delayed_work_timer_fn);

/* The caller owns PENDING; interrupts off. */
static void insert_delayed(struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay)
{
	dwork->wq = wq;
	if (!delay) {
		insert(wq, &dwork->work);
		return;
	}
	__set_bit(WORK_STRUCT_TIMER_BIT, &dwork->work.data);
	dwork->timer.expires = jiffies + delay;
	add_timer(&dwork->timer);
}

static bool queue_delayed(struct workqueue_struct *wq, struct delayed_work *dwork,
			  unsigned long delay, unsigned long site)
{
	unsigned long flags;
	bool queued = false;

	local_irq_save(flags);
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, &dwork->work.data)) {
		note_queued(&dwork->work, site);
		insert_delayed(wq, dwork, delay);
		queued = true;
	}
	local_irq_restore(flags);
	return queued;
}

bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
			unsigned long delay)
{
	return queue_delayed(wq, dwork, delay, _RET_IP_);
}
EXPORT_SYMBOL(queue_delayed_work);

bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay)
{
	return queue_delayed(wq, dwork, delay, _RET_IP_);
}
EXPORT_SYMBOL(queue_delayed_work_on);

bool schedule_delayed_work(struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed(system_wq, dwork, delay, _RET_IP_);
}
EXPORT_SYMBOL(schedule_delayed_work);

bool schedule_delayed_work_on(int cpu, struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed(system_wq, dwork, delay, _RET_IP_);
}
EXPORT_SYMBOL(schedule_delayed_work_on);

static void rcu_work_queue(struct rcu_head *head)
{
	struct rcu_work *rwork = container_of(head, struct rcu_work, rcu);
	unsigned long flags;

	local_irq_save(flags);
	insert(rwork->wq, &rwork->work);
	local_irq_restore(flags);
}

bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork)
{
	if (test_and_set_bit(WORK_STRUCT_PENDING_BIT, &rwork->work.data))
		return false;
	rwork->wq = wq;
	note_queued(&rwork->work, _RET_IP_);
	call_rcu(&rwork->rcu, rcu_work_queue);
	return true;
}
EXPORT_SYMBOL(queue_rcu_work);

/* Cancelling */

/* Takes an item that waits in a list out of it. Interrupts off. */
static bool unlist(struct work_struct *work)
{
	struct workqueue_struct *wq = work->wq;
	bool listed;

	if (!wq || list_empty(&work->entry))
		return false;
	spin_lock(&wq->pool->lock);
	listed = !list_empty(&work->entry);
	if (listed) {
		bool linked = test_bit(WORK_STRUCT_LINKED_BIT, &work->data);
		struct list_head *next = work->entry.next;

		list_del_init(&work->entry);
		/* A barrier behind it has nothing to wait for any more. */
		if (linked) {
			struct work_struct *barrier = list_entry(next, struct work_struct, entry);

			if (test_bit(WORK_STRUCT_INACTIVE_BIT, &work->data))
				list_move_tail(&barrier->entry, &wq->pool->worklist);
			if (need_more(wq->pool))
				wake_idle(wq->pool);
		}
		finish_item(wq, test_bit(WORK_STRUCT_COLOR_BIT, &work->data),
			    !test_bit(WORK_STRUCT_INACTIVE_BIT, &work->data));
	}
	spin_unlock(&wq->pool->lock);
	return listed;
}

/*
 * Makes the caller the owner of PENDING: 1 it was pending, 0 it was not, -EAGAIN somebody else is
 * cancelling it. Interrupts off.
 */
static int grab(struct work_struct *work, struct delayed_work *dwork)
{
	if (dwork && del_timer(&dwork->timer)) {
		note_unqueued(work);
		work->data = 1UL << WORK_STRUCT_PENDING_BIT;
		return 1;
	}
	if (!test_and_set_bit(WORK_STRUCT_PENDING_BIT, &work->data))
		return 0;
	if (!unlist(work))
		return -EAGAIN;
	note_unqueued(work);
	work->data = 1UL << WORK_STRUCT_PENDING_BIT;
	return 1;
}

static bool cancel(struct work_struct *work, struct delayed_work *dwork)
{
	unsigned long flags;
	int pending;

	local_irq_save(flags);
	pending = grab(work, dwork);
	if (pending >= 0)
		work->data = 0;
	local_irq_restore(flags);
	return pending > 0;
}

bool cancel_work(struct work_struct *work)
{
	return cancel(work, NULL);
}
EXPORT_SYMBOL(cancel_work);

bool cancel_delayed_work(struct delayed_work *dwork)
{
	return cancel(&dwork->work, dwork);
}
EXPORT_SYMBOL(cancel_delayed_work);

static int grab_waiting(struct work_struct *work, struct delayed_work *dwork)
{
	unsigned long flags;
	int pending;

	for (;;) {
		local_irq_save(flags);
		pending = grab(work, dwork);
		local_irq_restore(flags);
		if (pending >= 0)
			return pending;
		schedule_timeout_uninterruptible(1);
	}
}

static bool mod_delayed(struct workqueue_struct *wq, struct delayed_work *dwork,
			unsigned long delay, unsigned long site)
{
	unsigned long flags;
	int pending;

	local_irq_save(flags);
	pending = grab(&dwork->work, dwork);
	if (pending >= 0) {
		note_queued(&dwork->work, site);
		insert_delayed(wq, dwork, delay);
	}
	local_irq_restore(flags);
	return pending > 0;
}

bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay)
{
	return mod_delayed(wq, dwork, delay, _RET_IP_);
}
EXPORT_SYMBOL(mod_delayed_work);

bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay)
{
	return mod_delayed(wq, dwork, delay, _RET_IP_);
}
EXPORT_SYMBOL(mod_delayed_work_on);

/* Flushing */

struct barrier {
	struct work_struct work;
	struct completion done;
};

static void barrier_run(struct work_struct *work)
{
	complete(&container_of(work, struct barrier, work)->done);
}

static void barrier_init(struct barrier *barrier)
{
	INIT_WORK(&barrier->work, barrier_run);
	barrier->work.wq = NULL;
	__set_bit(WORK_STRUCT_PENDING_BIT, &barrier->work.data);
	init_completion(&barrier->done);
}

static void barrier_before(struct barrier *barrier, struct list_head *next, bool linked)
{
	if (linked)
		__set_bit(WORK_STRUCT_LINKED_BIT, &barrier->work.data);
	list_add_tail(&barrier->work.entry, next);
}

static bool barrier_behind_queued(struct barrier *barrier, struct work_struct *work)
{
	bool linked;

	if (list_empty(&work->entry))
		return false;
	linked = test_bit(WORK_STRUCT_LINKED_BIT, &work->data);
	__set_bit(WORK_STRUCT_LINKED_BIT, &work->data);
	barrier_before(barrier, work->entry.next, linked);
	return true;
}

static bool barrier_behind_running(struct barrier *barrier, struct worker *worker)
{
	if (!worker || worker->task == current)
		return false;
	barrier_before(barrier, worker->scheduled.next, !list_empty(&worker->scheduled));
	return true;
}

static bool flush_item(struct work_struct *work)
{
	struct barrier barrier;
	bool wait = false;

	might_sleep();
	barrier_init(&barrier);
	for (unsigned int i = 0; i < ARRAY_SIZE(pools) && !wait; i++) {
		struct worker_pool *pool = &pools[i];

		spin_lock_irq(&pool->lock);
		if (work->wq && work->wq->pool == pool &&
		    test_bit(WORK_STRUCT_PENDING_BIT, &work->data))
			wait = barrier_behind_queued(&barrier, work);
		if (!wait)
			wait = barrier_behind_running(&barrier, find_busy(pool, work));
		spin_unlock_irq(&pool->lock);
	}
	if (wait)
		wait_for_completion(&barrier.done);
	return wait;
}

bool flush_work(struct work_struct *work)
{
	return flush_item(work);
}
EXPORT_SYMBOL(flush_work);

bool flush_delayed_work(struct delayed_work *dwork)
{
	unsigned long flags;

	local_irq_save(flags);
	if (del_timer(&dwork->timer))
		insert(dwork->wq, &dwork->work);
	local_irq_restore(flags);
	return flush_item(&dwork->work);
}
EXPORT_SYMBOL(flush_delayed_work);

bool flush_rcu_work(struct rcu_work *rwork)
{
	rcu_barrier();
	return flush_item(&rwork->work);
}
EXPORT_SYMBOL(flush_rcu_work);

/* Owning PENDING keeps the item from queueing itself while it is waited for. */
static bool cancel_sync(struct work_struct *work, struct delayed_work *dwork)
{
	int pending = grab_waiting(work, dwork);

	flush_item(work);
	work->data = 0;
	return pending;
}

bool cancel_work_sync(struct work_struct *work)
{
	might_sleep();
	return cancel_sync(work, NULL);
}
EXPORT_SYMBOL(cancel_work_sync);

bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	might_sleep();
	return cancel_sync(&dwork->work, dwork);
}
EXPORT_SYMBOL(cancel_delayed_work_sync);

void flush_workqueue(struct workqueue_struct *wq)
{
	int old;

	might_sleep();
	mutex_lock(&wq->flush_mutex);
	spin_lock_irq(&wq->pool->lock);
	old = wq->colour;
	wq->colour = !old;
	spin_unlock_irq(&wq->pool->lock);
	wait_event(wq->flushed, !READ_ONCE(wq->in_flight[old]));
	mutex_unlock(&wq->flush_mutex);
}
EXPORT_SYMBOL(flush_workqueue);

void drain_workqueue(struct workqueue_struct *wq)
{
	spin_lock_irq(&wq->pool->lock);
	wq->draining++;
	spin_unlock_irq(&wq->pool->lock);
	do {
		flush_workqueue(wq);
	} while (READ_ONCE(wq->in_flight[0]) || READ_ONCE(wq->in_flight[1]));
	spin_lock_irq(&wq->pool->lock);
	wq->draining--;
	spin_unlock_irq(&wq->pool->lock);
}
EXPORT_SYMBOL(drain_workqueue);

void flush_scheduled_work(void)
{
	flush_workqueue(system_wq);
}
EXPORT_SYMBOL(flush_scheduled_work);

unsigned int work_busy(struct work_struct *work)
{
	unsigned int busy = work_pending(work) ? WORK_BUSY_PENDING : 0;
	unsigned long flags;

	for (unsigned int i = 0; i < ARRAY_SIZE(pools); i++) {
		spin_lock_irqsave(&pools[i].lock, flags);
		if (find_busy(&pools[i], work))
			busy |= WORK_BUSY_RUNNING;
		spin_unlock_irqrestore(&pools[i].lock, flags);
	}
	return busy;
}
EXPORT_SYMBOL(work_busy);

bool workqueue_congested(int cpu, struct workqueue_struct *wq)
{
	return !list_empty(&wq->inactive);
}
EXPORT_SYMBOL(workqueue_congested);

struct call {
	struct work_struct work;
	long (*fn)(void *);
	void *arg;
	long result;
};

static void call_run(struct work_struct *work)
{
	struct call *call = container_of(work, struct call, work);

	call->result = call->fn(call->arg);
}

long work_on_cpu(int cpu, long (*fn)(void *), void *arg)
{
	struct call call = { .fn = fn, .arg = arg };

	INIT_WORK_ONSTACK(&call.work, call_run);
	schedule_work(&call.work);
	flush_work(&call.work);
	return call.result;
}
EXPORT_SYMBOL(work_on_cpu);

int schedule_on_each_cpu(work_func_t func)
{
	struct work_struct work;

	INIT_WORK_ONSTACK(&work, func);
	schedule_work(&work);
	flush_work(&work);
	return 0;
}
EXPORT_SYMBOL(schedule_on_each_cpu);

/* Queues */

static struct workqueue_struct *create(unsigned int flags, int max_active)
{
	struct workqueue_struct *wq = kzalloc(sizeof(*wq), GFP_KERNEL);

	if (!wq)
		return NULL;
	wq->pool = &pools[!!(flags & WQ_HIGHPRI)];
	wq->flags = flags;
	wq->max_active = clamp(max_active ? max_active : WQ_DFL_ACTIVE, 1, WQ_MAX_ACTIVE);
	INIT_LIST_HEAD(&wq->inactive);
	mutex_init(&wq->flush_mutex);
	init_waitqueue_head(&wq->flushed);
	return wq;
}

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	struct module *owner = ledger_owner_of(_RET_IP_);
	struct workqueue_struct *wq = create(flags, max_active);
	va_list args;

	if (!wq)
		return NULL;
	va_start(args, max_active);
	vsnprintf(wq->name, sizeof(wq->name), fmt, args);
	va_end(args);
	if (owner && ledger_add(owner, LEDGER_WORKQUEUE, wq, 0, 0, wq->name, _RET_IP_)) {
		kfree(wq);
		return NULL;
	}
	return wq;
}
EXPORT_SYMBOL(alloc_workqueue);

void destroy_workqueue(struct workqueue_struct *wq)
{
	drain_workqueue(wq);
	ledger_remove(LEDGER_WORKQUEUE, wq);
	kfree(wq);
}
EXPORT_SYMBOL(destroy_workqueue);

void workqueue_set_max_active(struct workqueue_struct *wq, int max_active)
{
	spin_lock_irq(&wq->pool->lock);
	wq->max_active = clamp(max_active ? max_active : WQ_DFL_ACTIVE, 1, WQ_MAX_ACTIVE);
	while (!list_empty(&wq->inactive) && wq->active < wq->max_active)
		activate_first_inactive(wq);
	spin_unlock_irq(&wq->pool->lock);
}
EXPORT_SYMBOL_GPL(workqueue_set_max_active);

/* The ledger takes items and queues back. */

static void wait_for_worker(struct worker *worker, unsigned long func)
{
	struct barrier barrier;
	bool wait = false;

	barrier_init(&barrier);
	for (unsigned int i = 0; i < ARRAY_SIZE(pools) && !wait; i++) {
		struct worker *busy;

		spin_lock_irq(&pools[i].lock);
		for (unsigned int slot = 0; slot < 1 << BUSY_BITS; slot++)
			hlist_for_each_entry(busy, &pools[i].busy[slot], hash)
				if (busy == worker && (unsigned long)busy->current_func == func)
					wait = barrier_behind_running(&barrier, busy);
		spin_unlock_irq(&pools[i].lock);
	}
	if (wait)
		wait_for_completion(&barrier.done);
}

static void work_release(const struct ledger_entry *entry)
{
	struct work_struct *work = (struct work_struct *)entry->object;

	if (entry->size)
		wait_for_worker((struct worker *)entry->object, entry->key);
	else if (test_bit(WORK_STRUCT_TIMER_BIT, &work->data))
		cancel_delayed_work_sync(to_delayed_work(work));
	else
		cancel_work_sync(work);
}

static void work_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	snprintf(buf, size, "%ps%s", (void *)(unsigned long)entry->key,
		 entry->size ? " (running)" : "");
}

static void queue_release(const struct ledger_entry *entry)
{
	destroy_workqueue((struct workqueue_struct *)entry->object);
}

static const struct ledger_kind_ops work_ledger = { "work items", work_release, work_describe };
static const struct ledger_kind_ops queue_ledger = { "work queues", queue_release, NULL };

static void pool_init(struct worker_pool *pool, const char *suffix, int nice)
{
	spin_lock_init(&pool->lock);
	pool->suffix = suffix;
	pool->nice = nice;
	INIT_LIST_HEAD(&pool->worklist);
	INIT_LIST_HEAD(&pool->idle);
}

void workqueue_init(void)
{
	pool_init(&pools[0], "", 0);
	pool_init(&pools[1], "H", MIN_NICE);
	ledger_kind_register(LEDGER_WORK, &work_ledger);
	ledger_kind_register(LEDGER_WORKQUEUE, &queue_ledger);
	system_wq = alloc_workqueue("events", 0, 0);
	system_highpri_wq = alloc_workqueue("events_highpri", WQ_HIGHPRI, 0);
	system_long_wq = alloc_workqueue("events_long", 0, 0);
	system_unbound_wq = alloc_workqueue("events_unbound", WQ_UNBOUND, 0);
	system_freezable_wq = alloc_workqueue("events_freezable", WQ_FREEZABLE, 0);
	system_power_efficient_wq = alloc_workqueue("events_power_efficient", WQ_POWER_EFFICIENT,
						    0);
	if (!system_wq || !system_highpri_wq || !system_long_wq || !system_unbound_wq ||
	    !system_freezable_wq || !system_power_efficient_wq)
		panic("workqueue: no memory for the system's queues");
}

/* As many as are kept: what is free does not depend on whether there was work yet. */
void workqueue_start(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(pools) * IDLE_MAX; i++)
		if (make_worker(&pools[i % ARRAY_SIZE(pools)]))
			panic("workqueue: no memory for workers");
}
