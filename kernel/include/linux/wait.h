/*
 * Wait queues: tasks that sleep until somebody says that something has changed.
 *
 * Waiting: threads only, may sleep. Waking: any context. The pattern is wait_event*(queue,
 * condition) on one side; make the condition true, then wake_up*(&queue) on the other. The
 * condition is evaluated again after each wake-up.
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/sched.h>
#include <linux/kernel.h>
#include <linux/ktime.h>

typedef struct wait_queue_entry wait_queue_entry_t;
/*
 * Called by a wake-up with the queue locked: nonzero if a task was woken. mode: TASK_* states; key:
 * poll events.
 */
typedef int (*wait_queue_func_t)(struct wait_queue_entry *entry, unsigned int mode, int flags,
				 void *key);

#define WQ_FLAG_EXCLUSIVE 0x01 /* a wake-up stops after nr of these */
#define WQ_FLAG_WOKEN 0x02
#define WQ_FLAG_BOOKMARK 0x04

struct wait_queue_entry {
	unsigned int flags;
	void *private; /* the task, for the usual functions */
	wait_queue_func_t func;
	struct list_head entry;
};

struct wait_queue_head {
	spinlock_t lock; /* protects head */
	struct list_head head;
};
typedef struct wait_queue_head wait_queue_head_t;

#define __WAITQUEUE_INITIALIZER(name, tsk)                                               \
	{                                                                                \
		.private = (tsk), .func = default_wake_function, .entry = { NULL, NULL } \
	}
#define DECLARE_WAITQUEUE(name, tsk) \
	struct wait_queue_entry name = __WAITQUEUE_INITIALIZER(name, tsk)
#define __WAIT_QUEUE_HEAD_INITIALIZER(name)                                                    \
	{                                                                                      \
		.lock = __SPIN_LOCK_UNLOCKED((name).lock), .head = LIST_HEAD_INIT((name).head) \
	}
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name) DECLARE_WAIT_QUEUE_HEAD(name)

void __init_waitqueue_head(struct wait_queue_head *wq_head, const char *name);
#define init_waitqueue_head(wq_head) __init_waitqueue_head(wq_head, #wq_head)
void init_waitqueue_entry(struct wait_queue_entry *entry, struct task_struct *p);
void init_waitqueue_func_entry(struct wait_queue_entry *entry, wait_queue_func_t func);

/* Is anybody waiting (without the lock: the answer may be old). */
static inline int waitqueue_active(struct wait_queue_head *wq_head)
{
	return !list_empty(&wq_head->head);
}
static inline bool wq_has_sleeper(struct wait_queue_head *wq_head)
{
	barrier();
	return waitqueue_active(wq_head);
}

/* Queue an entry: shared ones first, exclusive ones at the tail. Any context. */
void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *entry);
void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *entry);
void add_wait_queue_priority(struct wait_queue_head *wq_head, struct wait_queue_entry *entry);
void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *entry);
/* The same with wq_head->lock held. */
static inline void __add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *entry)
{
	list_add(&entry->entry, &wq_head->head);
}
static inline void __add_wait_queue_entry_tail(struct wait_queue_head *wq_head,
					       struct wait_queue_entry *entry)
{
	list_add_tail(&entry->entry, &wq_head->head);
}
static inline void __remove_wait_queue(struct wait_queue_head *wq_head,
				       struct wait_queue_entry *entry)
{
	list_del(&entry->entry);
}

/* Wake all shared and at most nr exclusive waiters (0: all) whose state is in mode. */
void __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr, void *key);
void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr);
void __wake_up_locked_key(struct wait_queue_head *wq_head, unsigned int mode, void *key);
/* The waker is about to sleep: do not switch to the woken at once. */
void __wake_up_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key);

