// CFLAGS: -Ilibc -Wno-format -Wno-format-security -Wno-shadow
// LIBS: -lm
/* strto*, printf's formats, sorting and 64-bit division of libc against the host's, on random values. */
#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "libc_random.h"
#include "unit.h"

#define strtol our_strtol
#define strtoul our_strtoul
#define strtoll our_strtoll
#define strtoull our_strtoull
#define strtoimax our_strtoimax
#define strtoumax our_strtoumax
#define atoi our_atoi
#define atol our_atol
#define atoll our_atoll
#define strtod our_strtod
#define strtof our_strtof
#define strtold our_strtold
#define atof our_atof
#define qsort our_qsort
#define qsort_r our_qsort_r
#define bsearch our_bsearch
#define convert convert_integer
#include "../../libc/stdlib/integer.c"
#undef convert
#include "../../libc/stdlib/decimal.c"
#include "../../libc/stdlib/sort.c"
#undef strtol
#undef strtoul
#undef strtoll
#undef strtoull
#undef strtod
#undef strtof
#undef qsort
#undef bsearch
#undef DIGITS
#undef WORDS
#define __udivmoddi4 our_udivmoddi4
#define __udivdi3 our_udivdi3
#define __umoddi3 our_umoddi3
#define __divdi3 our_divdi3
#define __moddi3 our_moddi3
#define __divmoddi4 our_divmoddi4
#include "../../libc/compiler/div64.c"
#include "../../libc/stdio/format.c"
#include "../../libc/stdio/float.c"

static void to_memory(struct sink *sink, const char *from, size_t size)
{
	for (size_t i = 0; i < size; i++, sink->count++)
		if (sink->room > 1) {
			*sink->to++ = from[i];
			sink->room--;
		}
}

static int our_snprintf(char *to, size_t size, const char *text, ...)
{
	struct sink sink = { .write = to_memory, .to = to, .room = size };
	va_list ap;

	va_start(ap, text);
	int result = format(&sink, text, ap);

	va_end(ap);
	*sink.to = 0;
	return result ? -1 : (int)sink.count;
}

#define SAME(...)                                                      \
	do {                                                           \
		static char ours[6000], theirs[6000];                  \
		int n = our_snprintf(ours, sizeof(ours), __VA_ARGS__); \
		int m = snprintf(theirs, sizeof(theirs), __VA_ARGS__); \
		CHECK_EQ(n, m);                                        \
		CHECK_STR(ours, theirs);                               \
	} while (0)

static char *random_format(char *to, const char *length, const char *conversions)
{
	char *p = to;

	*p++ = '%';
	for (int i = random_below(3); i > 0; i--)
		*p++ = "-+ #0"[random_below(5)];
	if (random_below(2))
		p += sprintf(p, "%d", random_below(30));
	if (random_below(2))
		p += sprintf(p, ".%d", random_below(25));
	p += sprintf(p, "%s%c", length, conversions[random_below(strlen(conversions))]);
	return to;
}

static uint64_t random_magnitude(void)
{
	return random_next() >> random_below(64);
}

static double random_double(void)
{
	union {
		uint64_t bits;
		double value;
	} u = { random_next() };

	switch (random_below(6)) {
	case 0:
		return (double)(int64_t)random_magnitude();
	case 1:
		return (int)random_below(100000) / 1000.0;
	case 2:
		return (int)random_below(2000) / 16.0 - 50;
	case 3:
		u.bits &= (1ULL << 63) | ((1ULL << random_below(53)) - 1); /* subnormal, or zero */
		return u.value;
	default:
		return isnan(u.value) ? INFINITY : u.value;
	}
}

