/*
 * FPU and SSE registers of tasks.
 *
 * Invariant: CR0.TS is clear exactly while thread.fpu_live of the current task is set (or inside kernel_fpu_begin/end).
 * The first use by a task traps (vector 7): memory for its image is made, the registers are loaded, and from then on
 * they stay until the task is switched away. Tasks that do no arithmetic cost nothing.
 * Locking: preemption off wherever fpu_live and the registers change together; interrupts never touch them.
 * Source: Intel SDM vol. 1, 10.5 (FXSAVE), vol. 3, 2.5 (TS) and table 9-1 (initial state).
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/cpufeature.h>
#include <asm/fpu.h>
#include <rakit/arch.h>
#include "arch/i386/fpu_switch.h"
#include "arch/i386/tables.h"

#define CR0_MP 0x02
#define CR0_EM 0x04
#define CR0_NE 0x20
#define CR4_OSFXSR 0x200
#define CR4_OSXMMEXCPT 0x400
#define FCW_INITIAL 0x037f
#define MXCSR_INITIAL 0x1f80
#define MXCSR_OFFSET 24

static bool fxsr;
static struct kmem_cache *fpu_cache;

void __init fpu_init(void)
{
	fxsr = boot_cpu_has(X86_FEATURE_FXSR);
	if (fxsr)
		write_cr4(read_cr4() | CR4_OSFXSR |
			  (boot_cpu_has(X86_FEATURE_XMM) ? CR4_OSXMMEXCPT : 0));
	write_cr0((read_cr0() & ~CR0_EM) | CR0_MP | CR0_NE);
	stts();
	page_sse = fxsr && boot_cpu_has(X86_FEATURE_XMM);
}

static void registers_save(struct fpu_state *state)
{
	if (fxsr)
		__asm__ __volatile__("fxsave %0" : "=m"(*state));
	else
		__asm__ __volatile__("fnsave %0; fwait" : "=m"(*state));
}

static void registers_load(const struct fpu_state *state)
{
	if (fxsr)
		__asm__ __volatile__("fxrstor %0" : : "m"(*state));
	else
		__asm__ __volatile__("frstor %0" : : "m"(*state));
}

static void state_reset(struct fpu_state *state)
{
	u32 mxcsr = MXCSR_INITIAL;
	u16 control = FCW_INITIAL;

	memset(state, 0, sizeof(*state));
	memcpy(state->image, &control, sizeof(control));
	if (fxsr)
		memcpy(state->image + MXCSR_OFFSET, &mxcsr, sizeof(mxcsr));
	else
		memset(state->image + 8, 0xff, 2); /* tag word of FNSAVE: all empty */
}

void fpu_store(struct task_struct *task)
{
	registers_save(task->thread.fpu);
	task->thread.fpu_live = 0;
	stts();
}

static struct fpu_state *state_alloc(void)
{
	if (!fpu_cache)
		fpu_cache = kmem_cache_create("fpu_state", sizeof(struct fpu_state),
					      __alignof__(struct fpu_state), 0, NULL);
	return fpu_cache ? kmem_cache_alloc(fpu_cache, GFP_KERNEL) : NULL;
}

static bool state_make(void)
{
	if (current->thread.fpu)
		return true;
	current->thread.fpu = state_alloc();
	if (!current->thread.fpu)
		return false;
	state_reset(current->thread.fpu);
	current->flags |= PF_USED_MATH;
	return true;
}

/* Vector 7: the current task uses its registers and they are not in the CPU. */
void do_device_not_available(struct pt_regs *regs, unsigned int vector)
{
	if (!user_mode(regs)) {
		die("FPU used in the kernel outside kernel_fpu_begin()", regs, 0);
		return;
	}
	local_irq_enable();
	if (!state_make()) {
		force_sig(SIGKILL);
		local_irq_disable();
		return;
	}
	local_irq_disable();
	clts();
	registers_load(current->thread.fpu);
	current->thread.fpu_live = 1;
}

void kernel_fpu_begin(void)
{
	preempt_disable();
	if (current->thread.fpu_live)
		fpu_store(current);
	clts();
}
EXPORT_SYMBOL(kernel_fpu_begin);

void kernel_fpu_end(void)
{
	stts();
	preempt_enable();
}
EXPORT_SYMBOL(kernel_fpu_end);

struct fpu_state *fpu_save_current(void)
{
	preempt_disable();
	if (current->thread.fpu_live)
		fpu_store(current);
	preempt_enable();
	return current->thread.fpu;
}

struct fpu_state *fpu_replace_current(void)
{
	fpu_save_current();
	return state_make() ? current->thread.fpu : NULL;
}

int fpu_fork(struct task_struct *child)
{
	const struct fpu_state *state = fpu_save_current();

	if (!state)
		return 0;
	child->thread.fpu = state_alloc();
	if (!child->thread.fpu)
		return -ENOMEM;
	memcpy(child->thread.fpu, state, sizeof(*state));
	return 0;
}

void fpu_drop(struct task_struct *task)
{
	struct fpu_state *state = task->thread.fpu;

	if (!state)
		return;
	preempt_disable();
	if (task->thread.fpu_live) {
		task->thread.fpu_live = 0;
		stts();
	}
	task->thread.fpu = NULL;
	preempt_enable();
	kmem_cache_free(fpu_cache, state);
}