#define wake_up(x) __wake_up(x, TASK_NORMAL, 1, NULL)
#define wake_up_nr(x, nr) __wake_up(x, TASK_NORMAL, nr, NULL)
#define wake_up_all(x) __wake_up(x, TASK_NORMAL, 0, NULL)
#define wake_up_locked(x) __wake_up_locked(x, TASK_NORMAL, 1)
#define wake_up_all_locked(x) __wake_up_locked(x, TASK_NORMAL, 0)
#define wake_up_interruptible(x) __wake_up(x, TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_interruptible_nr(x, nr) __wake_up(x, TASK_INTERRUPTIBLE, nr, NULL)
#define wake_up_interruptible_all(x) __wake_up(x, TASK_INTERRUPTIBLE, 0, NULL)
#define wake_up_interruptible_sync(x) __wake_up_sync_key(x, TASK_INTERRUPTIBLE, NULL)
#define wake_up_sync(x) __wake_up_sync_key(x, TASK_NORMAL, NULL)
/* With the poll events that became true (EPOLL*). */
#define poll_to_key(m) ((void *)(uintptr_t)(__poll_t)(m))
#define key_to_poll(m) ((__poll_t)(uintptr_t)(void *)(m))
#define wake_up_poll(x, m) __wake_up(x, TASK_NORMAL, 1, poll_to_key(m))
#define wake_up_locked_poll(x, m) __wake_up_locked_key(x, TASK_NORMAL, poll_to_key(m))
#define wake_up_interruptible_poll(x, m) __wake_up(x, TASK_INTERRUPTIBLE, 1, poll_to_key(m))
#define wake_up_interruptible_sync_poll(x, m) \
	__wake_up_sync_key(x, TASK_INTERRUPTIBLE, poll_to_key(m))

/*
 * The building blocks. prepare_* queue the entry and set current's state; prepare_to_wait_event()
 * gives -ERESTARTSYS if a signal makes waiting pointless (and takes the entry out). finish_wait()
 * undoes both.
 */
void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *entry, int state);
void prepare_to_wait_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *entry,
			       int state);
long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *entry,
			   int state);
void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *entry);
void init_wait_entry(struct wait_queue_entry *entry, int flags);
/*
 * Sleeping with wait_woken(): no wake-up is lost between test and sleep. Returns the rest of
 * timeout (jiffies).
 */
long wait_woken(struct wait_queue_entry *entry, unsigned int mode, long timeout);
int woken_wake_function(struct wait_queue_entry *entry, unsigned int mode, int sync, void *key);
int autoremove_wake_function(struct wait_queue_entry *entry, unsigned int mode, int sync,
			     void *key);
int default_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key);

#define DEFINE_WAIT_FUNC(name, function)                     \
	struct wait_queue_entry name = { .private = current, \
					 .func = function,   \
					 .entry = LIST_HEAD_INIT((name).entry) }
#define DEFINE_WAIT(name) DEFINE_WAIT_FUNC(name, autoremove_wake_function)
#define init_wait(wait)                                  \
	do {                                             \
		(wait)->private = current;               \
		(wait)->func = autoremove_wake_function; \
		INIT_LIST_HEAD(&(wait)->entry);          \
		(wait)->flags = 0;                       \
	} while (0)

#define ___wait_is_interruptible(state) \
	(!__builtin_constant_p(state) || (state) == TASK_INTERRUPTIBLE || (state) == TASK_KILLABLE)

/* The loop under all the macros: queue, test, run cmd (which sleeps), until condition or signal. */
#define ___wait_event(wq_head, condition, state, exclusive, ret, cmd)                            \
	({                                                                                       \
		__label__ __wait_out;                                                            \
		struct wait_queue_entry __wq_entry;                                              \
		long __wait_ret = (ret);                                                         \
		init_wait_entry(&__wq_entry, (exclusive) ? WQ_FLAG_EXCLUSIVE : 0);               \
		for (;;) {                                                                       \
			long __wait_int = prepare_to_wait_event(&(wq_head), &__wq_entry, state); \
			if (condition)                                                           \
				break;                                                           \
			if (___wait_is_interruptible(state) && __wait_int) {                     \
				__wait_ret = __wait_int;                                         \
				goto __wait_out;                                                 \
			}                                                                        \
			cmd;                                                                     \
			if (condition) /* woken: most often it holds */                          \
				break;                                                           \
		}                                                                                \
		finish_wait(&(wq_head), &__wq_entry);                                            \
__wait_out:                                                                                      \
		__wait_ret;                                                                      \
	})

/*
 * condition, and while a timeout runs: make __wait_ret at least 1 if it is true, and end the loop
 * when it has run out
 */
#define ___wait_cond_timeout(condition)         \
	({                                      \
		bool __wait_cond = (condition); \
		if (__wait_cond && !__wait_ret) \
			__wait_ret = 1;         \
		__wait_cond || !__wait_ret;     \
	})

