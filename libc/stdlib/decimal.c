/*
 * strtod, correctly rounded. The decimal number is D * 10^e with D an integer of at most DIGITS
 * digits (what follows can only break a tie, so one non-zero digit stands for it). Both sides of the
 * fraction D * 10^e / 1 or D / 10^-e are big integers; they are scaled by powers of two until the
 * quotient lies in [1, 2), then its bits come out one by one and the remainder decides the rounding.
 * Integer arithmetic throughout: the x87's extra precision would round twice.
 */
#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DIGITS 800
#define WORDS 180 /* 10^(DIGITS + 324 + spare) and a factor of 2^64: 3,800 bits and more */

struct big {
	int count; /* words in use; the highest is not 0 */
	uint32_t word[WORDS];
};

static void big_set(struct big *b, uint32_t value)
{
	b->count = value != 0;
	b->word[0] = value;
}

static void big_multiply_add(struct big *b, uint32_t factor, uint32_t add)
{
	uint64_t carry = add;

	for (int i = 0; i < b->count; i++) {
		carry += (uint64_t)b->word[i] * factor;
		b->word[i] = carry;
		carry >>= 32;
	}
	if (carry && b->count < WORDS)
		b->word[b->count++] = carry;
}

static void big_power_of_ten(struct big *b, int n)
{
	for (; n >= 9; n -= 9)
		big_multiply_add(b, 1000000000, 0);
	for (; n > 0; n--)
		big_multiply_add(b, 10, 0);
}

static int big_bits(const struct big *b)
{
	return b->count ? b->count * 32 - __builtin_clz(b->word[b->count - 1]) : 0;
}

static void big_shift(struct big *b, int bits)
{
	for (; bits >= 31; bits -= 31)
		big_multiply_add(b, 1u << 31, 0);
	big_multiply_add(b, 1u << bits, 0);
}

static int big_compare(const struct big *a, const struct big *b)
{
	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	for (int i = a->count; i-- > 0;)
		if (a->word[i] != b->word[i])
			return a->word[i] < b->word[i] ? -1 : 1;
	return 0;
}

/* a -= b, a >= b */
static void big_subtract(struct big *a, const struct big *b)
{
	uint32_t borrow = 0;

	for (int i = 0; i < a->count; i++) {
		uint64_t d = (uint64_t)a->word[i] - (i < b->count ? b->word[i] : 0) - borrow;

		a->word[i] = d;
		borrow = d >> 63;
	}
	while (a->count && a->word[a->count - 1] == 0)
		a->count--;
}

/* mantissa: 53 significant bits at most; the value is mantissa * 2^exponent, both exact */
static double compose(uint64_t mantissa, int exponent)
{
	union {
		uint64_t bits;
		double value;
	} u;

	if (mantissa >> 53) {
		mantissa >>= 1;
		exponent++;
	}
	if (!(mantissa >> 52))
		u.bits = mantissa; /* subnormal: exponent is -1074 */
	else if (exponent + 52 > 1023)
		u.bits = 0x7ffULL << 52;
	else
		u.bits = (uint64_t)(exponent + 52 + 1023) << 52 | (mantissa & ((1ULL << 52) - 1));
	if (u.bits >> 52 == 0x7ff || u.bits >> 52 == 0)
		errno = ERANGE;
	return u.value;
}

/* numerator / denominator as a double, to nearest, ties to even */
static double big_divide(struct big *n, struct big *d)
{
	int exponent = big_bits(n) - big_bits(d);

	if (exponent > 0)
		big_shift(d, exponent);
	else
		big_shift(n, -exponent);
	if (big_compare(n, d) < 0) {
		big_shift(n, 1);
		exponent--;
	}
	/* now 1 <= n/d < 2: the value is n/d * 2^exponent */
	int bits = 53;

	if (exponent < -1022)
		bits -= -1022 - exponent;
	if (bits < 0) {
		errno = ERANGE;
		return 0;
	}
	uint64_t mantissa = 0;

	for (int i = 0; i < bits; i++) {
		mantissa <<= 1;
		if (big_compare(n, d) >= 0) {
			big_subtract(n, d);
			mantissa |= 1;
		}
		big_shift(n, 1);
	}
	int half = big_compare(n, d);

	if (half > 0 || (half == 0 && (mantissa & 1)))
		mantissa++;
	return compose(mantissa, exponent - bits + 1);
}

