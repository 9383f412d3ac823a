/* strptime: the reverse of strftime for the fields that a date is made of. */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include "time/calendar.h"

static const char *number(const char *p, int most_digits, int low, int high, int *value)
{
	int n = 0, digits = 0;

	while (isspace((unsigned char)*p))
		p++;
	for (; isdigit((unsigned char)*p) && digits < most_digits; digits++)
		n = n * 10 + *p++ - '0';
	if (!digits || n < low || n > high)
		return NULL;
	*value = n;
	return p;
}

/* names: NUL-separated full names; three letters are enough */
static const char *name(const char *p, const char *names, int count, int *value)
{
	for (int i = 0; i < count; i++, names += strlen(names) + 1) {
		size_t n = strlen(names);

		if (strncasecmp(p, names, n) == 0) {
			*value = i;
			return p + n;
		}
		if (strncasecmp(p, names, 3) == 0) {
			*value = i;
			return p + 3;
		}
	}
	return NULL;
}

static const char *offset(const char *p, long *value)
{
	int sign = *p == '-' ? -1 : 1, hours, minutes = 0;

	if (*p == 'Z') {
		*value = 0;
		return p + 1;
	}
	if (*p != '+' && *p != '-')
		return NULL;
	p = number(p + 1, 2, 0, 24, &hours);
	if (!p)
		return NULL;
	p += *p == ':';
	if (isdigit((unsigned char)*p))
		p = number(p, 2, 0, 59, &minutes);
	if (p)
		*value = sign * (hours * 3600L + minutes * 60L);
	return p;
}

struct pending {
	int century, hour12, afternoon; /* -1: not given */
};

static const char *scan(const char *p, const char *format, struct tm *tm, struct pending *more);

static const char *scan_one(const char *p, char c, struct tm *tm, struct pending *more)
{
	int value;
	struct tm *local;

	switch (c) {
	case 'a':
	case 'A':
		return name(p, "Sunday\0Monday\0Tuesday\0Wednesday\0Thursday\0Friday\0Saturday", 7,
			    &tm->tm_wday);
	case 'b':
	case 'B':
	case 'h':
		return name(p,
			    "January\0February\0March\0April\0May\0June\0July\0August\0"
			    "September\0October\0November\0December",
			    12, &tm->tm_mon);
	case 'C':
		return number(p, 2, 0, 99, &more->century);
	case 'd':
	case 'e':
		return number(p, 2, 1, 31, &tm->tm_mday);
	case 'D':
		return scan(p, "%m/%d/%y", tm, more);
	case 'F':
		return scan(p, "%Y-%m-%d", tm, more);
	case 'H':
	case 'k':
		return number(p, 2, 0, 23, &tm->tm_hour);
	case 'I':
	case 'l':
		return number(p, 2, 1, 12, &more->hour12);
	case 'j':
		p = number(p, 3, 1, 366, &value);
		tm->tm_yday = value - 1;
		return p;
	case 'm':
		p = number(p, 2, 1, 12, &value);
		if (p)
			tm->tm_mon = value - 1;
		return p;
	case 'M':
		return number(p, 2, 0, 59, &tm->tm_min);
	case 'n':
	case 't':
		while (isspace((unsigned char)*p))
			p++;
		return p;
	case 'p':
		return name(p, "AM\0PM", 2, &more->afternoon);
	case 'r':
		return scan(p, "%I:%M:%S %p", tm, more);
	case 'R':
		return scan(p, "%H:%M", tm, more);
	case 's': {
		long long t = 0;

		if (!isdigit((unsigned char)*p))
			return NULL;
		while (isdigit((unsigned char)*p) && t < 4294967296LL)
			t = t * 10 + *p++ - '0';
		time_t seconds = t;

		local = localtime_r(&seconds, tm);
		return local ? p : NULL;
	}
	case 'S':
		return number(p, 2, 0, 60, &tm->tm_sec);
	case 'T':
		return scan(p, "%H:%M:%S", tm, more);
	case 'c':
		return scan(p, "%a %b %e %H:%M:%S %Y", tm, more);
	case 'w':
		return number(p, 1, 0, 6, &tm->tm_wday);
	case 'u':
		p = number(p, 1, 1, 7, &value);
		if (p)
			tm->tm_wday = value % 7;
		return p;
	case 'y':
		p = number(p, 2, 0, 99, &value);
		if (p)
			tm->tm_year = value < 69 ? value + 100 : value;
		return p;
	case 'Y':
		p = number(p, 4, 0, 9999, &value);
		if (p)
			tm->tm_year = value - 1900;
		return p;
	case 'z':
		return offset(p, &tm->tm_gmtoff);
	case 'Z':
		while (isalpha((unsigned char)*p))
			p++;
		return p;
	case '%':
		return *p == '%' ? p + 1 : NULL;
	default:
		return NULL;
	}
}

static const char *scan(const char *p, const char *format, struct tm *tm, struct pending *more)
{
	for (; p && *format; format++) {
		if (isspace((unsigned char)*format)) {
			while (isspace((unsigned char)*p))
				p++;
		} else if (*format != '%') {
			p = *p == *format ? p + 1 : NULL;
		} else {
			format++;
			if (*format == 'E' || *format == 'O')
				format++;
			p = scan_one(p, *format, tm, more);
		}
	}
	return p;
}

char *strptime(const char *restrict s, const char *restrict format, struct tm *restrict tm)
{
	struct pending more = { -1, -1, -1 };
	const char *p = scan(s, format, tm, &more);

	if (!p)
		return NULL;
	if (more.century >= 0)
		tm->tm_year = more.century * 100 - 1900 + (tm->tm_year % 100 + 100) % 100;
	if (more.hour12 >= 0)
		tm->tm_hour = more.hour12 % 12 + (more.afternoon == 1 ? 12 : 0);
	return (char *)p;
}
