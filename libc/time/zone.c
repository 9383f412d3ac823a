/*
 * Local time by the TZ variable in POSIX form: std offset [dst [offset] [,start[/time],end[/time]]],
 * names of letters or <anything>, offsets west positive, rules Mm.w.d, Jn or n. What cannot be read,
 * ":file" names included, is UTC. There is no time zone database.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "time/calendar.h"

struct rule {
	char kind; /* M, J, or 0 for the day of the year from 0 */
	int month, week, day;
	long time; /* seconds after midnight */
};

static char names[2][16] = { "UTC", "UTC" };
static long offsets[2];	     /* east of UTC */
static struct rule rules[2]; /* start and end of summer time */
static char parsed[64];
static int known;

char *tzname[2] = { names[0], names[1] };
long timezone;
int daylight;

static const char *parse_name(const char *p, char to[16])
{
	size_t n = 0;
	int quoted = *p == '<';

	for (p += quoted; quoted ? *p && *p != '>' : isalpha((unsigned char)*p); p++)
		if (n < 15)
			to[n++] = *p;
	to[n] = 0;
	if (quoted && *p == '>')
		p++;
	return n ? p : NULL;
}

static const char *parse_time(const char *p, long *seconds)
{
	int minus = *p == '-';
	long total = 0;

	p += *p == '-' || *p == '+';
	if (!isdigit((unsigned char)*p))
		return NULL;
	for (long unit = 3600; unit; unit = unit == 1 ? 0 : unit / 60) {
		char *end;

		total += strtol(p, &end, 10) * unit;
		p = end;
		if (*p != ':' || !isdigit((unsigned char)p[1]))
			break;
		p++;
	}
	*seconds = minus ? -total : total;
	return p;
}

static const char *parse_rule(const char *p, struct rule *r)
{
	char *end;

	r->kind = 0;
	r->time = 7200;
	if (*p == 'M') {
		r->kind = 'M';
		r->month = strtol(p + 1, &end, 10);
		if (*end != '.')
			return NULL;
		r->week = strtol(end + 1, &end, 10);
		if (*end != '.')
			return NULL;
		r->day = strtol(end + 1, &end, 10);
		if (r->month < 1 || r->month > 12 || r->week < 1 || r->week > 5 || r->day < 0 ||
		    r->day > 6)
			return NULL;
	} else {
		r->kind = *p == 'J' ? 'J' : 0;
		p += *p == 'J';
		if (!isdigit((unsigned char)*p))
			return NULL;
		r->day = strtol(p, &end, 10);
	}
	if (*end == '/')
		return parse_time(end + 1, &r->time);
	return end;
}

static int parse(const char *p)
{
	long west;

	daylight = 0;
	p = parse_name(p, names[0]);
	p = p ? parse_time(p, &west) : NULL;
	if (!p)
		return -1;
	offsets[0] = -west;
	strcpy(names[1], names[0]);
	if (!*p)
		return 0;
	p = parse_name(p, names[1]);
	if (!p)
		return -1;
	offsets[1] = offsets[0] + 3600;
	if (*p && *p != ',') {
		p = parse_time(p, &west);
		if (!p)
			return -1;
		offsets[1] = -west;
	}
	if (!*p)
		p = ",M3.2.0,M11.1.0";
	p = *p == ',' ? parse_rule(p + 1, &rules[0]) : NULL;
	p = p && *p == ',' ? parse_rule(p + 1, &rules[1]) : NULL;
	if (!p || *p)
		return -1;
	daylight = 1;
	return 0;
}

void tzset(void)
{
	const char *tz = getenv("TZ");

	if (!tz)
		tz = "";
	if (known && strncmp(tz, parsed, sizeof(parsed) - 1) == 0)
		return;
	known = 1;
	strlcpy(parsed, tz, sizeof(parsed));
	if (parse(parsed)) {
		strcpy(names[0], "UTC");
		strcpy(names[1], "UTC");
		offsets[0] = 0;
		daylight = 0;
	}
	timezone = -offsets[0];
}

static int is_leap(long long year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* When the rule says, in seconds since 1970 of the clock on the wall. */
static long long rule_time(const struct rule *r, long long year)
{
	long long day;

	if (r->kind == 'M') {
		long long first = calendar_days(year, r->month - 1);
		int weekday = (int)((first % 7 + 11) % 7);
		int length = calendar_days(year, r->month) - first;
		int date = (r->day - weekday + 7) % 7 + (r->week - 1) * 7;

		day = first + (date >= length ? date - 7 : date);
	} else if (r->kind == 'J') {
		day = calendar_days(year, 0) + r->day - 1 + (is_leap(year) && r->day >= 60);
	} else {
		day = calendar_days(year, 0) + r->day;
	}
	return day * 86400 + r->time;
}

long zone_offset(long long t, int *summer)
{
	struct tm tm;

	*summer = 0;
	if (!daylight || calendar_split(t + offsets[0], &tm))
		return offsets[0];
	long long start = rule_time(&rules[0], tm.tm_year + 1900LL) - offsets[0];
	long long end = rule_time(&rules[1], tm.tm_year + 1900LL) - offsets[1];

	*summer = start < end ? t >= start && t < end : t >= start || t < end;
	return offsets[*summer];
}
