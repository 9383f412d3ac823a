/*
 * The life of a struct task_struct: made, counted, freed.
 *
 * usage counts references. A new task has two: one of the lists (dropped by release_task()) and one of the scheduler (dropped
 * after the last switch away from it), so that neither the stack nor the struct goes while it still runs.
 * tasklist_lock protects all lists of tasks: children, siblings, threads, the tasks of pids; nr_threads and total_forks too.
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <rakit/memory.h>
#include "process/process.h"
#include "process/task.h"

DEFINE_RWLOCK(tasklist_lock);
int nr_threads;
int max_threads;
unsigned long total_forks;

static struct kmem_cache *task_cache;

struct task_struct *task_alloc(void)
{
	struct task_struct *p = kmem_cache_alloc(task_cache, GFP_KERNEL);

	if (!p)
		return NULL;
	*p = *current;
	p->stack = kstack_alloc();
	if (p->stack)
		return p;
	kmem_cache_free(task_cache, p);
	return NULL;
}

void free_task(struct task_struct *t)
{
	kstack_free(t->stack);
	if (t->kthread)
		free_kthread_struct(t);
	kmem_cache_free(task_cache, t);
}

void __put_task_struct(struct task_struct *t)
{
	WARN_ON(t == current);
	exit_creds(t);
	if (t->signal)
		put_signal_struct(t->signal);
	free_task(t);
}
EXPORT_SYMBOL_GPL(__put_task_struct);

struct task_struct *get_task_struct(struct task_struct *t)
{
	refcount_inc(&t->usage);
	return t;
}
EXPORT_SYMBOL_GPL(get_task_struct);

void put_task_struct(struct task_struct *t)
{
	if (refcount_dec_and_test(&t->usage))
		__put_task_struct(t);
}
EXPORT_SYMBOL_GPL(put_task_struct);

int nr_processes(void)
{
	return nr_threads;
}

struct task_struct *next_thread(const struct task_struct *p)
{
	return list_entry(p->thread_group.next, struct task_struct, thread_group);
}

/* A task costs its stack and struct: they may take an eighth of memory. */
void __init task_init(void)
{
	unsigned long cost = THREAD_SIZE + sizeof(struct task_struct);
	unsigned long count = totalram_pages() / 8 * PAGE_SIZE / cost;

	task_cache = kmem_cache_create("task_struct", sizeof(struct task_struct), 16, SLAB_PANIC,
				       NULL);
	count = max(count, 64ul);
	max_threads = (int)min(count, (unsigned long)PID_MAX_LIMIT);
	init_signals.rlim[RLIMIT_NPROC].rlim_cur = (unsigned long)max_threads / 2;
	init_signals.rlim[RLIMIT_NPROC].rlim_max = (unsigned long)max_threads / 2;
	init_signals.rlim[RLIMIT_SIGPENDING] = init_signals.rlim[RLIMIT_NPROC];
}