static void test_format_integers(void)
{
	static const char *const lengths[] = { "hh", "h", "", "l", "ll", "z", "j", "t" };
	char f[64];

	for (int i = 0; i < 60000 && !unit_test_failures; i++) {
		int length = random_below(8);
		uint64_t value = random_magnitude();

		random_format(f, lengths[length], "dixXuo");
		if (length < 3)
			SAME(f, (int)value);
		else
			SAME(f, value);
		if (unit_test_failures)
			printf("# %s of %#llx\n", f, (unsigned long long)value);
	}
}

static void test_format_others(void)
{
	int at = 0;

	SAME("%s|%10s|%-10s|%.2s|%c|%5c|%-5c|%%", "abc", "abc", "abc", "abc", 'x', 'y', 'z');
	SAME("%*d|%-*d|%.*f|%*s", 7, 42, 7, 42, 3, 1.5, -6, "ab");
	SAME("%p %p", (void *)0x1234, (void *)to_memory);
	SAME("%.0d|%.0x|%#.0o|%#x|%#o", 0, 0, 0, 0, 0);
	SAME("%s", (char *)NULL);
	errno = ENOENT;
	SAME("%m");
	our_snprintf((char[16]){ 0 }, 16, "abc%n", &at);
	CHECK_EQ(at, 3);
	SAME("%f %F %e %G %a", INFINITY, -INFINITY, NAN, (double)INFINITY, (double)NAN);
	SAME("%010f|%+10f|%-10f|", INFINITY, INFINITY, INFINITY);
	SAME("%g %g %g %g %g", 100000.0, 1000000.0, 1e-4, 1e-5, 0.0);
	SAME("%#g %#.0f %#.0e", 1.0, 1.0, 1.0);
	SAME("%.1100f", 5e-324);
	SAME("%.400f", 1.7976931348623157e308);
	SAME("%.0f %.0f %.0f %.0f", 0.5, 1.5, 2.5, 0.4999999999999999);
	SAME("%a %a %.0a %.3a %A", 1.0, 0.1, 1.5, 3.14159, 1e300);
}

static void test_format_floats(void)
{
	char f[64];

	for (int i = 0; i < 40000 && !unit_test_failures; i++) {
		double d = random_double();

		random_format(f, "", "eEfFgGaA");
		/* how many bits stand before the point of a subnormal in %a is free */
		if (strpbrk(f, "aA") && !isnormal(d))
			continue;
		SAME(f, d);
		if (unit_test_failures)
			printf("# %s of %a\n", f, d);
	}
}

static void compare_integer(const char *text, int base)
{
	char *a, *b;

	errno = 0;
	long x = our_strtol(text, &a, base);
	int e = errno;

	errno = 0;
	long y = strtol(text, &b, base);

	CHECK(x == y && a == b && e == errno);
	errno = 0;
	unsigned long long u = our_strtoull(text, &a, base);

	e = errno;
	errno = 0;
	unsigned long long v = strtoull(text, &b, base);

	CHECK(u == v && a == b && e == errno);
	if (unit_test_failures)
		printf("# '%s' base %d\n", text, base);
}

static void test_parse_integers(void)
{
	char text[40];

	for (int i = 0; i < 100000 && !unit_test_failures; i++) {
		random_text(text, 30, " +-0x19afzZ", 11);
		compare_integer(text, "\0\2\10\12\20\44"[random_below(6)]);
		sprintf(text, "%s%" PRIu64, random_below(2) ? "-" : "", random_next());
		compare_integer(text, 10);
	}
	compare_integer("9223372036854775807", 10);
	compare_integer("9223372036854775808", 10);
	compare_integer("-9223372036854775808", 10);
	compare_integer("-9223372036854775809", 10);
	compare_integer("0x", 16);
	compare_integer("1", 37);
}

static void compare_float(const char *text)
{
	char *a, *b;

	errno = 0;
	double x = our_strtod(text, &a);
	int e = errno;

	errno = 0;
	double y = strtod(text, &b);

	CHECK(memcmp(&x, &y, sizeof(x)) == 0 || (isnan(x) && isnan(y)));
	CHECK(a == b);
	/* the host reports underflow only of inexact results */
	CHECK(e == errno || (e == ERANGE && fabs(x) <= DBL_MIN));
	if (unit_test_failures)
		printf("# '%s': %a, not %a\n", text, x, y);
}

