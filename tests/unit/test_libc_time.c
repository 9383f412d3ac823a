// CFLAGS: -Ilibc -Wno-shadow
/* libc's calendar, time zones, strftime and strptime against the host's. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include "libc_random.h"
#include "unit.h"

#define gmtime our_gmtime
#define gmtime_r our_gmtime_r
#define localtime our_localtime
#define localtime_r our_localtime_r
#define timegm our_timegm
#define mktime our_mktime
#define strftime our_strftime
#define strptime our_strptime
#define asctime our_asctime
#define asctime_r our_asctime_r
#define ctime our_ctime
#define ctime_r our_ctime_r
#define tzset our_tzset
#define tzname our_tzname
#define timezone our_timezone
#define daylight our_daylight
size_t strlcpy(char *to, const char *from, size_t size);
char *our_tzname[2];
long our_timezone;
int our_daylight;
void our_tzset(void);
struct tm *our_gmtime_r(const time_t *t, struct tm *tm);
struct tm *our_localtime_r(const time_t *t, struct tm *tm);
struct tm *our_localtime(const time_t *t);
time_t our_mktime(struct tm *tm);
size_t our_strftime(char *to, size_t size, const char *format, const struct tm *tm);
char *our_asctime_r(const struct tm *tm, char *to);
char *our_asctime(const struct tm *tm);
#define offset zone_text
#include "../../libc/time/calendar.c"
#include "../../libc/time/zone.c"
#include "../../libc/time/broken.c"
#define days day_names
#include "../../libc/time/text.c"
#undef days
#include "../../libc/time/parse.c"
#undef gmtime_r
#undef localtime_r
#undef timegm
#undef mktime
#undef strftime
#undef strptime
#undef tzset

size_t strlcpy(char *to, const char *from, size_t size)
{
	size_t n = strlen(from);

	snprintf(to, size, "%s", from);
	return n;
}

static time_t random_time(void)
{
	switch (random_below(4)) {
	case 0:
		return (int32_t)random_next();
	case 1:
		return (int64_t)(random_next() % 8000000000000ULL) - 4000000000000LL;
	default:
		return random_next() % 4000000000U;
	}
}

static void compare_tm(const struct tm *a, const struct tm *b, time_t t)
{
	CHECK_EQ(a->tm_sec, b->tm_sec);
	CHECK_EQ(a->tm_min, b->tm_min);
	CHECK_EQ(a->tm_hour, b->tm_hour);
	CHECK_EQ(a->tm_mday, b->tm_mday);
	CHECK_EQ(a->tm_mon, b->tm_mon);
	CHECK_EQ(a->tm_year, b->tm_year);
	CHECK_EQ(a->tm_wday, b->tm_wday);
	CHECK_EQ(a->tm_yday, b->tm_yday);
	CHECK_EQ(a->tm_isdst, b->tm_isdst);
	CHECK_EQ(a->tm_gmtoff, b->tm_gmtoff);
	if (unit_test_failures)
		printf("# at %lld, TZ=%s\n", (long long)t, getenv("TZ"));
}

static void test_gmtime(void)
{
	struct tm a, b;

	for (int i = 0; i < 100000 && !unit_test_failures; i++) {
		time_t t = random_time();

		our_gmtime_r(&t, &a);
		gmtime_r(&t, &b);
		compare_tm(&a, &b, t);
		CHECK_EQ(our_timegm(&a), t);
	}
}

static const char *const zones[] = { "CET-1CEST,M3.5.0,M10.5.0/3",
				     "EST5EDT,M3.2.0,M11.1.0",
				     "UTC0",
				     "<+0530>-5:30",
				     "NZST-12NZDT,M9.5.0,M4.1.0/3",
				     "AAA3BBB,J60/0,J300/2",
				     "CCC-2DDD,59,299/4:30" };

static void test_localtime(void)
{
	struct tm a, b;

	for (size_t z = 0; z < sizeof(zones) / sizeof(zones[0]); z++) {
		setenv("TZ", zones[z], 1);
		tzset();
		for (int i = 0; i < 20000 && !unit_test_failures; i++) {
			time_t t = random_next() % 4000000000U;

			our_localtime_r(&t, &a);
			localtime_r(&t, &b);
			compare_tm(&a, &b, t);
			CHECK_STR(a.tm_zone, b.tm_zone);
			CHECK_EQ(our_mktime(&a), t);
		}
	}
}

static void test_mktime_normalises(void)
{
	setenv("TZ", "UTC0", 1);
	tzset();
	for (int i = 0; i < 50000 && !unit_test_failures; i++) {
		struct tm a = { .tm_sec = (int)random_below(10000) - 5000,
				.tm_min = (int)random_below(10000) - 5000,
				.tm_hour = (int)random_below(10000) - 5000,
				.tm_mday = (int)random_below(1000) - 500,
				.tm_mon = (int)random_below(200) - 100,
				.tm_year = random_below(300) };
		struct tm b = a;
		time_t t = our_mktime(&a);

		CHECK_EQ(t, mktime(&b));
		compare_tm(&a, &b, t);
	}
}

static void test_strftime(void)
{
	char ours[200], theirs[200], format[8];

	setenv("TZ", zones[0], 1);
	tzset();
	our_tzset();
	for (int i = 0; i < 60000 && !unit_test_failures; i++) {
		time_t t = random_next() % 4000000000U;
		struct tm tm;

		localtime_r(&t, &tm);
		sprintf(format, "%%%s%c|",
			random_below(4)	  ? ""
			: random_below(2) ? "-"
					  : "_",
			"aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%"[random_below(41)]);
		if (strpbrk(format, "-_") && strpbrk(format, "cCDFrRTxXsz"))
			continue; /* what flags do to these is the host's own */
		size_t n = our_strftime(ours, sizeof(ours), format, &tm);

		CHECK_EQ(n, strftime(theirs, sizeof(theirs), format, &tm));
		CHECK_STR(ours, theirs);
		if (unit_test_failures)
			printf("# %s at %lld\n", format, (long long)t);
	}
	CHECK_EQ(our_strftime(ours, 4, "%Y", &(struct tm){ .tm_year = 100 }), 0);
}

static void test_strptime(void)
{
	static const char *const formats[] = { "%Y-%m-%d %H:%M:%S", "%a %b %e %T %Y", "%D %R",
					       "%d %B %Y %I:%M %p", "%y%m%d%H%M" };
	char text[100];

	for (int i = 0; i < 20000 && !unit_test_failures; i++) {
		time_t t = random_next() % 4000000000U;
		const char *f = formats[random_below(5)];
		struct tm tm, a = { 0 }, b = { 0 };

		gmtime_r(&t, &tm);
		strftime(text, sizeof(text), f, &tm);
		char *x = our_strptime(text, f, &a), *y = strptime(text, f, &b);

		CHECK(x == y);
		CHECK(a.tm_year == b.tm_year && a.tm_mon == b.tm_mon && a.tm_mday == b.tm_mday &&
		      a.tm_hour == b.tm_hour && a.tm_min == b.tm_min && a.tm_sec == b.tm_sec);
		if (unit_test_failures)
			printf("# %s: %s\n", f, text);
	}
	CHECK(!our_strptime("2020-13-01", "%F", &(struct tm){ 0 }));
}

int main(void)
{
	RUN(test_gmtime);
	RUN(test_localtime);
	RUN(test_mktime_normalises);
	RUN(test_strftime);
	RUN(test_strptime);
	UNIT_END();
}
