/* show_stack(), sched_show_task(): printing call paths. */
#ifndef _LINUX_SCHED_DEBUG_H
#define _LINUX_SCHED_DEBUG_H
#include <linux/sched.h>
/*
 * Prints the call path of task (NULL: the caller), starting at frame pointer sp if not NULL. Any
 * context.
 */
void show_stack(struct task_struct *task, unsigned long *sp, const char *loglvl);
#endif
