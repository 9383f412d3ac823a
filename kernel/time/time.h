/* Private to kernel/time. */
#ifndef TIME_TIME_H
#define TIME_TIME_H

#include <linux/types.h>
#include <linux/ktime.h>

/*
 * clock.c: the time base. calibrate: once, interrupts off. advance: from each timer interrupt;
 * returns the monotonic time.
 */
void clock_calibrate(void);
s64 clock_advance(void);
/* Takes a better measured frequency of the time-stamp counter. */
void clock_refine(u64 cycles, u64 nanoseconds);
/* What has to be added to the monotonic time to get the real time, in ns. */
s64 clock_real_offset(void);

/*
 * tick.c: something must happen at the monotonic time `when`, earlier than was planned. Interrupts
 * off.
 */
void tick_program(s64 when);

/*
 * timer.c: raises the softirq if a tick of the wheel is due. hrtimer.c: runs what is due.
 * Interrupts off.
 */
void timer_tick(void);
void timer_init(void);
void hrtimer_run(s64 now);
/* Monotonic expiry of the first timer, KTIME_MAX: none. */
s64 hrtimer_next(void);
/* Real-time timers after the clock was set. */
void hrtimer_clock_was_set(void);

/* itimer.c: counts CPU time of the running process's interval timers. Interrupts off. */
void itimer_tick(void);

/* sched: counts the caller as waiting for I/O. */
void iowait_begin(void);
void iowait_end(void);

#endif
