/*
 * Counting semaphores. up() gives to the first waiter directly, so nobody overtakes. The spinlock
 * protects all.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>

struct semaphore_waiter {
	struct list_head entry;
	struct task_struct *task;
	bool granted;
};

void sema_init(struct semaphore *sem, int val)
{
	*sem = (struct semaphore)__SEMAPHORE_INITIALIZER(*sem, val);
}
EXPORT_SYMBOL(sema_init);

/* Lock held; dropped while sleeping. */
static int wait_for_one(struct semaphore *sem, int state, long timeout, unsigned long *flags)
{
	struct semaphore_waiter waiter = { .task = current };
	int error = 0;

	list_add_tail(&waiter.entry, &sem->wait_list);
	while (!waiter.granted) {
		if (signal_pending_state(state, current))
			error = -EINTR;
		else if (timeout <= 0)
			error = -ETIME;
		if (error) {
			list_del(&waiter.entry);
			break;
		}
		__set_current_state(state);
		raw_spin_unlock_irqrestore(&sem->lock, *flags);
		timeout = schedule_timeout(timeout);
		raw_spin_lock_irqsave(&sem->lock, *flags);
	}
	__set_current_state(TASK_RUNNING);
	return error;
}

static int take(struct semaphore *sem, int state, long timeout)
{
	unsigned long flags;
	int error = 0;

	might_sleep();
	raw_spin_lock_irqsave(&sem->lock, flags);
	if (sem->count)
		sem->count--;
	else
		error = wait_for_one(sem, state, timeout, &flags);
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return error;
}

void down(struct semaphore *sem)
{
	take(sem, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down);

int down_interruptible(struct semaphore *sem)
{
	return take(sem, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down_interruptible);

int down_killable(struct semaphore *sem)
{
	return take(sem, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT);
}
EXPORT_SYMBOL(down_killable);

int down_timeout(struct semaphore *sem, long timeout)
{
	return take(sem, TASK_UNINTERRUPTIBLE, timeout);
}
EXPORT_SYMBOL(down_timeout);

int down_trylock(struct semaphore *sem)
{
	unsigned long flags;
	int failed;

	raw_spin_lock_irqsave(&sem->lock, flags);
	failed = !sem->count;
	if (!failed)
		sem->count--;
	raw_spin_unlock_irqrestore(&sem->lock, flags);
	return failed;
}
EXPORT_SYMBOL(down_trylock);

void up(struct semaphore *sem)
{
	struct semaphore_waiter *waiter;
	unsigned long flags;

	raw_spin_lock_irqsave(&sem->lock, flags);
	waiter = list_first_entry_or_null(&sem->wait_list, struct semaphore_waiter, entry);
	if (waiter) {
		list_del(&waiter->entry);
		waiter->granted = true;
		wake_up_state(waiter->task, TASK_NORMAL | TASK_WAKEKILL);
	} else {
		sem->count++;
	}
	raw_spin_unlock_irqrestore(&sem->lock, flags);
}
EXPORT_SYMBOL(up);
