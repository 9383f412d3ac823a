/*
 * Completions: one side waits until the other says "done". Waiting: threads. Completing: any
 * context.
 */
#ifndef _LINUX_COMPLETION_H
#define _LINUX_COMPLETION_H

#include <linux/wait.h>

struct completion {
	unsigned int done;	/* completions not yet consumed; UINT_MAX after complete_all() */
	wait_queue_head_t wait; /* its lock protects done */
};

#define COMPLETION_INITIALIZER(work)                          \
	{                                                     \
		0, __WAIT_QUEUE_HEAD_INITIALIZER((work).wait) \
	}
#define COMPLETION_INITIALIZER_ONSTACK(work) COMPLETION_INITIALIZER(work)
#define DECLARE_COMPLETION(work) struct completion work = COMPLETION_INITIALIZER(work)
#define DECLARE_COMPLETION_ONSTACK(work) DECLARE_COMPLETION(work)

void init_completion(struct completion *x);
static inline void reinit_completion(struct completion *x)
{
	x->done = 0;
}
/* Lets one waiter (now or later) go on / all, for ever. */
void complete(struct completion *x);
void complete_all(struct completion *x);
/*
 * Sleep until completed. interruptible, killable: 0 or -ERESTARTSYS. timeout (jiffies): 0 if it ran
 * out, else what is left, at least 1.
 */
void wait_for_completion(struct completion *x);
void wait_for_completion_io(struct completion *x);
int __must_check wait_for_completion_interruptible(struct completion *x);
int __must_check wait_for_completion_killable(struct completion *x);
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout);
unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout);
long __must_check wait_for_completion_interruptible_timeout(struct completion *x,
							    unsigned long timeout);
long __must_check wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout);
/* Any context: consume a completion if there is one (true) / is there one. */
bool try_wait_for_completion(struct completion *x);
bool completion_done(struct completion *x);

#endif
