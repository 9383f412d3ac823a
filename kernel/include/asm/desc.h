/* Segment descriptors of user threads: set_thread_area() and what the context switch loads. */
#ifndef _ASM_DESC_H
#define _ASM_DESC_H

#include <asm/processor.h>

/* Loads a task's thread-local segments into the descriptor table; preemption off. */
void load_tls(const struct thread_struct *thread);
/* Where the CPU's stack for entries from user mode begins. */
void load_sp0(unsigned long sp0);

#endif
