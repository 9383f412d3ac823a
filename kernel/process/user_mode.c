/*
 * The return to user mode when something waits: rescheduling, task work, signals; and what an interrupted system call does
 * next.
 *
 * The entry code calls exit_to_user_mode() with interrupts off if any _TIF_EXIT_WORK flag is set, and returns to the program
 * right after it; so the flags are looked at again, with interrupts off, until none is set.
 * orig_ax is the number of the system call, or negative for traps and interrupts: only a call can be restarted, and only once
 * (orig_ax becomes -1).
 */
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/task_work.h>
#include <uapi/asm/unistd.h>
#include <asm/irqflags.h>
#include <asm/ptrace.h>
#include <rakit/arch.h>
#include "process/process.h"

#define INT80_LENGTH 2

static void restart_call(struct pt_regs *regs, unsigned long number)
{
	regs->ax = number;
	regs->ip -= INT80_LENGTH;
}

/* A handler will run: does the call fail with EINTR or start over after it? */
static void interrupted_by_handler(struct pt_regs *regs, const struct ksignal *ksig)
{
	switch ((long)regs->ax) {
	case -ERESTART_RESTARTBLOCK:
	case -ERESTARTNOHAND:
		regs->ax = (unsigned long)-EINTR;
		break;
	case -ERESTARTSYS:
		if (!(ksig->ka.sa.sa_flags & SA_RESTART)) {
			regs->ax = (unsigned long)-EINTR;
			break;
		}
		fallthrough;
	case -ERESTARTNOINTR:
		restart_call(regs, regs->orig_ax);
		break;
	}
}

static void interrupted_without_handler(struct pt_regs *regs)
{
	switch ((long)regs->ax) {
	case -ERESTARTNOHAND:
	case -ERESTARTSYS:
	case -ERESTARTNOINTR:
		restart_call(regs, regs->orig_ax);
		break;
	case -ERESTART_RESTARTBLOCK:
		restart_call(regs, __NR_restart_syscall);
		break;
	}
}

static void deliver_signals(struct pt_regs *regs)
{
	bool in_call = (long)regs->orig_ax >= 0;
	struct ksignal ksig;

	if (get_signal(&ksig)) {
		if (in_call)
			interrupted_by_handler(regs, &ksig);
		regs->orig_ax = (unsigned long)-1;
		if (current->rseq)
			rseq_resume(regs);
		signal_setup_done(setup_signal_frame(&ksig, regs), &ksig, 0);
		return;
	}
	if (in_call)
		interrupted_without_handler(regs);
	regs->orig_ax = (unsigned long)-1;
	restore_saved_sigmask();
}

void exit_to_user_mode(struct pt_regs *regs)
{
	unsigned long flags;

	while ((flags = READ_ONCE(current->thread_flags)) & _TIF_EXIT_WORK) {
		local_irq_enable();
		if (flags & _TIF_NEED_RESCHED)
			schedule();
		if (flags & _TIF_NOTIFY_RESUME) {
			clear_thread_flag(TIF_NOTIFY_RESUME);
			task_work_run();
			if (current->rseq)
				rseq_resume(regs);
		}
		if (flags & (_TIF_SIGPENDING | _TIF_RESTORE_SIGMASK))
			deliver_signals(regs);
		local_irq_disable();
	}
}

SYSCALL_DEFINE0(restart_syscall)
{
	struct restart_block *block = &current->restart_block;
	long (*fn)(struct restart_block *) = block->fn;

	if (!fn)
		return -EINTR;
	block->fn = NULL;
	return fn(block);
}
