/* What the lock checks know, for containment and reports. */
#ifndef _RAKIT_LOCKS_H
#define _RAKIT_LOCKS_H

#include <linux/types.h>

struct task_struct;

/* Prints the spinlocks that p holds, with the call sites that took them. Any context. */
void locks_show(const struct task_struct *p, const char *level);
/*
 * Frees every spinlock and rwlock that the current task holds and makes its preempt_count fit. For
 * containment: the code that took them will never run again. Returns how many.
 */
unsigned int locks_release_all(void);

#endif
