/*
 * Wait queues. The queue's lock protects its list; an entry is on the waiter's stack and leaves the
 * list either when the waiter is woken (autoremove) or in finish_wait(). State is set and the entry
 * queued before the condition is tested, so a wake-up between test and sleep is not lost: it sets
 * the state back to running.
 */
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/kthread.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>
#include "sched/sched.h"

void __init_waitqueue_head(struct wait_queue_head *wq_head, const char *name)
{
	__spin_lock_init(&wq_head->lock, name);
	INIT_LIST_HEAD(&wq_head->head);
}
EXPORT_SYMBOL(__init_waitqueue_head);

void init_waitqueue_entry(struct wait_queue_entry *entry, struct task_struct *p)
{
	entry->flags = 0;
	entry->private = p;
	entry->func = default_wake_function;
}
EXPORT_SYMBOL(init_waitqueue_entry);

void init_waitqueue_func_entry(struct wait_queue_entry *entry, wait_queue_func_t func)
{
	entry->flags = 0;
	entry->private = NULL;
	entry->func = func;
}
EXPORT_SYMBOL(init_waitqueue_func_entry);

void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *entry)
{
	unsigned long flags;

	entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq_head->lock, flags);
	__add_wait_queue(wq_head, entry);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue);

void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *entry)
{
	unsigned long flags;

	entry->flags |= WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq_head->lock, flags);
	__add_wait_queue_entry_tail(wq_head, entry);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue_exclusive);

void add_wait_queue_priority(struct wait_queue_head *wq_head, struct wait_queue_entry *entry)
{
	unsigned long flags;

	entry->flags |= WQ_FLAG_EXCLUSIVE;
	spin_lock_irqsave(&wq_head->lock, flags);
	__add_wait_queue(wq_head, entry);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue_priority);

void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *entry)
{
	unsigned long flags;

	spin_lock_irqsave(&wq_head->lock, flags);
	__remove_wait_queue(wq_head, entry);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(remove_wait_queue);

/* Wakes until nr exclusive entries have been woken (0: never reached). Queue locked. */
static void wake_entries(struct wait_queue_head *wq_head, unsigned int mode, int nr, int wake_flags,
			 void *key)
{
	struct wait_queue_entry *entry, *next;

	list_for_each_entry_safe(entry, next, &wq_head->head, entry) {
		unsigned int flags = entry->flags;
		int woken = entry->func(entry, mode, wake_flags, key);

		if (woken < 0)
			break;
		if (woken && (flags & WQ_FLAG_EXCLUSIVE) && !--nr)
			break;
	}
}

static void wake_locking(struct wait_queue_head *wq_head, unsigned int mode, int nr, int wake_flags,
			 void *key)
{
	unsigned long flags;

	spin_lock_irqsave(&wq_head->lock, flags);
	wake_entries(wq_head, mode, nr, wake_flags, key);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}

void __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr, void *key)
{
	wake_locking(wq_head, mode, nr, 0, key);
}
EXPORT_SYMBOL(__wake_up);

void __wake_up_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key)
{
	wake_locking(wq_head, mode, 1, WF_SYNC, key);
}
EXPORT_SYMBOL(__wake_up_sync_key);

void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr)
{
	wake_entries(wq_head, mode, nr, 0, NULL);
}
EXPORT_SYMBOL(__wake_up_locked);

void __wake_up_locked_key(struct wait_queue_head *wq_head, unsigned int mode, void *key)
{
	wake_entries(wq_head, mode, 1, 0, key);
}
EXPORT_SYMBOL(__wake_up_locked_key);

int default_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	return try_to_wake_up(entry->private, mode, flags);
}
EXPORT_SYMBOL(default_wake_function);

int autoremove_wake_function(struct wait_queue_entry *entry, unsigned int mode, int sync, void *key)
{
	int woken = try_to_wake_up(entry->private, mode, sync);

	if (woken)
		list_del_init(&entry->entry);
	return woken;
}
EXPORT_SYMBOL(autoremove_wake_function);

int woken_wake_function(struct wait_queue_entry *entry, unsigned int mode, int sync, void *key)
{
	barrier();
	entry->flags |= WQ_FLAG_WOKEN;
	return try_to_wake_up(entry->private, mode, sync);
}
EXPORT_SYMBOL(woken_wake_function);

long wait_woken(struct wait_queue_entry *entry, unsigned int mode, long timeout)
{
	set_current_state(mode);
	if (!(entry->flags & WQ_FLAG_WOKEN) && !kthread_should_stop())
		timeout = schedule_timeout(timeout);
	__set_current_state(TASK_RUNNING);
	entry->flags &= ~WQ_FLAG_WOKEN;
	barrier();
	return timeout;
}
EXPORT_SYMBOL(wait_woken);

void init_wait_entry(struct wait_queue_entry *entry, int flags)
{
	entry->flags = flags;
	entry->private = current;
	entry->func = autoremove_wake_function;
	INIT_LIST_HEAD(&entry->entry);
}
EXPORT_SYMBOL(init_wait_entry);

static void queue_entry(struct wait_queue_head *wq_head, struct wait_queue_entry *entry)
{
	if (!list_empty(&entry->entry))
		return;
	if (entry->flags & WQ_FLAG_EXCLUSIVE)
		__add_wait_queue_entry_tail(wq_head, entry);
	else
		__add_wait_queue(wq_head, entry);
}

