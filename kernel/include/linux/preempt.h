/*
 * Preemption control. Each task counts in preempt_count why it may not be preempted:
 *   bits 0-7    preempt_disable() nesting and held spinlocks
 *   bits 8-15   softirq: SOFTIRQ_OFFSET while one runs, SOFTIRQ_DISABLE_OFFSET per
 *               local_bh_disable()
 *   bits 16-19  hard interrupt nesting
 *   bit 20      NMI
 *   bit 28      PREEMPT_ACTIVE
 * Zero means: the kernel may switch to another task at any instruction. All of this works in any
 * context.
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

/* What these are for modules; see below. */
int __preempt_count(void);
void __preempt_disable(void);
void __preempt_enable(void);
void __preempt_enable_no_resched(void);
#ifdef MODULE
/* The current task's count. */
#define preempt_count() __preempt_count()
/*
 * preempt_disable() forbids switching to another task until the matching preempt_enable(), which
 * switches at once if a more important task has become ready. They nest. Interrupts stay as they
 * are.
 */
#define preempt_disable() __preempt_disable()
#define preempt_enable() __preempt_enable()
/* As preempt_enable(), without the switch: the caller is about to call schedule() itself. */
#define preempt_enable_no_resched() __preempt_enable_no_resched()
#else
extern struct task_struct *current_task;
void preempt_schedule(void);

/* The first two words of the task: thread flags and count (linux/sched.h checks the places). */
struct task_preemption {
	unsigned long thread_flags;
	int preempt_count;
};
#define PREEMPT_RESCHED_FLAG (1UL << 3) /* TIF_NEED_RESCHED */
#define __current_preemption ((volatile struct task_preemption *)current_task)

static __always_inline int preempt_count(void)
{
	return __current_preemption->preempt_count;
}

static __always_inline void preempt_count_add(int value)
{
	__asm__ __volatile__("addl %1, %0"
			     : "+m"(__current_preemption->preempt_count)
			     : "ri"(value)
			     : "memory", "cc");
}

static __always_inline void preempt_count_sub(int value)
{
	__asm__ __volatile__("subl %1, %0"
			     : "+m"(__current_preemption->preempt_count)
			     : "ri"(value)
			     : "memory", "cc");
}

/* One less: is it 0 now, and should another task run? */
static __always_inline bool preempt_count_dec_and_resched(void)
{
	bool zero;

	__asm__ __volatile__("decl %0"
			     : "+m"(__current_preemption->preempt_count), "=@cce"(zero)
			     :
			     : "memory");
	return unlikely(zero) &&
	       unlikely(__current_preemption->thread_flags & PREEMPT_RESCHED_FLAG);
}

static __always_inline void preempt_disable(void)
{
	preempt_count_add(1);
}

static __always_inline void preempt_enable_no_resched(void)
{
	preempt_count_sub(1);
}

static __always_inline void preempt_enable(void)
{
	if (preempt_count_dec_and_resched())
		preempt_schedule();
}
#endif

#define preempt_disable_notrace() preempt_disable()
#define preempt_enable_notrace() preempt_enable()
#define sched_preempt_enable_no_resched() preempt_enable_no_resched()

#define hardirq_count() (preempt_count() & HARDIRQ_MASK)
#define softirq_count() (preempt_count() & SOFTIRQ_MASK)
#define irq_count() (preempt_count() & (HARDIRQ_MASK | SOFTIRQ_MASK | NMI_MASK))

/*
 * In a hard interrupt handler / a softirq or with softirqs off / either / an NMI / an ordinary
 * thread.
 */
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