static void test_parse_floats(void)
{
	static const char *const fixed[] = {
		"0",
		"-0",
		"1",
		".5",
		"5.",
		".",
		"e5",
		"1e",
		"1e+",
		"1e5",
		"inf",
		"-INFINITY",
		"nan",
		"nan(12)",
		"nan(",
		"infin",
		"0x1p3",
		"0x.8",
		"0x",
		"0xg",
		"0x1p",
		"1.7976931348623157e308",
		"1.7976931348623159e308",
		"1e309",
		"-1e999999999999",
		"4.9e-324",
		"2.4703282292062327e-324",
		"2.4703282292062328e-324",
		"1e-400",
		"2.2250738585072011e-308",
		"2.2250738585072014e-308",
		"9007199254740993",
		"9007199254740992.99999999999999999999999999999",
		"0x1.fffffffffffff8p1023",
		"0x1.fffffffffffff7p1023",
		"0x1p-1075",
		"0x1.8p-1075",
		"179769313486231580793728971405301e276",
	};
	char text[1200];

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		compare_float(fixed[i]);
	for (int i = 0; i < 30000 && !unit_test_failures; i++) {
		double d = random_double();

		snprintf(text, sizeof(text), "%.*e", (int)random_below(25), d);
		compare_float(text);
		random_text(text, 16, "+-.0123456789eExpinf", 20);
		compare_float(text);
	}
	for (int i = 0; i < 300 && !unit_test_failures; i++) {
		/* exactly between two doubles, and a little beside */
		double d = fabs(random_double());

		if (!isfinite(d) || d == 0)
			continue;
		snprintf(text, sizeof(text), "%.1000Lf",
			 (d + (long double)nextafter(d, 1e308)) / 2);
		compare_float(text);
	}
}

static int by_value(const void *a, const void *b)
{
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

static void test_sort(void)
{
	unsigned char a[600], b[600];

	for (int i = 0; i < 2000; i++) {
		size_t size = 1 + random_below(6), count = random_below(100);

		for (size_t k = 0; k < count * size; k++)
			a[k] = random_below(200);
		memcpy(b, a, count * size);
		our_qsort(a, count, size, by_value);
		qsort(b, count, size, by_value);
		for (size_t k = 0; k < count; k++)
			CHECK_EQ(a[k * size], b[k * size]);
		unsigned char key = random_below(200);
		unsigned char *found = our_bsearch(&key, a, count, size, by_value);

		CHECK_EQ(!found, !bsearch(&key, b, count, size, by_value));
		CHECK(!found || *found == key);
	}
}

static void test_division(void)
{
	for (int i = 0; i < 200000; i++) {
		uint64_t n = random_magnitude(), d = random_magnitude() | 1, rest;

		CHECK_EQ(our_udivmoddi4(n, d, &rest), n / d);
		CHECK_EQ(rest, n % d);
		CHECK_EQ(our_divdi3(n, (int64_t)d), (int64_t)n / (int64_t)d);
		CHECK_EQ(our_moddi3(n, -(int64_t)d), (int64_t)n % -(int64_t)d);
	}
	CHECK_EQ(our_udivdi3(~0ULL, ~0ULL), 1);
	CHECK_EQ(our_udivdi3(~0ULL, 1ULL << 63), 1);
	CHECK_EQ(our_umoddi3(~0ULL, (1ULL << 32) + 1), ~0ULL % ((1ULL << 32) + 1));
}

int main(void)
{
	RUN(test_format_integers);
	RUN(test_format_others);
	RUN(test_format_floats);
	RUN(test_parse_integers);
	RUN(test_parse_floats);
	RUN(test_sort);
	RUN(test_division);
	UNIT_END();
}
