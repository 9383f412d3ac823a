/*
 * System calls about time: reading and setting clocks, sleeping, interval timers. Each exists for
 * 64-bit and for the older 32-bit layouts. Process context. Source: clock_gettime(2),
 * clock_nanosleep(2), gettimeofday(2), getitimer(2), adjtimex(2).
 */
#include <linux/capability.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <uapi/linux/time_types.h>
#include "time/itimer.h"

static struct timezone system_timezone;

/* Clocks */

static u64 process_cpu_time(void)
{
	struct task_struct *t;
	u64 sum;

	rcu_read_lock();
	sum = current->signal->utime + current->signal->stime;
	for_each_thread(current, t) sum += task_sched_runtime(t);
	rcu_read_unlock();
	return sum;
}

/* The time on a clock in ns: 0, or -EINVAL for a clock that does not exist. */
static int read_clock(clockid_t clock, s64 *ns)
{
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_TAI:
	case CLOCK_REALTIME_ALARM:
		*ns = ktime_get_real();
		return 0;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_BOOTTIME:
	case CLOCK_BOOTTIME_ALARM:
		*ns = ktime_get();
		return 0;
	case CLOCK_REALTIME_COARSE:
		*ns = ktime_get_coarse_real();
		return 0;
	case CLOCK_MONOTONIC_COARSE:
		*ns = ktime_get_coarse();
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
		*ns = process_cpu_time();
		return 0;
	case CLOCK_THREAD_CPUTIME_ID:
		*ns = task_sched_runtime(current);
		return 0;
	default:
		return -EINVAL;
	}
}

static long clock_resolution(clockid_t clock, struct timespec64 *ts)
{
	s64 now;

	if (read_clock(clock, &now))
		return -EINVAL;
	ts->tv_sec = 0;
	ts->tv_nsec = clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE ? TICK_NSEC
											: 1;
	return 0;
}

static long set_clock(clockid_t clock, const struct timespec64 *ts)
{
	if (clock != CLOCK_REALTIME)
		return -EINVAL;
	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	return do_settimeofday64(ts);
}

SYSCALL_DEFINE2(clock_gettime, clockid_t, clock, struct __kernel_timespec __user *, tp)
{
	struct timespec64 ts;
	s64 ns;
	int error = read_clock(clock, &ns);

	if (error)
		return error;
	ts = ns_to_timespec64(ns);
	return put_timespec64(&ts, tp);
}

SYSCALL_DEFINE2(clock_gettime32, clockid_t, clock, void __user *, tp)
{
	struct timespec64 ts;
	s64 ns;
	int error = read_clock(clock, &ns);

	if (error)
		return error;
	ts = ns_to_timespec64(ns);
	return put_old_timespec32(&ts, tp);
}

SYSCALL_DEFINE2(clock_getres, clockid_t, clock, struct __kernel_timespec __user *, tp)
{
	struct timespec64 ts;
	long error = clock_resolution(clock, &ts);

	return error || !tp ? error : put_timespec64(&ts, tp);
}

SYSCALL_DEFINE2(clock_getres_time32, clockid_t, clock, void __user *, tp)
{
	struct timespec64 ts;
	long error = clock_resolution(clock, &ts);

	return error || !tp ? error : put_old_timespec32(&ts, tp);
}

SYSCALL_DEFINE2(clock_settime, clockid_t, clock, const struct __kernel_timespec __user *, tp)
{
	struct timespec64 ts;

	return get_timespec64(&ts, tp) ? -EFAULT : set_clock(clock, &ts);
}

SYSCALL_DEFINE2(clock_settime32, clockid_t, clock, const void __user *, tp)
{
	struct timespec64 ts;

	return get_old_timespec32(&ts, tp) ? -EFAULT : set_clock(clock, &ts);
}

SYSCALL_DEFINE2(gettimeofday, struct __kernel_old_timeval __user *, tv, struct timezone __user *,
		tz)
{
	struct timespec64 ts;
	struct __kernel_old_timeval now;

	ktime_get_real_ts64(&ts);
	now.tv_sec = ts.tv_sec;
	now.tv_usec = ts.tv_nsec / NSEC_PER_USEC;
	if (tv && copy_to_user(tv, &now, sizeof(now)))
		return -EFAULT;
	if (tz && copy_to_user(tz, &system_timezone, sizeof(system_timezone)))
		return -EFAULT;
	return 0;
}

