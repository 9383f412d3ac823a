/*
 * Preemption control as modules call it: the kernel's own code has the same as inline functions in
 * linux/preempt.h, which a module cannot, since it may not know what a task looks like inside.
 */
#include <linux/export.h>
#include <linux/preempt.h>

int __preempt_count(void)
{
	return preempt_count();
}
EXPORT_SYMBOL(__preempt_count);

void __preempt_disable(void)
{
	preempt_disable();
}
EXPORT_SYMBOL(__preempt_disable);

void __preempt_enable(void)
{
	preempt_enable();
}
EXPORT_SYMBOL(__preempt_enable);

void __preempt_enable_no_resched(void)
{
	preempt_enable_no_resched();
}
EXPORT_SYMBOL(__preempt_enable_no_resched);
