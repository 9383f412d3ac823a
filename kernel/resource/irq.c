/*
 * Interrupt lines: from the entry stub to the handlers.
 *
 * Each of the 16 lines of the two 8259A has a descriptor with its handlers. do_IRQ() acknowledges at the controller
 * first (a new edge is latched meanwhile) and calls the handlers with interrupts off, so one line's handlers never
 * nest. What belongs to a thread or a softirq runs later, with interrupts on.
 *
 * A line is unmasked while it has a handler (or is probed) and nothing holds it masked: disable_irq() nesting, a
 * one-shot handler whose thread has not run yet, or a storm. irq_apply_mask() is the only place that decides.
 *
 * Spurious: an interrupt that no handler knows is counted; of 100,000 in a row more than 99,900 unhandled, the line
 * is switched off for good and the report names its handlers (they, or their absence, are the cause).
 *
 * Lock: desc->lock, irq-safe, protects the descriptor; handlers run without it.
 */
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <rakit/arch.h>
#include <rakit/boot_order.h>
#include "resource/irq.h"
#include "resource/resource.h"

#define STORM_WINDOW 100000u
#define STORM_UNHANDLED 99900u
#define UNHANDLED_MEMORY \
	(HZ / 10) /* an unhandled interrupt longer ago than this starts a new count */

struct irq_desc irq_descs[NR_IRQS];
static struct pt_regs *irq_regs;
static unsigned int irq_spurious_count; /* interrupts that the controller itself took back */

struct pt_regs *get_irq_regs(void)
{
	return irq_regs;
}
EXPORT_SYMBOL(get_irq_regs);

unsigned int irq_errors(void)
{
	return irq_spurious_count;
}

void irq_apply_mask(unsigned int irq)
{
	struct irq_desc *desc = &irq_descs[irq];
	bool wanted = desc->action || desc->probing;

	if (wanted && !desc->depth && !desc->stormed && !desc->oneshot)
		i8259_unmask(irq);
	else
		i8259_mask(irq);
}

static void irq_report_storm(unsigned int irq, struct irq_desc *desc)
{
	struct irqaction *action;

	pr_err("irq: %u: %u of the last %u not handled by anyone; switched off\n", irq,
	       desc->unhandled, STORM_WINDOW);
	for (action = desc->action; action; action = action->next)
		pr_err("irq: %u: handler %ps of %s\n", irq, (void *)action->handler, action->name);
}

/* Counts an interrupt as handled or not, and ends a storm. Under desc->lock. */
static void irq_note(unsigned int irq, struct irq_desc *desc, bool handled)
{
	if (!handled) {
		if (time_after(jiffies, desc->last_unhandled + UNHANDLED_MEMORY))
			desc->unhandled = 1;
		else
			desc->unhandled++;
		desc->last_unhandled = jiffies;
	}
	if (++desc->recent < STORM_WINDOW)
		return;
	desc->recent = 0;
	if (desc->unhandled > STORM_UNHANDLED) {
		irq_report_storm(irq, desc);
		desc->stormed = true;
		irq_apply_mask(irq);
	}
	desc->unhandled = 0;
}

/* Calls the handlers of a line, interrupts off; returns the union of what they return. */
static unsigned int irq_call_handlers(unsigned int irq, struct irqaction *action)
{
	unsigned int result = IRQ_NONE;

	for (; action; action = action->next) {
		irqreturn_t ret = action->handler(irq, action->dev_id);

		if (unlikely(!irqs_disabled())) {
			local_irq_disable();
			pr_err_once("irq: %u: handler %ps of %s switched interrupts on\n", irq,
				    (void *)action->handler, action->name);
		}
		if (ret == IRQ_WAKE_THREAD)
			irq_thread_kick(action);
		result |= ret;
	}
	return result;
}

