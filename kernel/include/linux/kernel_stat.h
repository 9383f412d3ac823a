/* Time the CPU spent in each kind of work, for /proc/stat; nanoseconds. */
#ifndef _LINUX_KERNEL_STAT_H
#define _LINUX_KERNEL_STAT_H

#include <linux/types.h>

enum cpu_usage_stat {
	CPUTIME_USER,
	CPUTIME_NICE,
	CPUTIME_SYSTEM,
	CPUTIME_SOFTIRQ,
	CPUTIME_IRQ,
	CPUTIME_IDLE,
	CPUTIME_IOWAIT,
	CPUTIME_STEAL,
	NR_STATS
};

struct kernel_cpustat {
	u64 cpustat[NR_STATS];
};
extern struct kernel_cpustat kernel_cpustat;
#define kcpustat_this_cpu (&kernel_cpustat)
#define kcpustat_cpu(cpu) ((void)(cpu), kernel_cpustat)

/* Interrupts so far, all lines. Owner: resource. */
u64 nr_interrupts(void);

#endif
