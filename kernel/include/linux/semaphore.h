/* Counting semaphores: no owner; up() works in any context, down() in threads. */
#ifndef _LINUX_SEMAPHORE_H
#define _LINUX_SEMAPHORE_H

#include <linux/list.h>
#include <linux/spinlock_types.h>

struct semaphore {
	raw_spinlock_t lock;	    /* protects the two below */
	unsigned int count;	    /* what may be taken without waiting */
	struct list_head wait_list; /* waiters, oldest first */
};

#define __SEMAPHORE_INITIALIZER(name, n)                                   \
	{                                                                  \
		.lock = __RAW_SPIN_LOCK_UNLOCKED((name).lock), .count = n, \
		.wait_list = LIST_HEAD_INIT((name).wait_list)              \
	}
#define DEFINE_SEMAPHORE(name) struct semaphore name = __SEMAPHORE_INITIALIZER(name, 1)

/* Any context. val: how many may hold it at once. */
void sema_init(struct semaphore *sem, int val);
/*
 * Take one; may sleep. The second and third give -EINTR at a (fatal) signal, the last -ETIME after
 * jiffies.
 */
void down(struct semaphore *sem);
int __must_check down_interruptible(struct semaphore *sem);
int __must_check down_killable(struct semaphore *sem);
int __must_check down_timeout(struct semaphore *sem, long jiffies);
/* 0 if one was taken, 1 if none was left (the reverse of mutex_trylock). Any context. */
int __must_check down_trylock(struct semaphore *sem);
/* Gives one back; any context, by anybody. */
void up(struct semaphore *sem);

#endif