static void irq_handle(unsigned int irq, struct irq_desc *desc)
{
	struct irqaction *action;
	unsigned int result;

	spin_lock(&desc->lock);
	desc->count++;
	action = desc->action;
	if (unlikely(!action || desc->depth || desc->stormed)) {
		desc->pending = true;
		if (!action && !desc->probing)
			desc->spurious++;
		i8259_mask(irq);
		spin_unlock(&desc->lock);
		return;
	}
	desc->running = true;
	spin_unlock(&desc->lock);

	result = irq_call_handlers(irq, action);

	spin_lock(&desc->lock);
	desc->running = false;
	irq_note(irq, desc, result != IRQ_NONE);
	spin_unlock(&desc->lock);
}

void do_IRQ(struct pt_regs *regs, unsigned int irq)
{
	struct pt_regs *outer = irq_regs;

	irq_regs = regs;
	irq_enter();
	if (unlikely(i8259_is_spurious(irq))) {
		irq_spurious_count++;
	} else {
		i8259_eoi(irq);
		irq_handle(irq, &irq_descs[irq]);
	}
	irq_exit();
	irq_regs = outer;
}

unsigned int kstat_irqs(unsigned int irq)
{
	return irq < NR_IRQS ? irq_descs[irq].count : 0;
}
EXPORT_SYMBOL(kstat_irqs);

u64 kstat_irqs_total(void)
{
	u64 total = 0;
	unsigned int irq;

	for (irq = 0; irq < NR_IRQS; irq++)
		total += irq_descs[irq].count;
	return total;
}
EXPORT_SYMBOL(kstat_irqs_total);

bool irq_line_pending(unsigned int irq)
{
	return irq < NR_IRQS && READ_ONCE(irq_descs[irq].pending);
}
EXPORT_SYMBOL(irq_line_pending);

bool irq_is_disabled(unsigned int irq)
{
	return irq >= NR_IRQS || READ_ONCE(irq_descs[irq].depth) != 0;
}
EXPORT_SYMBOL(irq_is_disabled);

void disable_irq_nosync(unsigned int irq)
{
	struct irq_desc *desc = &irq_descs[irq];
	unsigned long flags;

	if (WARN_ON(irq >= NR_IRQS))
		return;
	spin_lock_irqsave(&desc->lock, flags);
	desc->depth++;
	irq_apply_mask(irq);
	spin_unlock_irqrestore(&desc->lock, flags);
}
EXPORT_SYMBOL(disable_irq_nosync);

void disable_irq(unsigned int irq)
{
	disable_irq_nosync(irq);
	synchronize_irq(irq);
}
EXPORT_SYMBOL(disable_irq);

bool disable_hardirq(unsigned int irq)
{
	disable_irq_nosync(irq);
	return synchronize_hardirq(irq);
}
EXPORT_SYMBOL(disable_hardirq);

void enable_irq(unsigned int irq)
{
	struct irq_desc *desc = &irq_descs[irq];
	bool unbalanced;
	unsigned long flags;

	if (WARN_ON(irq >= NR_IRQS))
		return;
	spin_lock_irqsave(&desc->lock, flags);
	unbalanced = !desc->depth;
	if (!unbalanced) {
		desc->depth--;
		desc->pending = false;
		irq_apply_mask(irq);
	}
	spin_unlock_irqrestore(&desc->lock, flags);
	if (unbalanced)
		pr_warn("irq: %u: enabled by %pS, but it was not disabled\n", irq,
			(void *)_RET_IP_);
}
EXPORT_SYMBOL(enable_irq);

bool synchronize_hardirq(unsigned int irq)
{
	if (irq >= NR_IRQS)
		return false;
	while (READ_ONCE(irq_descs[irq].running))
		cpu_relax();
	return true;
}
EXPORT_SYMBOL(synchronize_hardirq);

/* The two 8259A are joined by line 2 of the first. */
static irqreturn_t irq_cascade(int irq, void *dev)
{
	return IRQ_NONE;
}

static struct irqaction cascade_action = { .handler = irq_cascade,
					   .name = "cascade",
					   .flags = IRQF_NO_THREAD };

void irq_init(void)
{
	unsigned int irq;

	for (irq = 0; irq < NR_IRQS; irq++)
		spin_lock_init(&irq_descs[irq].lock);
	irq_request_init();
	setup_irq(I8259_CASCADE_IRQ, &cascade_action);
}
