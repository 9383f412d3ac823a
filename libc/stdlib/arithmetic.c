/* Absolute values, quotients, and a random number generator (xorshift, Marsaglia 2003). */
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>

int abs(int i)
{
	return i < 0 ? -i : i;
}

long labs(long i)
{
	return i < 0 ? -i : i;
}

long long llabs(long long i)
{
	return i < 0 ? -i : i;
}

intmax_t imaxabs(intmax_t i)
{
	return i < 0 ? -i : i;
}

div_t div(int a, int b)
{
	return (div_t){ a / b, a % b };
}

ldiv_t ldiv(long a, long b)
{
	return (ldiv_t){ a / b, a % b };
}

lldiv_t lldiv(long long a, long long b)
{
	return (lldiv_t){ a / b, a % b };
}

imaxdiv_t imaxdiv(intmax_t a, intmax_t b)
{
	return (imaxdiv_t){ a / b, a % b };
}

static uint32_t state = 2463534242u;

static uint32_t next(uint32_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x;
}

void srand(unsigned int seed)
{
	state = seed * 2654435761u + 2463534242u;
	if (state == 0)
		state = 1;
}

int rand(void)
{
	return next(&state) >> 1;
}

int rand_r(unsigned int *seed)
{
	uint32_t x = *seed * 2654435761u + 2463534242u;

	if (x == 0)
		x = 1;
	next(&x);
	*seed = x;
	return x >> 1;
}

void srandom(unsigned int seed)
{
	srand(seed);
}

long random(void)
{
	return rand();
}
