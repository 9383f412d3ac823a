/*
 * The alternate signal stack of a thread: [sas_ss_sp, sas_ss_sp + sas_ss_size). Own fields of the thread: no lock.
 */
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "process/process.h"

int on_sig_stack(unsigned long sp)
{
	if (current->sas_ss_flags & SS_AUTODISARM)
		return 0;
	return sp > current->sas_ss_sp && sp - current->sas_ss_sp <= current->sas_ss_size;
}

int sas_ss_flags(unsigned long sp)
{
	if (!current->sas_ss_size)
		return SS_DISABLE;
	return on_sig_stack(sp) ? SS_ONSTACK : 0;
}

void sas_ss_reset(struct task_struct *p)
{
	p->sas_ss_sp = 0;
	p->sas_ss_size = 0;
	p->sas_ss_flags = SS_DISABLE;
}

unsigned long sigsp(unsigned long sp, struct ksignal *ksig)
{
	if ((ksig->ka.sa.sa_flags & SA_ONSTACK) && !sas_ss_flags(sp))
		return current->sas_ss_sp + current->sas_ss_size;
	return sp;
}

static int altstack_set(const stack_t *new, unsigned long sp)
{
	unsigned int mode = (unsigned int)new->ss_flags & ~SS_AUTODISARM;

	if (on_sig_stack(sp))
		return -EPERM;
	if (mode != SS_DISABLE && mode != SS_ONSTACK && mode)
		return -EINVAL;
	if (mode != SS_DISABLE && new->ss_size < MINSIGSTKSZ)
		return -ENOMEM;
	current->sas_ss_sp = mode == SS_DISABLE ? 0 : (unsigned long)new->ss_sp;
	current->sas_ss_size = mode == SS_DISABLE ? 0 : new->ss_size;
	current->sas_ss_flags = (unsigned int)new->ss_flags;
	return 0;
}

SYSCALL_DEFINE2(sigaltstack, const stack_t __user *, uss, stack_t __user *, uoss)
{
	unsigned long sp = current_pt_regs()->sp;
	stack_t old = { .ss_sp = (void *)current->sas_ss_sp,
			.ss_flags = (int)(sas_ss_flags(sp) |
					  (current->sas_ss_flags & SS_AUTODISARM)),
			.ss_size = current->sas_ss_size };
	stack_t new;
	int err = 0;

	if (uss && copy_from_user(&new, uss, sizeof(new)))
		return -EFAULT;
	if (uss)
		err = altstack_set(&new, sp);
	if (!err && uoss && copy_to_user(uoss, &old, sizeof(old)))
		err = -EFAULT;
	return err;
}

int restore_altstack(const stack_t __user *stack)
{
	stack_t new;

	if (copy_from_user(&new, stack, sizeof(new)))
		return -EFAULT;
	(void)altstack_set(&new, current_pt_regs()->sp);
	return 0;
}
