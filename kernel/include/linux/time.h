/* Times: kernel forms, calendar conversion, and copying them from and to user space. */
#ifndef _LINUX_TIME_H
#define _LINUX_TIME_H

#include <linux/time64.h>
#include <uapi/linux/time.h>

struct __kernel_timespec;
struct __kernel_itimerspec;
struct old_timespec32;
struct old_itimerspec32;

/* Broken-down calendar time, as struct tm in C. */
struct tm {
	int tm_sec, tm_min, tm_hour, tm_mday, tm_mon; /* tm_mon 0 … 11 */
	long tm_year;				      /* years since 1900 */
	int tm_wday, tm_yday;
};
/* totalsecs since 1970-01-01 UTC, shifted by offset seconds, broken down. */
void time64_to_tm(time64_t totalsecs, int offset, struct tm *result);
/* The reverse, for Gregorian dates; mon 1 … 12. */
time64_t mktime64(const unsigned int year, const unsigned int mon, const unsigned int day,
		  const unsigned int hour, const unsigned int min, const unsigned int sec);

/* User memory in the 32-bit and the 64-bit layout: 0 or -EFAULT. Threads, may fault. */
int get_timespec64(struct timespec64 *ts, const struct __kernel_timespec __user *uts);
int put_timespec64(const struct timespec64 *ts, struct __kernel_timespec __user *uts);
int get_old_timespec32(struct timespec64 *ts, const void __user *uts);
int put_old_timespec32(const struct timespec64 *ts, void __user *uts);
int get_itimerspec64(struct itimerspec64 *it, const struct __kernel_itimerspec __user *uit);
int put_itimerspec64(const struct itimerspec64 *it, struct __kernel_itimerspec __user *uit);
int get_old_itimerspec32(struct itimerspec64 *its, const void __user *uits);
int put_old_itimerspec32(const struct itimerspec64 *its, void __user *uits);

#include <linux/jiffies.h>
#include <linux/timekeeping.h>

#endif
