/*
 * Mutexes: sleeping locks with one owner.
 *
 * Context: threads only, may sleep (mutex_trylock() does not sleep but has an owner too, so it is
 * for threads as well). Only the owner may unlock. Not recursive: taking it twice is reported with
 * both call sites. Waiters get it in order of priority, and lend their priority to the owner
 * meanwhile.
 */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/list.h>
#include <linux/spinlock_types.h>

struct task_struct;

struct mutex {
	struct task_struct *owner;  /* NULL: free */
	struct list_head wait_list; /* waiters, most important first */
	struct list_head
		boost;	    /* in owner->boosting while a waiter is more important than the owner */
	unsigned long site; /* address of the call that took it */
#ifdef CONFIG_DEBUG_SPINLOCK
	const char *name;
#endif
};

#ifdef CONFIG_DEBUG_SPINLOCK
#define __MUTEX_NAME(lockname) , .name = #lockname
#else
#define __MUTEX_NAME(lockname)
#endif
#define __MUTEX_INITIALIZER(lockname)                                            \
	{                                                                        \
		.wait_list = LIST_HEAD_INIT((lockname).wait_list),               \
		.boost = LIST_HEAD_INIT((lockname).boost) __MUTEX_NAME(lockname) \
	}
#define DEFINE_MUTEX(mutexname) struct mutex mutexname = __MUTEX_INITIALIZER(mutexname)

void __mutex_init(struct mutex *lock, const char *name);
/* Makes lock a free mutex. */
#define mutex_init(lock) __mutex_init(lock, #lock)
/* Takes lock, sleeping as long as needed. */
void mutex_lock(struct mutex *lock);
/* 0 and held, or -EINTR: a signal came (killable: a fatal one). */
int __must_check mutex_lock_interruptible(struct mutex *lock);
int __must_check mutex_lock_killable(struct mutex *lock);
/* As mutex_lock(); time asleep counts as waiting for I/O. */
void mutex_lock_io(struct mutex *lock);
/* 1 and held, or 0 if somebody has it. Never sleeps. */
int mutex_trylock(struct mutex *lock);
/* Releases; owner only. The most important waiter owns it from this moment. */
void mutex_unlock(struct mutex *lock);
/* Held by anybody. */
static inline bool mutex_is_locked(const struct mutex *lock)
{
	return READ_ONCE(lock->owner) != NULL;
}
/* Ends the life of a mutex that nobody holds; use after it is reported. */
void mutex_destroy(struct mutex *lock);
/* Decrements cnt; where that makes it 0 returns 1 with lock held, else 0. */
int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock);

#define mutex_lock_nested(lock, subclass) mutex_lock(lock)
#define mutex_lock_interruptible_nested(lock, subclass) mutex_lock_interruptible(lock)
#define mutex_lock_killable_nested(lock, subclass) mutex_lock_killable(lock)

#endif
