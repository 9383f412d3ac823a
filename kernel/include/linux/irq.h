/* Interrupt lines, the core's and platform code's side. Drivers use <linux/interrupt.h>. */
#ifndef _LINUX_IRQ_H
#define _LINUX_IRQ_H

#include <linux/interrupt.h>

#define NR_IRQS 16
#define nr_irqs NR_IRQS

struct pt_regs;
struct seq_file;

/*
 * do_IRQ - an interrupt has come in
 * @regs: the interrupted context; @irq: 0..15
 * Called by the arch's entry stub, interrupts off, on the kernel stack.
 */
void do_IRQ(struct pt_regs *regs, unsigned int irq);

/* Registers of the context that the running handler interrupted, NULL outside handlers. */
struct pt_regs *get_irq_regs(void);

/*
 * setup_irq - take a line before the heap and threads are up (the timer's)
 * @action: static; handler, name, flags set. Returns 0 or -EBUSY. Boot, interrupts off.
 */
int setup_irq(unsigned int irq, struct irqaction *action);

/* Interrupts of a line since boot; sum over all lines. Any context. */
unsigned int kstat_irqs(unsigned int irq);
u64 kstat_irqs_total(void);

#endif
