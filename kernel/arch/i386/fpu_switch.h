/* The FPU at a context switch: the one thing of it that happens on the hot path. */
#ifndef ARCH_I386_FPU_SWITCH_H
#define ARCH_I386_FPU_SWITCH_H

#include <linux/sched.h>

/* Saves task's registers if they are in the CPU, and makes the next use trap. */
void fpu_store(struct task_struct *task);

static inline void fpu_switch_away(struct task_struct *prev)
{
	if (prev->thread.fpu_live)
		fpu_store(prev);
}

#endif