SYSCALL_DEFINE2(settimeofday, const struct __kernel_old_timeval __user *, tv,
		const struct timezone __user *, tz)
{
	struct __kernel_old_timeval new;
	struct timezone zone;
	struct timespec64 ts;

	if ((tv && copy_from_user(&new, tv, sizeof(new))) ||
	    (tz && copy_from_user(&zone, tz, sizeof(zone))))
		return -EFAULT;
	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	if (tv && (new.tv_usec < 0 || new.tv_usec >= USEC_PER_SEC))
		return -EINVAL;
	if (tz && (zone.tz_minuteswest > 15 * 60 || zone.tz_minuteswest < -15 * 60))
		return -EINVAL;
	if (tz)
		system_timezone = zone;
	if (!tv)
		return 0;
	ts.tv_sec = new.tv_sec;
	ts.tv_nsec = new.tv_usec *NSEC_PER_USEC;
	return do_settimeofday64(&ts);
}

SYSCALL_DEFINE1(time32, s32 __user *, tloc)
{
	s32 now = ktime_get_real_seconds();

	if (tloc && put_user(now, tloc))
		return -EFAULT;
	return now;
}

SYSCALL_DEFINE1(stime32, const s32 __user *, tptr)
{
	struct timespec64 ts = { 0, 0 };
	s32 seconds;

	if (get_user(seconds, tptr))
		return -EFAULT;
	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	ts.tv_sec = seconds;
	return do_settimeofday64(&ts);
}

/* Sleeping */

static long sleep_restart(struct restart_block *block);

/*
 * Until `end` on clock. Interrupted, it reports what is left: in the restart block for relative
 * sleeps, -ERESTARTNOHAND for absolute ones.
 */
static long sleep_until(clockid_t clock, ktime_t end, bool absolute, void __user *rmtp,
			bool old_layout)
{
	struct restart_block *restart = &current->restart_block;
	struct timespec64 left;
	ktime_t now;

	set_current_state(TASK_INTERRUPTIBLE);
	if (!signal_pending(current) &&
	    !schedule_hrtimeout_range_clock(&end, 0, HRTIMER_MODE_ABS, clock))
		return 0;
	__set_current_state(TASK_RUNNING);
	now = clock == CLOCK_REALTIME ? ktime_get_real() : ktime_get();
	if (now >= end)
		return 0;
	if (!signal_pending(current))
		return sleep_until(clock, end, absolute, rmtp, old_layout);
	if (absolute)
		return -ERESTARTNOHAND;
	left = ns_to_timespec64(end - now);
	if (rmtp && (old_layout ? put_old_timespec32(&left, rmtp) : put_timespec64(&left, rmtp)))
		return -EFAULT;
	restart->fn = sleep_restart;
	restart->nanosleep.clockid = clock;
	restart->nanosleep.rmtp = rmtp;
	restart->nanosleep.old_layout = old_layout;
	restart->nanosleep.expires = end;
	return -ERESTART_RESTARTBLOCK;
}

static long sleep_restart(struct restart_block *block)
{
	return sleep_until(block->nanosleep.clockid, block->nanosleep.expires, false,
			   block->nanosleep.rmtp, block->nanosleep.old_layout);
}

static long sleep_on_clock(clockid_t clock, int flags, const struct timespec64 *ts,
			   void __user *rmtp, bool old_layout)
{
	bool absolute = flags & TIMER_ABSTIME;
	ktime_t time;

	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_TAI:
		break;
	case CLOCK_MONOTONIC:
	case CLOCK_BOOTTIME:
		clock = CLOCK_MONOTONIC;
		break;
	case CLOCK_PROCESS_CPUTIME_ID:
	case CLOCK_THREAD_CPUTIME_ID:
		return -EOPNOTSUPP;
	default:
		return -EINVAL;
	}
	if (!timespec64_valid(ts))
		return -EINVAL;
	time = timespec64_to_ktime(*ts);
	if (!absolute) {
		clock = CLOCK_MONOTONIC;
		time = ktime_add_safe(ktime_get(), time);
	}
	return sleep_until(clock, time, absolute, absolute ? NULL : rmtp, old_layout);
}

SYSCALL_DEFINE2(nanosleep_time32, const void __user *, rqtp, void __user *, rmtp)
{
	struct timespec64 ts;

	return get_old_timespec32(&ts, rqtp) ? -EFAULT
					     : sleep_on_clock(CLOCK_MONOTONIC, 0, &ts, rmtp, true);
}

SYSCALL_DEFINE4(clock_nanosleep_time32, clockid_t, clock, int, flags, const void __user *, rqtp,
		void __user *, rmtp)
{
	struct timespec64 ts;

	return get_old_timespec32(&ts, rqtp) ? -EFAULT
					     : sleep_on_clock(clock, flags, &ts, rmtp, true);
}

