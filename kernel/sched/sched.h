/* Private to kernel/sched. */
#ifndef SCHED_SCHED_H
#define SCHED_SCHED_H

#include <linux/sched.h>
#include <linux/sched/prio.h>

#define PRIO_WORDS ((MAX_PRIO + 31) / 32)

/* Runnable tasks by priority: the most important one is found by looking at five words. */
struct prio_array {
	unsigned int count;
	unsigned long bitmap[PRIO_WORDS]; /* which queues are not empty */
	struct list_head queue[MAX_PRIO];
};

/* The one CPU's run queue. Protected by interrupts being off (on SMP: and by a lock taken here). */
struct run_queue {
	unsigned int nr_running;
	unsigned int nr_uninterruptible;
	unsigned int nr_iowait;
	u64 nr_switches;
	struct task_struct *idle;
	struct prio_array *active, *expired;
	struct prio_array arrays[2];
	unsigned long expired_since; /* jiffies when the first task expired, 0: none has */
	struct mm_struct *dropped;   /* address space to let go of after the switch */
};
extern struct run_queue run_queue;

/*
 * Enters and leaves the run queue. Leaving switches to a task that has become more important, where
 * that is allowed.
 */
static inline unsigned long rq_lock(void)
{
	unsigned long flags;

	preempt_disable();
	local_irq_save(flags);
	return flags;
}
static inline void rq_unlock(unsigned long flags)
{
	local_irq_restore(flags);
	preempt_enable();
}

/* Flags of a wake-up. */
#define WF_SYNC 1 /* the waker sleeps soon */
int try_to_wake_up(struct task_struct *p, unsigned int state, int wake_flags);

/* Priority p should have now, by policy, nice value, recent sleep and lent priority. */
int effective_prio(const struct task_struct *p);
/* Recomputes p's priority and moves it to the right queue. Interrupts off. */
void requeue_task(struct task_struct *p);
/* Lends p the priority prio (MAX_PRIO: takes it back). */
void sched_boost(struct task_struct *p, int prio);

/* Work queues: a worker is about to sleep; another may have to take over. Interrupts off. */
void wq_worker_sleeping(struct task_struct *p);
void wq_worker_running(struct task_struct *p);

/* Called once by the boot. */
void sched_init(void);
void workqueue_init(void);
/* Called once by sched_init(). */
void rcu_init(void);
void softirq_init(void);
void notifier_init(void);
/* Starts ksoftirqd and the workers; called by the thread that makes threads when it begins. */
void softirq_start(void);
void workqueue_start(void);

#define MAX_SLEEP_AVG 100 /* ticks */
#define MAX_BONUS 10

#endif
