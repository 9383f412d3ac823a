/*
 * FPU and SSE registers. They stay in the CPU until another task needs them (CR0.TS makes its first use trap, Intel
 * SDM vol. 3, 2.5). The kernel uses them between kernel_fpu_begin() and kernel_fpu_end() only.
 */
#ifndef _ASM_FPU_H
#define _ASM_FPU_H

#include <linux/types.h>

struct task_struct;

/* Image that FXSAVE writes. */
struct fpu_state {
	u8 image[512];
} __attribute__((__aligned__(16)));

/* Registers may be used by the caller until kernel_fpu_end(); preemption is off in between. Not in interrupts. */
void kernel_fpu_begin(void);
void kernel_fpu_end(void);

/* Current task's registers brought to memory for reading; NULL if it has never used them. */
struct fpu_state *fpu_save_current(void);
/* Writable image that is loaded when the current task next uses its registers; NULL without memory. */
struct fpu_state *fpu_replace_current(void);
/* Copies the FPU state of the current task to its child at fork: 0 or -ENOMEM. */
int fpu_fork(struct task_struct *child);
/* Drops a task's FPU state. */
void fpu_drop(struct task_struct *task);

#endif
