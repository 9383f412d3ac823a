/*
 * Restartable sequences: a thread names a short sequence of instructions; if it is preempted or gets a signal inside, it goes on
 * at the sequence's abort address instead. So it can work on data of its CPU without locks or atomic instructions.
 *
 * The scheduler sets TIF_NOTIFY_RESUME on a registered thread that it switches away from; the return to user mode then calls
 * rseq_resume(). There is one CPU, so its number is written once, at registration. All of the structures are user memory:
 * whatever is wrong in them ends the program with SIGSEGV. Source: rseq(2).
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/rseq.h>
#include "process/process.h"

/* The sequence the thread says it is in: 1, none: 0, or -EFAULT, -EINVAL. */
static int current_sequence(struct rseq_cs *cs)
{
	u64 address;
	u32 signature;

	if (get_user(address, &current->rseq->rseq_cs))
		return -EFAULT;
	if (!address)
		return 0;
	if (address >= TASK_SIZE ||
	    copy_from_user(cs, (void __user *)(unsigned long)address, sizeof(*cs)))
		return -EFAULT;
	if (cs->version || cs->start_ip >= TASK_SIZE || cs->abort_ip < sizeof(u32) ||
	    cs->abort_ip >= TASK_SIZE || cs->post_commit_offset >= TASK_SIZE - cs->start_ip ||
	    cs->abort_ip - cs->start_ip < cs->post_commit_offset)
		return -EINVAL;
	if (get_user(signature, (u32 __user *)(unsigned long)(cs->abort_ip - sizeof(u32))))
		return -EFAULT;
	return signature == current->rseq_signature ? 1 : -EINVAL;
}

void rseq_resume(struct pt_regs *regs)
{
	struct rseq_cs cs;
	int found = current_sequence(&cs);

	if (!found)
		return;
	if (found < 0 || put_user(0ull, &current->rseq->rseq_cs)) {
		force_sig(SIGSEGV);
		return;
	}
	if (regs->ip - cs.start_ip < cs.post_commit_offset)
		regs->ip = (unsigned long)cs.abort_ip;
}

static int rseq_register(struct rseq __user *rseq, u32 signature)
{
	if (put_user(0u, &rseq->cpu_id_start) || put_user(0u, &rseq->cpu_id))
		return -EFAULT;
	current->rseq = rseq;
	current->rseq_signature = signature;
	return 0;
}

static int rseq_unregister(struct rseq __user *rseq, u32 signature)
{
	if (current->rseq != rseq || !rseq)
		return -EINVAL;
	if (current->rseq_signature != signature)
		return -EPERM;
	if (put_user((u32)RSEQ_CPU_ID_UNINITIALIZED, &rseq->cpu_id))
		return -EFAULT;
	current->rseq = NULL;
	return 0;
}

SYSCALL_DEFINE4(rseq, struct rseq __user *, rseq, u32, length, int, flags, u32, signature)
{
	if (length != sizeof(*rseq) || (flags & ~RSEQ_FLAG_UNREGISTER))
		return -EINVAL;
	if (flags)
		return rseq_unregister(rseq, signature);
	if (current->rseq)
		return current->rseq != rseq		      ? -EINVAL
		       : current->rseq_signature != signature ? -EPERM
							      : -EBUSY;
	if ((unsigned long)rseq % __alignof__(*rseq))
		return -EINVAL;
	return rseq_register(rseq, signature);
}
