/*
 * 64-bit division as the compiler calls it: __udivdi3 and its kin, exported so that modules may divide.
 *
 * One shift-free algorithm: with a divisor below 2^32 two divl instructions; else the quotient is estimated from the
 * normalised high words and is at most one too large (Knuth, The Art of Computer Programming vol. 2, 4.3.1). The
 * divisor 0 gives the divide error trap, as for 32 bits. Any context. Argument order is libgcc's (regparm as compiled).
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/math64.h>

u64 __udivmoddi4(u64 n, u64 d, u64 *remainder);
u64 __udivdi3(u64 n, u64 d);
u64 __umoddi3(u64 n, u64 d);
s64 __divdi3(s64 n, s64 d);
s64 __moddi3(s64 n, s64 d);
s64 __divmoddi4(s64 n, s64 d, s64 *remainder);

/* (high:low) / d where high < d. */
static inline u32 divide_word(u32 high, u32 low, u32 d, u32 *remainder)
{
	u32 quotient;

	__asm__("divl %4" : "=a"(quotient), "=d"(*remainder) : "0"(low), "1"(high), "rm"(d) : "cc");
	return quotient;
}

static u64 divide_by_word(u64 n, u32 d, u64 *remainder)
{
	u32 high = (u32)(n >> 32), rest, low;

	rest = high % d;
	low = divide_word(rest, (u32)n, d, &rest);
	*remainder = rest;
	return ((u64)(high / d) << 32) | low;
}

u64 __udivmoddi4(u64 n, u64 d, u64 *remainder)
{
	u32 dhigh = (u32)(d >> 32), shift, quotient, unused;
	u64 rest;

	if (!dhigh)
		return divide_by_word(n, (u32)d, remainder);
	if (n < d) {
		*remainder = n;
		return 0;
	}
	shift = (u32)__builtin_clz(dhigh);
	/* n / 2 has a high word below the normalised divisor's, which has its top bit set */
	quotient = divide_word((u32)(n >> 33), (u32)(n >> 1), (u32)((d << shift) >> 32), &unused);
	quotient = (u32)((u64)quotient << shift >> 31);
	if (quotient)
		quotient--;
	rest = n - quotient * d;
	while (rest >= d) {
		rest -= d;
		quotient++;
	}
	*remainder = rest;
	return quotient;
}
EXPORT_SYMBOL(__udivmoddi4);

u64 __udivdi3(u64 n, u64 d)
{
	u64 remainder;

	return __udivmoddi4(n, d, &remainder);
}
EXPORT_SYMBOL(__udivdi3);

u64 __umoddi3(u64 n, u64 d)
{
	u64 remainder;

	__udivmoddi4(n, d, &remainder);
	return remainder;
}
EXPORT_SYMBOL(__umoddi3);

static u64 magnitude(s64 v)
{
	return v < 0 ? -(u64)v : (u64)v;
}

s64 __divmoddi4(s64 n, s64 d, s64 *remainder)
{
	u64 rest, quotient = __udivmoddi4(magnitude(n), magnitude(d), &rest);

	*remainder = n < 0 ? -(s64)rest : (s64)rest;
	return (n < 0) != (d < 0) ? -(s64)quotient : (s64)quotient;
}
EXPORT_SYMBOL(__divmoddi4);

s64 __divdi3(s64 n, s64 d)
{
	s64 remainder;

	return __divmoddi4(n, d, &remainder);
}
EXPORT_SYMBOL(__divdi3);

s64 __moddi3(s64 n, s64 d)
{
	s64 remainder;

	__divmoddi4(n, d, &remainder);
	return remainder;
}
EXPORT_SYMBOL(__moddi3);

u64 mul_u64_u32_div(u64 a, u32 mul, u32 div)
{
	u64 low = (u64)(u32)a * mul, high = (a >> 32) * mul + (low >> 32);
	u32 rest;

	high = div_u64_rem(high, div, &rest);
	return (high << 32) + div_u64(((u64)rest << 32) | (u32)low, div);
}
EXPORT_SYMBOL(mul_u64_u32_div);
