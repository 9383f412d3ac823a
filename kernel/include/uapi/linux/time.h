/* Clocks, interval timers, and (for user space) the 32-bit time structs under POSIX's names. */
#ifndef _UAPI_LINUX_TIME_H
#define _UAPI_LINUX_TIME_H

#include <linux/types.h>
#include <linux/time_types.h>

#ifndef __KERNEL__
#ifndef _STRUCT_TIMESPEC
#define _STRUCT_TIMESPEC
struct timespec {
	__kernel_old_time_t tv_sec; /* seconds */
	long tv_nsec;		    /* nanoseconds, 0..999999999 */
};
#endif

struct timeval {
	__kernel_old_time_t tv_sec;   /* seconds */
	__kernel_suseconds_t tv_usec; /* microseconds, 0..999999 */
};

struct itimerspec {
	struct timespec it_interval; /* 0: one shot */
	struct timespec it_value;    /* 0: disarmed */
};

struct itimerval {
	struct timeval it_interval;
	struct timeval it_value;
};
#endif

struct timezone {
	int tz_minuteswest; /* of Greenwich */
	int tz_dsttime;
};

#define ITIMER_REAL 0	 /* wall clock, SIGALRM */
#define ITIMER_VIRTUAL 1 /* user time of the process, SIGVTALRM */
#define ITIMER_PROF 2	 /* user and system time, SIGPROF */

#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID 3
#define CLOCK_MONOTONIC_RAW 4
#define CLOCK_REALTIME_COARSE 5
#define CLOCK_MONOTONIC_COARSE 6
#define CLOCK_BOOTTIME 7
#define CLOCK_REALTIME_ALARM 8
#define CLOCK_BOOTTIME_ALARM 9
#define CLOCK_TAI 11
#define MAX_CLOCKS 16

#define TIMER_ABSTIME 0x01

#endif
