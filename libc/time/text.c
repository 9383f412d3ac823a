/* Time as text: strftime and its fixed forms. C locale. */
#include <string.h>
#include "time/calendar.h"

static const char days[7][10] = { "Sunday",   "Monday", "Tuesday", "Wednesday",
				  "Thursday", "Friday", "Saturday" };
static const char months[12][10] = { "January",	  "February", "March",	  "April",
				     "May",	  "June",     "July",	  "August",
				     "September", "October",  "November", "December" };

struct text {
	char *to;
	size_t room; /* the NUL's not counted */
	size_t size;
};

static void put(struct text *t, const char *s)
{
	for (; *s; s++) {
		if (t->size < t->room)
			t->to[t->size] = *s;
		t->size++;
	}
}

static void put_number(struct text *t, long long value, int width, char pad)
{
	char digits[24];
	int n = 0, minus = value < 0;
	unsigned long long v = minus ? -(unsigned long long)value : (unsigned long long)value;
	char c[2] = { 0 };

	do
		digits[n++] = '0' + v % 10;
	while (v /= 10);
	if (minus)
		put(t, "-");
	for (int i = n + minus; pad && i < width; i++) {
		c[0] = pad;
		put(t, c);
	}
	while (n) {
		c[0] = digits[--n];
		put(t, c);
	}
}

/* ISO 8601: the week with the year's first Thursday is week 1. */
static int iso_week(const struct tm *tm, long long *year)
{
	int monday = (tm->tm_wday + 6) % 7;
	int week = (tm->tm_yday - monday + 10) / 7;

	*year = tm->tm_year + 1900LL;
	if (week < 1) {
		--*year;
		int length = calendar_days(*year + 1, 0) - calendar_days(*year, 0);

		return (tm->tm_yday + length - monday + 10) / 7;
	}
	int length = calendar_days(*year + 1, 0) - calendar_days(*year, 0);

	if (week == 53 && length - tm->tm_yday <= 3 - monday) {
		++*year;
		return 1;
	}
	return week;
}

static void put_offset(struct text *t, long offset)
{
	put(t, offset < 0 ? "-" : "+");
	offset = (offset < 0 ? -offset : offset) / 60;
	put_number(t, offset / 60, 2, '0');
	put_number(t, offset % 60, 2, '0');
}

static void put_format(struct text *t, const char *format, const struct tm *tm);

static int floor_mod(long long a, int b)
{
	return (a % b + b) % b;
}