SYSCALL_DEFINE4(clock_nanosleep, clockid_t, clock, int, flags,
		const struct __kernel_timespec __user *, rqtp, struct __kernel_timespec __user *,
		rmtp)
{
	struct timespec64 ts;

	return get_timespec64(&ts, rqtp) ? -EFAULT : sleep_on_clock(clock, flags, &ts, rmtp, false);
}

long hrtimer_nanosleep(ktime_t rqtp, const enum hrtimer_mode mode, const clockid_t clockid)
{
	struct timespec64 ts = ktime_to_timespec64(rqtp);

	return sleep_on_clock(clockid, mode & HRTIMER_MODE_REL ? 0 : TIMER_ABSTIME, &ts, NULL,
			      false);
}

/* Interval timers */

static bool timeval_valid(const struct __kernel_old_timeval *tv)
{
	return tv->tv_sec >= 0 && tv->tv_usec >= 0 && tv->tv_usec < USEC_PER_SEC;
}

static s64 timeval_to_ns(const struct __kernel_old_timeval *tv)
{
	return (s64)tv->tv_sec * NSEC_PER_SEC + tv->tv_usec * NSEC_PER_USEC;
}

static struct __kernel_old_timeval ns_to_timeval(s64 ns)
{
	struct timespec64 ts = ns_to_timespec64(ns);

	return (struct __kernel_old_timeval){ ts.tv_sec, ts.tv_nsec / NSEC_PER_USEC };
}

static int put_itimer(struct __kernel_old_itimerval __user *to, const struct interval *interval)
{
	struct __kernel_old_itimerval it = { ns_to_timeval(interval->period),
					     ns_to_timeval(interval->value) };

	return copy_to_user(to, &it, sizeof(it)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(getitimer, int, which, struct __kernel_old_itimerval __user *, value)
{
	struct interval now;
	int error = itimer_get(which, &now);

	return error ? error : put_itimer(value, &now);
}

SYSCALL_DEFINE3(setitimer, int, which, const struct __kernel_old_itimerval __user *, value,
		struct __kernel_old_itimerval __user *, ovalue)
{
	struct __kernel_old_itimerval it = { { 0, 0 }, { 0, 0 } };
	struct interval new, old;
	int error;

	if (value && copy_from_user(&it, value, sizeof(it)))
		return -EFAULT;
	if (!timeval_valid(&it.it_value) || !timeval_valid(&it.it_interval))
		return -EINVAL;
	new.value = timeval_to_ns(&it.it_value);
	new.period = timeval_to_ns(&it.it_interval);
	error = itimer_set(which, &new, &old);
	return error || !ovalue ? error : put_itimer(ovalue, &old);
}

SYSCALL_DEFINE1(alarm, unsigned int, seconds)
{
	struct interval new = { .value = (s64)seconds * NSEC_PER_SEC }, old;
	s64 left;

	itimer_set(ITIMER_REAL, &new, &old);
	if (!old.value)
		return 0;
	left = div_s64(old.value + NSEC_PER_SEC / 2, NSEC_PER_SEC);
	return left ? left : 1;
}

/* adjtimex(2): the clock is steered by nothing; reading tells so. */

struct timex32 {
	u32 modes;
	s32 offset, freq, maxerror, esterror, status, constant, precision, tolerance;
	s32 time_sec, time_usec;
	s32 tick, ppsfreq, jitter, shift, stabil, jitcnt, calcnt, errcnt, stbcnt, tai;
	s32 reserved[11];
};

#define STA_UNSYNC 0x0040
#define TIME_ERROR 5
#define USER_TICK_US 10000

static long adjust(struct timex32 __user *utp)
{
	struct timex32 tx;
	struct timespec64 now;

	if (copy_from_user(&tx, utp, sizeof(tx)))
		return -EFAULT;
	if (tx.modes)
		return capable(CAP_SYS_TIME) ? -EOPNOTSUPP : -EPERM;
	ktime_get_real_ts64(&now);
	memset(&tx, 0, sizeof(tx));
	tx.status = STA_UNSYNC;
	tx.maxerror = tx.esterror = 16000000;
	tx.precision = 1;
	tx.tick = USER_TICK_US;
	tx.time_sec = now.tv_sec;
	tx.time_usec = now.tv_nsec / NSEC_PER_USEC;
	return copy_to_user(utp, &tx, sizeof(tx)) ? -EFAULT : TIME_ERROR;
}

SYSCALL_DEFINE1(adjtimex_time32, struct timex32 __user *, utp)
{
	return adjust(utp);
}

SYSCALL_DEFINE2(clock_adjtime32, clockid_t, clock, struct timex32 __user *, utp)
{
	return clock == CLOCK_REALTIME ? adjust(utp) : -EINVAL;
}
