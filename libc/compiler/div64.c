/*
 * 64-bit division that the compiler calls by name (its own run-time library is not linked).
 * Method: normalise the divisor so that one 64/32 `div` estimates the quotient to within one
 * (Knuth, The Art of Computer Programming 2, 4.3.1, D with two digits).
 */
#include <stdint.h>

uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *remainder);
uint64_t __udivdi3(uint64_t n, uint64_t d);
uint64_t __umoddi3(uint64_t n, uint64_t d);
int64_t __divdi3(int64_t n, int64_t d);
int64_t __moddi3(int64_t n, int64_t d);
int64_t __divmoddi4(int64_t n, int64_t d, int64_t *remainder);

/* high < d: the quotient fits. */
static uint32_t div_64_32(uint32_t high, uint32_t low, uint32_t d, uint32_t *remainder)
{
#ifdef __i386__
	uint32_t q;

	__asm__("divl %4" : "=a"(q), "=d"(*remainder) : "0"(low), "1"(high), "r"(d) : "cc");
	return q;
#else
	uint64_t n = (uint64_t)high << 32 | low;

	*remainder = n % d;
	return n / d;
#endif
}

uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *remainder)
{
	uint32_t n_high = n >> 32, n_low = n, d_high = d >> 32, d_low = d;
	uint32_t rest;

	if (d_high == 0) {
		uint32_t q_high = 0;

		if (n_high >= d_low) {
			q_high = n_high / d_low; /* traps on 0, as it should */
			n_high %= d_low;
		}
		uint32_t q_low = div_64_32(n_high, n_low, d_low, &rest);

		if (remainder)
			*remainder = rest;
		return (uint64_t)q_high << 32 | q_low;
	}
	if (n < d) {
		if (remainder)
			*remainder = n;
		return 0;
	}
	int shift = __builtin_clz(d_high);
	uint32_t q;

	if (shift == 0) {
		q = 1; /* both have the top bit: the quotient is 1 */
	} else {
		uint32_t top = (uint32_t)((d << shift) >> 32);
		uint64_t half = n >> 1;

		q = div_64_32(half >> 32, half, top, &rest) >> (31 - shift);
		if (q)
			q--;
		if (n - q * d >= d)
			q++;
	}
	if (remainder)
		*remainder = n - q * d;
	return q;
}

uint64_t __udivdi3(uint64_t n, uint64_t d)
{
	return __udivmoddi4(n, d, 0);
}

uint64_t __umoddi3(uint64_t n, uint64_t d)
{
	uint64_t remainder;

	__udivmoddi4(n, d, &remainder);
	return remainder;
}

static uint64_t magnitude(int64_t i)
{
	return i < 0 ? -(uint64_t)i : (uint64_t)i;
}

int64_t __divmoddi4(int64_t n, int64_t d, int64_t *remainder)
{
	uint64_t rest;
	uint64_t q = __udivmoddi4(magnitude(n), magnitude(d), &rest);

	if (remainder)
		*remainder = n < 0 ? -rest : rest;
	return (n < 0) != (d < 0) ? -q : q;
}

int64_t __divdi3(int64_t n, int64_t d)
{
	return __divmoddi4(n, d, 0);
}

int64_t __moddi3(int64_t n, int64_t d)
{
	int64_t remainder;

	__divmoddi4(n, d, &remainder);
	return remainder;
}
