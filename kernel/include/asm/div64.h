/* do_div(n, base): n (a u64 variable) becomes n / base; the value is the remainder. base: 32 bits, never 0. */
#ifndef _ASM_DIV64_H
#define _ASM_DIV64_H

#include <linux/types.h>

static inline u32 __do_div(u64 *n, u32 base)
{
	u32 high = (u32)(*n >> 32), low = (u32)*n, remainder, high_quotient = high / base;

	high %= base;
	__asm__("divl %4" : "=a"(low), "=d"(remainder) : "0"(low), "1"(high), "rm"(base) : "cc");
	*n = ((u64)high_quotient << 32) | low;
	return remainder;
}

#define do_div(n, base)                                  \
	({                                               \
		u64 __n = (n);                           \
		u32 __rem = __do_div(&__n, (u32)(base)); \
		(n) = __n;                               \
		__rem;                                   \
	})

#endif
