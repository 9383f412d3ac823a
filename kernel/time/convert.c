/*
 * Conversions between forms of time: seconds and nanoseconds, jiffies, calendar dates, user-space
 * layouts. Pure, save the last.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include <uapi/linux/time_types.h>

void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec)
{
	while (nsec >= NSEC_PER_SEC) {
		nsec -= NSEC_PER_SEC;
		sec++;
	}
	while (nsec < 0) {
		nsec += NSEC_PER_SEC;
		sec--;
	}
	ts->tv_sec = sec;
	ts->tv_nsec = nsec;
}
EXPORT_SYMBOL(set_normalized_timespec64);

struct timespec64 ns_to_timespec64(s64 nsec)
{
	struct timespec64 ts = { 0, 0 };
	u32 rest;

	if (nsec > 0) {
		ts.tv_sec = div_u64_rem(nsec, NSEC_PER_SEC, &rest);
		ts.tv_nsec = rest;
	} else if (nsec < 0) {
		ts.tv_sec = -(s64)div_u64_rem(-nsec - 1, NSEC_PER_SEC, &rest) - 1;
		ts.tv_nsec = NSEC_PER_SEC - rest - 1;
	}
	return ts;
}
EXPORT_SYMBOL(ns_to_timespec64);

u64 nsecs_to_jiffies64(u64 n)
{
	return div_u64(n, TICK_NSEC);
}
EXPORT_SYMBOL(nsecs_to_jiffies64);

unsigned long nsecs_to_jiffies(u64 n)
{
	return nsecs_to_jiffies64(n);
}
EXPORT_SYMBOL_GPL(nsecs_to_jiffies);

unsigned long timespec64_to_jiffies(const struct timespec64 *value)
{
	if (value->tv_sec >= MAX_JIFFY_OFFSET / HZ)
		return MAX_JIFFY_OFFSET;
	return (unsigned long)value->tv_sec * HZ +
	       DIV_ROUND_UP((unsigned long)value->tv_nsec, TICK_NSEC);
}
EXPORT_SYMBOL(timespec64_to_jiffies);

void jiffies_to_timespec64(unsigned long j, struct timespec64 *value)
{
	value->tv_sec = j / HZ;
	value->tv_nsec = (j % HZ) * TICK_NSEC;
}
EXPORT_SYMBOL(jiffies_to_timespec64);

clock_t jiffies_to_clock_t(unsigned long j)
{
	return j / (HZ / USER_HZ);
}
EXPORT_SYMBOL(jiffies_to_clock_t);

unsigned long clock_t_to_jiffies(unsigned long x)
{
	return x >= ~0UL / (HZ / USER_HZ) ? ~0UL : x * (HZ / USER_HZ);
}
EXPORT_SYMBOL(clock_t_to_jiffies);

u64 jiffies_64_to_clock_t(u64 x)
{
	return div_u64(x, HZ / USER_HZ);
}
EXPORT_SYMBOL(jiffies_64_to_clock_t);

u64 nsec_to_clock_t(u64 x)
{
	return div_u64(x, NSEC_PER_SEC / USER_HZ);
}

time64_t mktime64(const unsigned int year0, const unsigned int mon0, const unsigned int day,
		  const unsigned int hour, const unsigned int min, const unsigned int sec)
{
	/*
	 * Years that begin in March, so that the leap day is the last of its year; 719468 days from
	 * 0000-03-01 to 1970-01-01.
	 */
	unsigned int month = mon0 <= 2 ? mon0 + 9 : mon0 - 3;
	unsigned int year = mon0 <= 2 ? year0 - 1 : year0;
	s64 days = 365 * (s64)year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 +
		   day - 1 - 719468;

	return ((days * 24 + hour) * 60 + min) * 60 + sec;
}
EXPORT_SYMBOL(mktime64);

static s64 floor_div(s64 a, u32 b, u32 *rest)
{
	s32 r;
	s64 q = div_s64_rem(a, b, &r);

	if (r < 0) {
		r += b;
		q--;
	}
	*rest = r;
	return q;
}

