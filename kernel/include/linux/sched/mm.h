/* Address spaces of tasks: see rakit/memory.h. */
#ifndef _LINUX_SCHED_MM_H
#define _LINUX_SCHED_MM_H
#include <linux/sched.h>
#include <linux/gfp.h>
#include <rakit/memory.h>
#endif
