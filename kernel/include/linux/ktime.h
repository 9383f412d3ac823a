/*
 * ktime_t: a time or a duration in nanoseconds, signed 64 bits. Reading the clocks works in any
 * context.
 */
#ifndef _LINUX_KTIME_H
#define _LINUX_KTIME_H

#include <linux/types.h>
#include <linux/math64.h>
#include <linux/time64.h>
#include <linux/jiffies.h>
#include <uapi/linux/time.h>

typedef s64 ktime_t;

#define KTIME_MAX ((s64) ~((u64)1 << 63))
#define KTIME_MIN (-KTIME_MAX - 1)
#define KTIME_SEC_MAX (KTIME_MAX / NSEC_PER_SEC)

/* secs + nsecs, clipped at KTIME_MAX. */
static inline ktime_t ktime_set(const s64 secs, const unsigned long nsecs)
{
	return secs >= 9223372036LL ? KTIME_MAX : secs * NSEC_PER_SEC + (s64)nsecs;
}
#define ktime_sub(lhs, rhs) ((lhs) - (rhs))
#define ktime_add(lhs, rhs) ((lhs) + (rhs))
#define ktime_add_ns(kt, nsval) ((kt) + (nsval))
#define ktime_sub_ns(kt, nsval) ((kt) - (nsval))
#define ktime_add_us(kt, usec) ((kt) + (s64)(usec)*NSEC_PER_USEC)
#define ktime_add_ms(kt, msec) ((kt) + (s64)(msec)*NSEC_PER_MSEC)
#define ktime_sub_us(kt, usec) ((kt) - (s64)(usec)*NSEC_PER_USEC)
#define ktime_sub_ms(kt, msec) ((kt) - (s64)(msec)*NSEC_PER_MSEC)
#define ktime_to_ns(kt) (kt)
#define ns_to_ktime(ns) ((ktime_t)(ns))
#define us_to_ktime(us) ((ktime_t)(us)*NSEC_PER_USEC)
#define ms_to_ktime(ms) ((ktime_t)(ms)*NSEC_PER_MSEC)
#define ktime_compare(a, b) ((a) < (b) ? -1 : (a) > (b))
#define ktime_after(a, b) ((a) > (b))
#define ktime_before(a, b) ((a) < (b))
/* Sum clipped at KTIME_MAX. */
static inline ktime_t ktime_add_safe(const ktime_t lhs, const ktime_t rhs)
{
	ktime_t sum = (ktime_t)((u64)lhs + (u64)rhs);

	return sum < 0 || sum < lhs || sum < rhs ? KTIME_MAX : sum;
}
static inline s64 ktime_divns(const ktime_t kt, s64 divisor)
{
	return div64_s64(kt, divisor);
}
static inline s64 ktime_to_us(const ktime_t kt)
{
	return div_s64(kt, NSEC_PER_USEC);
}
static inline s64 ktime_to_ms(const ktime_t kt)
{
	return div_s64(kt, NSEC_PER_MSEC);
}
static inline s64 ktime_us_delta(const ktime_t later, const ktime_t earlier)
{
	return ktime_to_us(later - earlier);
}
static inline s64 ktime_ms_delta(const ktime_t later, const ktime_t earlier)
{
	return ktime_to_ms(later - earlier);
}
static inline ktime_t timespec64_to_ktime(struct timespec64 ts)
{
	return ktime_set(ts.tv_sec, ts.tv_nsec);
}
#define ktime_to_timespec64(kt) ns_to_timespec64(kt)

#include <linux/timekeeping.h>

#endif
