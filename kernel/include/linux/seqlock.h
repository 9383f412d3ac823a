/*
 * Sequence counters and locks: readers never block a writer; they read again if one came between.
 * Readers: any context. Writers exclude each other by their own lock (seqcount_t) or by the lock
 * inside (seqlock_t); they must not be preempted by a reader, so preemption is off while writing.
 */
#ifndef _LINUX_SEQLOCK_H
#define _LINUX_SEQLOCK_H

#include <linux/spinlock.h>

typedef struct seqcount {
	unsigned int sequence; /* odd while a writer is at work */
} seqcount_t;

#define SEQCNT_ZERO(name) \
	{                 \
		0         \
	}
#define seqcount_init(s) ((s)->sequence = 0)

/* Start of a read section: the sequence to hand to read_seqcount_retry(). */
static inline unsigned int read_seqcount_begin(const seqcount_t *s)
{
	unsigned int seq;

	while ((seq = READ_ONCE(s->sequence)) & 1)
		barrier();
	barrier();
	return seq;
}
#define __read_seqcount_begin(s) read_seqcount_begin(s)
#define raw_read_seqcount_begin(s) read_seqcount_begin(s)
/* Nonzero: what was read may be torn; read again. */
static inline int read_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	barrier();
	return unlikely(READ_ONCE(s->sequence) != start);
}
#define __read_seqcount_retry(s, start) read_seqcount_retry(s, start)
static inline void raw_write_seqcount_begin(seqcount_t *s)
{
	WRITE_ONCE(s->sequence, s->sequence + 1);
	barrier();
}
static inline void raw_write_seqcount_end(seqcount_t *s)
{
	barrier();
	WRITE_ONCE(s->sequence, s->sequence + 1);
}
static inline void write_seqcount_begin(seqcount_t *s)
{
	preempt_disable();
	raw_write_seqcount_begin(s);
}
static inline void write_seqcount_end(seqcount_t *s)
{
	raw_write_seqcount_end(s);
	preempt_enable();
}
/* Makes readers at work retry, without a write section. */
static inline void write_seqcount_invalidate(seqcount_t *s)
{
	barrier();
	WRITE_ONCE(s->sequence, s->sequence + 2);
}

typedef struct {
	seqcount_t seqcount;
	spinlock_t lock; /* excludes writers */
} seqlock_t;

#define __SEQLOCK_UNLOCKED(lockname)                          \
	{                                                     \
		.lock = __SPIN_LOCK_UNLOCKED((lockname).lock) \
	}
#define DEFINE_SEQLOCK(x) seqlock_t x = __SEQLOCK_UNLOCKED(x)
#define seqlock_init(sl)                        \
	do {                                    \
		seqcount_init(&(sl)->seqcount); \
		spin_lock_init(&(sl)->lock);    \
	} while (0)
#define read_seqbegin(sl) read_seqcount_begin(&(sl)->seqcount)
#define read_seqretry(sl, start) read_seqcount_retry(&(sl)->seqcount, start)

static inline void write_seqlock(seqlock_t *sl)
{
	spin_lock(&sl->lock);
	raw_write_seqcount_begin(&sl->seqcount);
}
static inline void write_sequnlock(seqlock_t *sl)
{
	raw_write_seqcount_end(&sl->seqcount);
	spin_unlock(&sl->lock);
}
static inline void write_seqlock_irq(seqlock_t *sl)
{
	spin_lock_irq(&sl->lock);
	raw_write_seqcount_begin(&sl->seqcount);
}
static inline void write_sequnlock_irq(seqlock_t *sl)
{
	raw_write_seqcount_end(&sl->seqcount);
	spin_unlock_irq(&sl->lock);
}
#define write_seqlock_irqsave(sl, flags)                   \
	do {                                               \
		spin_lock_irqsave(&(sl)->lock, flags);     \
		raw_write_seqcount_begin(&(sl)->seqcount); \
	} while (0)
static inline void write_sequnlock_irqrestore(seqlock_t *sl, unsigned long flags)
{
	raw_write_seqcount_end(&sl->seqcount);
	spin_unlock_irqrestore(&sl->lock, flags);
}

#endif
