/*
 * Process identifiers. A struct pid stands for a number in use as process, thread group, process group or session id,
 * and outlives its task while somebody holds a reference. Lookup by number goes down a balanced tree.
 * Lists of tasks are protected by tasklist_lock or rcu_read_lock(). Source: Linux 5.10 pid.h.
 */
#ifndef _LINUX_PID_H
#define _LINUX_PID_H

#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/rculist.h>
#include <linux/refcount.h>
#include <linux/wait.h>

struct task_struct;

enum pid_type {
	PIDTYPE_PID,  /* a thread */
	PIDTYPE_TGID, /* a thread group: the process */
	PIDTYPE_PGID, /* a process group */
	PIDTYPE_SID,  /* a session */
	PIDTYPE_MAX,
};

#define PID_MAX_LIMIT 65536 /* numbers are below */
#define PID_MAX_DEFAULT 32768
#define RESERVED_PIDS 300 /* not given out again after the first time round */

struct pid {
	refcount_t count;
	int nr;				      /* the number */
	struct rb_node node;		      /* in the tree of numbers */
	struct hlist_head tasks[PIDTYPE_MAX]; /* by what the number means to them */
	wait_queue_head_t wait_pidfd;	      /* woken at exit */
};

extern struct pid init_struct_pid; /* 0: the boot thread */
extern int pid_max;		   /* numbers given out are below */

/* A reference / dropped. Any context; NULL allowed. */
struct pid *get_pid(struct pid *pid);
void put_pid(struct pid *pid);

static inline pid_t pid_nr(struct pid *pid)
{
	return pid ? pid->nr : 0;
}
#define pid_vnr(pid) pid_nr(pid)
#define pid_nr_ns(pid, ns) pid_nr(pid)

/* A new number, or ERR_PTR(-EAGAIN: all in use, -ENOMEM). May sleep. / Given back. */
struct pid *alloc_pid(void);
void free_pid(struct pid *pid);

/* The pid with that number, not referenced: hold rcu_read_lock() or tasklist_lock. NULL if there is none. */
struct pid *find_vpid(int nr);
#define find_pid_ns(nr, ns) find_vpid(nr)
/* The same, referenced. */
struct pid *find_get_pid(int nr);
/* The first with a number >= nr (walks /proc). NULL at the end. */
struct pid *find_ge_pid(int nr);

/* A task that has this pid; hold rcu_read_lock() or tasklist_lock. get_: with a reference on the task. */
struct task_struct *pid_task(struct pid *pid, enum pid_type type);
struct task_struct *get_pid_task(struct pid *pid, enum pid_type type);
struct task_struct *find_task_by_vpid(pid_t nr);
struct task_struct *find_get_task_by_vpid(pid_t nr);
/* A referenced pid of a task, NULL if it has none any more. */
struct pid *get_task_pid(struct task_struct *task, enum pid_type type);

/* Attach and detach; tasklist_lock held for writing. */
void attach_pid(struct task_struct *task, enum pid_type type);
void detach_pid(struct task_struct *task, enum pid_type type);
void change_pid(struct task_struct *task, enum pid_type type, struct pid *pid);
void transfer_pid(struct task_struct *old, struct task_struct *new, enum pid_type type);

#define do_each_pid_task(pid, type, task) \
	do {                              \
		if ((pid) != NULL)        \
			hlist_for_each_entry((task), &(pid)->tasks[type], pid_links[type]) {
#define while_each_pid_task(pid, type, task) \
	}                                    \
	}                                    \
	while (0)

/* Process group and session of a task; tasklist_lock or rcu_read_lock() held. */
struct pid *task_pgrp(struct task_struct *task);
struct pid *task_session(struct task_struct *task);
pid_t task_pgrp_nr(struct task_struct *task);
pid_t task_session_nr(struct task_struct *task);
pid_t task_ppid_nr(const struct task_struct *task);
#define task_pgrp_vnr(task) task_pgrp_nr(task)
#define task_session_vnr(task) task_session_nr(task)
/* Is the process dead as far as its parent or the system is concerned? */
int pid_alive(const struct task_struct *task);

#endif
