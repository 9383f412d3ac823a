/*
 * Finding out which line a device interrupts on: listen on all lines that nobody holds, let the device interrupt, see
 * which line fired. Lines that fire without being asked (in the settling time) are left out.
 *
 * Lock: probe_mutex is held from probe_irq_on() to probe_irq_off(); the descriptors' own locks for their fields. A
 * line that a driver takes meanwhile is that driver's: it is no longer probed.
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include "resource/irq.h"
#include "resource/resource.h"

#define PROBE_SETTLE_MS 20

static DEFINE_MUTEX(probe_mutex);

static bool probe_may_listen(unsigned int irq)
{
	return irq && irq != I8259_CASCADE_IRQ;
}

static void probe_listen(unsigned int irq, bool listen)
{
	struct irq_desc *desc = &irq_descs[irq];
	unsigned long flags;

	spin_lock_irqsave(&desc->lock, flags);
	if (listen ? !desc->action && !desc->depth : desc->probing) {
		desc->probing = listen;
		desc->pending = false;
		irq_apply_mask(irq);
	}
	spin_unlock_irqrestore(&desc->lock, flags);
}

/* Whether a line is listened to and has fired. */
static bool probe_fired(unsigned int irq)
{
	return irq_descs[irq].probing && READ_ONCE(irq_descs[irq].pending);
}

unsigned long probe_irq_on(void)
{
	unsigned long mask = 0;
	unsigned int irq;

	mutex_lock(&probe_mutex);
	for (irq = 0; irq < NR_IRQS; irq++)
		if (probe_may_listen(irq))
			probe_listen(irq, true);
	msleep(PROBE_SETTLE_MS);
	for (irq = 0; irq < NR_IRQS; irq++) {
		if (probe_fired(irq))
			probe_listen(irq, false);
		if (irq_descs[irq].probing)
			mask |= 1ul << irq;
	}
	return mask;
}
EXPORT_SYMBOL(probe_irq_on);

/* Ends listening; returns the lines of mask that have fired. */
static unsigned int probe_end(unsigned long mask)
{
	unsigned int fired = 0, irq;

	for (irq = 0; irq < NR_IRQS; irq++) {
		if ((mask & 1ul << irq) && probe_fired(irq))
			fired |= 1u << irq;
		probe_listen(irq, false);
	}
	mutex_unlock(&probe_mutex);
	return fired;
}

int probe_irq_off(unsigned long mask)
{
	unsigned int fired = probe_end(mask);
	unsigned int irq = fired ? __builtin_ctz(fired) : 0;

	return fired & (fired - 1) ? -(int)irq : (int)irq;
}
EXPORT_SYMBOL(probe_irq_off);

unsigned int probe_irq_mask(unsigned long mask)
{
	return probe_end(mask);
}
EXPORT_SYMBOL(probe_irq_mask);
