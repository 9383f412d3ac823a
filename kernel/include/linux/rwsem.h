/*
 * Read-write semaphores: many readers or one writer; sleeping locks, threads only. First come,
 * first served: a reader that arrives behind a waiting writer waits. Not recursive.
 */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

#include <linux/list.h>
#include <linux/spinlock_types.h>

struct task_struct;

struct rw_semaphore {
	raw_spinlock_t wait_lock;   /* protects all below */
	int count;		    /* 0 free, >0 number of readers, -1 writer */
	struct list_head wait_list; /* waiters, oldest first */
	struct task_struct *owner;  /* the writer */
	unsigned long site;	    /* address of the call that took it last */
};

#define __RWSEM_INITIALIZER(name)                                        \
	{                                                                \
		.wait_lock = __RAW_SPIN_LOCK_UNLOCKED((name).wait_lock), \
		.wait_list = LIST_HEAD_INIT((name).wait_list)            \
	}
#define DECLARE_RWSEM(name) struct rw_semaphore name = __RWSEM_INITIALIZER(name)

void init_rwsem(struct rw_semaphore *sem);
/*
 * Take for reading / writing; may sleep. _killable: 0, or -EINTR at a fatal signal. _trylock: 1 and
 * held, or 0.
 */
void down_read(struct rw_semaphore *sem);
int __must_check down_read_killable(struct rw_semaphore *sem);
int __must_check down_read_interruptible(struct rw_semaphore *sem);
int down_read_trylock(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
int __must_check down_write_killable(struct rw_semaphore *sem);
int down_write_trylock(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
/* Turns the write hold into a read hold without a gap. */
void downgrade_write(struct rw_semaphore *sem);
static inline int rwsem_is_locked(const struct rw_semaphore *sem)
{
	return READ_ONCE(sem->count) != 0;
}
static inline int rwsem_is_contended(const struct rw_semaphore *sem)
{
	return !list_empty(&sem->wait_list);
}
#define down_read_nested(sem, subclass) down_read(sem)
#define down_write_nested(sem, subclass) down_write(sem)
#define down_write_killable_nested(sem, subclass) down_write_killable(sem)

#endif
