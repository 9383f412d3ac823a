/* sched_clock(): nanoseconds since boot; fast, any context, never goes backwards. */
#ifndef _LINUX_SCHED_CLOCK_H
#define _LINUX_SCHED_CLOCK_H
#include <linux/types.h>
unsigned long long sched_clock(void);
/* The same here: there is one CPU. */
#define local_clock() sched_clock()
#define cpu_clock(cpu) ((void)(cpu), sched_clock())
#endif
