// SOURCES: kernel/lib/number.c
/* Reading numbers against strtoull, and at the limits. */
#include <errno.h>
#include "unit.h"
#include "lib/divide.h"
#include "lib/number.h"

static void check_read(const char *text, unsigned int base)
{
	const char *end;
	char *host_end;
	uint64_t value = 0;
	unsigned long long host;
	enum number_status status = number_read(text, base, &value, &end);

	errno = 0;
	host = strtoull(text, &host_end, (int)base);
	CHECK_EQ(end - text, host_end - text);
	if (end == text)
		CHECK_EQ(status, NUMBER_NONE);
	else
		CHECK_EQ(status, errno == ERANGE ? NUMBER_TOO_LARGE : NUMBER_OK);
	if (status == NUMBER_OK)
		CHECK_EQ(value, host);
}

static void test_read(void)
{
	static const char *const texts[] = { "0",
					     "1",
					     "017",
					     "0x1f",
					     "0X1F",
					     "0x",
					     "0xg",
					     "99",
					     "zz",
					     "",
					     "12abc",
					     "08",
					     "7f",
					     "18446744073709551615",
					     "18446744073709551616",
					     "99999999999999999999",
					     "0xffffffffffffffff",
					     "0x10000000000000000",
					     "01777777777777777777777" };
	static const unsigned int bases[] = { 0, 2, 8, 10, 16, 36 };

	for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++)
		for (size_t b = 0; b < sizeof(bases) / sizeof(bases[0]); b++)
			check_read(texts[t], bases[b]);
}

static void test_whole(void)
{
	uint64_t value = 5;
	int64_t number = 5;

	CHECK_EQ(number_unsigned("12\n", 0, &value), NUMBER_OK);
	CHECK_EQ(value, 12);
	CHECK_EQ(number_unsigned("12\n\n", 0, &value), NUMBER_NONE);
	CHECK_EQ(number_unsigned("12 ", 0, &value), NUMBER_NONE);
	CHECK_EQ(number_unsigned("-1", 0, &value), NUMBER_NONE);
	CHECK_EQ(number_unsigned("+1", 0, &value), NUMBER_OK);
	CHECK_EQ(number_unsigned("", 0, &value), NUMBER_NONE);
	CHECK_EQ(number_signed("-9223372036854775808", 0, &number), NUMBER_OK);
	CHECK(number == INT64_MIN);
	CHECK_EQ(number_signed("-9223372036854775809", 0, &number), NUMBER_TOO_LARGE);
	CHECK_EQ(number_signed("9223372036854775808", 0, &number), NUMBER_TOO_LARGE);
	CHECK_EQ(number_signed("9223372036854775807", 0, &number), NUMBER_OK);
	CHECK_EQ(number_signed("-+1", 0, &number), NUMBER_NONE);
}

static void test_divide(void)
{
	uint64_t value = 0xfedcba9876543210;

	CHECK_EQ(divide_u64(&value, 1000), 0xfedcba9876543210 % 1000);
	CHECK_EQ(value, 0xfedcba9876543210 / 1000);
}

int main(void)
{
	RUN(test_read);
	RUN(test_whole);
	RUN(test_divide);
	UNIT_END();
}