static void prepare(struct wait_queue_head *wq_head, struct wait_queue_entry *entry, int state)
{
	unsigned long flags;

	spin_lock_irqsave(&wq_head->lock, flags);
	queue_entry(wq_head, entry);
	set_current_state(state);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}

void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *entry, int state)
{
	entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	prepare(wq_head, entry, state);
}
EXPORT_SYMBOL(prepare_to_wait);

void prepare_to_wait_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *entry,
			       int state)
{
	entry->flags |= WQ_FLAG_EXCLUSIVE;
	prepare(wq_head, entry, state);
}
EXPORT_SYMBOL(prepare_to_wait_exclusive);

long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *entry,
			   int state)
{
	unsigned long flags;
	long error = 0;

	spin_lock_irqsave(&wq_head->lock, flags);
	if (signal_pending_state(state, current)) {
		list_del_init(&entry->entry);
		error = -ERESTARTSYS;
	} else {
		queue_entry(wq_head, entry);
		set_current_state(state);
	}
	spin_unlock_irqrestore(&wq_head->lock, flags);
	return error;
}
EXPORT_SYMBOL(prepare_to_wait_event);

void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *entry)
{
	unsigned long flags;

	__set_current_state(TASK_RUNNING);
	if (list_empty_careful(&entry->entry))
		return;
	spin_lock_irqsave(&wq_head->lock, flags);
	list_del_init(&entry->entry);
	spin_unlock_irqrestore(&wq_head->lock, flags);
}
EXPORT_SYMBOL(finish_wait);

/* Waiting for bits and variables: few waiters, so they share 64 queues. */

#define SHARED_BITS 6

static struct wait_queue_head shared[1 << SHARED_BITS]; /* made at first use */

static struct wait_queue_head *shared_queue(u32 key)
{
	struct wait_queue_head *queue = &shared[hash_32(key, SHARED_BITS)];
	unsigned long flags;

	local_irq_save(flags);
	if (!queue->head.next)
		init_waitqueue_head(queue);
	local_irq_restore(flags);
	return queue;
}

wait_queue_head_t *bit_waitqueue(void *word, int bit)
{
	return shared_queue((u32)(unsigned long)word + bit);
}
EXPORT_SYMBOL(bit_waitqueue);

wait_queue_head_t *__var_waitqueue(void *p)
{
	return shared_queue((u32)(unsigned long)p);
}
EXPORT_SYMBOL(__var_waitqueue);

static int wait_bit(unsigned long *word, int bit, unsigned int mode, bool lock, bool io)
{
	wait_queue_head_t *queue = bit_waitqueue(word, bit);
	long error;

	might_sleep();
	if (lock ? !test_and_set_bit(bit, word) : !test_bit(bit, word))
		return 0;
	if (io)
		error = ___wait_event(*queue,
				      lock ? !test_and_set_bit(bit, word) : !test_bit(bit, word),
				      mode, lock, 0, io_schedule());
	else
		error = ___wait_event(*queue,
				      lock ? !test_and_set_bit(bit, word) : !test_bit(bit, word),
				      mode, lock, 0, schedule());
	return error ? -EINTR : 0;
}

int wait_on_bit(unsigned long *word, int bit, unsigned int mode)
{
	return wait_bit(word, bit, mode, false, false);
}
EXPORT_SYMBOL(wait_on_bit);

int wait_on_bit_io(unsigned long *word, int bit, unsigned int mode)
{
	return wait_bit(word, bit, mode, false, true);
}
EXPORT_SYMBOL(wait_on_bit_io);

int wait_on_bit_lock(unsigned long *word, int bit, unsigned int mode)
{
	return wait_bit(word, bit, mode, true, false);
}
EXPORT_SYMBOL(wait_on_bit_lock);

int wait_on_bit_lock_io(unsigned long *word, int bit, unsigned int mode)
{
	return wait_bit(word, bit, mode, true, true);
}
EXPORT_SYMBOL(wait_on_bit_lock_io);

int wait_on_bit_timeout(unsigned long *word, int bit, unsigned int mode, unsigned long timeout)
{
	long left = __wait_event_timeout_state(*bit_waitqueue(word, bit), !test_bit(bit, word),
					       timeout, mode);

	return left > 0 ? 0 : left ? -EINTR : -EAGAIN;
}
EXPORT_SYMBOL(wait_on_bit_timeout);

/* Exclusive waiters for different bits may share the queue: all are woken and look. */
void wake_up_bit(void *word, int bit)
{
	wait_queue_head_t *queue = bit_waitqueue(word, bit);

	if (waitqueue_active(queue))
		__wake_up(queue, TASK_NORMAL | TASK_WAKEKILL, 0, NULL);
}
EXPORT_SYMBOL(wake_up_bit);

void clear_and_wake_up_bit(int bit, void *word)
{
	clear_bit_unlock(bit, word);
	wake_up_bit(word, bit);
}
EXPORT_SYMBOL(clear_and_wake_up_bit);

void wake_up_var(void *var)
{
	wait_queue_head_t *queue = __var_waitqueue(var);

	if (waitqueue_active(queue))
		wake_up_all(queue);
}
EXPORT_SYMBOL(wake_up_var);
