/* Sleepable RCU: read sections may sleep; each domain has its own grace periods. */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H

#include <linux/mutex.h>
#include <linux/wait.h>

struct srcu_struct {
	unsigned int index;	 /* counter new readers use */
	atomic_t readers[2];	 /* read sections begun under each index */
	struct mutex gp_mutex;	 /* one grace period at a time */
	wait_queue_head_t queue; /* synchronize_srcu() waits here */
};

#define __SRCU_INITIALIZER(name)                                     \
	{                                                            \
		.gp_mutex = __MUTEX_INITIALIZER((name).gp_mutex),    \
		.queue = __WAIT_QUEUE_HEAD_INITIALIZER((name).queue) \
	}
#define DEFINE_SRCU(name) struct srcu_struct name = __SRCU_INITIALIZER(name)
#define DEFINE_STATIC_SRCU(name) static DEFINE_SRCU(name)

/* Always 0. */
int init_srcu_struct(struct srcu_struct *ssp);
void cleanup_srcu_struct(struct srcu_struct *ssp);
/* Begin a read section: the index to end it with. Any context; the section may sleep in threads. */
int srcu_read_lock(struct srcu_struct *ssp);
void srcu_read_unlock(struct srcu_struct *ssp, int idx);
/*
 * Waits for all read sections begun before. Threads only, not inside a section of the same domain.
 */
void synchronize_srcu(struct srcu_struct *ssp);
#define synchronize_srcu_expedited(ssp) synchronize_srcu(ssp)
#define srcu_dereference(p, ssp) READ_ONCE(p)

#endif
