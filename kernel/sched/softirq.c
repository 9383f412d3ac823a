/*
 * Softirqs and tasklets.
 *
 * 1. raise_softirq() sets a bit. The outermost irq_exit(), local_bh_enable(), or the thread
 *    ksoftirqd runs what is pending, with interrupts on and preempt_count's SOFTIRQ_OFFSET set, so
 *    that neither task switches nor other softirqs come between.
 * 2. What is raised again while they run is run again, a limited number of rounds; then ksoftirqd
 *    goes on, as a thread with ordinary priority, so that a flood of interrupts cannot keep threads
 *    from running.
 * 3. Tasklets wait in two queues (high, normal), changed with interrupts off. SCHED: queued. A
 *    disabled tasklet goes back into the queue until it is enabled. A tasklet of a module is in its
 *    ledger while queued; release is tasklet_kill().
 */
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <rakit/ledger.h>
#include "sched/sched.h"

#define ROUNDS_MAX 10

static struct softirq_action actions[NR_SOFTIRQS];
static unsigned long counts[NR_SOFTIRQS];
static u32 pending;
static struct task_struct *ksoftirqd;

static const char *const names[NR_SOFTIRQS] = { "HI",	    "TIMER",   "NET_TX", "NET_RX",  "BLOCK",
						"IRQ_POLL", "TASKLET", "SCHED",	 "HRTIMER", "RCU" };

const char *softirq_name(unsigned int nr)
{
	return nr < NR_SOFTIRQS ? names[nr] : NULL;
}

unsigned long softirq_count_of(unsigned int nr)
{
	return nr < NR_SOFTIRQS ? counts[nr] : 0;
}

u32 local_softirq_pending(void)
{
	return pending;
}

void open_softirq(int nr, void (*action)(struct softirq_action *action))
{
	actions[nr].action = action;
}

static void wake_ksoftirqd(void)
{
	if (ksoftirqd)
		wake_up_process(ksoftirqd);
}

void raise_softirq_irqoff(unsigned int nr)
{
	pending |= 1U << nr;
	if (!in_interrupt())
		wake_ksoftirqd();
}
EXPORT_SYMBOL(raise_softirq_irqoff);

void raise_softirq(unsigned int nr)
{
	unsigned long flags;

	local_irq_save(flags);
	raise_softirq_irqoff(nr);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(raise_softirq);

static void run_pending(u32 mask)
{
	while (mask) {
		unsigned int nr = __ffs(mask);
		int before = preempt_count();

		mask &= mask - 1;
		counts[nr]++;
		actions[nr].action(&actions[nr]);
		if (unlikely(preempt_count() != before)) {
			printk(KERN_ERR
			       "softirq: %s: left with preempt_count %08x, entered with %08x\n",
			       names[nr], preempt_count(), before);
			current->preempt_count = before;
		}
	}
}

/* Interrupts off on entry and return, on in between. */
void do_softirq(void)
{
	int rounds = ROUNDS_MAX;

	preempt_count_add(SOFTIRQ_OFFSET);
	while (pending && rounds--) {
		u32 mask = pending;

		pending = 0;
		local_irq_enable();
		run_pending(mask);
		local_irq_disable();
	}
	preempt_count_sub(SOFTIRQ_OFFSET);
	if (pending)
		wake_ksoftirqd();
}

void irq_enter(void)
{
	preempt_count_add(HARDIRQ_OFFSET);
}

void irq_exit(void)
{
	preempt_count_sub(HARDIRQ_OFFSET);
	if (unlikely(pending) && !in_interrupt())
		do_softirq();
}

void nmi_enter(void)
{
	preempt_count_add(NMI_OFFSET + HARDIRQ_OFFSET);
}

void nmi_exit(void)
{
	preempt_count_sub(NMI_OFFSET + HARDIRQ_OFFSET);
}

void local_bh_disable(void)
{
	preempt_count_add(SOFTIRQ_DISABLE_OFFSET);
}
EXPORT_SYMBOL(local_bh_disable);

void local_bh_enable(void)
{
	unsigned long flags;

	preempt_count_sub(SOFTIRQ_DISABLE_OFFSET);
	if (unlikely(pending) && !in_interrupt() && !irqs_disabled()) {
		local_irq_save(flags);
		do_softirq();
		local_irq_restore(flags);
	}
	preempt_disable();
	preempt_enable();
}
EXPORT_SYMBOL(local_bh_enable);

static int ksoftirqd_run(void *unused)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!pending)
			schedule();
		__set_current_state(TASK_RUNNING);
		local_irq_disable();
		if (pending)
			do_softirq();
		local_irq_enable();
		cond_resched();
	}
	return 0;
}

void softirq_start(void)
{
	ksoftirqd = kthread_run(ksoftirqd_run, NULL, "ksoftirqd/0");
	if (IS_ERR(ksoftirqd))
		panic("softirq: no memory for ksoftirqd");
}

