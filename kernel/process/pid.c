/*
 * Process identifiers.
 *
 * The numbers in use are a balanced tree: finding one takes as many steps as the number of them has bits, finding the
 * next in order or the next free one starts there, and an unused number takes no memory. Numbers are given out in a circle,
 * so that one just freed does not come back soon.
 * pid_lock protects the tree and last_nr; a reader with preemption off may search, too, since there is one CPU and the
 * tree changes with preemption off. The lists of tasks in a struct pid are protected by tasklist_lock in the same way.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include "process/process.h"

static struct rb_root numbers = RB_ROOT;
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

static int nr_after(int nr)
{
	return nr + 1 < pid_max ? nr + 1 : RESERVED_PIDS;
}

static struct pid *pid_of(struct rb_node *node)
{
	return rb_entry_safe(node, struct pid, node);
}

/* The first with a number >= nr; pid_lock held or preemption off. */
static struct pid *find_ge(int nr)
{
	struct rb_node *node = numbers.rb_node;
	struct pid *found = NULL;

	while (node) {
		struct pid *pid = pid_of(node);

		if (pid->nr == nr)
			return pid;
		if (pid->nr > nr)
			found = pid;
		node = pid->nr > nr ? node->rb_left : node->rb_right;
	}
	return found;
}

/* The next free number at or behind nr; pid_lock held and at least one free number exists. */
static int nr_find_free(int nr)
{
	struct pid *used = find_ge(nr);

	while (used && used->nr == nr) {
		used = nr + 1 < pid_max ? pid_of(rb_next(&used->node)) : find_ge(RESERVED_PIDS);
		nr = nr_after(nr);
	}
	return nr;
}

static void pid_insert(struct pid *pid)
{
	struct rb_node **link = &numbers.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = pid->nr < pid_of(parent)->nr ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&pid->node, parent, link);
	rb_insert_color(&pid->node, &numbers);
}

/* Gives pid the next number: 0 or -EAGAIN (all in use). */
static int nr_assign(struct pid *pid)
{
	int err = -EAGAIN;

	spin_lock_irq(&pid_lock);
	if (numbers_used < pid_max - RESERVED_PIDS) {
		last_nr = pid->nr = nr_find_free(nr_after(last_nr));
		pid_insert(pid);
		numbers_used++;
		err = 0;
	}
	spin_unlock_irq(&pid_lock);
	return err;
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
	unsigned long flags;

	spin_lock_irqsave(&pid_lock, flags);
	rb_erase(&pid->node, &numbers);
	numbers_used--;
	spin_unlock_irqrestore(&pid_lock, flags);
	put_pid(pid);
}

struct pid *find_ge_pid(int nr)
{
	struct pid *pid;

	preempt_disable();
	pid = find_ge(max(nr, 1));
	preempt_enable();
	return pid;
}

struct pid *find_vpid(int nr)
{
	struct pid *pid = nr > 0 ? find_ge_pid(nr) : NULL;

	return pid && pid->nr == nr ? pid : NULL;
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
