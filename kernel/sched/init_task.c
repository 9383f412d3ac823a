/*
 * The first task. It runs the boot on the stack the start-up code gave it and becomes the idle
 * task. All that must be right before any code runs (printk, locks, traps) is filled in here;
 * kernel/process adds credentials, signals and files.
 */
#include <linux/export.h>
#include <linux/sched.h>

struct task_struct init_task = {
	.preempt_count = 0,
	.thread = INIT_THREAD,
	.state = TASK_RUNNING,
	.flags = PF_KTHREAD | PF_IDLE,
	.usage = REFCOUNT_INIT(2),
	.prio = MAX_PRIO,
	.static_prio = DEFAULT_PRIO,
	.normal_prio = DEFAULT_PRIO,
	.boost_prio = MAX_PRIO,
	.policy = SCHED_NORMAL,
	.se.run_list = LIST_HEAD_INIT(init_task.se.run_list),
	.boosting = LIST_HEAD_INIT(init_task.boosting),
	.tasks = LIST_HEAD_INIT(init_task.tasks),
	.real_parent = &init_task,
	.parent = &init_task,
	.children = LIST_HEAD_INIT(init_task.children),
	.sibling = LIST_HEAD_INIT(init_task.sibling),
	.group_leader = &init_task,
	.thread_group = LIST_HEAD_INIT(init_task.thread_group),
	.thread_node = LIST_HEAD_INIT(init_task.thread_node),
	.ptraced = LIST_HEAD_INIT(init_task.ptraced),
	.ptrace_entry = LIST_HEAD_INIT(init_task.ptrace_entry),
	.comm = "swapper",
	.pending.list = LIST_HEAD_INIT(init_task.pending.list),
	.alloc_lock = __SPIN_LOCK_UNLOCKED(init_task.alloc_lock),
	.nr_cpus_allowed = 1,
};
EXPORT_SYMBOL(init_task);
