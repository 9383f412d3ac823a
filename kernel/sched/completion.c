/* Completions: a counter and a wait queue whose lock protects it. */
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/limits.h>

void init_completion(struct completion *x)
{
	x->done = 0;
	init_waitqueue_head(&x->wait);
}
EXPORT_SYMBOL(init_completion);

void complete(struct completion *x)
{
	unsigned long flags;

	spin_lock_irqsave(&x->wait.lock, flags);
	if (x->done != UINT_MAX)
		x->done++;
	__wake_up_locked(&x->wait, TASK_NORMAL | TASK_WAKEKILL, 1);
	spin_unlock_irqrestore(&x->wait.lock, flags);
}
EXPORT_SYMBOL(complete);

void complete_all(struct completion *x)
{
	unsigned long flags;

	spin_lock_irqsave(&x->wait.lock, flags);
	x->done = UINT_MAX;
	__wake_up_locked(&x->wait, TASK_NORMAL | TASK_WAKEKILL, 0);
	spin_unlock_irqrestore(&x->wait.lock, flags);
}
EXPORT_SYMBOL(complete_all);

/* Takes one completion if there is one. Lock held. */
static bool consume(struct completion *x)
{
	if (!x->done)
		return false;
	if (x->done != UINT_MAX)
		x->done--;
	return true;
}

/*
 * Jiffies left (at least 1), 0: time is up, or -ERESTARTSYS. The entry leaves the queue under the
 * lock, so that the waiter may free the completion at once.
 */
static long wait_common(struct completion *x, long timeout, int state, bool io)
{
	DEFINE_WAIT(wait);
	long error = 0;

	might_sleep();
	wait.flags = WQ_FLAG_EXCLUSIVE;
	spin_lock_irq(&x->wait.lock);
	while (!consume(x)) {
		if (signal_pending_state(state, current)) {
			error = -ERESTARTSYS;
			break;
		}
		if (!timeout)
			break;
		if (list_empty(&wait.entry))
			__add_wait_queue_entry_tail(&x->wait, &wait);
		__set_current_state(state);
		spin_unlock_irq(&x->wait.lock);
		timeout = io ? io_schedule_timeout(timeout) : schedule_timeout(timeout);
		spin_lock_irq(&x->wait.lock);
		if (!timeout && consume(x)) {
			timeout = 1;
			break;
		}
	}
	list_del_init(&wait.entry);
	__set_current_state(TASK_RUNNING);
	spin_unlock_irq(&x->wait.lock);
	return error ? error : timeout;
}

static long wait_at_least(struct completion *x, long timeout, int state, bool io)
{
	unsigned long flags;
	bool done;

	spin_lock_irqsave(&x->wait.lock, flags);
	done = consume(x);
	spin_unlock_irqrestore(&x->wait.lock, flags);
	if (done)
		return timeout ? timeout : 1;
	return wait_common(x, timeout, state, io);
}

void wait_for_completion(struct completion *x)
{
	wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE, false);
}
EXPORT_SYMBOL(wait_for_completion);

void wait_for_completion_io(struct completion *x)
{
	wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE, true);
}
EXPORT_SYMBOL(wait_for_completion_io);

static int without_limit(struct completion *x, int state)
{
	long left = wait_common(x, MAX_SCHEDULE_TIMEOUT, state, false);

	return left < 0 ? left : 0;
}

int wait_for_completion_interruptible(struct completion *x)
{
	return without_limit(x, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_interruptible);

int wait_for_completion_killable(struct completion *x)
{
	return without_limit(x, TASK_KILLABLE);
}
EXPORT_SYMBOL(wait_for_completion_killable);

unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout)
{
	return wait_at_least(x, timeout, TASK_UNINTERRUPTIBLE, false);
}
EXPORT_SYMBOL(wait_for_completion_timeout);

unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout)
{
	return wait_at_least(x, timeout, TASK_UNINTERRUPTIBLE, true);
}
EXPORT_SYMBOL(wait_for_completion_io_timeout);

long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout)
{
	return wait_at_least(x, timeout, TASK_INTERRUPTIBLE, false);
}
EXPORT_SYMBOL(wait_for_completion_interruptible_timeout);

long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout)
{
	return wait_at_least(x, timeout, TASK_KILLABLE, false);
}
EXPORT_SYMBOL(wait_for_completion_killable_timeout);

bool try_wait_for_completion(struct completion *x)
{
	unsigned long flags;
	bool done;

	spin_lock_irqsave(&x->wait.lock, flags);
	done = consume(x);
	spin_unlock_irqrestore(&x->wait.lock, flags);
	return done;
}
EXPORT_SYMBOL(try_wait_for_completion);

bool completion_done(struct completion *x)
{
	return READ_ONCE(x->done) != 0;
}
EXPORT_SYMBOL(completion_done);