/* Sleep until condition, whatever signals come. */
#define wait_event(wq_head, condition)                                                      \
	do {                                                                                \
		might_sleep();                                                              \
		if (!(condition))                                                           \
			(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
					    schedule());                                    \
	} while (0)
#define io_wait_event(wq_head, condition)                                                   \
	do {                                                                                \
		might_sleep();                                                              \
		if (!(condition))                                                           \
			(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
					    io_schedule());                                 \
	} while (0)
/* Sleep until condition or any / a fatal signal: 0, or -ERESTARTSYS. */
#define wait_event_interruptible(wq_head, condition)                                        \
	({                                                                                  \
		long __ret = 0;                                                             \
		might_sleep();                                                              \
		if (!(condition))                                                           \
			__ret = ___wait_event(wq_head, condition, TASK_INTERRUPTIBLE, 0, 0, \
					      schedule());                                  \
		(int)__ret;                                                                 \
	})
#define wait_event_killable(wq_head, condition)                                        \
	({                                                                             \
		long __ret = 0;                                                        \
		might_sleep();                                                         \
		if (!(condition))                                                      \
			__ret = ___wait_event(wq_head, condition, TASK_KILLABLE, 0, 0, \
					      schedule());                             \
		(int)__ret;                                                            \
	})
#define wait_event_interruptible_exclusive(wq_head, condition)                              \
	({                                                                                  \
		long __ret = 0;                                                             \
		might_sleep();                                                              \
		if (!(condition))                                                           \
			__ret = ___wait_event(wq_head, condition, TASK_INTERRUPTIBLE, 1, 0, \
					      schedule());                                  \
		(int)__ret;                                                                 \
	})
#define wait_event_killable_exclusive(wq_head, condition)                              \
	({                                                                             \
		long __ret = 0;                                                        \
		might_sleep();                                                         \
		if (!(condition))                                                      \
			__ret = ___wait_event(wq_head, condition, TASK_KILLABLE, 1, 0, \
					      schedule());                             \
		(int)__ret;                                                            \
	})
#define wait_event_idle(wq_head, condition)                                                   \
	do {                                                                                  \
		might_sleep();                                                                \
		if (!(condition))                                                             \
			(void)___wait_event(wq_head, condition, TASK_IDLE, 0, 0, schedule()); \
	} while (0)
#define wait_event_freezable(wq_head, condition) wait_event_interruptible(wq_head, condition)

#define __wait_event_timeout_state(wq_head, condition, timeout, state)                            \
	({                                                                                        \
		long __ret = (timeout);                                                           \
		might_sleep();                                                                    \
		if (!({                                                                           \
			    long __wait_ret = __ret;                                              \
			    bool __c = ___wait_cond_timeout(condition);                           \
			    __ret = __wait_ret;                                                   \
			    __c;                                                                  \
		    }))                                                                           \
			__ret = ___wait_event(wq_head, ___wait_cond_timeout(condition), state, 0, \
					      __ret, __wait_ret = schedule_timeout(__wait_ret));  \
		__ret;                                                                            \
	})
/*
 * With a time limit in jiffies: 0 if it ran out with condition false, else the jiffies left, at
 * least 1. The interruptible and killable ones also -ERESTARTSYS.
 */
#define wait_event_timeout(wq_head, condition, timeout) \
	__wait_event_timeout_state(wq_head, condition, timeout, TASK_UNINTERRUPTIBLE)
#define wait_event_interruptible_timeout(wq_head, condition, timeout) \
	__wait_event_timeout_state(wq_head, condition, timeout, TASK_INTERRUPTIBLE)
#define wait_event_killable_timeout(wq_head, condition, timeout) \
	__wait_event_timeout_state(wq_head, condition, timeout, TASK_KILLABLE)
#define wait_event_idle_timeout(wq_head, condition, timeout) \
	__wait_event_timeout_state(wq_head, condition, timeout, TASK_IDLE)
#define wait_event_freezable_timeout(wq_head, condition, timeout) \
	wait_event_interruptible_timeout(wq_head, condition, timeout)

