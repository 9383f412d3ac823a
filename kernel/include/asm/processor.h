/* The CPU: what of it belongs to a task, what it can do, and waiting. */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <linux/types.h>
#include <asm/page.h>
#include <asm/segment.h>
#include <asm/ptrace.h>

struct task_struct;
struct fpu_state;

/* A segment descriptor; see Intel SDM vol. 3, 3.4.5. */
struct desc_struct {
	u32 a;
	u32 b;
};

#define TASK_SIZE PAGE_OFFSET
#define TASK_SIZE_MAX PAGE_OFFSET
#define STACK_TOP (TASK_SIZE - PAGE_SIZE)
#define STACK_TOP_MAX STACK_TOP
#define TASK_UNMAPPED_BASE 0x40000000UL

/* The machine-dependent part of a task. */
struct thread_struct {
	unsigned long sp;	  /* kernel stack pointer while it does not run */
	unsigned long sp0;	  /* where the kernel stack begins when it enters from user mode */
	unsigned long cr2;	  /* last fault: address, */
	unsigned long trap_nr;	  /* vector (-1: none) */
	unsigned long error_code; /* and error code */
	struct desc_struct tls_array[GDT_ENTRY_TLS_ENTRIES]; /* set_thread_area() */
	struct fpu_state *fpu; /* FPU and SSE registers; NULL until it first uses them */
	u32 fpu_live;	       /* the registers are in the CPU now */
	u32 io_privilege;      /* iopl() level, 0..3 */
};

#define INIT_THREAD                          \
	{                                    \
		.trap_nr = (unsigned long)-1 \
	}

/* Fresh user registers for a new program: start at ip with stack sp, all else zero. */
void start_thread(struct pt_regs *regs, unsigned long ip, unsigned long sp);

/*
 * copy_thread - prepare the machine part of a new task
 * @p: the child; its stack is allocated
 * @regs: user registers to begin with (a copy is made on the child's stack), or NULL for a kernel thread
 * @fn, @arg: kernel thread: fn(arg) is run; when it returns the thread enters user mode with task_pt_regs(), which
 *	it must have filled (as kernel_init and exec do)
 * A child with regs returns 0 from its system call. Returns 0 or -ENOMEM. Process context.
 */
int copy_thread(struct task_struct *p, const struct pt_regs *regs, int (*fn)(void *), void *arg);
/* Frees what copy_thread() and later use attached to the thread (FPU state). */
void exit_thread(struct task_struct *p);
/* At exec: forget FPU state and thread-local segments of the old program. */
void flush_thread(void);

/*
 * switch_to - continue another task
 * Called by the scheduler with interrupts off; returns when prev is continued, with the task that ran before it.
 * Switches stack, user segments and FPU ownership; the address space is switched before by switch_mm().
 */
struct task_struct *switch_to(struct task_struct *prev, struct task_struct *next);

/* Leaves the kernel for user mode with task_pt_regs(current). Never returns. */
void start_user_mode(struct pt_regs *regs) __attribute__((__noreturn__));

/* Program counter of a task that does not run (for reports). */
unsigned long thread_saved_pc(struct task_struct *t);
/* Its frame pointer in switch_to(), where its call path begins. */
unsigned long thread_saved_fp(const struct task_struct *t);
/* Where a sleeping task waits: the first caller outside the scheduler, 0 if it runs. */
unsigned long get_wchan(struct task_struct *t);

static __always_inline void rep_nop(void)
{
	__asm__ __volatile__("rep; nop" : : : "memory");
}

/* In a loop that waits for memory to change. */
#define cpu_relax() rep_nop()

#define prefetch(x) ((void)(x))
#define prefetchw(x) ((void)(x))

/* What CPUID says. */
struct cpuinfo {
	char vendor[16];     /* "GenuineIntel" */
	char model_name[64]; /* brand string, "" if there is none */
	u8 family, model, stepping;
	u32 features;	  /* CPUID.1:EDX */
	u32 features_ecx; /* CPUID.1:ECX */
	u32 ext_features; /* CPUID.80000001h:EDX */
};
extern struct cpuinfo boot_cpu_data;

#endif