/* Tasklets */

struct tasklet_queue {
	struct tasklet_struct *first, **last;
	unsigned int softirq;
};
static struct tasklet_queue normal_queue = { NULL, &normal_queue.first, TASKLET_SOFTIRQ };
static struct tasklet_queue high_queue = { NULL, &high_queue.first, HI_SOFTIRQ };

static void append(struct tasklet_queue *queue, struct tasklet_struct *t)
{
	unsigned long flags;

	local_irq_save(flags);
	t->next = NULL;
	*queue->last = t;
	queue->last = &t->next;
	raise_softirq_irqoff(queue->softirq);
	local_irq_restore(flags);
}

static struct tasklet_struct *take_all(struct tasklet_queue *queue)
{
	struct tasklet_struct *list;

	local_irq_disable();
	list = queue->first;
	queue->first = NULL;
	queue->last = &queue->first;
	local_irq_enable();
	return list;
}

static void run_tasklet(struct tasklet_struct *t)
{
	ledger_remove(LEDGER_TASKLET, t);
	set_bit(TASKLET_STATE_RUN, &t->state);
	clear_bit(TASKLET_STATE_SCHED, &t->state);
	if (t->use_callback)
		t->callback(t);
	else
		t->func(t->data);
	clear_bit(TASKLET_STATE_RUN, &t->state);
}

static void run_queue_of(struct tasklet_queue *queue)
{
	struct tasklet_struct *list = take_all(queue);

	while (list) {
		struct tasklet_struct *t = list;

		list = t->next;
		if (atomic_read(&t->count))
			append(queue, t);
		else
			run_tasklet(t);
	}
}

static void tasklet_action(struct softirq_action *action)
{
	run_queue_of(&normal_queue);
}

static void tasklet_hi_action(struct softirq_action *action)
{
	run_queue_of(&high_queue);
}

static void queue_tasklet(struct tasklet_queue *queue, struct tasklet_struct *t, unsigned long site)
{
	struct module *owner;

	if (test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		return;
	owner = ledger_owner_of((unsigned long)t->func);
	if (owner)
		ledger_add(owner, LEDGER_TASKLET, t, (unsigned long)t->func, 0, NULL, site);
	append(queue, t);
}

void tasklet_schedule(struct tasklet_struct *t)
{
	queue_tasklet(&normal_queue, t, _RET_IP_);
}
EXPORT_SYMBOL(tasklet_schedule);

void tasklet_hi_schedule(struct tasklet_struct *t)
{
	queue_tasklet(&high_queue, t, _RET_IP_);
}
EXPORT_SYMBOL(tasklet_hi_schedule);

void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data)
{
	*t = (struct tasklet_struct){ .func = func, .data = data };
}
EXPORT_SYMBOL(tasklet_init);

void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *))
{
	*t = (struct tasklet_struct){ .use_callback = true, .callback = callback };
}
EXPORT_SYMBOL(tasklet_setup);

/* Takes t out of a queue; interrupts off. */
static bool unqueue(struct tasklet_queue *queue, struct tasklet_struct *t)
{
	for (struct tasklet_struct **link = &queue->first; *link; link = &(*link)->next) {
		if (*link == t) {
			*link = t->next;
			if (!*link)
				queue->last = link;
			return true;
		}
	}
	return false;
}

/*
 * On one CPU, in a thread, no tasklet is running; one that is queued (perhaps disabled) is taken
 * out.
 */
void tasklet_kill(struct tasklet_struct *t)
{
	unsigned long flags;

	might_sleep();
	local_irq_save(flags);
	if (unqueue(&normal_queue, t) || unqueue(&high_queue, t))
		ledger_remove(LEDGER_TASKLET, t);
	clear_bit(TASKLET_STATE_SCHED, &t->state);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(tasklet_kill);

void tasklet_disable_nosync(struct tasklet_struct *t)
{
	atomic_inc(&t->count);
}
EXPORT_SYMBOL(tasklet_disable_nosync);

void tasklet_disable(struct tasklet_struct *t)
{
	atomic_inc(&t->count);
	barrier();
}
EXPORT_SYMBOL(tasklet_disable);

void tasklet_enable(struct tasklet_struct *t)
{
	atomic_dec(&t->count);
}
EXPORT_SYMBOL(tasklet_enable);

static void tasklet_release(const struct ledger_entry *entry)
{
	tasklet_kill((struct tasklet_struct *)entry->object);
}

static void tasklet_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	snprintf(buf, size, "%ps", (void *)(unsigned long)entry->key);
}

static const struct ledger_kind_ops tasklet_ledger = { "tasklets", tasklet_release,
						       tasklet_describe };

void softirq_init(void)
{
	open_softirq(TASKLET_SOFTIRQ, tasklet_action);
	open_softirq(HI_SOFTIRQ, tasklet_hi_action);
	ledger_kind_register(LEDGER_TASKLET, &tasklet_ledger);
}
