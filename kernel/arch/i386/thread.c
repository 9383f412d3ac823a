/*
 * The machine part of a task: how it begins, how the CPU goes from one to the next.
 *
 * Layout of a kernel stack, from the top: 8 bytes of padding, the struct pt_regs of the entry from user mode, then C
 * frames. A task that does not run has the five words that switch_stack() pops at thread.sp.
 * switch_to() is called by the scheduler with interrupts off; the rest in process context.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/mm_types.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/desc.h>
#include <asm/fpu.h>
#include <asm/pgtable.h>
#include <rakit/arch.h>
#include <rakit/memory.h>
#include "arch/i386/fpu_switch.h"
#include "arch/i386/tables.h"

struct task_struct *current_task = &init_task;

/* What switch_stack() pops. */
struct switch_frame {
	unsigned long bx; /* function of a kernel thread, 0: user task */
	unsigned long si; /* its argument */
	unsigned long di;
	unsigned long bp;
	unsigned long ip;
};

struct task_struct *get_current(void)
{
	return current_task;
}
EXPORT_SYMBOL(get_current);

static bool has_tls(const struct thread_struct *thread)
{
	return thread->tls_array[0].b | thread->tls_array[1].b | thread->tls_array[2].b;
}

struct task_struct *switch_to(struct task_struct *prev, struct task_struct *next)
{
	fpu_switch_away(prev);
	load_sp0(next->thread.sp0);
	if (has_tls(&prev->thread) || has_tls(&next->thread))
		load_tls(&next->thread);
	return switch_stack(prev, next);
}

int copy_thread(struct task_struct *p, const struct pt_regs *regs, int (*fn)(void *), void *arg)
{
	struct pt_regs *child = task_pt_regs(p);
	struct switch_frame *frame = (struct switch_frame *)child - 1;

	p->thread.fpu = NULL;
	p->thread.fpu_live = 0;
	p->thread.sp = (unsigned long)frame;
	p->thread.sp0 = (unsigned long)(child + 1);
	*frame = (struct switch_frame){ .ip = (unsigned long)task_begin };
	if (regs) {
		*child = *regs;
		child->ax = 0;
		return fpu_fork(p);
	}
	start_thread(child, 0, 0);
	memset(p->thread.tls_array, 0, sizeof(p->thread.tls_array));
	frame->bx = (unsigned long)fn;
	frame->si = (unsigned long)arg;
	return 0;
}

void exit_thread(struct task_struct *p)
{
	fpu_drop(p);
}

void flush_thread(void)
{
	fpu_drop(current);
	memset(current->thread.tls_array, 0, sizeof(current->thread.tls_array));
	load_tls(&current->thread);
}

void start_thread(struct pt_regs *regs, unsigned long ip, unsigned long sp)
{
	*regs = (struct pt_regs){
		.ds = __USER_DS,
		.es = __USER_DS,
		.ip = ip,
		.cs = __USER_CS,
		.flags = X86_EFLAGS_IF | X86_EFLAGS_FIXED,
		.sp = sp,
		.ss = __USER_DS,
	};
}
EXPORT_SYMBOL(start_thread);

unsigned long thread_saved_pc(struct task_struct *t)
{
	return ((struct switch_frame *)t->thread.sp)->ip;
}

unsigned long thread_saved_fp(const struct task_struct *t)
{
	return ((struct switch_frame *)t->thread.sp)->bp;
}

unsigned long get_wchan(struct task_struct *t)
{
	unsigned long bottom = (unsigned long)t->stack, frame;
	unsigned int depth;

	if (t == current || task_is_running(t) || !bottom)
		return 0;
	/* switch_to and schedule have a frame each; their caller's address lies in the third */
	frame = ((struct switch_frame *)t->thread.sp)->bp;
	for (depth = 0; depth < 2; depth++) {
		if (frame < bottom || frame > bottom + THREAD_SIZE - 8 || (frame & 3))
			return 0;
		if (depth == 1)
			return ((unsigned long *)frame)[1];
		frame = *(unsigned long *)frame;
	}
	return 0;
}
