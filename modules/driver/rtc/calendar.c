/*
 * Dates of the Gregorian calendar, and seconds since 1970-01-01 00:00:00 UTC.
 *
 * Days are counted from 1 March of year 0, so that the leap day is the last of a year: year, then day of the year, then
 * month follow by division, with no tables. 400 years have 146097 days, 100 have 36524, 4 have 1461.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rtc.h>
#include <linux/string.h>

#define SECONDS_PER_DAY 86400
#define DAYS_TO_1970 719468 /* from 1 March of year 0 to 1 January 1970 */
#define DAYS_PER_400_YEARS 146097

static bool is_leap(unsigned int year)
{
	return (year % 4 == 0 && year % 100) || year % 400 == 0;
}

int rtc_month_days(unsigned int month, unsigned int year)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month] + (month == 1 && is_leap(year));
}
EXPORT_SYMBOL(rtc_month_days);

int rtc_year_days(unsigned int day, unsigned int month, unsigned int year)
{
	unsigned int i;

	for (i = 0; i < month; i++)
		day += rtc_month_days(i, year);
	return day - 1;
}
EXPORT_SYMBOL(rtc_year_days);

void rtc_time64_to_tm(time64_t t, struct rtc_time *tm)
{
	u32 seconds, days, era, day, year, month;

	memset(tm, 0, sizeof(*tm));
	days = (u32)div_u64_rem((u64)t, SECONDS_PER_DAY, &seconds);
	tm->tm_sec = seconds % 60;
	tm->tm_min = seconds / 60 % 60;
	tm->tm_hour = seconds / 3600;
	tm->tm_wday = (days + 4) % 7;
	days += DAYS_TO_1970;
	era = days / DAYS_PER_400_YEARS;
	day = days % DAYS_PER_400_YEARS;
	year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	day -= 365 * year + year / 4 - year / 100;
	month = (5 * day + 2) / 153;
	tm->tm_mday = day - (153 * month + 2) / 5 + 1;
	tm->tm_mon = month < 10 ? month + 2 : month - 10;
	tm->tm_year = era * 400 + year + (month >= 10) - 1900;
	tm->tm_yday = rtc_year_days(tm->tm_mday, tm->tm_mon, tm->tm_year + 1900);
}
EXPORT_SYMBOL(rtc_time64_to_tm);

time64_t rtc_tm_to_time64(struct rtc_time *tm)
{
	u32 month = tm->tm_mon < 2 ? tm->tm_mon + 10 : tm->tm_mon - 2; /* from March */
	u32 year = tm->tm_year + 1900 - (tm->tm_mon < 2);
	u32 days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 +
		   tm->tm_mday - 1;

	return (s64)((s32)days - DAYS_TO_1970) * SECONDS_PER_DAY + tm->tm_hour * 3600 +
	       tm->tm_min * 60 + tm->tm_sec;
}
EXPORT_SYMBOL(rtc_tm_to_time64);

int rtc_valid_tm(struct rtc_time *tm)
{
	if (tm->tm_year < 70 || tm->tm_year > 1000 || (unsigned int)tm->tm_mon > 11 ||
	    tm->tm_mday < 1 || tm->tm_mday > rtc_month_days(tm->tm_mon, tm->tm_year + 1900) ||
	    (unsigned int)tm->tm_hour > 23 || (unsigned int)tm->tm_min > 59 ||
	    (unsigned int)tm->tm_sec > 59)
		return -EINVAL;
	return 0;
}
EXPORT_SYMBOL(rtc_valid_tm);
