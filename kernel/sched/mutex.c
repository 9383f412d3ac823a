/*
 * Mutexes.
 *
 * 1. owner is the whole state: NULL free, else the owning task, with bit 0 set while somebody
 *    waits. Taking a free mutex and releasing one nobody waits for are one compare-and-exchange.
 * 2. Everything else happens under mutex_wait_lock: waiters queue in order of priority; the
 *    releasing owner hands the mutex to the first of them, so that it cannot be overtaken.
 * 3. Priority: while the first waiter is more important than the owner, the mutex is in the owner's
 *    list `boosting` and the owner runs with the best priority found there. If the owner waits for
 *    a mutex itself, its place in that queue and the next owner are brought up to date too, some
 *    steps far. Release takes back what this mutex lent.
 * 4. Who takes a mutex twice, or releases what he does not own, is told both call sites.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <asm/cmpxchg.h>
#include "sched/sched.h"

#define MUTEX_WAITERS 1UL
#define BOOST_DEPTH_MAX 8

struct mutex_waiter {
	struct list_head entry;
	struct task_struct *task;
	unsigned long site;
	bool granted;
};

/* Protects wait_list, boost and boosting lists, blocked_on. */
static DEFINE_RAW_SPINLOCK(mutex_wait_lock);

static inline struct task_struct *owner_of(const struct mutex *lock)
{
	return (struct task_struct *)((unsigned long)READ_ONCE(lock->owner) & ~MUTEX_WAITERS);
}

static inline bool replace_owner(struct mutex *lock, unsigned long old, unsigned long new)
{
	return cmpxchg(&lock->owner, (struct task_struct *)old, (struct task_struct *)new) ==
	       (struct task_struct *)old;
}

static const char *name_of(const struct mutex *lock)
{
#ifdef CONFIG_DEBUG_SPINLOCK
	return lock->name ? lock->name : "?";
#else
	return "?";
#endif
}

