/*
 * jiffies: timer ticks since shortly before boot (it starts 5 minutes before its wrap, so that
 * wraps are met early). HZ per second. Compare with time_after() and friends only. Any context.
 */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

#include <linux/types.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/time64.h>

#ifdef CONFIG_HZ
#define HZ CONFIG_HZ
#else
#define HZ 100
#endif
#define USER_HZ 100
#define INITIAL_JIFFIES ((unsigned long)(unsigned int)(-300 * HZ))
#define TICK_NSEC (1000000000L / HZ)
#define MAX_JIFFY_OFFSET ((LONG_MAX >> 1) - 1)

extern volatile unsigned long jiffies;
/* All 64 bits of it. */
u64 get_jiffies_64(void);

/* a after b and so on, correct across the wrap for distances up to LONG_MAX. */
#define time_after(a, b) ((long)((b) - (a)) < 0)
#define time_before(a, b) time_after(b, a)
#define time_after_eq(a, b) ((long)((a) - (b)) >= 0)
#define time_before_eq(a, b) time_after_eq(b, a)
#define time_in_range(a, b, c) (time_after_eq(a, b) && time_before_eq(a, c))
#define time_after64(a, b) ((s64)((b) - (a)) < 0)
#define time_before64(a, b) time_after64(b, a)
#define time_after_eq64(a, b) ((s64)((a) - (b)) >= 0)
#define time_is_before_jiffies(a) time_after(jiffies, a)
#define time_is_after_jiffies(a) time_before(jiffies, a)
#define time_is_before_eq_jiffies(a) time_after_eq(jiffies, a)
#define time_is_after_eq_jiffies(a) time_before_eq(jiffies, a)

/* Conversions; to jiffies they round up and clip at MAX_JIFFY_OFFSET. */
static inline unsigned int jiffies_to_msecs(unsigned long j)
{
	return j * (1000 / HZ);
}
static inline unsigned int jiffies_to_usecs(unsigned long j)
{
	return j * (1000000 / HZ);
}
static inline u64 jiffies_to_nsecs(unsigned long j)
{
	return (u64)j * TICK_NSEC;
}
static inline unsigned long msecs_to_jiffies(unsigned int m)
{
	return (int)m < 0 ? MAX_JIFFY_OFFSET : (m + 1000 / HZ - 1) / (1000 / HZ);
}
static inline unsigned long usecs_to_jiffies(unsigned int u)
{
	return (int)u < 0 ? MAX_JIFFY_OFFSET : (u + 1000000 / HZ - 1) / (1000000 / HZ);
}
unsigned long nsecs_to_jiffies(u64 n);
u64 nsecs_to_jiffies64(u64 n);
unsigned long timespec64_to_jiffies(const struct timespec64 *value);
void jiffies_to_timespec64(unsigned long j, struct timespec64 *value);
clock_t jiffies_to_clock_t(unsigned long j);
unsigned long clock_t_to_jiffies(unsigned long x);
u64 jiffies_64_to_clock_t(u64 x);
/* Nanoseconds to the unit of times(2) and /proc (1/USER_HZ s). */
u64 nsec_to_clock_t(u64 x);

#endif
