/*
 * Exchange and compare-and-exchange on naturally aligned 1-, 2- and 4-byte objects (cmpxchg64: 8 bytes), one
 * indivisible step each, with full barrier semantics. Any context.
 */
#ifndef _ASM_CMPXCHG_H
#define _ASM_CMPXCHG_H

#include <linux/types.h>

/* xchg(ptr, v): store v in *ptr, return what was there. */
#define xchg(ptr, v) __atomic_exchange_n((ptr), (typeof(*(ptr)))(v), __ATOMIC_SEQ_CST)

/* cmpxchg(ptr, old, new): if *ptr is old, store new; return what was there. */
#define cmpxchg(ptr, old, new)                                                           \
	({                                                                               \
		typeof(*(ptr)) __old = (typeof(*(ptr)))(old);                            \
		__atomic_compare_exchange_n((ptr), &__old, (typeof(*(ptr)))(new), false, \
					    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);         \
		__old;                                                                   \
	})

/* try_cmpxchg(ptr, &old, new): true if stored, else old is updated to what is there. */
#define try_cmpxchg(ptr, pold, new)                                                                \
	__atomic_compare_exchange_n((ptr), (pold), (typeof(*(ptr)))(new), false, __ATOMIC_SEQ_CST, \
				    __ATOMIC_SEQ_CST)

#define xchg_relaxed xchg
#define xchg_acquire xchg
#define xchg_release xchg
#define cmpxchg_relaxed cmpxchg
#define cmpxchg_acquire cmpxchg
#define cmpxchg_release cmpxchg
#define cmpxchg_local cmpxchg

static inline u64 cmpxchg64(volatile u64 *ptr, u64 old, u64 new)
{
	__asm__ __volatile__("lock; cmpxchg8b %1"
			     : "+A"(old), "+m"(*ptr)
			     : "b"((u32) new), "c"((u32)(new >> 32))
			     : "memory", "cc");
	return old;
}

#endif
