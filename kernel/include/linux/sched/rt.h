/* Real-time priorities: see linux/sched/prio.h; scheduling classes: linux/sched.h. */
#ifndef _LINUX_SCHED_RT_H
#define _LINUX_SCHED_RT_H
#include <linux/sched.h>
#endif
