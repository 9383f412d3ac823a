/*
 * Time (C11 7.27 and POSIX). Local time follows TZ in POSIX form ("CET-1CEST,M3.5.0,M10.5.0/3");
 * without TZ it is UTC. Years outside what time_t holds give NULL or -1 with EOVERFLOW.
 */
#ifndef _TIME_H
#define _TIME_H

#include <features.h>
#include <sys/types.h>
#include <linux/time.h>

#define CLOCKS_PER_SEC 1000000L
#define TIME_UTC 1

struct tm {
	int tm_sec;  /* 0..60 */
	int tm_min;  /* 0..59 */
	int tm_hour; /* 0..23 */
	int tm_mday; /* 1..31 */
	int tm_mon;  /* 0..11 */
	int tm_year; /* since 1900 */
	int tm_wday; /* 0 is Sunday */
	int tm_yday; /* 0..365 */
	int tm_isdst;
	long tm_gmtoff; /* seconds east of UTC */
	const char *tm_zone;
};

__BEGIN_DECLS
extern char *tzname[2];
extern long timezone; /* seconds west of UTC, standard time */
extern int daylight;

time_t time(time_t *now);
double difftime(time_t end, time_t start);
clock_t clock(void);	      /* CPU time, microseconds */
time_t mktime(struct tm *tm); /* normalises its argument */
time_t timegm(struct tm *tm);
struct tm *gmtime(const time_t *t);
struct tm *gmtime_r(const time_t *t, struct tm *tm);
struct tm *localtime(const time_t *t);
struct tm *localtime_r(const time_t *t, struct tm *tm);
size_t strftime(char *to, size_t size, const char *format, const struct tm *tm);
char *strptime(const char *s, const char *format, struct tm *tm);
char *asctime(const struct tm *tm);
char *asctime_r(const struct tm *tm, char *to); /* 26 bytes */
char *ctime(const time_t *t);
char *ctime_r(const time_t *t, char *to);
void tzset(void);
int stime(const time_t *t);
int timespec_get(struct timespec *now, int base);
int nanosleep(const struct timespec *wanted, struct timespec *left);
int clock_gettime(clockid_t clock, struct timespec *now);
int clock_settime(clockid_t clock, const struct timespec *now);
int clock_getres(clockid_t clock, struct timespec *resolution);
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *wanted,
		    struct timespec *left); /* 0 or the error number */
__END_DECLS

#endif
