/* Entering and leaving hard interrupts: called by the interrupt entry code only, interrupts off. */
#ifndef _LINUX_HARDIRQ_H
#define _LINUX_HARDIRQ_H

#include <linux/preempt.h>
#include <linux/irqflags.h>
#include <linux/bottom_half.h>

/* Counts the interrupt in the current task's preempt_count. */
void irq_enter(void);
/*
 * Undoes irq_enter(); from the outermost interrupt runs what softirqs are pending, with interrupts
 * on.
 */
void irq_exit(void);
/* The same for NMIs: nothing is run on the way out. */
void nmi_enter(void);
void nmi_exit(void);
/*
 * Waits until handlers of irq have finished (on one CPU: at once, from a thread). Owner: resource.
 */
void synchronize_irq(unsigned int irq);

#endif
