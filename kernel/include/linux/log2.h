/* Binary logarithms and powers of two; constant arguments fold. Any context. */
#ifndef _LINUX_LOG2_H
#define _LINUX_LOG2_H

#include <linux/bitops.h>

/* Rounded down; the argument must not be 0. */
#define ilog2(n) (sizeof(n) > 4 ? fls64(n) - 1 : (int)fls((u32)(n)) - 1)

static inline bool is_power_of_2(unsigned long n)
{
	return n != 0 && (n & (n - 1)) == 0;
}

static inline unsigned long roundup_pow_of_two(unsigned long n)
{
	return n <= 1 ? 1 : 1UL << fls(n - 1);
}

static inline unsigned long rounddown_pow_of_two(unsigned long n)
{
	return 1UL << (fls(n) - 1);
}

/* Rounded up; 0 and 1 give 0. */
static inline int order_base_2(unsigned long n)
{
	return n > 1 ? fls(n - 1) : 0;
}

#endif
