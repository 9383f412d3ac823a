/* Interval timers of processes. */
#ifndef TIME_ITIMER_H
#define TIME_ITIMER_H

#include <linux/types.h>

struct interval {
	s64 value;  /* ns until it fires, 0: not armed */
	s64 period; /* ns between later times, 0: once */
};

/* Timer `which` (ITIMER_*) of the current process: 0 or -EINVAL. Threads. */
int itimer_get(int which, struct interval *now);
int itimer_set(int which, const struct interval *new, struct interval *old);

#endif
