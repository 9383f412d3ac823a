/*
 * Task work: a singly linked list per task, pushed by anybody with one atomic exchange, taken as a whole by the task itself
 * on its way to user mode or at its end. After its end the list holds a mark, and nothing can be added.
 */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/task_work.h>

static struct callback_head closed;

int task_work_add(struct task_struct *task, struct callback_head *work,
		  enum task_work_notify_mode mode)
{
	unsigned long flags;

	local_irq_save(flags);
	if (task->task_works == &closed) {
		local_irq_restore(flags);
		return -ESRCH;
	}
	work->next = task->task_works;
	task->task_works = work;
	local_irq_restore(flags);
	if (mode != TWA_NONE)
		set_tsk_thread_flag(task, TIF_NOTIFY_RESUME);
	if (mode == TWA_SIGNAL)
		wake_up_state(task, TASK_INTERRUPTIBLE);
	return 0;
}
EXPORT_SYMBOL_GPL(task_work_add);

struct callback_head *task_work_cancel(struct task_struct *task, task_work_func_t func)
{
	struct callback_head **link, *work;
	unsigned long flags;

	local_irq_save(flags);
	for (link = &task->task_works; (work = *link) && work != &closed; link = &work->next)
		if (work->func == func)
			break;
	if (work == &closed)
		work = NULL;
	if (work)
		*link = work->next;
	local_irq_restore(flags);
	return work;
}
EXPORT_SYMBOL_GPL(task_work_cancel);

/* The list in the order of adding, and what stands in its place. */
static struct callback_head *take_all(void)
{
	struct callback_head *work, *next, *ordered = NULL;
	unsigned long flags;

	local_irq_save(flags);
	work = current->task_works;
	current->task_works = current->flags & PF_EXITING ? &closed : NULL;
	local_irq_restore(flags);
	for (; work && work != &closed; work = next) {
		next = work->next;
		work->next = ordered;
		ordered = work;
	}
	return ordered;
}

void task_work_run(void)
{
	struct callback_head *work, *next;

	while ((work = take_all())) {
		for (; work; work = next) {
			next = work->next;
			work->func(work);
		}
	}
}
