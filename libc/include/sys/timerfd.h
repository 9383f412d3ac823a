/* Timers as descriptors. */
#ifndef _SYS_TIMERFD_H
#define _SYS_TIMERFD_H
#include <features.h>
#include <time.h>
#include <linux/timerfd.h>
__BEGIN_DECLS
int timerfd_create(int clock, int flags);
int timerfd_settime(int fd, int flags, const struct itimerspec *value, struct itimerspec *old);
int timerfd_gettime(int fd, struct itimerspec *value);
__END_DECLS
#endif