static void put_one(struct text *t, char c, char pad, const struct tm *tm)
{
	long long year = tm->tm_year + 1900LL, week_year;
	char zero = pad ? pad == '-' ? 0 : pad == '_' ? ' ' : '0' : '0';
	char space = pad ? pad == '-' ? 0 : pad == '0' ? '0' : ' ' : ' ';
	int hour12 = tm->tm_hour % 12 ? tm->tm_hour % 12 : 12;
	char other[3] = { '%', c, 0 };
	int week;

	switch (c) {
	case 'a':
	case 'A':
		if (tm->tm_wday < 0 || tm->tm_wday > 6)
			put(t, "?");
		else if (c == 'A')
			put(t, days[tm->tm_wday]);
		else
			put(t, (char[]){ days[tm->tm_wday][0], days[tm->tm_wday][1],
					 days[tm->tm_wday][2], 0 });
		break;
	case 'b':
	case 'h':
	case 'B':
		if (tm->tm_mon < 0 || tm->tm_mon > 11)
			put(t, "?");
		else if (c == 'B')
			put(t, months[tm->tm_mon]);
		else
			put(t, (char[]){ months[tm->tm_mon][0], months[tm->tm_mon][1],
					 months[tm->tm_mon][2], 0 });
		break;
	case 'c':
		put_format(t, "%a %b %e %H:%M:%S %Y", tm);
		break;
	case 'C':
		put_number(t, (year - floor_mod(year, 100)) / 100, 2, zero);
		break;
	case 'd':
		put_number(t, tm->tm_mday, 2, zero);
		break;
	case 'D':
	case 'x':
		put_format(t, "%m/%d/%y", tm);
		break;
	case 'e':
		put_number(t, tm->tm_mday, 2, space);
		break;
	case 'F':
		put_format(t, "%Y-%m-%d", tm);
		break;
	case 'g':
		iso_week(tm, &week_year);
		put_number(t, floor_mod(week_year, 100), 2, zero);
		break;
	case 'G':
		iso_week(tm, &week_year);
		put_number(t, week_year, 1, zero);
		break;
	case 'H':
		put_number(t, tm->tm_hour, 2, zero);
		break;
	case 'I':
		put_number(t, hour12, 2, zero);
		break;
	case 'j':
		put_number(t, tm->tm_yday + 1, 3, zero);
		break;
	case 'k':
		put_number(t, tm->tm_hour, 2, space);
		break;
	case 'l':
		put_number(t, hour12, 2, space);
		break;
	case 'm':
		put_number(t, tm->tm_mon + 1, 2, zero);
		break;
	case 'M':
		put_number(t, tm->tm_min, 2, zero);
		break;
	case 'n':
		put(t, "\n");
		break;
	case 'p':
		put(t, tm->tm_hour >= 12 ? "PM" : "AM");
		break;
	case 'P':
		put(t, tm->tm_hour >= 12 ? "pm" : "am");
		break;
	case 'r':
		put_format(t, "%I:%M:%S %p", tm);
		break;
	case 'R':
		put_format(t, "%H:%M", tm);
		break;
	case 's': {
		struct tm copy = *tm;

		put_number(t, mktime(&copy), 1, 0);
		break;
	}
	case 'S':
		put_number(t, tm->tm_sec, 2, zero);
		break;
	case 't':
		put(t, "\t");
		break;
	case 'T':
	case 'X':
		put_format(t, "%H:%M:%S", tm);
		break;
	case 'u':
		put_number(t, tm->tm_wday ? tm->tm_wday : 7, 1, 0);
		break;
	case 'U':
		put_number(t, (tm->tm_yday + 7 - tm->tm_wday) / 7, 2, zero);
		break;
	case 'V':
		week = iso_week(tm, &week_year);
		put_number(t, week, 2, zero);
		break;
	case 'w':
		put_number(t, tm->tm_wday, 1, 0);
		break;
	case 'W':
		put_number(t, (tm->tm_yday + 7 - (tm->tm_wday + 6) % 7) / 7, 2, zero);
		break;
	case 'y':
		put_number(t, floor_mod(year, 100), 2, zero);
		break;
	case 'Y':
		put_number(t, year, 1, zero);
		break;
	case 'z':
		if (tm->tm_isdst >= 0)
			put_offset(t, tm->tm_gmtoff);
		break;
	case 'Z':
		if (tm->tm_isdst >= 0 && tm->tm_zone)
			put(t, tm->tm_zone);
		break;
	case '%':
		put(t, "%");
		break;
	default:
		put(t, other);
	}
}

static void put_format(struct text *t, const char *format, const struct tm *tm)
{
	char c[2] = { 0 };

	for (; *format; format++) {
		if (*format != '%') {
			c[0] = *format;
			put(t, c);
			continue;
		}
		char pad = 0;

		format++;
		while (*format && strchr("-_0", *format))
			pad = *format++;
		if (*format == 'E' || *format == 'O')
			format++;
		if (!*format)
			break;
		put_one(t, *format, pad, tm);
	}
}

size_t strftime(char *restrict to, size_t size, const char *restrict format,
		const struct tm *restrict tm)
{
	struct text t = { to, size ? size - 1 : 0, 0 };

	put_format(&t, format, tm);
	if (t.size >= size)
		return 0;
	to[t.size] = 0;
	return t.size;
}

char *asctime_r(const struct tm *restrict tm, char *restrict to)
{
	return strftime(to, 26, "%a %b %e %H:%M:%S %Y\n", tm) ? to : NULL;
}

char *asctime(const struct tm *tm)
{
	static char own[26];

	return asctime_r(tm, own);
}

char *ctime_r(const time_t *t, char *to)
{
	struct tm tm;

	return localtime_r(t, &tm) ? asctime_r(&tm, to) : NULL;
}

char *ctime(const time_t *t)
{
	struct tm *tm = localtime(t);

	return tm ? asctime(tm) : NULL;
}