void time64_to_tm(time64_t totalsecs, int offset, struct tm *result)
{
	static const u16 before_month[12] = {
		0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
	};
	u32 seconds, weekday, day_of_400, year_of_400, day, month;
	s64 days = floor_div(totalsecs + offset, 86400, &seconds);
	s64 centuries;
	bool leap;

	floor_div(days + 4, 7, &weekday);
	/* Days since 0000-03-01, in cycles of 400 years; then as in mktime64(). */
	centuries = floor_div(days + 719468, 146097, &day_of_400);
	year_of_400 = (day_of_400 - day_of_400 / 1460 + day_of_400 / 36524 - day_of_400 / 146096) /
		      365;
	day = day_of_400 - (365 * year_of_400 + year_of_400 / 4 - year_of_400 / 100);
	month = (5 * day + 2) / 153;
	result->tm_mday = day - (153 * month + 2) / 5 + 1;
	result->tm_mon = month < 10 ? month + 2 : month - 10;
	result->tm_year = centuries * 400 + year_of_400 + (month >= 10) - 1900;
	leap = (year_of_400 + (month >= 10)) % 4 == 0 &&
	       ((year_of_400 + (month >= 10)) % 100 != 0 ||
		(year_of_400 + (month >= 10)) % 400 == 0);
	result->tm_yday = before_month[result->tm_mon] + result->tm_mday - 1 +
			  (leap && result->tm_mon > 1);
	result->tm_wday = weekday;
	result->tm_hour = seconds / 3600;
	result->tm_min = seconds / 60 % 60;
	result->tm_sec = seconds % 60;
}
EXPORT_SYMBOL(time64_to_tm);

int get_timespec64(struct timespec64 *ts, const struct __kernel_timespec __user *uts)
{
	struct __kernel_timespec kts;

	if (copy_from_user(&kts, uts, sizeof(kts)))
		return -EFAULT;
	ts->tv_sec = kts.tv_sec;
	ts->tv_nsec = (long)kts.tv_nsec; /* the upper half is padding for 32-bit callers */
	return 0;
}
EXPORT_SYMBOL_GPL(get_timespec64);

int put_timespec64(const struct timespec64 *ts, struct __kernel_timespec __user *uts)
{
	struct __kernel_timespec kts = { .tv_sec = ts->tv_sec, .tv_nsec = ts->tv_nsec };

	return copy_to_user(uts, &kts, sizeof(kts)) ? -EFAULT : 0;
}
EXPORT_SYMBOL_GPL(put_timespec64);

struct timespec32 {
	s32 tv_sec, tv_nsec;
};

int get_old_timespec32(struct timespec64 *ts, const void __user *uts)
{
	struct timespec32 old;

	if (copy_from_user(&old, uts, sizeof(old)))
		return -EFAULT;
	ts->tv_sec = old.tv_sec;
	ts->tv_nsec = old.tv_nsec;
	return 0;
}
EXPORT_SYMBOL_GPL(get_old_timespec32);

int put_old_timespec32(const struct timespec64 *ts, void __user *uts)
{
	struct timespec32 old = { ts->tv_sec, ts->tv_nsec };

	return copy_to_user(uts, &old, sizeof(old)) ? -EFAULT : 0;
}
EXPORT_SYMBOL_GPL(put_old_timespec32);

int get_itimerspec64(struct itimerspec64 *it, const struct __kernel_itimerspec __user *uit)
{
	int error = get_timespec64(&it->it_interval, &uit->it_interval);

	return error ? error : get_timespec64(&it->it_value, &uit->it_value);
}
EXPORT_SYMBOL_GPL(get_itimerspec64);

int put_itimerspec64(const struct itimerspec64 *it, struct __kernel_itimerspec __user *uit)
{
	int error = put_timespec64(&it->it_interval, &uit->it_interval);

	return error ? error : put_timespec64(&it->it_value, &uit->it_value);
}
EXPORT_SYMBOL_GPL(put_itimerspec64);

int get_old_itimerspec32(struct itimerspec64 *its, const void __user *uits)
{
	int error = get_old_timespec32(&its->it_interval, uits);

	return error ? error : get_old_timespec32(&its->it_value, uits + sizeof(struct timespec32));
}
EXPORT_SYMBOL_GPL(get_old_itimerspec32);

int put_old_itimerspec32(const struct itimerspec64 *its, void __user *uits)
{
	int error = put_old_timespec32(&its->it_interval, uits);

	return error ? error : put_old_timespec32(&its->it_value, uits + sizeof(struct timespec32));
}
EXPORT_SYMBOL_GPL(put_old_itimerspec32);
