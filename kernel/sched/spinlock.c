/*
 * Spinlocks and read-write spinlocks.
 *
 * On one CPU a spinlock that is found held can never become free by waiting: its holder is the task
 * that asks again, or one that was interrupted without having turned interrupts off. Taking a lock
 * therefore is: preemption off, mark it. With CONFIG_DEBUG_SPINLOCK each lock knows who took it
 * where, each task lists the locks it holds (for "sleeping while atomic" and for reports), and what
 * would hang is reported with both call sites and ends in a BUG. Without it only the mark is kept,
 * so that spin_is_locked() and trylock work.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <rakit/locks.h>
#include "sched/sched.h"

#ifdef CONFIG_DEBUG_SPINLOCK
static __cold __noreturn noinline void lock_fault(const char *what, const char *name,
						  const void *lock, unsigned long taken,
						  const struct task_struct *owner,
						  unsigned long site)
{
	printk(KERN_ERR "BUG: spinlock: %s: %s (%px): taken at %pS by %s/%d; now at %pS by %s/%d\n",
	       name ? name : "?", what, lock, (void *)taken, owner ? owner->comm : "-",
	       owner ? owner->pid : -1, (void *)site, current->comm, current->pid);
	BUG();
}

static __cold __noreturn noinline void take_fault(spinlock_t *lock, unsigned long site)
{
	lock_fault("recursion", lock->name, lock, lock->site, lock->owner, site);
}

static __cold __noreturn noinline void drop_fault(spinlock_t *lock, unsigned long site)
{
	lock_fault(lock->owner ? "unlock by non-owner" : "unlock of a free lock", lock->name, lock,
		   lock->site, lock->owner, site);
}

static __cold __noreturn noinline void rwlock_fault(const char *what, rwlock_t *lock,
						    unsigned long site)
{
	lock_fault(what, lock->name, lock, lock->site, lock->owner, site);
}

static __always_inline void take(spinlock_t *lock, unsigned long site)
{
	struct task_struct *task = current;

	if (unlikely(lock->owner))
		take_fault(lock, site);
	lock->owner = task;
	lock->site = site;
	lock->next = task->held_spinlock;
	task->held_spinlock = lock;
}

/* Not the last one taken: it is somewhere below. */
static noinline void unlink_held(struct task_struct *task, spinlock_t *lock)
{
	for (spinlock_t **link = &task->held_spinlock; *link; link = &(*link)->next) {
		if (*link == lock) {
			*link = lock->next;
			return;
		}
	}
}

static __always_inline void drop(spinlock_t *lock, unsigned long site)
{
	struct task_struct *task = current;

	if (unlikely(lock->owner != task))
		drop_fault(lock, site);
	if (likely(task->held_spinlock == lock))
		task->held_spinlock = lock->next;
	else
		unlink_held(task, lock);
	lock->owner = NULL;
}

static void note_held(rwlock_t *lock, unsigned long site)
{
	struct task_struct *task = current;
	unsigned int count = task->held_rwlock_count++;

	lock->site = site;
	if (likely(count < MAX_HELD_RWLOCKS)) {
		task->held_rwlocks[count].lock = lock;
		task->held_rwlocks[count].site = site;
	}
}

static void note_released(rwlock_t *lock)
{
	struct task_struct *task = current;
	unsigned int count = --task->held_rwlock_count;

	if (count >= MAX_HELD_RWLOCKS)
		return;
	for (unsigned int i = count + 1; i-- > 0;) {
		if (task->held_rwlocks[i].lock != lock)
			continue;
		for (; i < count; i++)
			task->held_rwlocks[i] = task->held_rwlocks[i + 1];
		return;
	}
}

static __always_inline void read_take(rwlock_t *lock, unsigned long site)
{
	if (unlikely(lock->readers < 0))
		rwlock_fault("read lock of a write-locked lock", lock, site);
	lock->readers++;
	note_held(lock, site);
}

static __always_inline void read_drop(rwlock_t *lock, unsigned long site)
{
	if (unlikely(lock->readers <= 0))
		rwlock_fault("read unlock of a lock not read-locked", lock, site);
	note_released(lock);
	lock->readers--;
}

static __always_inline void write_take(rwlock_t *lock, unsigned long site)
{
	if (unlikely(lock->readers))
		rwlock_fault("recursion", lock, site);
	lock->readers = -1;
	lock->owner = current;
	note_held(lock, site);
}

