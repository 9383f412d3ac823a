/*
 * Work that a task does itself before it returns to user mode or ends. Source: Linux 5.10 task_work.h.
 */
#ifndef _LINUX_TASK_WORK_H
#define _LINUX_TASK_WORK_H

#include <linux/sched.h>

typedef void (*task_work_func_t)(struct callback_head *);

static inline void init_task_work(struct callback_head *work, task_work_func_t func)
{
	work->func = func;
}

enum task_work_notify_mode {
	TWA_NONE,
	TWA_RESUME, /* at the next return to user mode */
	TWA_SIGNAL, /* also ends an interruptible sleep */
};

/* Queues work for task: 0, or -ESRCH when it has passed its end. Any context; work->func may sleep. */
int task_work_add(struct task_struct *task, struct callback_head *work,
		  enum task_work_notify_mode mode);
/* Takes a queued one back by its function: it, or NULL. */
struct callback_head *task_work_cancel(struct task_struct *task, task_work_func_t func);
/* Runs what is queued for the current task. */
void task_work_run(void);

#endif
