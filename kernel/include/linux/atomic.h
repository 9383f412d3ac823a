/*
 * Atomic counters. Each operation is one indivisible step, also against interrupts and other CPUs. Operations that
 * return a value are full barriers; those that return none order nothing. Any context. As Linux's atomic_t.txt.
 */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/cmpxchg.h>

#define ATOMIC_INIT(i) \
	{              \
		(i)    \
	}
#define ATOMIC64_INIT(i) \
	{                \
		(i)      \
	}
#define ATOMIC_LONG_INIT(i) \
	{                   \
		(i)         \
	}

static inline int atomic_read(const atomic_t *v)
{
	return READ_ONCE(v->counter);
}

static inline void atomic_set(atomic_t *v, int i)
{
	WRITE_ONCE(v->counter, i);
}

#define atomic_read_acquire(v) smp_load_acquire(&(v)->counter)
#define atomic_set_release(v, i) smp_store_release(&(v)->counter, i)

static inline void atomic_add(int i, atomic_t *v)
{
	__asm__ __volatile__("lock; addl %1, %0" : "+m"(v->counter) : "ir"(i) : "memory", "cc");
}

static inline void atomic_sub(int i, atomic_t *v)
{
	__asm__ __volatile__("lock; subl %1, %0" : "+m"(v->counter) : "ir"(i) : "memory", "cc");
}

static inline void atomic_inc(atomic_t *v)
{
	__asm__ __volatile__("lock; incl %0" : "+m"(v->counter) : : "memory", "cc");
}

static inline void atomic_dec(atomic_t *v)
{
	__asm__ __volatile__("lock; decl %0" : "+m"(v->counter) : : "memory", "cc");
}

static inline void atomic_or(int i, atomic_t *v)
{
	__asm__ __volatile__("lock; orl %1, %0" : "+m"(v->counter) : "ir"(i) : "memory", "cc");
}

static inline void atomic_and(int i, atomic_t *v)
{
	__asm__ __volatile__("lock; andl %1, %0" : "+m"(v->counter) : "ir"(i) : "memory", "cc");
}

static inline void atomic_xor(int i, atomic_t *v)
{
	__asm__ __volatile__("lock; xorl %1, %0" : "+m"(v->counter) : "ir"(i) : "memory", "cc");
}

#define atomic_andnot(i, v) atomic_and(~(i), v)

/* Old value. */
static inline int atomic_fetch_add(int i, atomic_t *v)
{
	__asm__ __volatile__("lock; xaddl %0, %1" : "+r"(i), "+m"(v->counter) : : "memory", "cc");
	return i;
}

static inline int atomic_fetch_or(int i, atomic_t *v)
{
	return __atomic_fetch_or(&v->counter, i, __ATOMIC_SEQ_CST);
}

static inline int atomic_fetch_and(int i, atomic_t *v)
{
	return __atomic_fetch_and(&v->counter, i, __ATOMIC_SEQ_CST);
}

static inline int atomic_fetch_xor(int i, atomic_t *v)
{
	return __atomic_fetch_xor(&v->counter, i, __ATOMIC_SEQ_CST);
}

#define atomic_fetch_sub(i, v) atomic_fetch_add(-(i), v)
#define atomic_fetch_inc(v) atomic_fetch_add(1, v)
#define atomic_fetch_dec(v) atomic_fetch_add(-1, v)
#define atomic_fetch_andnot(i, v) atomic_fetch_and(~(i), v)

/* New value. */
static inline int atomic_add_return(int i, atomic_t *v)
{
	return atomic_fetch_add(i, v) + i;
}

static inline int atomic_sub_return(int i, atomic_t *v)
{
	return atomic_fetch_add(-i, v) - i;
}

#define atomic_inc_return(v) atomic_add_return(1, v)
#define atomic_dec_return(v) atomic_sub_return(1, v)

/* True if the new value is zero (negative). */
static inline bool atomic_dec_and_test(atomic_t *v)
{
	bool zero;

	__asm__ __volatile__("lock; decl %0; sete %1"
			     : "+m"(v->counter), "=qm"(zero)
			     :
			     : "memory", "cc");
	return zero;
}

static inline bool atomic_inc_and_test(atomic_t *v)
{
	return atomic_inc_return(v) == 0;
}

static inline bool atomic_sub_and_test(int i, atomic_t *v)
{
	return atomic_sub_return(i, v) == 0;
}

static inline bool atomic_add_negative(int i, atomic_t *v)
{
	return atomic_add_return(i, v) < 0;
}

static inline int atomic_xchg(atomic_t *v, int i)
{
	return xchg(&v->counter, i);
}

static inline int atomic_cmpxchg(atomic_t *v, int old, int new)
{
	return cmpxchg(&v->counter, old, new);
}

static inline bool atomic_try_cmpxchg(atomic_t *v, int *old, int new)
{
	return try_cmpxchg(&v->counter, old, new);
}

/* Adds a unless the value is u; returns the old value (bool: whether it was added). */
static inline int atomic_fetch_add_unless(atomic_t *v, int a, int u)
{
	int c = atomic_read(v);

	while (c != u && !atomic_try_cmpxchg(v, &c, c + a))
		;
	return c;
}

static inline bool atomic_add_unless(atomic_t *v, int a, int u)
{
	return atomic_fetch_add_unless(v, a, u) != u;
}

#define atomic_inc_not_zero(v) atomic_add_unless(v, 1, 0)

