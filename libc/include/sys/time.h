/* Time of day and interval timers. */
#ifndef _SYS_TIME_H
#define _SYS_TIME_H
#include <features.h>
#include <sys/types.h>
#include <sys/select.h>
#include <linux/time.h>
__BEGIN_DECLS
int gettimeofday(struct timeval *now, void *timezone);
int settimeofday(const struct timeval *now, const struct timezone *timezone);
int getitimer(int which, struct itimerval *value);
int setitimer(int which, const struct itimerval *value, struct itimerval *old);
int utimes(const char *path, const struct timeval times[2]);
int lutimes(const char *path, const struct timeval times[2]);
int futimes(int fd, const struct timeval times[2]);
__END_DECLS
#define timerisset(t) ((t)->tv_sec || (t)->tv_usec)
#define timerclear(t) ((t)->tv_sec = (t)->tv_usec = 0)
#define timercmp(a, b, op) \
	((a)->tv_sec == (b)->tv_sec ? (a)->tv_usec op(b)->tv_usec : (a)->tv_sec op(b)->tv_sec)
#define timersub(a, b, r)                                   \
	do {                                                \
		(r)->tv_sec = (a)->tv_sec - (b)->tv_sec;    \
		(r)->tv_usec = (a)->tv_usec - (b)->tv_usec; \
		if ((r)->tv_usec < 0) {                     \
			(r)->tv_sec--;                      \
			(r)->tv_usec += 1000000;            \
		}                                           \
	} while (0)
#define timeradd(a, b, r)                                   \
	do {                                                \
		(r)->tv_sec = (a)->tv_sec + (b)->tv_sec;    \
		(r)->tv_usec = (a)->tv_usec + (b)->tv_usec; \
		if ((r)->tv_usec >= 1000000) {              \
			(r)->tv_sec++;                      \
			(r)->tv_usec -= 1000000;            \
		}                                           \
	} while (0)
#endif
