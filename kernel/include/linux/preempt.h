/*
 * Preemption control. Each task counts in preempt_count why it may not be preempted:
 *   bits 0-7   preempt_disable() nesting and held spinlocks
 *   bits 8-15  softirq: SOFTIRQ_OFFSET while one runs, SOFTIRQ_DISABLE_OFFSET per local_bh_disable()
 *   bits 16-19 hard interrupt nesting            bit 20  NMI            bit 28  PREEMPT_ACTIVE
 * Zero means: the kernel may switch to another task at any instruction. All of this works in any context.
 */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/types.h>

#define PREEMPT_OFFSET 0x00000001
#define SOFTIRQ_OFFSET 0x00000100
#define SOFTIRQ_DISABLE_OFFSET 0x00000200
#define HARDIRQ_OFFSET 0x00010000
#define NMI_OFFSET 0x00100000
#define PREEMPT_ACTIVE 0x10000000

#define PREEMPT_MASK 0x000000ff
#define SOFTIRQ_MASK 0x0000ff00
#define HARDIRQ_MASK 0x000f0000
#define NMI_MASK 0x00100000

/* The current task's count. */
int preempt_count(void);
/*
 * preempt_disable() forbids switching to another task until the matching preempt_enable(), which switches at
 * once if a more important task has become ready. They nest. Interrupts stay as they are.
 */
void preempt_disable(void);
void preempt_enable(void);
/* As preempt_enable(), without the switch: the caller is about to call schedule() itself. */
void preempt_enable_no_resched(void);
#define preempt_disable_notrace() preempt_disable()
#define preempt_enable_notrace() preempt_enable()
#define sched_preempt_enable_no_resched() preempt_enable_no_resched()

#define hardirq_count() (preempt_count() & HARDIRQ_MASK)
#define softirq_count() (preempt_count() & SOFTIRQ_MASK)
#define irq_count() (preempt_count() & (HARDIRQ_MASK | SOFTIRQ_MASK | NMI_MASK))

/* In a hard interrupt handler / a softirq or with softirqs off / either / an NMI / an ordinary thread. */
#define in_irq() (hardirq_count())
#define in_hardirq() (hardirq_count())
#define in_softirq() (softirq_count())
#define in_serving_softirq() (softirq_count() & SOFTIRQ_OFFSET)
#define in_interrupt() (irq_count())
#define in_nmi() (preempt_count() & NMI_MASK)
#define in_task() (!(preempt_count() & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET)))
/* True where sleeping is certainly forbidden (it cannot see interrupts being off). */
#define in_atomic() (preempt_count() != 0)
#define preemptible() (preempt_count() == 0 && !irqs_disabled())

#endif
