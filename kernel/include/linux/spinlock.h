/*
 * Spinlocks and read-write spinlocks, under Linux's names.
 *
 * Context: any. A lock also taken in an interrupt handler must be taken with the _irqsave or _irq
 * form everywhere else; one taken in a softirq, timer or tasklet with the _bh form or stronger. The
 * holder must not sleep: holding a spinlock disables preemption. Not recursive (readers of a rwlock
 * may nest).
 *
 * With CONFIG_DEBUG_SPINLOCK taking a held lock, releasing a free one or one of another task's is
 * reported with both call sites and ends in an oops instead of a silent hang.
 */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <linux/spinlock_types.h>
#include <linux/preempt.h>
#include <linux/irqflags.h>
#include <linux/bottom_half.h>

void __spin_lock_init(spinlock_t *lock, const char *name);
void __rwlock_init(rwlock_t *lock, const char *name);
void _raw_spin_lock(spinlock_t *lock);
void _raw_spin_lock_bh(spinlock_t *lock);
void _raw_spin_lock_irq(spinlock_t *lock);
unsigned long _raw_spin_lock_irqsave(spinlock_t *lock);
int _raw_spin_trylock(spinlock_t *lock);
int _raw_spin_trylock_bh(spinlock_t *lock);
void _raw_spin_unlock(spinlock_t *lock);
void _raw_spin_unlock_bh(spinlock_t *lock);
void _raw_spin_unlock_irq(spinlock_t *lock);
void _raw_spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);
void _raw_read_lock(rwlock_t *lock);
void _raw_read_lock_bh(rwlock_t *lock);
void _raw_read_lock_irq(rwlock_t *lock);
unsigned long _raw_read_lock_irqsave(rwlock_t *lock);
int _raw_read_trylock(rwlock_t *lock);
void _raw_read_unlock(rwlock_t *lock);
void _raw_read_unlock_bh(rwlock_t *lock);
void _raw_read_unlock_irq(rwlock_t *lock);
void _raw_read_unlock_irqrestore(rwlock_t *lock, unsigned long flags);
void _raw_write_lock(rwlock_t *lock);
void _raw_write_lock_bh(rwlock_t *lock);
void _raw_write_lock_irq(rwlock_t *lock);
unsigned long _raw_write_lock_irqsave(rwlock_t *lock);
int _raw_write_trylock(rwlock_t *lock);
void _raw_write_unlock(rwlock_t *lock);
void _raw_write_unlock_bh(rwlock_t *lock);
void _raw_write_unlock_irq(rwlock_t *lock);
void _raw_write_unlock_irqrestore(rwlock_t *lock, unsigned long flags);

/* Makes lock a free lock; the name in reports is the expression itself. */
#define spin_lock_init(lock) __spin_lock_init(lock, #lock)
/*
 * Take / release. _irq: also interrupts off / on. _irqsave: interrupts off, previous state in flags
 * (an unsigned long variable of the caller) / back to it. _bh: also softirqs off / on.
 */
#define spin_lock(lock) _raw_spin_lock(lock)
#define spin_lock_bh(lock) _raw_spin_lock_bh(lock)
#define spin_lock_irq(lock) _raw_spin_lock_irq(lock)
#define spin_lock_irqsave(lock, flags) ((flags) = _raw_spin_lock_irqsave(lock))
#define spin_lock_nested(lock, subclass) _raw_spin_lock(lock)
#define spin_lock_irqsave_nested(lock, flags, subclass) spin_lock_irqsave(lock, flags)
/* 1 and held, or 0 if it was taken. */
#define spin_trylock(lock) _raw_spin_trylock(lock)
#define spin_trylock_bh(lock) _raw_spin_trylock_bh(lock)
#define spin_trylock_irqsave(lock, flags)         \
	({                                        \
		local_irq_save(flags);            \
		_raw_spin_trylock(lock) ? 1 : ({  \
			local_irq_restore(flags); \
			0;                        \
		});                               \
	})
