/* There is one CPU, number 0; the names are those of code that runs on more. */
#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <linux/types.h>
#include <linux/preempt.h>
#include <linux/irqflags.h>

#define NR_CPUS 1
#define nr_cpu_ids 1
#define smp_processor_id() 0
#define raw_smp_processor_id() 0
#define get_cpu()                  \
	({                         \
		preempt_disable(); \
		0;                 \
	})
#define put_cpu() preempt_enable()
/* Run func(info) on every CPU, interrupts off. */
static inline int on_each_cpu(void (*func)(void *info), void *info, int wait)
{
	unsigned long flags;

	local_irq_save(flags);
	func(info);
	local_irq_restore(flags);
	return 0;
}
#define smp_call_function(func, info, wait) ((void)(func), (void)(info), 0)
#define smp_call_function_single(cpu, func, info, wait) on_each_cpu(func, info, wait)

#endif
