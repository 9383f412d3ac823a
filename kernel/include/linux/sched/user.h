/* What is counted per user: see linux/cred.h. */
#ifndef _LINUX_SCHED_USER_H
#define _LINUX_SCHED_USER_H
#include <linux/cred.h>
#endif
