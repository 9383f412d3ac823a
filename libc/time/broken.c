/* time_t to broken-down time and back. */
#include <errno.h>
#include <limits.h>
#include "time/calendar.h"

struct tm *gmtime_r(const time_t *restrict t, struct tm *restrict tm)
{
	if (calendar_split(*t, tm)) {
		errno = EOVERFLOW;
		return NULL;
	}
	tm->tm_isdst = 0;
	tm->tm_gmtoff = 0;
	tm->tm_zone = "UTC";
	return tm;
}

struct tm *localtime_r(const time_t *restrict t, struct tm *restrict tm)
{
	int summer;

	tzset();
	long offset = zone_offset(*t, &summer);

	if (calendar_split((long long)*t + offset, tm)) {
		errno = EOVERFLOW;
		return NULL;
	}
	tm->tm_isdst = summer;
	tm->tm_gmtoff = offset;
	tm->tm_zone = tzname[summer];
	return tm;
}

static struct tm own;

struct tm *gmtime(const time_t *t)
{
	return gmtime_r(t, &own);
}

struct tm *localtime(const time_t *t)
{
	return localtime_r(t, &own);
}

static time_t checked(long long seconds)
{
	if (seconds > LONG_MAX || seconds < LONG_MIN) {
		errno = EOVERFLOW;
		return -1;
	}
	return seconds;
}

time_t timegm(struct tm *tm)
{
	long long seconds = calendar_join(tm);
	time_t t = checked(seconds);

	if (t == seconds)
		gmtime_r(&t, tm);
	return t;
}

/*
 * The wall clock's reading is tried with the offset in force around it; tm_isdst that names the
 * other kind of time than is in force moves the result by the difference.
 */
time_t mktime(struct tm *tm)
{
	int summer, other;

	tzset();
	long long wall = calendar_join(tm);
	long offset = zone_offset(wall - zone_offset(wall, &summer), &summer);

	if (tm->tm_isdst >= 0 && !!tm->tm_isdst != summer && daylight) {
		for (long day = -200; day <= 200; day += 40) {
			long o = zone_offset(wall + day * 86400, &other);

			if (other == !!tm->tm_isdst) {
				offset = o;
				break;
			}
		}
	}
	time_t t = checked(wall - offset);

	if (t == wall - offset)
		localtime_r(&t, tm);
	return t;
}