#define __wait_event_hr(wq_head, condition, timeout, state)                                      \
	({                                                                                       \
		int __ret = 0;                                                                   \
		ktime_t __end = (timeout) == KTIME_MAX ? KTIME_MAX                               \
						       : ktime_add(ktime_get(), (timeout));      \
		might_sleep();                                                                   \
		if (!(condition))                                                                \
			__ret = (int)___wait_event(                                              \
				wq_head, (condition) || __wait_ret, state, 0, 0,                 \
				__wait_ret = __end == KTIME_MAX                                  \
						     ? (schedule(), 0)                           \
						     : (schedule_until(__end)                    \
								? 0                              \
								: (ktime_get() >= __end ? -ETIME \
											: 0)));  \
		__ret == -ETIME && (condition) ? 0 : __ret;                                      \
	})
/* The same with a time limit as ktime_t: 0 or -ETIME (interruptible: or -ERESTARTSYS). */
#define wait_event_hrtimeout(wq_head, condition, timeout) \
	__wait_event_hr(wq_head, condition, timeout, TASK_UNINTERRUPTIBLE)
#define wait_event_interruptible_hrtimeout(wq_head, condition, timeout) \
	__wait_event_hr(wq_head, condition, timeout, TASK_INTERRUPTIBLE)
/*
 * Sleeps in the state set before until woken or until the monotonic time end. 1: woken before it.
 */
int schedule_until(ktime_t end);

/*
 * The condition is tested with wq_head.lock (plain / with interrupts off) held by the caller;
 * sleeping drops it.
 */
#define __wait_event_locked(wq, condition, state, lockfn, unlockfn)          \
	({                                                                   \
		int __ret = 0;                                               \
		DEFINE_WAIT(__wait);                                         \
		while (!(condition)) {                                       \
			if (list_empty(&__wait.entry))                       \
				__add_wait_queue_entry_tail(&(wq), &__wait); \
			set_current_state(state);                            \
			if (signal_pending_state(state, current)) {          \
				__ret = -ERESTARTSYS;                        \
				break;                                       \
			}                                                    \
			unlockfn(&(wq).lock);                                \
			schedule();                                          \
			lockfn(&(wq).lock);                                  \
		}                                                            \
		if (!list_empty(&__wait.entry))                              \
			list_del_init(&__wait.entry);                        \
		__set_current_state(TASK_RUNNING);                           \
		__ret;                                                       \
	})
#define wait_event_interruptible_locked(wq, condition) \
	__wait_event_locked(wq, condition, TASK_INTERRUPTIBLE, spin_lock, spin_unlock)
#define wait_event_interruptible_locked_irq(wq, condition) \
	__wait_event_locked(wq, condition, TASK_INTERRUPTIBLE, spin_lock_irq, spin_unlock_irq)

/*
 * The condition is tested with lock held by the caller; cmd runs and lock is dropped while
 * sleeping.
 */
#define wait_event_lock_irq_cmd(wq_head, condition, lock, cmd)                              \
	do {                                                                                \
		if (!(condition))                                                           \
			(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0, \
					    spin_unlock_irq(&(lock));                       \
					    cmd; schedule(); spin_lock_irq(&(lock)));       \
	} while (0)
#define wait_event_lock_irq(wq_head, condition, lock) \
	wait_event_lock_irq_cmd(wq_head, condition, lock, )
#define wait_event_interruptible_lock_irq(wq_head, condition, lock)                         \
	({                                                                                  \
		long __ret = 0;                                                             \
		if (!(condition))                                                           \
			__ret = ___wait_event(wq_head, condition, TASK_INTERRUPTIBLE, 0, 0, \
					      spin_unlock_irq(&(lock));                     \
					      schedule(); spin_lock_irq(&(lock)));          \
		(int)__ret;                                                                 \
	})
#define wait_event_interruptible_lock_irq_timeout(wq_head, condition, lock, timeout)     \
	({                                                                               \
		long __ret = (timeout);                                                  \
		if (!(condition))                                                        \
			__ret = ___wait_event(wq_head, ___wait_cond_timeout(condition),  \
					      TASK_INTERRUPTIBLE, 0, __ret,              \
					      spin_unlock_irq(&(lock));                  \
					      __wait_ret = schedule_timeout(__wait_ret); \
					      spin_lock_irq(&(lock)));                   \
		__ret;                                                                   \
	})

#endif
