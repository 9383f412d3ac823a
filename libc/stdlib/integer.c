/* Text to integers (C11 7.22.1.4): white space, sign, 0x or 0 prefix, digits up to the base. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

static int digit_value(int c)
{
	if (isdigit(c))
		return c - '0';
	if (isalpha(c))
		return (c | 32) - 'a' + 10;
	return 99;
}

/*
 * The common part. Digits that would pass `most` (the limit of the magnitude for the sign found)
 * are read but do not count, and errno is ERANGE. The result carries the sign.
 */
static unsigned long long convert(const char *s, char **end, int base, unsigned long long most_plus,
				  unsigned long long most_minus, int is_signed)
{
	const char *p = s, *after = s;
	unsigned long long value = 0, most;
	int minus, over = 0;

	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		if (end)
			*end = (char *)s;
		return 0;
	}
	while (isspace((unsigned char)*p))
		p++;
	minus = *p == '-';
	if (*p == '-' || *p == '+')
		p++;
	if ((base == 0 || base == 16) && p[0] == '0' && (p[1] | 32) == 'x' &&
	    digit_value((unsigned char)p[2]) < 16) {
		p += 2;
		base = 16;
	} else if (base == 0) {
		base = *p == '0' ? 8 : 10;
	}
	most = minus ? most_minus : most_plus;
	for (int d; (d = digit_value((unsigned char)*p)) < base; after = ++p) {
		unsigned long long next;

		if (over || __builtin_mul_overflow(value, (unsigned long long)base, &next) ||
		    __builtin_add_overflow(next, (unsigned long long)d, &next) || next > most)
			over = 1;
		else
			value = next;
	}
	if (end)
		*end = (char *)after;
	if (over) {
		errno = ERANGE;
		value = most;
		if (!is_signed)
			return value;
	}
	return minus ? -value : value;
}

long strtol(const char *restrict s, char **restrict end, int base)
{
	return convert(s, end, base, LONG_MAX, -(unsigned long long)LONG_MIN, 1);
}

unsigned long strtoul(const char *restrict s, char **restrict end, int base)
{
	return convert(s, end, base, ULONG_MAX, ULONG_MAX, 0);
}

long long strtoll(const char *restrict s, char **restrict end, int base)
{
	return convert(s, end, base, LLONG_MAX, -(unsigned long long)LLONG_MIN, 1);
}

unsigned long long strtoull(const char *restrict s, char **restrict end, int base)
{
	return convert(s, end, base, ULLONG_MAX, ULLONG_MAX, 0);
}

intmax_t strtoimax(const char *restrict s, char **restrict end, int base)
{
	return strtoll(s, end, base);
}

uintmax_t strtoumax(const char *restrict s, char **restrict end, int base)
{
	return strtoull(s, end, base);
}

int atoi(const char *s)
{
	return strtol(s, NULL, 10);
}

long atol(const char *s)
{
	return strtol(s, NULL, 10);
}

long long atoll(const char *s)
{
	return strtoll(s, NULL, 10);
}
