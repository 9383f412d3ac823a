/* Between days and dates, and the rules of the local time zone. Internal. */
#ifndef _LIBC_TIME_CALENDAR_H
#define _LIBC_TIME_CALENDAR_H

#include <time.h>

/* Days from 1970-01-01 to the first of month (0..11, others carry into the year) of year. */
long long calendar_days(long long year, long long month);
/* Fills all of tm but tm_isdst, tm_gmtoff, tm_zone. -1: the year does not fit. */
int calendar_split(long long seconds, struct tm *tm);
/* The fields taken as UTC, any of them out of range. */
long long calendar_join(const struct tm *tm);
/* Offset in seconds east of UTC that is in force at t; sets whether it is summer time. */
long zone_offset(long long t, int *summer);

#endif
