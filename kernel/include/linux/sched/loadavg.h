/* Load averages: see linux/sched.h. */
#ifndef _LINUX_SCHED_LOADAVG_H
#define _LINUX_SCHED_LOADAVG_H
#include <linux/sched.h>
#endif
