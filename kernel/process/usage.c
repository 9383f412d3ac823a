/*
 * What processes have used: CPU time, faults, switches. Threads that have ended are summed up in signal_struct; the rest is
 * the sum over living threads. Times come from the scheduler in nanoseconds.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <rakit/memory.h>
#include "process/process.h"

void thread_group_cputime(struct task_struct *task, u64 *utime, u64 *stime)
{
	struct signal_struct *sig = task->signal;
	struct task_struct *t;

	rcu_read_lock();
	*utime = sig->utime;
	*stime = sig->stime;
	__for_each_thread(sig, t)
	{
		*utime += t->utime;
		*stime += t->stime;
	}
	rcu_read_unlock();
}
EXPORT_SYMBOL_GPL(thread_group_cputime);

static void set_time(struct __kernel_old_timeval *tv, u64 ns)
{
	u32 rest;

	tv->tv_sec = (__kernel_long_t)div_u64_rem(ns, 1000000000u, &rest);
	tv->tv_usec = (__kernel_long_t)(rest / 1000u);
}

static void add_time(struct __kernel_old_timeval *tv, u64 ns)
{
	set_time(tv, (u64)tv->tv_sec * 1000000000u + (u64)tv->tv_usec * 1000u + ns);
}

static void add_thread(const struct task_struct *t, struct rusage *ru)
{
	ru->ru_nvcsw += (long)t->nvcsw;
	ru->ru_nivcsw += (long)t->nivcsw;
	ru->ru_minflt += (long)t->min_flt;
	ru->ru_majflt += (long)t->maj_flt;
}

static void add_children(const struct signal_struct *sig, struct rusage *ru)
{
	add_time(&ru->ru_utime, sig->cutime);
	add_time(&ru->ru_stime, sig->cstime);
	ru->ru_nvcsw += (long)sig->cnvcsw;
	ru->ru_nivcsw += (long)sig->cnivcsw;
	ru->ru_minflt += (long)sig->cmin_flt;
	ru->ru_majflt += (long)sig->cmaj_flt;
	ru->ru_maxrss = max(ru->ru_maxrss, (long)sig->cmaxrss);
}

static void add_process(struct task_struct *p, struct rusage *ru)
{
	struct signal_struct *sig = p->signal;
	struct task_struct *t;
	u64 utime, stime;

	thread_group_cputime(p, &utime, &stime);
	add_time(&ru->ru_utime, utime);
	add_time(&ru->ru_stime, stime);
	ru->ru_nvcsw += (long)sig->nvcsw;
	ru->ru_nivcsw += (long)sig->nivcsw;
	ru->ru_minflt += (long)sig->min_flt;
	ru->ru_majflt += (long)sig->maj_flt;
	ru->ru_maxrss = max(ru->ru_maxrss, (long)sig->maxrss);
	rcu_read_lock();
	__for_each_thread(sig, t) add_thread(t, ru);
	rcu_read_unlock();
}

void note_resident(unsigned long *maxrss, struct mm_struct *mm)
{
	unsigned long now = get_mm_rss(mm);

	*maxrss = max(*maxrss, now);
	*maxrss = max(*maxrss, mm->hiwater_rss);
}

static void add_resident(struct task_struct *p, struct rusage *ru)
{
	struct mm_struct *mm = get_task_mm(p);

	if (!mm)
		return;
	note_resident((unsigned long *)&ru->ru_maxrss, mm);
	mmput(mm);
}

void getrusage(struct task_struct *p, int who, struct rusage *ru)
{
	memset(ru, 0, sizeof(*ru));
	if (who == RUSAGE_THREAD) {
		set_time(&ru->ru_utime, p->utime);
		set_time(&ru->ru_stime, p->stime);
		add_thread(p, ru);
	}
	if (who == RUSAGE_CHILDREN || who == RUSAGE_BOTH)
		add_children(p->signal, ru);
	if (who == RUSAGE_SELF || who == RUSAGE_BOTH)
		add_process(p, ru);
	if (who != RUSAGE_CHILDREN)
		add_resident(p, ru);
	ru->ru_maxrss *= (long)(PAGE_SIZE / 1024);
}
