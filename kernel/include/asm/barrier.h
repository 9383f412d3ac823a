/*
 * Memory barriers. i386 never reorders stores with stores or loads with loads, only a load before an earlier
 * store; so all but mb() are compiler barriers (Intel SDM vol. 3, 8.2.2). Any context.
 */
#ifndef _ASM_BARRIER_H
#define _ASM_BARRIER_H

#include <linux/compiler.h>

#define mb() __asm__ __volatile__("lock; addl $0, 0(%%esp)" : : : "memory", "cc")
#define rmb() barrier()
#define wmb() barrier()
#define smp_mb() mb()
#define smp_rmb() barrier()
#define smp_wmb() barrier()
#define dma_rmb() barrier()
#define dma_wmb() barrier()
#define smp_mb__before_atomic() barrier()
#define smp_mb__after_atomic() barrier()
#define smp_read_barrier_depends() barrier()

#define smp_store_mb(var, value)        \
	do {                            \
		WRITE_ONCE(var, value); \
		smp_mb();               \
	} while (0)
#define smp_store_release(p, v)      \
	do {                         \
		barrier();           \
		WRITE_ONCE(*(p), v); \
	} while (0)
#define smp_load_acquire(p)                           \
	({                                            \
		typeof(*(p)) ___p1 = READ_ONCE(*(p)); \
		barrier();                            \
		___p1;                                \
	})

#endif
