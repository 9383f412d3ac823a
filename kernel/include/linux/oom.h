/* What happens when memory runs out. */
#ifndef _LINUX_OOM_H
#define _LINUX_OOM_H

#include <linux/types.h>

struct task_struct;

#define OOM_SCORE_ADJ_MIN (-1000) /* never chosen */
#define OOM_SCORE_ADJ_MAX 1000

/*
 * out_of_memory - kill one process to free memory
 * Chosen is the process with the most resident pages plus oom_score_adj thousandths of all memory; never init, never
 * a kernel thread. Returns true if one was killed or is already dying. Process context.
 */
bool out_of_memory(gfp_t gfp, unsigned int order);
/* A task's badness in thousandths of memory, as /proc/PID/oom_score shows it. */
unsigned long oom_badness(struct task_struct *p);

#endif