static noinline void report(const char *what, const struct mutex *lock, unsigned long site)
{
	const struct task_struct *owner = owner_of(lock);

	printk(KERN_ERR "BUG: mutex: %s (%px): %s: taken at %pS by %s/%d; now at %pS by %s/%d\n",
	       name_of(lock), lock, what, (void *)lock->site, owner ? owner->comm : "-",
	       owner ? owner->pid : -1, (void *)site, current->comm, current->pid);
	dump_stack();
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

void __mutex_init(struct mutex *lock, const char *name)
{
	lock->owner = NULL;
	INIT_LIST_HEAD(&lock->wait_list);
	INIT_LIST_HEAD(&lock->boost);
	lock->site = 0;
#ifdef CONFIG_DEBUG_SPINLOCK
	lock->name = name;
#endif
}
EXPORT_SYMBOL(__mutex_init);

void mutex_destroy(struct mutex *lock)
{
	if (owner_of(lock))
		report("destroyed while held", lock, _RET_IP_);
}
EXPORT_SYMBOL(mutex_destroy);

static struct mutex_waiter *first_waiter(const struct mutex *lock)
{
	return list_first_entry_or_null(&lock->wait_list, struct mutex_waiter, entry);
}

static void insert_waiter(struct mutex *lock, struct mutex_waiter *waiter)
{
	struct mutex_waiter *other;

	list_for_each_entry(other, &lock->wait_list, entry)
		if (other->task->prio > waiter->task->prio)
			break;
	list_add_tail(&waiter->entry, &other->entry);
}

/* The best priority that the mutexes p holds lend it. */
static int lent_prio(const struct task_struct *p)
{
	int prio = MAX_PRIO;
	struct mutex *lock;

	list_for_each_entry(lock, &p->boosting, boost) {
		struct mutex_waiter *waiter = first_waiter(lock);

		if (waiter)
			prio = min(prio, waiter->task->prio);
	}
	return prio;
}

static void resort_waiter(struct mutex *lock, const struct task_struct *task)
{
	struct mutex_waiter *waiter;

	list_for_each_entry(waiter, &lock->wait_list, entry) {
		if (waiter->task == task) {
			list_del(&waiter->entry);
			insert_waiter(lock, waiter);
			return;
		}
	}
}

/* After the queue of lock has changed: its owner, and whoever that one waits for. */
static void update_boost(struct mutex *lock)
{
	for (int depth = 0; lock && depth < BOOST_DEPTH_MAX; depth++) {
		struct mutex_waiter *waiter = first_waiter(lock);
		struct task_struct *owner = owner_of(lock);

		if (!owner)
			return;
		list_del_init(&lock->boost);
		if (waiter && waiter->task->prio < owner->prio)
			list_add(&lock->boost, &owner->boosting);
		else if (waiter && owner->boost_prio < MAX_PRIO)
			list_add(&lock->boost, &owner->boosting);
		if (lent_prio(owner) == owner->boost_prio)
			return;
		sched_boost(owner, lent_prio(owner));
		lock = owner->blocked_on;
		if (lock)
			resort_waiter(lock, owner);
	}
}

/* Marks the mutex as waited for, or takes it if it has become free. */
static bool mark_or_take(struct mutex *lock)
{
	for (;;) {
		unsigned long old = (unsigned long)READ_ONCE(lock->owner);

		if (!(old & ~MUTEX_WAITERS)) {
			if (replace_owner(
				    lock, old,
				    (unsigned long)current |
					    (list_empty(&lock->wait_list) ? 0 : MUTEX_WAITERS)))
				return true;
		} else if ((old & MUTEX_WAITERS) || replace_owner(lock, old, old | MUTEX_WAITERS)) {
			return false;
		}
	}
}

static void give_up(struct mutex *lock, struct mutex_waiter *waiter)
{
	unsigned long old;

	list_del(&waiter->entry);
	if (list_empty(&lock->wait_list)) {
		old = (unsigned long)READ_ONCE(lock->owner);
		replace_owner(lock, old, old & ~MUTEX_WAITERS);
	}
	update_boost(lock);
}

static noinline int lock_slowly(struct mutex *lock, int state, unsigned long site, bool io)
{
	struct mutex_waiter waiter = { .task = current, .site = site };
	int error = 0;

	if (owner_of(lock) == current) {
		report("recursion", lock, site);
		BUG();
	}
	raw_spin_lock(&mutex_wait_lock);
	if (mark_or_take(lock)) {
		lock->site = site;
		raw_spin_unlock(&mutex_wait_lock);
		return 0;
	}
	insert_waiter(lock, &waiter);
	current->blocked_on = lock;
	update_boost(lock);
	while (!waiter.granted) {
		if (signal_pending_state(state, current)) {
			give_up(lock, &waiter);
			error = -EINTR;
			break;
		}
		__set_current_state(state);
		raw_spin_unlock(&mutex_wait_lock);
		if (io)
			io_schedule();
		else
			schedule();
		raw_spin_lock(&mutex_wait_lock);
	}
	__set_current_state(TASK_RUNNING);
	current->blocked_on = NULL;
	raw_spin_unlock(&mutex_wait_lock);
	return error;
}

static __always_inline int lock_mutex(struct mutex *lock, int state, unsigned long site, bool io)
{
	if (likely(replace_owner(lock, 0, (unsigned long)current))) {
		lock->site = site;
		return 0;
	}
	return lock_slowly(lock, state, site, io);
}

void mutex_lock(struct mutex *lock)
{
	might_sleep();
	lock_mutex(lock, TASK_UNINTERRUPTIBLE, _RET_IP_, false);
}
EXPORT_SYMBOL(mutex_lock);

int mutex_lock_interruptible(struct mutex *lock)
{
	might_sleep();
	return lock_mutex(lock, TASK_INTERRUPTIBLE, _RET_IP_, false);
}
EXPORT_SYMBOL(mutex_lock_interruptible);

int mutex_lock_killable(struct mutex *lock)
{
	might_sleep();
	return lock_mutex(lock, TASK_KILLABLE, _RET_IP_, false);
}
EXPORT_SYMBOL(mutex_lock_killable);

void mutex_lock_io(struct mutex *lock)
{
	might_sleep();
	lock_mutex(lock, TASK_UNINTERRUPTIBLE, _RET_IP_, true);
}
EXPORT_SYMBOL(mutex_lock_io);

int mutex_trylock(struct mutex *lock)
{
	if (!replace_owner(lock, 0, (unsigned long)current))
		return 0;
	lock->site = _RET_IP_;
	return 1;
}
EXPORT_SYMBOL(mutex_trylock);

/* The first waiter becomes the owner. */
static noinline void hand_over(struct mutex *lock)
{
	struct mutex_waiter *next;

	raw_spin_lock(&mutex_wait_lock);
	next = first_waiter(lock);
	list_del_init(&lock->boost);
	if (next) {
		list_del(&next->entry);
		lock->site = next->site;
		WRITE_ONCE(
			lock->owner,
			(struct task_struct *)((unsigned long)next->task |
					       (list_empty(&lock->wait_list) ? 0 : MUTEX_WAITERS)));
		next->granted = true;
		next->task->blocked_on = NULL;
		update_boost(lock);
		wake_up_state(next->task, TASK_NORMAL | TASK_WAKEKILL);
	} else {
		WRITE_ONCE(lock->owner, NULL);
	}
	if (current->boost_prio != lent_prio(current))
		sched_boost(current, lent_prio(current));
	raw_spin_unlock(&mutex_wait_lock);
}

void mutex_unlock(struct mutex *lock)
{
	if (likely(replace_owner(lock, (unsigned long)current, 0)))
		return;
	if (owner_of(lock) != current) {
		report(owner_of(lock) ? "unlock by non-owner" : "unlock of a free mutex", lock,
		       _RET_IP_);
		return;
	}
	hand_over(lock);
}
EXPORT_SYMBOL(mutex_unlock);

int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock)
{
	if (atomic_add_unless(cnt, -1, 1))
		return 0;
	mutex_lock(lock);
	if (atomic_dec_and_test(cnt))
		return 1;
	mutex_unlock(lock);
	return 0;
}
EXPORT_SYMBOL(atomic_dec_and_mutex_lock);
