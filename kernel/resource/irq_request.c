/*
 * Taking, sharing and giving back interrupt lines; the threads of handlers.
 *
 * A line has either one handler, or several that all said IRQF_SHARED. The handler list is changed under desc->lock
 * and read by the dispatcher with interrupts off; a handler taken off the list is not called again once
 * synchronize_irq() has returned, and only then freed.
 *
 * A handler with a thread: the hard handler marks work and wakes the thread (irq/N-name), which calls thread_fn. With
 * IRQF_ONESHOT the line stays masked from the wake-up until thread_fn has returned.
 *
 * Lock: desc->lock (see irq.c); request_mutex serialises changes of handlers, held while threads start and stop.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/wait.h>
#include <rakit/ledger.h>
#include "resource/irq.h"
#include "resource/managed.h"
#include "resource/resource.h"

/* Bits of irqaction.thread_flags */
enum { THREAD_WORK, THREAD_RUNNING };

static DEFINE_MUTEX(request_mutex);
static DECLARE_WAIT_QUEUE_HEAD(irq_thread_idle);

void irq_thread_kick(struct irqaction *action)
{
	struct irq_desc *desc = &irq_descs[action->irq];

	if (!action->thread || test_and_set_bit(THREAD_WORK, &action->thread_flags))
		return;
	if (action->flags & IRQF_ONESHOT) {
		spin_lock(&desc->lock);
		desc->oneshot++;
		irq_apply_mask(action->irq);
		spin_unlock(&desc->lock);
	}
	wake_up_process(action->thread);
}

void irq_wake_thread(unsigned int irq, void *dev_id)
{
	struct irqaction *action;
	unsigned long flags;

	if (WARN_ON(irq >= NR_IRQS))
		return;
	local_irq_save(flags);
	for (action = irq_descs[irq].action; action; action = action->next)
		if (action->dev_id == dev_id)
			irq_thread_kick(action);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(irq_wake_thread);

static void irq_thread_done(struct irqaction *action)
{
	struct irq_desc *desc = &irq_descs[action->irq];
	unsigned long flags;

	if (action->flags & IRQF_ONESHOT) {
		spin_lock_irqsave(&desc->lock, flags);
		desc->oneshot--;
		irq_apply_mask(action->irq);
		spin_unlock_irqrestore(&desc->lock, flags);
	}
	clear_bit(THREAD_RUNNING, &action->thread_flags);
	wake_up_all(&irq_thread_idle);
}

static int irq_thread(void *data)
{
	struct irqaction *action = data;

	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (test_bit(THREAD_WORK, &action->thread_flags)) {
			__set_current_state(TASK_RUNNING);
			set_bit(THREAD_RUNNING, &action->thread_flags);
			clear_bit(THREAD_WORK, &action->thread_flags);
			action->thread_fn(action->irq, action->dev_id);
			irq_thread_done(action);
			continue;
		}
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

void synchronize_irq(unsigned int irq)
{
	struct irqaction *action;

	if (!synchronize_hardirq(irq))
		return;
	for (action = irq_descs[irq].action; action; action = action->next)
		if (action->thread && action->thread != current)
			wait_event(irq_thread_idle, !READ_ONCE(action->thread_flags));
}
EXPORT_SYMBOL(synchronize_irq);

/* Whether a new handler may join those of the line. Under desc->lock. */
static bool irq_may_share(const struct irqaction *old, const struct irqaction *new)
{
	return (old->flags & new->flags &IRQF_SHARED) &&
	       !((old->flags ^ new->flags) & (IRQF_TRIGGER_MASK | IRQF_ONESHOT));
}

/* Puts an action last on its line's list. Returns NULL, or the handler that does not share. */
static struct irqaction *irq_enlist(struct irqaction *new)
{
	struct irq_desc *desc = &irq_descs[new->irq];
	struct irqaction **place = &desc->action;
	struct irqaction *conflict = NULL;
	unsigned long flags;

	spin_lock_irqsave(&desc->lock, flags);
	if (desc->action && !irq_may_share(desc->action, new)) {
		conflict = desc->action;
	} else {
		if (!desc->action) {
			desc->stormed = false;
			desc->recent = 0;
			desc->unhandled = 0;
			desc->pending = false;
			desc->depth = new->flags &IRQF_NO_AUTOEN ? 1 : 0;
		}
		while (*place)
			place = &(*place)->next;
		WRITE_ONCE(*place, new);
		irq_apply_mask(new->irq);
	}
	spin_unlock_irqrestore(&desc->lock, flags);
	return conflict;
}

/* Takes an action off its line's list; false if it was not on it. */
static bool irq_delist(struct irqaction *old)
{
	struct irq_desc *desc = &irq_descs[old->irq];
	struct irqaction **place = &desc->action;
	unsigned long flags;
	bool found;

	spin_lock_irqsave(&desc->lock, flags);
	while (*place && *place != old)
		place = &(*place)->next;
	found = *place;
	if (found) {
		*place = old->next;
		irq_apply_mask(old->irq);
	}
	spin_unlock_irqrestore(&desc->lock, flags);
	return found;
}

int setup_irq(unsigned int irq, struct irqaction *action)
{
	action->irq = irq;
	return irq_enlist(action) ? -EBUSY : 0;
}

static void irq_report_refusal(const struct irqaction *wanted, const struct irqaction *holder)
{
	char held[96];

	if (wanted->flags & IRQF_PROBE_SHARED)
		return;
	resource_describe_holder(holder->name, holder->owner, holder->since, held, sizeof(held));
	pr_warn("irq: %u: %s%s\n", wanted->irq, held,
		(holder->flags ^ wanted->flags) & IRQF_SHARED
			? " (only one of the two would share it)"
			: "");
}

/* Stops the thread of a handler that is off the list already. */
static void irq_thread_stop(struct irqaction *action)
{
	if (action->thread) {
		kthread_stop(action->thread);
		put_task_struct(action->thread);
	}
}

static int irq_thread_start(struct irqaction *action)
{
	struct task_struct *thread;

	if (!action->thread_fn)
		return 0;
	thread = kthread_create(irq_thread, action, "irq/%u-%s", action->irq, action->name);
	if (IS_ERR(thread))
		return PTR_ERR(thread);
	get_task_struct(thread);
	action->thread = thread;
	wake_up_process(thread);
	return 0;
}

static irqreturn_t irq_wake_only(int irq, void *dev)
{
	return IRQ_WAKE_THREAD;
}

static int irq_request(struct irqaction *action, unsigned long site)
{
	struct irqaction *conflict;
	int err = ledger_add(action->owner, LEDGER_IRQ, action, action->irq, 0, action->name, site);

	if (err)
		return err;
	err = irq_thread_start(action);
	if (err)
		goto undo_ledger;
	conflict = irq_enlist(action);
	if (!conflict)
		return 0;
	irq_report_refusal(action, conflict);
	irq_thread_stop(action);
	err = -EBUSY;
undo_ledger:
	ledger_remove(LEDGER_IRQ, action);
	return err;
}

int irq_request_at(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
		   unsigned long flags, const char *name, void *dev, unsigned long site)
{
	struct irqaction *action;
	int err;

	if (irq >= NR_IRQS || (!handler && !thread_fn) || ((flags & IRQF_SHARED) && !dev))
		return -EINVAL;
	if (!handler && !(flags & IRQF_ONESHOT)) {
		pr_err("irq: %u: %s: a threaded handler alone needs IRQF_ONESHOT\n", irq, name);
		return -EINVAL;
	}
	action = kzalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	action->irq = irq;
	action->handler = handler ? handler : irq_wake_only;
	action->thread_fn = thread_fn;
	action->flags = flags;
	action->name = name ? name : "(unnamed)";
	action->dev_id = dev;
	action->owner = ledger_owner_of(site);
	action->since = ktime_get_ns();
	mutex_lock(&request_mutex);
	err = irq_request(action, site);
	mutex_unlock(&request_mutex);
	if (err)
		kfree(action);
	return err;
}

int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
			 unsigned long flags, const char *name, void *dev)
{
	return irq_request_at(irq, handler, thread_fn, flags, name, dev, _RET_IP_);
}
EXPORT_SYMBOL(request_threaded_irq);

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
		void *dev)
{
	return irq_request_at(irq, handler, NULL, flags, name, dev, _RET_IP_);
}
EXPORT_SYMBOL(request_irq);

