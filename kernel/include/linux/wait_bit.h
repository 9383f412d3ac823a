/*
 * Waiting for a bit of a word to become clear, and for a variable to change, on shared hashed wait
 * queues. Waiting: threads, may sleep. Waking: any context.
 */
#ifndef _LINUX_WAIT_BIT_H
#define _LINUX_WAIT_BIT_H

#include <linux/wait.h>

/* The shared queue that belongs to bit of word / to any address. */
wait_queue_head_t *bit_waitqueue(void *word, int bit);
wait_queue_head_t *__var_waitqueue(void *p);
/*
 * Sleep until the bit is clear (and set it): 0, or -EINTR where mode admits signals; _timeout:
 * -EAGAIN after jiffies.
 */
int wait_on_bit(unsigned long *word, int bit, unsigned int mode);
int wait_on_bit_io(unsigned long *word, int bit, unsigned int mode);
int wait_on_bit_timeout(unsigned long *word, int bit, unsigned int mode, unsigned long timeout);
int wait_on_bit_lock(unsigned long *word, int bit, unsigned int mode);
int wait_on_bit_lock_io(unsigned long *word, int bit, unsigned int mode);
/* After clearing the bit (clear_bit_unlock, then a barrier): wake those who wait for it. */
void wake_up_bit(void *word, int bit);
void clear_and_wake_up_bit(int bit, void *word);
/* Sleep until condition, which depends on *var; whoever changes it calls wake_up_var(). */
#define wait_var_event(var, condition) wait_event(*__var_waitqueue(var), condition)
#define wait_var_event_killable(var, condition) \
	wait_event_killable(*__var_waitqueue(var), condition)
#define wait_var_event_timeout(var, condition, timeout) \
	wait_event_timeout(*__var_waitqueue(var), condition, timeout)
void wake_up_var(void *var);

#endif
