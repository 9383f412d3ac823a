/* Bit counts and 64-bit conversions that compilers call by name on i386. */
#include <stdint.h>

int __popcountsi2(uint32_t x);
int __popcountdi2(uint64_t x);
int __ctzdi2(uint64_t x);
int __clzdi2(uint64_t x);
int __ffsdi2(uint64_t x);
uint64_t __fixunsdfdi(double x);
uint64_t __fixunssfdi(float x);
uint64_t __fixunsxfdi(long double x);
double __floatundidf(uint64_t x);
float __floatundisf(uint64_t x);
long double __floatundixf(uint64_t x);

int __popcountsi2(uint32_t x)
{
	x -= x >> 1 & 0x55555555;
	x = (x & 0x33333333) + (x >> 2 & 0x33333333);
	return ((x + (x >> 4)) & 0x0f0f0f0f) * 0x01010101 >> 24;
}

int __popcountdi2(uint64_t x)
{
	return __popcountsi2(x) + __popcountsi2(x >> 32);
}

int __ctzdi2(uint64_t x)
{
	return (uint32_t)x ? __builtin_ctz(x) : 32 + __builtin_ctz(x >> 32);
}

int __clzdi2(uint64_t x)
{
	return x >> 32 ? __builtin_clz(x >> 32) : 32 + __builtin_clz(x);
}

int __ffsdi2(uint64_t x)
{
	return x ? __ctzdi2(x) + 1 : 0;
}

/* The x87 converts signed values; the upper half of the unsigned range is moved down first. */
uint64_t __fixunsxfdi(long double x)
{
	if (x >= 0x1p63L)
		return (uint64_t)(int64_t)(x - 0x1p63L) + (1ULL << 63);
	return (int64_t)x;
}

uint64_t __fixunsdfdi(double x)
{
	return __fixunsxfdi(x);
}

uint64_t __fixunssfdi(float x)
{
	return __fixunsxfdi(x);
}

long double __floatundixf(uint64_t x)
{
	return (long double)(int64_t)(x >> 1) * 2 + (int)(x & 1);
}

double __floatundidf(uint64_t x)
{
	return __floatundixf(x);
}

float __floatundisf(uint64_t x)
{
	return __floatundixf(x);
}
