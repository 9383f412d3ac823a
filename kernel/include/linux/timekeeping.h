/*
 * Reading and setting the clocks. The time base is the CPU's time-stamp counter, calibrated at boot
 * against the 8254. monotonic: since boot. real: since 1970-01-01 UTC. boottime: as monotonic here
 * (no suspend). coarse: of the last tick, cheaper. All reading works in any context, also NMI.
 */
#ifndef _LINUX_TIMEKEEPING_H
#define _LINUX_TIMEKEEPING_H

#include <linux/types.h>
#include <linux/time64.h>

s64 ktime_get(void);
s64 ktime_get_real(void);
#define ktime_get_boottime() ktime_get()
#define ktime_get_raw() ktime_get()
#define ktime_get_clocktai() ktime_get_real()
s64 ktime_get_coarse(void);
s64 ktime_get_coarse_real(void);
#define ktime_get_ns() ((u64)ktime_get())
#define ktime_get_real_ns() ((u64)ktime_get_real())
#define ktime_get_boottime_ns() ((u64)ktime_get())
#define ktime_get_raw_ns() ((u64)ktime_get())
#define ktime_get_mono_fast_ns() ((u64)ktime_get())
#define ktime_get_coarse_ns() ((u64)ktime_get_coarse())
void ktime_get_ts64(struct timespec64 *ts);
void ktime_get_real_ts64(struct timespec64 *tv);
void ktime_get_coarse_ts64(struct timespec64 *ts);
void ktime_get_coarse_real_ts64(struct timespec64 *ts);
#define ktime_get_boottime_ts64(ts) ktime_get_ts64(ts)
#define ktime_get_raw_ts64(ts) ktime_get_ts64(ts)
#define getnstimeofday64(ts) ktime_get_real_ts64(ts)
#define getboottime64(ts) ktime_get_boot_start(ts)
#define current_kernel_time64()                     \
	({                                          \
		struct timespec64 __now;            \
		ktime_get_coarse_real_ts64(&__now); \
		__now;                              \
	})
/* Seconds: monotonic / since 1970. */
time64_t ktime_get_seconds(void);
time64_t ktime_get_real_seconds(void);
time64_t ktime_get_boottime_seconds(void);
/* When the machine was booted, since 1970. */
void ktime_get_boot_start(struct timespec64 *ts);
/* Sets the real-time clock: 0 or -EINVAL. Core only; permission is the caller's business. */
int do_settimeofday64(const struct timespec64 *ts);
/* Frequency of the time-stamp counter in kHz. */
extern unsigned int tsc_khz;

#endif
