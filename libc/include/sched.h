/* Scheduling, and clone() flags. */
#ifndef _SCHED_H
#define _SCHED_H
#include <features.h>
#include <sys/types.h>
#include <linux/sched.h>
#include <linux/sched/types.h>
#include <linux/time.h>
#define SCHED_OTHER SCHED_NORMAL
__BEGIN_DECLS
int sched_yield(void);
int sched_getscheduler(pid_t pid);
int sched_setscheduler(pid_t pid, int policy, const struct sched_param *parameters);
int sched_getparam(pid_t pid, struct sched_param *parameters);
int sched_setparam(pid_t pid, const struct sched_param *parameters);
int sched_get_priority_max(int policy);
int sched_get_priority_min(int policy);
__END_DECLS
#endif
