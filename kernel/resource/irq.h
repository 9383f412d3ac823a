/* Inside of interrupt handling, shared by its files. */
#ifndef RESOURCE_IRQ_H
#define RESOURCE_IRQ_H

#include <linux/irq.h>

#define I8259_CASCADE_IRQ 2

/* Marks work for an action's thread and wakes it. irq context. */
void irq_thread_kick(struct irqaction *action);

void irq_request_init(void);

/* Interrupts that the controller reported and then did not have: "ERR" in /proc/interrupts. */
unsigned int irq_errors(void);

#endif
