/*
 * RCU on one CPU.
 *
 * A read section has preemption off. So whenever a task switch happens, or a tick finds that it
 * interrupted code that could have been preempted, no read section is open that began before: a
 * grace period has passed. Callbacks wait in `waiting` for such a moment, then move to `ready`,
 * which the RCU softirq runs. rcu_waiting is the one word that the scheduler looks at. A thread
 * that may sleep is in no read section and there is no other CPU: synchronize_rcu() has nothing to
 * wait for. (Softirqs and interrupts end before any thread goes on.) Lists are changed with
 * interrupts off.
 */
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "sched/sched.h"

struct callback_list {
	struct rcu_head *first, **last;
};

static struct callback_list waiting = { NULL, &waiting.first };
static struct callback_list ready = { NULL, &ready.first };
bool rcu_waiting; /* callbacks are in `waiting` */

static void splice(struct callback_list *to, struct callback_list *from)
{
	if (!from->first)
		return;
	*to->last = from->first;
	to->last = from->last;
	from->first = NULL;
	from->last = &from->first;
}

void rcu_note_quiescent(void)
{
	unsigned long flags;

	local_irq_save(flags);
	splice(&ready, &waiting);
	rcu_waiting = false;
	raise_softirq_irqoff(RCU_SOFTIRQ);
	local_irq_restore(flags);
}

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	unsigned long flags;

	head->func = func;
	head->next = NULL;
	local_irq_save(flags);
	*waiting.last = head;
	waiting.last = &head->next;
	rcu_waiting = true;
	local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(call_rcu);

/*
 * The function's place holds the offset of the head in the object: no function lies in the first
 * page.
 */
void kvfree_call_rcu(struct rcu_head *head, void *object)
{
	unsigned long offset = (unsigned long)head - (unsigned long)object;

	BUG_ON(offset >= 4096);
	call_rcu(head, (void (*)(struct rcu_head *))offset);
}
EXPORT_SYMBOL_GPL(kvfree_call_rcu);

static void invoke(struct rcu_head *head)
{
	unsigned long func = (unsigned long)head->func;

	if (func < 4096)
		kvfree((void *)((unsigned long)head - func));
	else
		head->func(head);
}

static void rcu_action(struct softirq_action *action)
{
	struct callback_list mine = { NULL, &mine.first };

	local_irq_disable();
	splice(&mine, &ready);
	local_irq_enable();
	while (mine.first) {
		struct rcu_head *head = mine.first;

		mine.first = head->next;
		invoke(head);
	}
}

void synchronize_rcu(void)
{
	might_sleep();
	barrier();
}
EXPORT_SYMBOL_GPL(synchronize_rcu);

struct barrier_callback {
	struct rcu_head head;
	struct completion done;
};

static void barrier_done(struct rcu_head *head)
{
	complete(&container_of(head, struct barrier_callback, head)->done);
}

void rcu_barrier(void)
{
	struct barrier_callback callback;

	might_sleep();
	init_completion(&callback.done);
	call_rcu(&callback.head, barrier_done);
	wait_for_completion(&callback.done);
}
EXPORT_SYMBOL_GPL(rcu_barrier);

static bool list_has(const struct callback_list *list, const struct module *mod)
{
	for (const struct rcu_head *head = list->first; head; head = head->next)
		if (within_module((unsigned long)head->func, mod))
			return true;
	return false;
}

void rcu_flush_module(const struct module *mod)
{
	unsigned long flags;
	bool queued;

	local_irq_save(flags);
	queued = list_has(&waiting, mod) || list_has(&ready, mod);
	local_irq_restore(flags);
	if (queued)
		rcu_barrier();
}

void rcu_init(void)
{
	open_softirq(RCU_SOFTIRQ, rcu_action);
}
