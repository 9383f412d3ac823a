/*
 * Read-write semaphores. Waiters queue in order of arrival; a release grants to the first waiter
 * and, if that is a reader, to the readers directly behind it. A newcomer takes a free semaphore
 * only if nobody waits. The spinlock protects all.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

struct rwsem_waiter {
	struct list_head entry;
	struct task_struct *task;
	bool writer;
	bool granted;
};

void init_rwsem(struct rw_semaphore *sem)
{
	*sem = (struct rw_semaphore)__RWSEM_INITIALIZER(*sem);
}
EXPORT_SYMBOL(init_rwsem);

static void hold(struct rw_semaphore *sem, struct task_struct *task, bool writer)
{
	sem->count = writer ? -1 : sem->count + 1;
	sem->owner = writer ? task : NULL;
}

/* Lock held: everybody whose turn it is. */
static void grant(struct rw_semaphore *sem)
{
	while (!list_empty(&sem->wait_list)) {
		struct rwsem_waiter *waiter = list_first_entry(&sem->wait_list, struct rwsem_waiter,
							       entry);
		bool writer = waiter->writer;

		if (writer ? sem->count : sem->count < 0)
			return;
		list_del(&waiter->entry);
		hold(sem, waiter->task, writer);
		waiter->granted = true;
		wake_up_state(waiter->task, TASK_NORMAL | TASK_WAKEKILL);
		if (writer)
			return;
	}
}

static bool take_now(struct rw_semaphore *sem, bool writer, unsigned long site)
{
	if (!list_empty(&sem->wait_list) || (writer ? sem->count : sem->count < 0))
		return false;
	hold(sem, current, writer);
	sem->site = site;
	return true;
}

static noinline int wait_turn(struct rw_semaphore *sem, bool writer, int state, unsigned long site)
{
	struct rwsem_waiter waiter = { .task = current, .writer = writer };
	struct list_head *entry = &waiter.entry;
	int error = 0;

	if (sem->owner == current) {
		printk(KERN_ERR "BUG: rwsem: %px: recursion: taken at %pS; now at %pS by %s/%d\n",
		       sem, (void *)sem->site, (void *)site, current->comm, current->pid);
		BUG();
	}
	__asm__("" : "+r"(entry)); /* the compiler does not see that grant() takes it out again */
	list_add_tail(entry, &sem->wait_list);
	while (!waiter.granted) {
		if (signal_pending_state(state, current)) {
			list_del(&waiter.entry);
			grant(sem);
			error = -EINTR;
			break;
		}
		__set_current_state(state);
		raw_spin_unlock_irq(&sem->wait_lock);
		schedule();
		raw_spin_lock_irq(&sem->wait_lock);
	}
	__set_current_state(TASK_RUNNING);
	if (!error)
		sem->site = site;
	return error;
}

static int take(struct rw_semaphore *sem, bool writer, int state, unsigned long site)
{
	int error = 0;

	might_sleep();
	raw_spin_lock_irq(&sem->wait_lock);
	if (!take_now(sem, writer, site))
		error = wait_turn(sem, writer, state, site);
	raw_spin_unlock_irq(&sem->wait_lock);
	return error;
}

static int try(struct rw_semaphore *sem, bool writer, unsigned long site)
{
	unsigned long flags;
	int got;

	raw_spin_lock_irqsave(&sem->wait_lock, flags);
	got = take_now(sem, writer, site);
	raw_spin_unlock_irqrestore(&sem->wait_lock, flags);
	return got;
}

void down_read(struct rw_semaphore *sem)
{
	take(sem, false, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(down_read);

int down_read_killable(struct rw_semaphore *sem)
{
	return take(sem, false, TASK_KILLABLE, _RET_IP_);
}
EXPORT_SYMBOL(down_read_killable);

int down_read_interruptible(struct rw_semaphore *sem)
{
	return take(sem, false, TASK_INTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(down_read_interruptible);

int down_read_trylock(struct rw_semaphore *sem)
{
	return try(sem, false, _RET_IP_);
}
EXPORT_SYMBOL(down_read_trylock);

void down_write(struct rw_semaphore *sem)
{
	take(sem, true, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(down_write);

int down_write_killable(struct rw_semaphore *sem)
{
	return take(sem, true, TASK_KILLABLE, _RET_IP_);
}
EXPORT_SYMBOL(down_write_killable);

int down_write_trylock(struct rw_semaphore *sem)
{
	return try(sem, true, _RET_IP_);
}
EXPORT_SYMBOL(down_write_trylock);

void up_read(struct rw_semaphore *sem)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sem->wait_lock, flags);
	if (!WARN(sem->count <= 0, "rwsem: %px: up_read without down_read; last taken at %pS\n",
		  sem, (void *)sem->site)) {
		sem->count--;
		grant(sem);
	}
	raw_spin_unlock_irqrestore(&sem->wait_lock, flags);
}
EXPORT_SYMBOL(up_read);

void up_write(struct rw_semaphore *sem)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sem->wait_lock, flags);
	if (!WARN(sem->count != -1, "rwsem: %px: up_write without down_write; last taken at %pS\n",
		  sem, (void *)sem->site)) {
		sem->count = 0;
		sem->owner = NULL;
		grant(sem);
	}
	raw_spin_unlock_irqrestore(&sem->wait_lock, flags);
}
EXPORT_SYMBOL(up_write);

void downgrade_write(struct rw_semaphore *sem)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sem->wait_lock, flags);
	sem->count = 1;
	sem->owner = NULL;
	grant(sem);
	raw_spin_unlock_irqrestore(&sem->wait_lock, flags);
}
EXPORT_SYMBOL(downgrade_write);
