/* POSIX timers, as the system calls use them. */
#ifndef TIME_POSIX_TIMER_H
#define TIME_POSIX_TIMER_H

#include <linux/time64.h>
#include <linux/types.h>
#include <uapi/asm/siginfo.h>

/*
 * Makes a timer of the current process (event NULL: SIGALRM to the process): its id (>= 0),
 * -EINVAL, -EAGAIN.
 */
int posix_timer_create(clockid_t clock, const struct sigevent *event);
int posix_timer_delete(int id);
/* flags: TIMER_ABSTIME. old may be NULL. 0 or -EINVAL. */
int posix_timer_settime(int id, int flags, const struct itimerspec64 *new,
			struct itimerspec64 *old);
int posix_timer_gettime(int id, struct itimerspec64 *now);
/* How often it fired beyond the one its last signal told of. */
int posix_timer_getoverrun(int id);

#endif
