/*
 * Traps other than page faults.
 *
 * Owns what each exception means: from user mode a signal, from the kernel a fixup from the exception table, a WARN or
 * BUG statement (ud2), or the end of the thread (die()). The table at the end is the whole mapping.
 * Runs with interrupts as the gate left them (off); turns them on again before a signal is sent, since that may sleep.
 * Source: Intel SDM vol. 3, table 6-1.
 */
#include <linux/kernel.h>
#include <linux/bug.h>
#include <linux/kdebug.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <asm/extable.h>
#include <rakit/arch.h>
#include "arch/i386/tables.h"

#define VECTOR_DEBUG 1
#define VECTOR_NMI 2
#define VECTOR_BREAKPOINT 3
#define VECTOR_INVALID_OPCODE 6
#define UD2_LENGTH 2

struct trap {
	const char *name;
	int signal;
	int code; /* si_code */
};

static const struct trap traps[32] = {
	[0] = { "divide error", SIGFPE, FPE_INTDIV },
	[1] = { "debug exception", SIGTRAP, TRAP_TRACE },
	[2] = { "non-maskable interrupt", SIGKILL, SI_KERNEL },
	[3] = { "breakpoint", SIGTRAP, SI_KERNEL },
	[4] = { "overflow", SIGSEGV, SI_KERNEL },
	[5] = { "bound range exceeded", SIGSEGV, SI_KERNEL },
	[6] = { "invalid opcode", SIGILL, ILL_ILLOPN },
	[9] = { "coprocessor segment overrun", SIGFPE, SI_KERNEL },
	[10] = { "invalid TSS", SIGSEGV, SI_KERNEL },
	[11] = { "segment not present", SIGBUS, SI_KERNEL },
	[12] = { "stack segment fault", SIGBUS, SI_KERNEL },
	[13] = { "general protection fault", SIGSEGV, SI_KERNEL },
	[16] = { "floating point error", SIGFPE, FPE_FLTINV },
	[17] = { "alignment check", SIGBUS, BUS_ADRALN },
	[18] = { "machine check", SIGBUS, SI_KERNEL },
	[19] = { "SIMD floating point error", SIGFPE, FPE_FLTINV },
};

static const char *trap_name(unsigned int vector)
{
	return traps[vector].name ? traps[vector].name : "unknown trap";
}

static void trap_user(struct pt_regs *regs, unsigned int vector)
{
	const struct trap *trap = &traps[vector];

	local_irq_enable();
	current->thread.trap_nr = vector;
	current->thread.error_code = regs->orig_ax;
	force_sig_fault(trap->signal ? trap->signal : SIGSEGV,
			trap->signal ? trap->code : SI_KERNEL, (void __user *)regs->ip);
	local_irq_disable();
}

/* WARN and BUG; true if execution goes on. */
static bool trap_bug(struct pt_regs *regs)
{
	switch (report_bug(regs->ip, regs)) {
	case BUG_TRAP_TYPE_WARN:
		regs->ip += UD2_LENGTH;
		return true;
	case BUG_TRAP_TYPE_BUG:
		die("kernel BUG", regs, 0);
		return true;
	default:
		return false;
	}
}

static void trap_kernel(struct pt_regs *regs, unsigned int vector)
{
	if (fixup_exception(regs))
		return;
	if (vector == VECTOR_INVALID_OPCODE && trap_bug(regs))
		return;
	if (vector == VECTOR_DEBUG) {
		regs->flags &=
			~X86_EFLAGS_TF; /* single step set by the user before a system call */
		return;
	}
	if (vector == VECTOR_BREAKPOINT &&
	    notify_die(DIE_INT3, trap_name(vector), regs, 0, vector, SIGTRAP) == NOTIFY_STOP)
		return;
	die(trap_name(vector), regs, (long)regs->orig_ax);
}

void trap_ordinary(struct pt_regs *regs, unsigned int vector)
{
	if (vector == VECTOR_NMI) {
		if (notify_die(DIE_NMI, trap_name(vector), regs, 0, vector, SIGINT) == NOTIFY_STOP)
			return;
		die(trap_name(vector), regs, 0);
		return;
	}
	if (user_mode(regs))
		trap_user(regs, vector);
	else
		trap_kernel(regs, vector);
}

#define ORDINARY4 trap_ordinary, trap_ordinary, trap_ordinary, trap_ordinary
trap_handler_t *const trap_handlers[32] = {
	ORDINARY4, trap_ordinary, trap_ordinary, trap_ordinary, do_device_not_available,
	ORDINARY4, trap_ordinary, trap_ordinary, do_page_fault, trap_ordinary,
	ORDINARY4, ORDINARY4,	  ORDINARY4,	 ORDINARY4,
};

/* entry.S writes these as numbers. */
static_assert(_TIF_NEED_RESCHED == 0x8);
static_assert(_TIF_EXIT_WORK == 0x20e);
static_assert(offsetof(struct task_struct, thread.sp) == 12);
static_assert(sizeof(struct pt_regs) == 68);
static_assert(offsetof(struct pt_regs, gs) == 40 && offsetof(struct pt_regs, orig_ax) == 44);