static __always_inline void write_drop(rwlock_t *lock, unsigned long site)
{
	if (unlikely(lock->readers >= 0 || lock->owner != current))
		rwlock_fault("write unlock by non-owner", lock, site);
	note_released(lock);
	lock->owner = NULL;
	lock->readers = 0;
}

static void show_held(const struct task_struct *p, const char *level, const char *name,
		      const void *lock, unsigned long site)
{
	printk("%slocks: %s/%d: holds %s (%px) since %pS\n", level, p->comm, p->pid,
	       name ? name : "?", lock, (void *)site);
}

void locks_show(const struct task_struct *p, const char *level)
{
	unsigned int count = min(p->held_rwlock_count, (unsigned int)MAX_HELD_RWLOCKS);

	for (const spinlock_t *lock = p->held_spinlock; lock; lock = lock->next)
		show_held(p, level, lock->name, lock, lock->site);
	for (unsigned int i = 0; i < count; i++) {
		const rwlock_t *lock = p->held_rwlocks[i].lock;

		show_held(p, level, lock->name, lock, p->held_rwlocks[i].site);
	}
}

static void release_rwlock(rwlock_t *lock)
{
	lock->readers = lock->readers > 0 ? lock->readers - 1 : 0;
	lock->owner = NULL;
}

unsigned int locks_release_all(void)
{
	unsigned int released = 0;
	spinlock_t *lock;

	locks_show(current, KERN_ALERT);
	while ((lock = current->held_spinlock)) {
		current->held_spinlock = lock->next;
		lock->owner = NULL;
		released++;
	}
	while (current->held_rwlock_count) {
		unsigned int i = --current->held_rwlock_count;

		if (i < MAX_HELD_RWLOCKS)
			release_rwlock((rwlock_t *)current->held_rwlocks[i].lock);
		released++;
	}
	current->preempt_count &= ~PREEMPT_MASK;
	return released;
}
#else
#define take(lock, site) ((void)(site), (lock)->locked = 1)
#define drop(lock, site) ((void)(site), (lock)->locked = 0)
#define read_take(lock, site) ((void)(site), (lock)->readers++)
#define read_drop(lock, site) ((void)(site), (lock)->readers--)
#define write_take(lock, site) ((void)(site), (lock)->readers = -1)
#define write_drop(lock, site) ((void)(site), (lock)->readers = 0)

void locks_show(const struct task_struct *p, const char *level)
{
}

unsigned int locks_release_all(void)
{
	current->preempt_count &= ~PREEMPT_MASK;
	return 0;
}
#endif

void __spin_lock_init(spinlock_t *lock, const char *name)
{
	*lock = (spinlock_t){ 0 };
#ifdef CONFIG_DEBUG_SPINLOCK
	lock->name = name;
#endif
}
EXPORT_SYMBOL(__spin_lock_init);

void __rwlock_init(rwlock_t *lock, const char *name)
{
	*lock = (rwlock_t){ 0 };
#ifdef CONFIG_DEBUG_SPINLOCK
	lock->name = name;
#endif
}
EXPORT_SYMBOL(__rwlock_init);

void assert_spin_locked(const spinlock_t *lock)
{
	BUG_ON(!spin_is_locked(lock));
}
EXPORT_SYMBOL(assert_spin_locked);

