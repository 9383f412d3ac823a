/* Making, counting and ending tasks. Process context unless stated. Source: Linux 5.10 sched/task.h. */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

struct pt_regs;
struct rusage;
struct signal_struct;

/* Arguments of a clone, as clone(2). */
struct kernel_clone_args {
	u64 flags; /* CLONE_*, without the signal */
	int __user *pidfd;
	int __user *child_tid;
	int __user *parent_tid;
	int exit_signal;
	unsigned long stack; /* the child's stack pointer; 0: as the parent's */
	unsigned long stack_size;
	unsigned long tls; /* address of a struct user_desc, for CLONE_SETTLS */
	int (*fn)(void *); /* kernel thread: run this */
	void *fn_arg;
};

/* The lists of tasks, parents and children, and the tasks of pids. Taken for writing with interrupts off. */
extern rwlock_t tasklist_lock;
extern int nr_threads;		  /* tasks in the system */
extern int max_threads;		  /* limited by memory */
extern unsigned long total_forks; /* since boot */
extern int nr_processes(void);

/*
 * kernel_clone - make a task; returns its pid or -errno (-EAGAIN: limit, -ENOMEM, -EINVAL: flags)
 * With CLONE_VFORK it returns when the child has ended or called execve.
 */
pid_t kernel_clone(struct kernel_clone_args *args);
/* Makes a task without starting it (wake_up_new_task() does), or ERR_PTR(-errno). */
struct task_struct *copy_process(struct kernel_clone_args *args);

/* References on the structure. Any context. */
struct task_struct *get_task_struct(struct task_struct *t);
void put_task_struct(struct task_struct *t);
void __put_task_struct(struct task_struct *t);
void free_task(struct task_struct *t);
/* Takes a dead task out of all lists. tasklist_lock not held. */
void release_task(struct task_struct *p);

/* Ends the calling thread / process. code: as wait4() reports it (exit status << 8, or the signal). */
void __noreturn do_exit(long code);
void __noreturn do_group_exit(int code);
/* wait4(2) from the kernel: *status and ru may be NULL. */
long kernel_wait4(pid_t pid, int __user *status, int options, struct rusage *ru);
int kernel_wait(pid_t pid, int *status);
void exit_itimers(struct signal_struct *sig);
/* The child of a vfork has left its parent's memory. */
void mm_release(struct task_struct *tsk);
void getrusage(struct task_struct *p, int who, struct rusage *ru);

/* Protects mm, files, fs and comm of a task. */
static inline void task_lock(struct task_struct *p)
{
	spin_lock(&p->alloc_lock);
}

static inline void task_unlock(struct task_struct *p)
{
	spin_unlock(&p->alloc_lock);
}

#endif
