/*
 * The Gregorian calendar, extended both ways. Counted from 0000-03-01, so that the leap day ends a
 * year, and in eras of 400 years (146,097 days), so that divisions never meet a negative number.
 */
#include "time/calendar.h"

#define DAY 86400
#define ERA 146097   /* days in 400 years */
#define EPOCH 719468 /* days from 0000-03-01 to 1970-01-01 */

static long long floor_divide(long long a, long long b)
{
	return a / b - (a % b < 0);
}

long long calendar_days(long long year, long long month)
{
	year += floor_divide(month, 12);
	month -= floor_divide(month, 12) * 12;
	int m = (month + 10) % 12; /* from March */

	year -= month < 2;
	long long era = floor_divide(year, 400);
	int y = year - era * 400;

	return era * ERA + y * 365 + y / 4 - y / 100 + (153 * m + 2) / 5 - EPOCH;
}

int calendar_split(long long seconds, struct tm *tm)
{
	long long days = floor_divide(seconds, DAY);
	int rest = seconds - days * DAY;
	long long from_march = days + EPOCH, era = floor_divide(from_march, ERA);
	int d = from_march - era * ERA;
	int y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
	int of_year = d - (365 * y + y / 4 - y / 100);
	int m = (5 * of_year + 2) / 153;
	long long year = era * 400 + y + (m >= 10);

	if (year - 1900 > 2147483647 || year - 1900 < -2147483647 - 1)
		return -1;
	tm->tm_sec = rest % 60;
	tm->tm_min = rest / 60 % 60;
	tm->tm_hour = rest / 3600;
	tm->tm_mday = of_year - (153 * m + 2) / 5 + 1;
	tm->tm_mon = m < 10 ? m + 2 : m - 10;
	tm->tm_year = year - 1900;
	tm->tm_wday = (int)((days % 7 + 11) % 7);
	tm->tm_yday = days - calendar_days(year, 0);
	return 0;
}

long long calendar_join(const struct tm *tm)
{
	long long days = calendar_days(tm->tm_year + 1900LL, tm->tm_mon) + tm->tm_mday - 1;

	return days * DAY + tm->tm_hour * 3600LL + tm->tm_min * 60LL + tm->tm_sec;
}