/* Decrements if the result is not negative; returns the old value minus 1 either way. */
static inline int atomic_dec_if_positive(atomic_t *v)
{
	int c = atomic_read(v);

	while (c > 0 && !atomic_try_cmpxchg(v, &c, c - 1))
		;
	return c - 1;
}

static inline bool atomic_inc_unless_negative(atomic_t *v)
{
	int c = atomic_read(v);

	while (c >= 0 && !atomic_try_cmpxchg(v, &c, c + 1))
		;
	return c >= 0;
}

#define atomic_long_read atomic_read
#define atomic_long_set atomic_set
#define atomic_long_add atomic_add
#define atomic_long_sub atomic_sub
#define atomic_long_inc atomic_inc
#define atomic_long_dec atomic_dec
#define atomic_long_or atomic_or
#define atomic_long_and atomic_and
#define atomic_long_xor atomic_xor
#define atomic_long_add_return atomic_add_return
#define atomic_long_sub_return atomic_sub_return
#define atomic_long_inc_return atomic_inc_return
#define atomic_long_dec_return atomic_dec_return
#define atomic_long_fetch_add atomic_fetch_add
#define atomic_long_fetch_sub atomic_fetch_sub
#define atomic_long_fetch_inc atomic_fetch_inc
#define atomic_long_fetch_dec atomic_fetch_dec
#define atomic_long_dec_and_test atomic_dec_and_test
#define atomic_long_inc_and_test atomic_inc_and_test
#define atomic_long_sub_and_test atomic_sub_and_test
#define atomic_long_xchg atomic_xchg
#define atomic_long_cmpxchg atomic_cmpxchg
#define atomic_long_try_cmpxchg atomic_try_cmpxchg
#define atomic_long_add_unless atomic_add_unless
#define atomic_long_inc_not_zero atomic_inc_not_zero
#define atomic_long_dec_if_positive atomic_dec_if_positive
#define atomic_long_add_negative atomic_add_negative
#define atomic_add_return_relaxed atomic_add_return
#define atomic_add_return_acquire atomic_add_return
#define atomic_add_return_release atomic_add_return
#define atomic_sub_return_relaxed atomic_sub_return
#define atomic_sub_return_acquire atomic_sub_return
#define atomic_sub_return_release atomic_sub_return
#define atomic_inc_return_relaxed atomic_inc_return
#define atomic_inc_return_acquire atomic_inc_return
#define atomic_inc_return_release atomic_inc_return
#define atomic_dec_return_relaxed atomic_dec_return
#define atomic_dec_return_acquire atomic_dec_return
#define atomic_dec_return_release atomic_dec_return
#define atomic_fetch_add_relaxed atomic_fetch_add
#define atomic_fetch_add_acquire atomic_fetch_add
#define atomic_fetch_add_release atomic_fetch_add
#define atomic_fetch_sub_relaxed atomic_fetch_sub
#define atomic_fetch_sub_acquire atomic_fetch_sub
#define atomic_fetch_sub_release atomic_fetch_sub
#define atomic_fetch_or_relaxed atomic_fetch_or
#define atomic_fetch_or_acquire atomic_fetch_or
#define atomic_fetch_or_release atomic_fetch_or
#define atomic_fetch_and_relaxed atomic_fetch_and
#define atomic_fetch_and_acquire atomic_fetch_and
#define atomic_fetch_and_release atomic_fetch_and
#define atomic_xchg_relaxed atomic_xchg
#define atomic_xchg_acquire atomic_xchg
#define atomic_xchg_release atomic_xchg
#define atomic_cmpxchg_relaxed atomic_cmpxchg
#define atomic_cmpxchg_acquire atomic_cmpxchg
#define atomic_cmpxchg_release atomic_cmpxchg

/* 64-bit counters, by cmpxchg8b. */
static inline s64 atomic64_cmpxchg(atomic64_t *v, s64 old, s64 new)
{
	return (s64)cmpxchg64((volatile u64 *)&v->counter, (u64)old, (u64) new);
}

static inline s64 atomic64_read(const atomic64_t *v)
{
	return atomic64_cmpxchg((atomic64_t *)v, 0, 0);
}

static inline s64 atomic64_xchg(atomic64_t *v, s64 i)
{
	s64 old = v->counter, seen;

	while ((seen = atomic64_cmpxchg(v, old, i)) != old)
		old = seen;
	return old;
}

static inline void atomic64_set(atomic64_t *v, s64 i)
{
	atomic64_xchg(v, i);
}

static inline s64 atomic64_fetch_add(s64 i, atomic64_t *v)
{
	s64 old = v->counter, seen;

	while ((seen = atomic64_cmpxchg(v, old, old + i)) != old)
		old = seen;
	return old;
}

#define atomic64_add(i, v) ((void)atomic64_fetch_add(i, v))
#define atomic64_sub(i, v) ((void)atomic64_fetch_add(-(s64)(i), v))
#define atomic64_inc(v) atomic64_add(1, v)
#define atomic64_dec(v) atomic64_sub(1, v)
#define atomic64_add_return(i, v) (atomic64_fetch_add(i, v) + (i))
#define atomic64_sub_return(i, v) (atomic64_fetch_add(-(s64)(i), v) - (i))
#define atomic64_inc_return(v) atomic64_add_return(1, v)
#define atomic64_dec_return(v) atomic64_sub_return(1, v)
#define atomic64_dec_and_test(v) (atomic64_dec_return(v) == 0)

#endif
