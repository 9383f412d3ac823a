/*
 * Work queues: functions run later in a kernel thread, where they may sleep.
 *
 * Queueing: any context. Flushing and cancelling: threads, may sleep. One work item never runs in
 * two threads at once. Items queued by a module (by the address of their function) and queues it
 * made are in its ledger.
 */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/timer.h>
#include <linux/bitops.h>
#include <linux/rcupdate.h>

struct workqueue_struct;
struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

/* data: bits; PENDING has one owner (see kernel/sched/workqueue.c), the others are private */
#define WORK_STRUCT_PENDING_BIT 0
#define WORK_STRUCT_LINKED_BIT 1 /* the next item is a barrier of this one */
#define WORK_STRUCT_COLOR_BIT 2
#define WORK_STRUCT_INACTIVE_BIT 3 /* in its queue's own list */
#define WORK_STRUCT_TIMER_BIT 4	   /* waits for its timer */

struct work_struct {
	unsigned long data;
	struct list_head entry; /* in a list while it waits, else empty */
	work_func_t func;
	struct workqueue_struct *wq; /* where it was queued last */
};

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
	struct workqueue_struct *wq; /* where the timer puts it */
};

struct rcu_work {
	struct work_struct work;
	struct rcu_head rcu;
	struct workqueue_struct *wq;
};

#define __WORK_INITIALIZER(n, f)                                 \
	{                                                        \
		.entry = { &(n).entry, &(n).entry }, .func = (f) \
	}
void delayed_work_timer_fn(struct timer_list *t);
#define __DELAYED_WORK_INITIALIZER(n, f, tflags)                            \
	{                                                                   \
		.work = __WORK_INITIALIZER((n).work, (f)),                  \
		.timer = __TIMER_INITIALIZER(delayed_work_timer_fn, tflags) \
	}
#define DECLARE_WORK(n, f) struct work_struct n = __WORK_INITIALIZER(n, f)
#define DECLARE_DELAYED_WORK(n, f) struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f, 0)
#define DECLARE_DEFERRABLE_WORK(n, f) DECLARE_DELAYED_WORK(n, f)
#define INIT_WORK(_work, _func)                  \
	do {                                     \
		(_work)->data = 0;               \
		INIT_LIST_HEAD(&(_work)->entry); \
		(_work)->func = (_func);         \
		(_work)->wq = NULL;              \
	} while (0)
#define INIT_WORK_ONSTACK(_work, _func) INIT_WORK(_work, _func)
#define INIT_DELAYED_WORK(_work, _func)                                 \
	do {                                                            \
		INIT_WORK(&(_work)->work, (_func));                     \
		timer_setup(&(_work)->timer, delayed_work_timer_fn, 0); \
	} while (0)
#define INIT_DELAYED_WORK_ONSTACK(_work, _func) INIT_DELAYED_WORK(_work, _func)
#define INIT_DEFERRABLE_WORK(_work, _func) INIT_DELAYED_WORK(_work, _func)
#define INIT_RCU_WORK(_work, _func) INIT_WORK(&(_work)->work, (_func))
#define destroy_work_on_stack(work) ((void)(work))
#define destroy_delayed_work_on_stack(work) ((void)(work))
#define to_delayed_work(w) container_of(w, struct delayed_work, work)
#define to_rcu_work(w) container_of(w, struct rcu_work, work)
#define work_pending(work) test_bit(WORK_STRUCT_PENDING_BIT, &(work)->data)
#define delayed_work_pending(w) work_pending(&(w)->work)

/* flags of alloc_workqueue() */
#define WQ_UNBOUND (1 << 1)
#define WQ_FREEZABLE (1 << 2)
#define WQ_MEM_RECLAIM (1 << 3)
#define WQ_HIGHPRI (1 << 4)
#define WQ_CPU_INTENSIVE (1 << 5)
#define WQ_SYSFS (1 << 6)
#define WQ_POWER_EFFICIENT (1 << 7)
#define __WQ_DRAINING (1 << 16)
#define __WQ_ORDERED (1 << 17)
#define WQ_MAX_ACTIVE 512
#define WQ_DFL_ACTIVE (WQ_MAX_ACTIVE / 2)

/*
 * Makes a queue on which at most max_active items run at once (0: the default). fmt: its name. NULL
 * without memory.
 */
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
	__printf(1, 4);
/* One item at a time, in queueing order. */
#define alloc_ordered_workqueue(fmt, flags, args...) \
	alloc_workqueue(fmt, WQ_UNBOUND | __WQ_ORDERED | (flags), 1, ##args)
#define create_workqueue(name) alloc_workqueue("%s", WQ_MEM_RECLAIM, 1, (name))
#define create_freezable_workqueue(name) \
	alloc_workqueue("%s", WQ_FREEZABLE | WQ_UNBOUND | WQ_MEM_RECLAIM, 1, (name))
#define create_singlethread_workqueue(name) alloc_ordered_workqueue("%s", WQ_MEM_RECLAIM, name)
/* Runs what is queued, then frees the queue. */
void destroy_workqueue(struct workqueue_struct *wq);
void workqueue_set_max_active(struct workqueue_struct *wq, int max_active);

/* Queue an item; false if it was queued already. delay: jiffies. */
bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work);
bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
			unsigned long delay);
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay);
/* Queue it, or set the delay of an already queued one anew: true if it was pending. */
bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork, unsigned long delay);
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay);
/* Queue it after an RCU grace period. */
bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork);
/* The same on the system's queue. */
bool schedule_work(struct work_struct *work);
bool schedule_work_on(int cpu, struct work_struct *work);
bool schedule_delayed_work(struct delayed_work *dwork, unsigned long delay);
bool schedule_delayed_work_on(int cpu, struct delayed_work *dwork, unsigned long delay);
int schedule_on_each_cpu(work_func_t func);
/* Runs fn(arg) in a worker and waits for its value. */
long work_on_cpu(int cpu, long (*fn)(void *), void *arg);

/*
 * Wait until everything queued so far has run / until the queue is empty even of what its items
 * queue.
 */
void flush_workqueue(struct workqueue_struct *wq);
void drain_workqueue(struct workqueue_struct *wq);
void flush_scheduled_work(void);
/*
 * Wait until the last queueing of the item has run: true if there was something to wait for. The
 * delayed one queues it at once first.
 */
bool flush_work(struct work_struct *work);
bool flush_delayed_work(struct delayed_work *dwork);
bool flush_rcu_work(struct rcu_work *rwork);
/*
 * Take it out of the queue: true if it was pending. _sync: also wait until it does not run; it is
 * then nowhere, even if it queues itself. cancel_delayed_work() alone works in any context.
 */
bool cancel_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
bool cancel_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work_sync(struct delayed_work *dwork);
/* WORK_BUSY_PENDING | WORK_BUSY_RUNNING. */
#define WORK_BUSY_PENDING 1
#define WORK_BUSY_RUNNING 2
unsigned int work_busy(struct work_struct *work);
/* The item the calling worker runs, NULL if it is none. */
struct work_struct *current_work(void);
/* Must a queue's own item stop queueing itself (the queue is being drained). */
bool workqueue_congested(int cpu, struct workqueue_struct *wq);

extern struct workqueue_struct *system_wq;
extern struct workqueue_struct *system_highpri_wq;
extern struct workqueue_struct *system_long_wq;
extern struct workqueue_struct *system_unbound_wq;
extern struct workqueue_struct *system_freezable_wq;
extern struct workqueue_struct *system_power_efficient_wq;

#endif
