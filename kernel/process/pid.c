/*
 * Process identifiers.
 *
 * A number is found through a table of two levels: the upper one has one pointer per 1,024 numbers, the lower ones are
 * pages made when the first number in their range is given out and kept until none of them is in use. Lookup is two loads. Numbers are given out
 * in a circle, so that one just freed does not come back soon; full pages are skipped by their count.
 * pid_lock protects the tables and last_nr. The lists of tasks in a struct pid are protected by tasklist_lock; since there
 * is one CPU and structs are freed in process context only, a reader with preemption off may follow them too.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include "process/process.h"

#define PAGE_SHIFT_NR 10
#define PAGE_NRS (1u << PAGE_SHIFT_NR)

struct pid_page {
	struct pid **pids; /* [PAGE_NRS], NULL: no number of this range was ever used */
	unsigned int used;
};

static struct pid_page pages[PID_MAX_LIMIT / PAGE_NRS];
static DEFINE_SPINLOCK(pid_lock);
static struct kmem_cache *pid_cache;
static int last_nr;
static int numbers_used;
int pid_max = PID_MAX_DEFAULT;

struct pid init_struct_pid = {
	.count = REFCOUNT_INIT(1),
	.nr = 0,
	.wait_pidfd = __WAIT_QUEUE_HEAD_INITIALIZER(init_struct_pid.wait_pidfd),
};

struct pid *get_pid(struct pid *pid)
{
	if (pid)
		refcount_inc(&pid->count);
	return pid;
}
EXPORT_SYMBOL(get_pid);

void put_pid(struct pid *pid)
{
	if (pid && refcount_dec_and_test(&pid->count))
		kmem_cache_free(pid_cache, pid);
}
EXPORT_SYMBOL(put_pid);

/* The page of a number, made if need be; false without memory. */
static bool page_make(unsigned int index)
{
	struct pid **fresh;

	if (pages[index].pids)
		return true;
	fresh = (struct pid **)get_zeroed_page(GFP_KERNEL);
	if (!fresh)
		return false;
	spin_lock(&pid_lock);
	if (!pages[index].pids) {
		pages[index].pids = fresh;
		fresh = NULL;
	}
	spin_unlock(&pid_lock);
	free_page((unsigned long)fresh);
	return true;
}

static int nr_after(int nr)
{
	return nr + 1 < pid_max ? nr + 1 : RESERVED_PIDS;
}

/* The next free number at or behind nr; pid_lock held and at least one free number exists. */
static int nr_find_free(int nr)
{
	for (;;) {
		const struct pid_page *page = &pages[nr >> PAGE_SHIFT_NR];

		if (!page->pids || !page->pids[nr & (PAGE_NRS - 1)])
			return nr;
		if (page->used == PAGE_NRS)
			nr |= PAGE_NRS - 1;
		nr = nr_after(nr);
	}
}

/*
 * Takes away the page of numbers at index when none of them is in use, unless new ones come from it now. pid_lock held,
 * so that nobody looks up meanwhile (find_vpid() keeps preemption off). The caller frees what is returned, NULL: nothing.
 */
static struct pid **page_retire(unsigned int index)
{
	struct pid **old = pages[index].pids;

	if (pages[index].used || index == (unsigned int)last_nr >> PAGE_SHIFT_NR)
		return NULL;
	pages[index].pids = NULL;
	return old;
}

/* Gives pid the next number: 0, -EAGAIN (all in use), -ENOMEM. */
static int nr_assign(struct pid *pid)
{
	for (;;) {
		unsigned int before = (unsigned int)last_nr >> PAGE_SHIFT_NR;
		struct pid_page *page;
		struct pid **old;
		int nr;

		spin_lock(&pid_lock);
		if (numbers_used >= pid_max - RESERVED_PIDS) {
			spin_unlock(&pid_lock);
			return -EAGAIN;
		}
		nr = nr_find_free(nr_after(last_nr));
		page = &pages[nr >> PAGE_SHIFT_NR];
		if (page->pids) {
			page->pids[nr & (PAGE_NRS - 1)] = pid;
			page->used++;
			numbers_used++;
			last_nr = pid->nr = nr;
			old = page_retire(before);
			spin_unlock(&pid_lock);
			free_page((unsigned long)old);
			return 0;
		}
		spin_unlock(&pid_lock);
		if (!page_make((unsigned int)nr >> PAGE_SHIFT_NR))
			return -ENOMEM;
	}
}

struct pid *alloc_pid(void)
{
	struct pid *pid = kmem_cache_alloc(pid_cache, GFP_KERNEL);
	int err;

	if (!pid)
		return ERR_PTR(-ENOMEM);
	refcount_set(&pid->count, 1);
	memset(pid->tasks, 0, sizeof(pid->tasks));
	init_waitqueue_head(&pid->wait_pidfd);
	err = nr_assign(pid);
	if (!err)
		return pid;
	kmem_cache_free(pid_cache, pid);
	return ERR_PTR(err);
}

