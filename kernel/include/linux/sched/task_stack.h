/* Kernel stacks of tasks. Any context. */
#ifndef _LINUX_SCHED_TASK_STACK_H
#define _LINUX_SCHED_TASK_STACK_H
#include <linux/sched.h>
static inline int object_is_on_stack(const void *obj)
{
	const char *stack = current->stack;

	return (const char *)obj >= stack && (const char *)obj < stack + THREAD_SIZE;
}
#endif