int request_any_context_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			    const char *name, void *dev)
{
	return irq_request_at(irq, handler, NULL, flags, name, dev, _RET_IP_);
}
EXPORT_SYMBOL(request_any_context_irq);

/* Ends a handler for good. Returns the name it was requested under. */
static const char *irq_discard(struct irqaction *action)
{
	const char *name = action->name;
	struct irq_desc *desc = &irq_descs[action->irq];
	unsigned long flags;

	irq_delist(action);
	synchronize_hardirq(action->irq);
	irq_thread_stop(action);
	if ((action->flags & IRQF_ONESHOT) && test_bit(THREAD_WORK, &action->thread_flags)) {
		spin_lock_irqsave(&desc->lock, flags);
		desc->oneshot--;
		irq_apply_mask(action->irq);
		spin_unlock_irqrestore(&desc->lock, flags);
	}
	ledger_remove(LEDGER_IRQ, action);
	kfree(action);
	return name;
}

const void *free_irq(unsigned int irq, void *dev)
{
	struct module *caller = ledger_owner_of(_RET_IP_);
	struct irqaction *action = NULL;
	const char *name = NULL;

	mutex_lock(&request_mutex);
	if (irq < NR_IRQS)
		action = irq_descs[irq].action;
	while (action && (action->dev_id != dev || (caller && action->owner != caller)))
		action = action->next;
	if (action)
		name = irq_discard(action);
	mutex_unlock(&request_mutex);
	if (!name)
		pr_warn("irq: %u: freed by %pS, who does not hold it\n", irq, (void *)_RET_IP_);
	return name;
}
EXPORT_SYMBOL(free_irq);

bool irq_holder(unsigned int irq, char *name, size_t size)
{
	bool held = false;
	unsigned long flags;

	if (irq >= NR_IRQS)
		return false;
	spin_lock_irqsave(&irq_descs[irq].lock, flags);
	held = irq_descs[irq].action;
	if (held)
		strscpy(name, irq_descs[irq].action->name, size);
	spin_unlock_irqrestore(&irq_descs[irq].lock, flags);
	return held;
}
EXPORT_SYMBOL(irq_holder);

static void irq_ledger_release(const struct ledger_entry *entry)
{
	mutex_lock(&request_mutex);
	irq_discard((struct irqaction *)entry->object);
	mutex_unlock(&request_mutex);
}

static void irq_ledger_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	scnprintf(buf, size, "%u %s", (unsigned int)entry->key, entry->name);
}

static const struct ledger_kind_ops irq_ledger_ops = {
	.name = "irq",
	.release = irq_ledger_release,
	.describe = irq_ledger_describe,
};

void irq_request_init(void)
{
	ledger_kind_register(LEDGER_IRQ, &irq_ledger_ops);
}
