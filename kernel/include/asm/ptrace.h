/*
 * The registers saved at each entry into the kernel, in the order they lie on the stack. Entries from kernel code
 * push no sp and ss: use kernel_stack_pointer().
 */
#ifndef _ASM_PTRACE_KERNEL_H
#define _ASM_PTRACE_KERNEL_H

#include <linux/types.h>
#include <asm/segment.h>
#include <asm/irqflags.h>

struct pt_regs {
	unsigned long bx; /* system call arguments 1..6: bx cx dx si di bp */
	unsigned long cx;
	unsigned long dx;
	unsigned long si;
	unsigned long di;
	unsigned long bp;
	unsigned long ax; /* system call result */
	unsigned short ds;
	unsigned short __dsh;
	unsigned short es;
	unsigned short __esh;
	unsigned short fs;
	unsigned short __fsh;
	unsigned short gs;
	unsigned short __gsh;
	unsigned long
		orig_ax; /* system call number, error code of a trap, or ~vector of an interrupt */
	unsigned long ip;
	unsigned short cs;
	unsigned short __csh;
	unsigned long flags;
	unsigned long sp; /* these two only from user mode */
	unsigned short ss;
	unsigned short __ssh;
};

static inline bool user_mode(const struct pt_regs *regs)
{
	return (regs->cs & 3) == 3;
}

static inline unsigned long instruction_pointer(const struct pt_regs *regs)
{
	return regs->ip;
}

static inline void instruction_pointer_set(struct pt_regs *regs, unsigned long ip)
{
	regs->ip = ip;
}

static inline unsigned long frame_pointer(const struct pt_regs *regs)
{
	return regs->bp;
}

static inline unsigned long user_stack_pointer(const struct pt_regs *regs)
{
	return regs->sp;
}

/* Stack pointer at the moment of the trap, whichever mode it came from. */
static inline unsigned long kernel_stack_pointer(const struct pt_regs *regs)
{
	return user_mode(regs) ? regs->sp : (unsigned long)&regs->sp;
}

static inline long regs_return_value(const struct pt_regs *regs)
{
	return (long)regs->ax;
}

/* The registers with which a task entered from user mode: always the top of its kernel stack. */
#define task_pt_regs(task)                                               \
	((struct pt_regs *)((unsigned long)(task)->stack + THREAD_SIZE - \
			    TOP_OF_KERNEL_STACK_PADDING) -               \
	 1)
#define TOP_OF_KERNEL_STACK_PADDING 8
#define current_pt_regs() task_pt_regs(current)

/* Registers of the innermost interrupt, or NULL outside one. */
struct pt_regs *get_irq_regs(void);
struct pt_regs *set_irq_regs(struct pt_regs *regs);

#endif
