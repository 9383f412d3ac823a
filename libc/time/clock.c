/* Clocks, sleeping and timers. */
#include <errno.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include "internal/syscall.h"

int clock_gettime(clockid_t clock, struct timespec *now)
{
	return SYS2(clock_gettime, clock, now);
}

int clock_settime(clockid_t clock, const struct timespec *now)
{
	return SYS2(clock_settime, clock, now);
}

int clock_getres(clockid_t clock, struct timespec *resolution)
{
	return SYS2(clock_getres, clock, resolution);
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *wanted,
		    struct timespec *left)
{
	return -sys4(__NR_clock_nanosleep, clock, flags, (long)wanted, (long)left);
}

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
	return SYS2(nanosleep, wanted, left);
}

unsigned int sleep(unsigned int seconds)
{
	struct timespec t = { seconds, 0 };

	if (nanosleep(&t, &t) == 0)
		return 0;
	return t.tv_sec + (t.tv_nsec >= 500000000);
}

int usleep(useconds_t microseconds)
{
	struct timespec t = { microseconds / 1000000, microseconds % 1000000 * 1000 };

	return nanosleep(&t, NULL);
}

time_t time(time_t *now)
{
	struct timespec t;

	if (clock_gettime(CLOCK_REALTIME, &t))
		return -1;
	if (now)
		*now = t.tv_sec;
	return t.tv_sec;
}

int timespec_get(struct timespec *now, int base)
{
	return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, now) == 0 ? base : 0;
}

clock_t clock(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t))
		return -1;
	return t.tv_sec * CLOCKS_PER_SEC + t.tv_nsec / 1000;
}

double difftime(time_t end, time_t start)
{
	return (double)end - (double)start;
}

int gettimeofday(struct timeval *now, void *zone)
{
	return SYS2(gettimeofday, now, zone);
}

int settimeofday(const struct timeval *now, const struct timezone *zone)
{
	return SYS2(settimeofday, now, zone);
}

int stime(const time_t *t)
{
	struct timespec now = { *t, 0 };

	return clock_settime(CLOCK_REALTIME, &now);
}

int getitimer(int which, struct itimerval *value)
{
	return SYS2(getitimer, which, value);
}

int setitimer(int which, const struct itimerval *value, struct itimerval *old)
{
	return SYS3(setitimer, which, value, old);
}

unsigned int alarm(unsigned int seconds)
{
	struct itimerval new = { { 0, 0 }, { seconds, 0 } }, old = { { 0, 0 }, { 0, 0 } };

	setitimer(ITIMER_REAL, &new, &old);
	return old.it_value.tv_sec + (old.it_value.tv_usec != 0);
}
