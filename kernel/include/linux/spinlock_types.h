/*
 * The lock types alone; functions are in linux/spinlock.h. An all-zero lock is a valid unlocked
 * one.
 */
#ifndef _LINUX_SPINLOCK_TYPES_H
#define _LINUX_SPINLOCK_TYPES_H

#include <linux/types.h>

struct task_struct;

typedef struct spinlock {
#ifdef CONFIG_DEBUG_SPINLOCK
	/* the task that holds it (also when an interrupt on top of it does); NULL: free */
	struct task_struct *owner;
	unsigned long site;    /* address of the call that took it last */
	struct spinlock *next; /* held by the same task, taken before */
	const char *name;      /* as given to spin_lock_init() or DEFINE_SPINLOCK(); may be NULL */
#else
	u32 locked; /* 0 free, 1 held */
#endif
} spinlock_t;

/* On Linux a raw spinlock still spins under PREEMPT_RT; here both are the same. */
typedef spinlock_t raw_spinlock_t;

typedef struct {
	int readers; /* 0 free, >0 number of readers, -1 writer */
#ifdef CONFIG_DEBUG_SPINLOCK
	struct task_struct *owner; /* the writer */
	unsigned long site;	   /* address of the call that took it last */
	const char *name;
#endif
} rwlock_t;

#ifdef CONFIG_DEBUG_SPINLOCK
#define __SPIN_LOCK_UNLOCKED(lockname) \
	{                              \
		.name = #lockname      \
	}
#define __RW_LOCK_UNLOCKED(lockname) \
	{                            \
		.name = #lockname    \
	}
#else
#define __SPIN_LOCK_UNLOCKED(lockname) \
	{                              \
		0                      \
	}
#define __RW_LOCK_UNLOCKED(lockname) \
	{                            \
		0                    \
	}
#endif
#define __RAW_SPIN_LOCK_UNLOCKED(lockname) __SPIN_LOCK_UNLOCKED(lockname)
#define DEFINE_SPINLOCK(x) spinlock_t x = __SPIN_LOCK_UNLOCKED(x)
#define DEFINE_RAW_SPINLOCK(x) raw_spinlock_t x = __SPIN_LOCK_UNLOCKED(x)
#define DEFINE_RWLOCK(x) rwlock_t x = __RW_LOCK_UNLOCKED(x)

#endif
