/*
 * Reference counters that saturate instead of wrapping: an overflow or an increment from zero is reported and the
 * object is leaked rather than freed in use. Any context. As Linux's refcount_t.
 */
#ifndef _LINUX_REFCOUNT_H
#define _LINUX_REFCOUNT_H

#include <linux/atomic.h>

struct mutex;
struct spinlock;

typedef struct refcount_struct {
	atomic_t refs;
} refcount_t;

#define REFCOUNT_INIT(n)               \
	{                              \
		.refs = ATOMIC_INIT(n) \
	}
#define REFCOUNT_MAX 0x7fffffff
#define REFCOUNT_SATURATED (-0x40000000)

static inline void refcount_set(refcount_t *r, int n)
{
	atomic_set(&r->refs, n);
}

static inline unsigned int refcount_read(const refcount_t *r)
{
	return (unsigned int)atomic_read(&r->refs);
}

/* Takes i references; the caller must hold one. Misuse is reported with the caller's address. */
void refcount_add(int i, refcount_t *r);
void refcount_inc(refcount_t *r);
/* Takes a reference unless there is none left; true if taken. */
bool __must_check refcount_inc_not_zero(refcount_t *r);
bool __must_check refcount_add_not_zero(int i, refcount_t *r);
/* Drops a reference; true if it was the last, the caller then frees the object. */
bool __must_check refcount_dec_and_test(refcount_t *r);
bool __must_check refcount_sub_and_test(int i, refcount_t *r);
/* Drops a reference that is known not to be the last. */
void refcount_dec(refcount_t *r);
/* Drops the last reference and no other; true if it did. */
bool __must_check refcount_dec_if_one(refcount_t *r);
bool __must_check refcount_dec_not_one(refcount_t *r);
/* As refcount_dec_and_test(), but the last is dropped with the lock held (and returned held). */
bool __must_check refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock);
bool __must_check refcount_dec_and_lock(refcount_t *r, struct spinlock *lock);

#endif