#define spin_trylock_irq(lock)                   \
	({                                       \
		local_irq_disable();             \
		_raw_spin_trylock(lock) ? 1 : ({ \
			local_irq_enable();      \
			0;                       \
		});                              \
	})
#define spin_unlock(lock) _raw_spin_unlock(lock)
#define spin_unlock_bh(lock) _raw_spin_unlock_bh(lock)
#define spin_unlock_irq(lock) _raw_spin_unlock_irq(lock)
#define spin_unlock_irqrestore(lock, flags) _raw_spin_unlock_irqrestore(lock, flags)
static inline int spin_is_locked(const spinlock_t *lock)
{
#ifdef CONFIG_DEBUG_SPINLOCK
	return READ_ONCE(lock->owner) != NULL;
#else
	return READ_ONCE(lock->locked) != 0;
#endif
}
#define spin_is_contended(lock) ((void)(lock), 0)
/* Stops (BUG) where lock is not held. */
void assert_spin_locked(const spinlock_t *lock);

#define raw_spin_lock_init(lock) spin_lock_init(lock)
#define raw_spin_lock(lock) spin_lock(lock)
#define raw_spin_lock_irq(lock) spin_lock_irq(lock)
#define raw_spin_lock_bh(lock) spin_lock_bh(lock)
#define raw_spin_lock_irqsave(lock, flags) spin_lock_irqsave(lock, flags)
#define raw_spin_trylock(lock) spin_trylock(lock)
#define raw_spin_trylock_irqsave(lock, flags) spin_trylock_irqsave(lock, flags)
#define raw_spin_unlock(lock) spin_unlock(lock)
#define raw_spin_unlock_irq(lock) spin_unlock_irq(lock)
#define raw_spin_unlock_bh(lock) spin_unlock_bh(lock)
#define raw_spin_unlock_irqrestore(lock, flags) spin_unlock_irqrestore(lock, flags)
#define raw_spin_is_locked(lock) spin_is_locked(lock)

#define rwlock_init(lock) __rwlock_init(lock, #lock)
#define read_lock(lock) _raw_read_lock(lock)
#define read_lock_bh(lock) _raw_read_lock_bh(lock)
#define read_lock_irq(lock) _raw_read_lock_irq(lock)
#define read_lock_irqsave(lock, flags) ((flags) = _raw_read_lock_irqsave(lock))
#define read_trylock(lock) _raw_read_trylock(lock)
#define read_unlock(lock) _raw_read_unlock(lock)
#define read_unlock_bh(lock) _raw_read_unlock_bh(lock)
#define read_unlock_irq(lock) _raw_read_unlock_irq(lock)
#define read_unlock_irqrestore(lock, flags) _raw_read_unlock_irqrestore(lock, flags)
#define write_lock(lock) _raw_write_lock(lock)
#define write_lock_bh(lock) _raw_write_lock_bh(lock)
#define write_lock_irq(lock) _raw_write_lock_irq(lock)
#define write_lock_irqsave(lock, flags) ((flags) = _raw_write_lock_irqsave(lock))
#define write_trylock(lock) _raw_write_trylock(lock)
#define write_unlock(lock) _raw_write_unlock(lock)
#define write_unlock_bh(lock) _raw_write_unlock_bh(lock)
#define write_unlock_irq(lock) _raw_write_unlock_irq(lock)
#define write_unlock_irqrestore(lock, flags) _raw_write_unlock_irqrestore(lock, flags)

/* Decrements atom; where that makes it 0 returns 1 with lock held, else 0. */
int _atomic_dec_and_lock(atomic_t *atom, spinlock_t *lock);
#define atomic_dec_and_lock(atom, lock) _atomic_dec_and_lock(atom, lock)

/*
 * Releases lock, lets others run if one is waiting for the CPU, takes it again. Returns nonzero if
 * it did.
 */
int __cond_resched_lock(spinlock_t *lock);
#define cond_resched_lock(lock) __cond_resched_lock(lock)

#endif
