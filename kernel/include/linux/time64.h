/* Times as seconds and nanoseconds, kernel form (64-bit seconds). Pure arithmetic, any context. */
#ifndef _LINUX_TIME64_H
#define _LINUX_TIME64_H

#include <linux/types.h>
#include <linux/math64.h>

typedef __u64 timeu64_t;

struct timespec64 {
	time64_t tv_sec; /* seconds */
	long tv_nsec;	 /* nanoseconds, 0 … 999,999,999 */
};

struct itimerspec64 {
	struct timespec64 it_interval;
	struct timespec64 it_value;
};

#define MSEC_PER_SEC 1000L
#define USEC_PER_MSEC 1000L
#define NSEC_PER_USEC 1000L
#define NSEC_PER_MSEC 1000000L
#define USEC_PER_SEC 1000000L
#define NSEC_PER_SEC 1000000000L
#define TIME64_MAX ((s64) ~((u64)1 << 63))
#define TIME64_MIN (-TIME64_MAX - 1)

static inline int timespec64_equal(const struct timespec64 *a, const struct timespec64 *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}
static inline int timespec64_compare(const struct timespec64 *lhs, const struct timespec64 *rhs)
{
	if (lhs->tv_sec != rhs->tv_sec)
		return lhs->tv_sec < rhs->tv_sec ? -1 : 1;
	return (int)(lhs->tv_nsec - rhs->tv_nsec);
}
/* Brings nsec into 0 … 999,999,999 by changing sec. */
void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec);
static inline struct timespec64 timespec64_add(struct timespec64 lhs, struct timespec64 rhs)
{
	struct timespec64 sum;

	set_normalized_timespec64(&sum, lhs.tv_sec + rhs.tv_sec, (s64)lhs.tv_nsec + rhs.tv_nsec);
	return sum;
}
static inline struct timespec64 timespec64_sub(struct timespec64 lhs, struct timespec64 rhs)
{
	struct timespec64 delta;

	set_normalized_timespec64(&delta, lhs.tv_sec - rhs.tv_sec, (s64)lhs.tv_nsec - rhs.tv_nsec);
	return delta;
}
/* Not negative and nanoseconds in range / also not beyond what ktime_t holds. */
static inline bool timespec64_valid(const struct timespec64 *ts)
{
	return ts->tv_sec >= 0 && (unsigned long)ts->tv_nsec < NSEC_PER_SEC;
}
static inline bool timespec64_valid_strict(const struct timespec64 *ts)
{
	return timespec64_valid(ts) && ts->tv_sec < 9223372036LL;
}
/* Nanoseconds, clipped at the largest value. */
static inline s64 timespec64_to_ns(const struct timespec64 *ts)
{
	if (ts->tv_sec >= 9223372036LL)
		return TIME64_MAX;
	return ts->tv_sec * NSEC_PER_SEC + ts->tv_nsec;
}
struct timespec64 ns_to_timespec64(s64 nsec);

#endif
