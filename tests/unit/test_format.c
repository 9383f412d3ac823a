// SOURCES: kernel/lib/format.c
// CFLAGS: -Wno-format -Wno-format-security
/* Formatting against the build machine's printf: every combination of flags, width, precision and conversion. */
#include <limits.h>
#include <stdarg.h>
#include "unit.h"
#include "lib/format.h"

static size_t ours(char *text, size_t size, const char *format, ...)
{
	va_list args;
	size_t length;

	va_start(args, format);
	length = format_text(text, size, format, args, NULL);
	va_end(args);
	return length;
}

#define SAME(...)                                             \
	do {                                                  \
		char a[256], b[256];                          \
		int n = snprintf(b, sizeof(b), __VA_ARGS__);  \
		CHECK_EQ(ours(a, sizeof(a), __VA_ARGS__), n); \
		CHECK_STR(a, b);                              \
	} while (0)

static void test_numbers(void)
{
	static const char *const flags[] = { "",   "-",	 "+",  " ",  "#",  "0",
					     "-#", "0#", "+0", "-+", " 0", "#-0" };
	static const char *const sizes[] = { "",   "1",	 "5",	 "12",	 ".0",
					     ".1", ".7", "12.3", "3.12", "0" };
	static const char conversions[] = "diuxXo";
	static const long long values[] = { 0,	   1,	    -1,	     7,		255,	  -255,
					    65536, INT_MAX, INT_MIN, LLONG_MAX, LLONG_MIN };
	char format[32];

	for (size_t f = 0; f < sizeof(flags) / sizeof(flags[0]); f++)
		for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
			for (const char *c = conversions; *c; c++)
				for (size_t v = 0; v < sizeof(values) / sizeof(values[0]); v++) {
					snprintf(format, sizeof(format), "<%%%s%s%c>", flags[f],
						 sizes[s], *c);
					SAME(format, (int)values[v]);
					snprintf(format, sizeof(format), "<%%%s%sll%c>", flags[f],
						 sizes[s], *c);
					SAME(format, values[v]);
					snprintf(format, sizeof(format), "<%%%s%shh%c>", flags[f],
						 sizes[s], *c);
					SAME(format, (int)values[v]);
				}
}

static void test_lengths(void)
{
	SAME("%hd %hu %ld %lu %zu %zd %jd", -1, 65537, -5L, 5UL, (size_t)9, (ssize_t)-9,
	     (intmax_t)-77);
	SAME("%*d|%-*d|%.*d|%*.*d", 6, 42, 6, 42, 4, 42, 8, 3, 42);
	SAME("%*d|", -6, 42);
}

static void test_texts(void)
{
	SAME("%s|%10s|%-10s|%.2s|%10.2s|%-10.2s|", "abc", "abc", "abc", "abc", "abc", "abc");
	SAME("%c%5c%-5c|%%|", 'x', 'y', 'z');
	SAME("%s", "");
}

static void test_limits(void)
{
	char text[4];

	memset(text, 'z', sizeof(text));
	CHECK_EQ(ours(text, 0, "hello"), 5);
	CHECK_EQ(text[0], 'z');
	CHECK_EQ(ours(text, 1, "hello"), 5);
	CHECK_STR(text, "");
	CHECK_EQ(ours(text, 4, "hello %d", 5), 7);
	CHECK_STR(text, "hel");
}

static const char *put_pointer(struct format_sink *sink, struct format_spec *spec, const char *rest,
			       const void *pointer)
{
	if (*rest != 'S')
		return rest;
	format_string(sink, spec, pointer);
	return rest + 1;
}

static size_t with_pointer(char *text, size_t size, const char *format, ...)
{
	va_list args;
	size_t length;

	va_start(args, format);
	length = format_text(text, size, format, args, put_pointer);
	va_end(args);
	return length;
}

static void test_pointer(void)
{
	char text[64];

	with_pointer(text, sizeof(text), "<%pS> <%6pS> %d", "sym", "abc", 3);
	CHECK_STR(text, "<sym> <   abc> 3");
	ours(text, sizeof(text), "%p", (void *)0x1234);
	CHECK_STR(text, "00001234");
	ours(text, sizeof(text), "%k %s", "x");
	CHECK_STR(text, "%k x");
	ours(text, sizeof(text), "%s", (char *)NULL);
	CHECK_STR(text, "(null)");
}

int main(void)
{
	RUN(test_numbers);
	RUN(test_lengths);
	RUN(test_texts);
	RUN(test_limits);
	RUN(test_pointer);
	UNIT_END();
}
