/*
 * What compilers call for 64-bit division on i386. Schoolbook division with the CPU's 64-by-32 step: exact when the
 * divisor fits 32 bits; otherwise the quotient has at most 32 bits and is estimated from the leading digits of both:
 * lowered by one, the estimate is right or one too small. Source: Warren, Hacker's Delight, 9-5.
 */
#include <linux/types.h>
#include <linux/export.h>
#include "lib/divide.h"

u64 __udivmoddi4(u64 value, u64 divisor, u64 *remainder);
u64 __udivdi3(u64 value, u64 divisor);
u64 __umoddi3(u64 value, u64 divisor);
s64 __divdi3(s64 value, s64 divisor);
s64 __moddi3(s64 value, s64 divisor);
s64 __divmoddi4(s64 value, s64 divisor, s64 *remainder);

u64 __udivmoddi4(u64 value, u64 divisor, u64 *remainder)
{
	u64 quotient = value;
	int shift;

	if (!(divisor >> 32)) {
		u32 rest = divide_u64(&quotient, (u32)divisor);

		if (remainder)
			*remainder = rest;
		return quotient;
	}
	shift = __builtin_clz((u32)(divisor >> 32));
	quotient = value >> 1;
	divide_u64(&quotient, (u32)(divisor << shift >> 32));
	quotient = quotient << shift >> 31;
	if (quotient)
		quotient--;
	if (value - quotient * divisor >= divisor)
		quotient++;
	if (remainder)
		*remainder = value - quotient * divisor;
	return quotient;
}
EXPORT_SYMBOL(__udivmoddi4);

u64 __udivdi3(u64 value, u64 divisor)
{
	return __udivmoddi4(value, divisor, NULL);
}
EXPORT_SYMBOL(__udivdi3);

u64 __umoddi3(u64 value, u64 divisor)
{
	u64 remainder;

	__udivmoddi4(value, divisor, &remainder);
	return remainder;
}
EXPORT_SYMBOL(__umoddi3);

static u64 magnitude(s64 value)
{
	return value < 0 ? -(u64)value : (u64)value;
}

s64 __divdi3(s64 value, s64 divisor)
{
	u64 quotient = __udivmoddi4(magnitude(value), magnitude(divisor), NULL);

	return (value < 0) != (divisor < 0) ? (s64)-quotient : (s64)quotient;
}
EXPORT_SYMBOL(__divdi3);

s64 __moddi3(s64 value, s64 divisor)
{
	u64 remainder;

	__udivmoddi4(magnitude(value), magnitude(divisor), &remainder);
	return value < 0 ? (s64)-remainder : (s64)remainder;
}
EXPORT_SYMBOL(__moddi3);

s64 __divmoddi4(s64 value, s64 divisor, s64 *remainder)
{
	s64 quotient = __divdi3(value, divisor);

	*remainder = value - quotient * divisor;
	return quotient;
}
EXPORT_SYMBOL(__divmoddi4);