static double scan_decimal(const char **p)
{
	struct big n, d;
	const char *s = *p;
	int count = 0, point = 0, exponent = 0, sticky = 0;

	big_set(&n, 0);
	big_set(&d, 1);
	for (;; s++) {
		if (*s == '.' && !point) {
			point = 1;
			continue;
		}
		if (!isdigit((unsigned char)*s))
			break;
		int digit = *s - '0';

		if (count < DIGITS) {
			if (n.count)
				big_multiply_add(&n, 10, digit);
			else
				big_set(&n, digit);
			count += n.count != 0;
			exponent -= point;
		} else {
			sticky |= digit;
			exponent += !point;
		}
	}
	if (sticky) {
		big_multiply_add(&n, 10, 1);
		exponent--;
	}
	*p = s;
	if ((*s | 32) == 'e') {
		const char *t = s + 1;
		int minus = *t == '-', e = 0;

		t += *t == '-' || *t == '+';
		if (isdigit((unsigned char)*t)) {
			for (; isdigit((unsigned char)*t); t++)
				if (e < 100000)
					e = e * 10 + *t - '0';
			exponent += minus ? -e : e;
			*p = t;
		}
	}
	if (n.count == 0)
		return 0;
	if (exponent + count > 310 || exponent + count < -330) {
		errno = ERANGE;
		return exponent > 0 || exponent + count > 310 ? (double)__builtin_inf() : 0;
	}
	if (exponent >= 0)
		big_power_of_ten(&n, exponent);
	else
		big_power_of_ten(&d, -exponent);
	return big_divide(&n, &d);
}

static int hex_value(int c)
{
	return isdigit(c) ? c - '0' : (c | 32) - 'a' + 10;
}

static double scan_hexadecimal(const char **p)
{
	struct big n, d;
	const char *s = *p;
	int point = 0, exponent = 0, seen = 0;

	big_set(&n, 0);
	big_set(&d, 1);
	for (;; s++) {
		if (*s == '.' && !point) {
			point = 1;
			continue;
		}
		if (!isxdigit((unsigned char)*s))
			break;
		seen = 1;
		if (n.count < WORDS / 2) {
			if (n.count)
				big_multiply_add(&n, 16, hex_value(*s));
			else
				big_set(&n, hex_value(*s));
			exponent -= point * 4;
		} else {
			n.word[0] |= *s != '0';
			exponent += !point * 4;
		}
	}
	*p = s;
	if (seen && (*s | 32) == 'p') {
		const char *t = s + 1;
		int minus = *t == '-', e = 0;

		t += *t == '-' || *t == '+';
		if (isdigit((unsigned char)*t)) {
			for (; isdigit((unsigned char)*t); t++)
				if (e < 1000000)
					e = e * 10 + *t - '0';
			exponent += minus ? -e : e;
			*p = t;
		}
	}
	if (n.count == 0)
		return 0;
	if (exponent + big_bits(&n) > 1025 || exponent + big_bits(&n) < -1080) {
		errno = ERANGE;
		return exponent > 0 ? (double)__builtin_inf() : 0;
	}
	if (exponent >= 0)
		big_shift(&n, exponent);
	else
		big_shift(&d, -exponent);
	return big_divide(&n, &d);
}

double strtod(const char *restrict s, char **restrict end)
{
	const char *p = s;
	double value;
	int minus;

	while (isspace((unsigned char)*p))
		p++;
	minus = *p == '-';
	p += *p == '-' || *p == '+';
	if (strncasecmp(p, "inf", 3) == 0) {
		p += strncasecmp(p, "infinity", 8) == 0 ? 8 : 3;
		value = __builtin_inf();
	} else if (strncasecmp(p, "nan", 3) == 0) {
		p += 3;
		value = __builtin_nan("");
		if (*p == '(') {
			const char *t = p + 1;

			while (isalnum((unsigned char)*t) || *t == '_')
				t++;
			if (*t == ')')
				p = t + 1;
		}
	} else if (p[0] == '0' && (p[1] | 32) == 'x' &&
		   (isxdigit((unsigned char)p[2]) ||
		    (p[2] == '.' && isxdigit((unsigned char)p[3])))) {
		p += 2;
		value = scan_hexadecimal(&p);
	} else if (isdigit((unsigned char)*p) || (*p == '.' && isdigit((unsigned char)p[1]))) {
		value = scan_decimal(&p);
	} else {
		value = 0;
		p = s;
		minus = 0;
	}
	if (end)
		*end = (char *)p;
	return minus ? -value : value;
}

float strtof(const char *restrict s, char **restrict end)
{
	float value = strtod(s, end);

	if (__builtin_isinf(value))
		errno = ERANGE;
	return value;
}

long double strtold(const char *restrict s, char **restrict end)
{
	return strtod(s, end);
}

double atof(const char *s)
{
	return strtod(s, NULL);
}