/* The four ways to take and release; site is where the caller is. */
#define LOCK_FAMILY(prefix, type, takefn, dropfn)                               \
	void _raw_##prefix##_lock(type *lock)                                   \
	{                                                                       \
		preempt_disable();                                              \
		takefn(lock, _RET_IP_);                                         \
	}                                                                       \
	EXPORT_SYMBOL(_raw_##prefix##_lock);                                    \
	void _raw_##prefix##_lock_bh(type *lock)                                \
	{                                                                       \
		local_bh_disable();                                             \
		preempt_disable();                                              \
		takefn(lock, _RET_IP_);                                         \
	}                                                                       \
	EXPORT_SYMBOL(_raw_##prefix##_lock_bh);                                 \
	void _raw_##prefix##_lock_irq(type *lock)                               \
	{                                                                       \
		local_irq_disable();                                            \
		preempt_disable();                                              \
		takefn(lock, _RET_IP_);                                         \
	}                                                                       \
	EXPORT_SYMBOL(_raw_##prefix##_lock_irq);                                \
	unsigned long _raw_##prefix##_lock_irqsave(type *lock)                  \
	{                                                                       \
		unsigned long flags;                                            \
                                                                                \
		local_irq_save(flags);                                          \
		preempt_disable();                                              \
		takefn(lock, _RET_IP_);                                         \
		return flags;                                                   \
	}                                                                       \
	EXPORT_SYMBOL(_raw_##prefix##_lock_irqsave);                            \
	void _raw_##prefix##_unlock(type *lock)                                 \
	{                                                                       \
		dropfn(lock, _RET_IP_);                                         \
		preempt_enable();                                               \
	}                                                                       \
	EXPORT_SYMBOL(_raw_##prefix##_unlock);                                  \
	void _raw_##prefix##_unlock_bh(type *lock)                              \
	{                                                                       \
		dropfn(lock, _RET_IP_);                                         \
		preempt_enable_no_resched();                                    \
		local_bh_enable();                                              \
	}                                                                       \
	EXPORT_SYMBOL(_raw_##prefix##_unlock_bh);                               \
	void _raw_##prefix##_unlock_irq(type *lock)                             \
	{                                                                       \
		dropfn(lock, _RET_IP_);                                         \
		local_irq_enable();                                             \
		preempt_enable();                                               \
	}                                                                       \
	EXPORT_SYMBOL(_raw_##prefix##_unlock_irq);                              \
	void _raw_##prefix##_unlock_irqrestore(type *lock, unsigned long flags) \
	{                                                                       \
		dropfn(lock, _RET_IP_);                                         \
		local_irq_restore(flags);                                       \
		preempt_enable();                                               \
	}                                                                       \
	EXPORT_SYMBOL(_raw_##prefix##_unlock_irqrestore)

LOCK_FAMILY(spin, spinlock_t, take, drop);
LOCK_FAMILY(read, rwlock_t, read_take, read_drop);
LOCK_FAMILY(write, rwlock_t, write_take, write_drop);

int _raw_spin_trylock(spinlock_t *lock)
{
	preempt_disable();
	if (spin_is_locked(lock)) {
		preempt_enable();
		return 0;
	}
	take(lock, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL(_raw_spin_trylock);

int _raw_spin_trylock_bh(spinlock_t *lock)
{
	local_bh_disable();
	if (_raw_spin_trylock(lock))
		return 1;
	local_bh_enable();
	return 0;
}
EXPORT_SYMBOL(_raw_spin_trylock_bh);

int _raw_read_trylock(rwlock_t *lock)
{
	preempt_disable();
	if (lock->readers < 0) {
		preempt_enable();
		return 0;
	}
	read_take(lock, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL(_raw_read_trylock);

int _raw_write_trylock(rwlock_t *lock)
{
	preempt_disable();
	if (lock->readers) {
		preempt_enable();
		return 0;
	}
	write_take(lock, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL(_raw_write_trylock);

int _atomic_dec_and_lock(atomic_t *atom, spinlock_t *lock)
{
	if (atomic_add_unless(atom, -1, 1))
		return 0;
	spin_lock(lock);
	if (atomic_dec_and_test(atom))
		return 1;
	spin_unlock(lock);
	return 0;
}
EXPORT_SYMBOL(_atomic_dec_and_lock);

int __cond_resched_lock(spinlock_t *lock)
{
	if (!need_resched())
		return 0;
	spin_unlock(lock);
	_cond_resched();
	spin_lock(lock);
	return 1;
}
EXPORT_SYMBOL(__cond_resched_lock);

#ifdef CONFIG_DEBUG_SPINLOCK
static noinline void report_sleep(const char *file, int line)
{
	printk(KERN_ERR "BUG: sleeping function called from invalid context at %s:%d\n", file,
	       line);
	printk(KERN_ERR "in_atomic(): %d, irqs_disabled(): %d, pid: %d, name: %s\n",
	       preempt_count() != 0, irqs_disabled(), current->pid, current->comm);
	locks_show(current, KERN_ERR);
	dump_stack();
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

void __might_sleep(const char *file, int line)
{
	static unsigned long last;

	if (likely(!preempt_count() && !irqs_disabled()))
		return;
	if (system_state == SYSTEM_BOOTING || oops_depth ||
	    (last && time_before(jiffies, last + HZ)))
		return;
	last = jiffies | 1;
	report_sleep(file, line);
}
#else
void __might_sleep(const char *file, int line)
{
}
#endif
EXPORT_SYMBOL(__might_sleep);