void free_pid(struct pid *pid)
{
	unsigned int index = (unsigned int)pid->nr >> PAGE_SHIFT_NR;
	struct pid **old;
	unsigned long flags;

	spin_lock_irqsave(&pid_lock, flags);
	pages[index].pids[pid->nr & (PAGE_NRS - 1)] = NULL;
	pages[index].used--;
	numbers_used--;
	old = page_retire(index);
	spin_unlock_irqrestore(&pid_lock, flags);
	free_page((unsigned long)old);
	put_pid(pid);
}

struct pid *find_vpid(int nr)
{
	struct pid *pid = NULL, **numbers;

	if (nr <= 0 || nr >= PID_MAX_LIMIT)
		return NULL;
	preempt_disable();
	numbers = pages[nr >> PAGE_SHIFT_NR].pids;
	if (numbers)
		pid = numbers[nr & (PAGE_NRS - 1)];
	preempt_enable();
	return pid;
}
EXPORT_SYMBOL_GPL(find_vpid);

struct pid *find_get_pid(int nr)
{
	struct pid *pid;

	rcu_read_lock();
	pid = get_pid(find_vpid(nr));
	rcu_read_unlock();
	return pid;
}
EXPORT_SYMBOL_GPL(find_get_pid);

struct pid *find_ge_pid(int nr)
{
	for (nr = max(nr, 1); nr < PID_MAX_LIMIT; nr++) {
		struct pid *pid;

		if (!READ_ONCE(pages[nr >> PAGE_SHIFT_NR].used)) {
			nr |= PAGE_NRS - 1;
			continue;
		}
		pid = find_vpid(nr);
		if (pid)
			return pid;
	}
	return NULL;
}

struct task_struct *pid_task(struct pid *pid, enum pid_type type)
{
	if (!pid || !pid->tasks[type].first)
		return NULL;
	return hlist_entry(pid->tasks[type].first, struct task_struct, pid_links[type]);
}
EXPORT_SYMBOL(pid_task);

struct task_struct *get_pid_task(struct pid *pid, enum pid_type type)
{
	struct task_struct *task;

	rcu_read_lock();
	task = pid_task(pid, type);
	if (task)
		get_task_struct(task);
	rcu_read_unlock();
	return task;
}
EXPORT_SYMBOL_GPL(get_pid_task);

struct task_struct *find_task_by_vpid(pid_t nr)
{
	return pid_task(find_vpid(nr), PIDTYPE_PID);
}

struct task_struct *find_get_task_by_vpid(pid_t nr)
{
	struct task_struct *task;

	rcu_read_lock();
	task = find_task_by_vpid(nr);
	if (task)
		get_task_struct(task);
	rcu_read_unlock();
	return task;
}

static struct pid **task_pid_ptr(struct task_struct *task, enum pid_type type)
{
	return type == PIDTYPE_PID ? &task->thread_pid : &task->signal->pids[type];
}

struct pid *get_task_pid(struct task_struct *task, enum pid_type type)
{
	struct pid *pid;

	rcu_read_lock();
	pid = get_pid(*task_pid_ptr(task, type));
	rcu_read_unlock();
	return pid;
}
EXPORT_SYMBOL_GPL(get_task_pid);

void attach_pid(struct task_struct *task, enum pid_type type)
{
	hlist_add_head(&task->pid_links[type], &(*task_pid_ptr(task, type))->tasks[type]);
}

static void pid_change(struct task_struct *task, enum pid_type type, struct pid *new)
{
	struct pid **slot = task_pid_ptr(task, type), *old = *slot;
	int other;

	hlist_del(&task->pid_links[type]);
	*slot = new;
	for (other = 0; other < PIDTYPE_MAX; other++)
		if (!hlist_empty(&old->tasks[other]))
			return;
	free_pid(old);
}

void detach_pid(struct task_struct *task, enum pid_type type)
{
	pid_change(task, type, NULL);
}

void change_pid(struct task_struct *task, enum pid_type type, struct pid *pid)
{
	pid_change(task, type, pid);
	attach_pid(task, type);
}

void transfer_pid(struct task_struct *old, struct task_struct *new, enum pid_type type)
{
	if (type == PIDTYPE_PID)
		new->thread_pid = old->thread_pid;
	hlist_del(&old->pid_links[type]);
	hlist_add_head(&new->pid_links[type], &(*task_pid_ptr(new, type))->tasks[type]);
}

struct pid *task_pgrp(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_PGID];
}
EXPORT_SYMBOL_GPL(task_pgrp);

struct pid *task_session(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_SID];
}
EXPORT_SYMBOL_GPL(task_session);

pid_t task_pgrp_nr(struct task_struct *task)
{
	return pid_nr(task_pgrp(task));
}

pid_t task_session_nr(struct task_struct *task)
{
	return pid_nr(task_session(task));
}

pid_t task_ppid_nr(const struct task_struct *task)
{
	pid_t nr;

	rcu_read_lock();
	nr = pid_alive(task) ? task->real_parent->tgid : 0;
	rcu_read_unlock();
	return nr;
}

int pid_alive(const struct task_struct *task)
{
	return task->thread_pid != NULL;
}

void __init pid_init(void)
{
	pid_cache = kmem_cache_create("pid", sizeof(struct pid), 0, SLAB_HWCACHE_ALIGN | SLAB_PANIC,
				      NULL);
}
