// SOURCES: kernel/lib/args.c kernel/lib/crc.c kernel/lib/errname.c
/* Splitting parameters; checksums; names of errors. */
#include <errno.h>
#include "unit.h"
#include "lib/args.h"
#include "lib/crc.h"
#include "lib/errname.h"

static char *next(char *text, const char *name, const char *value)
{
	char *got_name, *got_value, *rest = args_next(text, &got_name, &got_value);

	CHECK_STR(got_name, name);
	CHECK((got_value != NULL) == (value != NULL));
	if (got_value && value)
		CHECK_STR(got_value, value);
	return rest;
}

static void test_args(void)
{
	char text[] = "irq=7 debug  name=\"a b\" \"path=c d\" eq=a=b empty= q=\"\" last";
	char *s = text;

	s = next(s, "irq", "7");
	s = next(s, "debug", NULL);
	s = next(s, "name", "a b");
	s = next(s, "path", "c d");
	s = next(s, "eq", "a=b");
	s = next(s, "empty", "");
	s = next(s, "q", "");
	s = next(s, "last", NULL);
	CHECK_STR(s, "");
}

static void test_odd(void)
{
	char open[] = "a=\"b c", quote[] = "\"", equals[] = "=";

	next(open, "a", "b c");
	next(quote, "", NULL);
	next(equals, "", "");
}

static void test_crc(void)
{
	CHECK_EQ(crc32_update(0xffffffff, (const uint8_t *)"123456789", 9) ^ 0xffffffff,
		 0xcbf43926);
	CHECK_EQ(crc32_update(0, NULL, 0), 0);
}

static void test_names(void)
{
	CHECK_STR(error_name(ENOENT), "ENOENT");
	CHECK_STR(error_name(517), "EPROBE_DEFER");
	CHECK(!error_name(511));
	CHECK(!error_name(-1));
	CHECK(!error_name(100000));
}

int main(void)
{
	RUN(test_args);
	RUN(test_odd);
	RUN(test_crc);
	RUN(test_names);
	UNIT_END();
}
