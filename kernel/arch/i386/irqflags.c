/*
 * The interrupt flag for modules, which have no privileged instruction of their own (asm/irqflags.h declares these for
 * them; the kernel has inline ones). Any context.
 */
#include <linux/export.h>

#define EFLAGS_IF 0x200

unsigned long arch_local_save_flags(void);
void arch_local_irq_restore(unsigned long flags);
void arch_local_irq_disable(void);
void arch_local_irq_enable(void);
unsigned long arch_local_irq_save(void);

unsigned long arch_local_save_flags(void)
{
	unsigned long flags;

	__asm__ __volatile__("pushfl; popl %0" : "=rm"(flags) : : "memory");
	return flags;
}
EXPORT_SYMBOL(arch_local_save_flags);

void arch_local_irq_disable(void)
{
	__asm__ __volatile__("cli" : : : "memory");
}
EXPORT_SYMBOL(arch_local_irq_disable);

void arch_local_irq_enable(void)
{
	__asm__ __volatile__("sti" : : : "memory");
}
EXPORT_SYMBOL(arch_local_irq_enable);

void arch_local_irq_restore(unsigned long flags)
{
	if (flags & EFLAGS_IF)
		arch_local_irq_enable();
	else
		arch_local_irq_disable();
}
EXPORT_SYMBOL(arch_local_irq_restore);

unsigned long arch_local_irq_save(void)
{
	unsigned long flags = arch_local_save_flags();

	arch_local_irq_disable();
	return flags;
}
EXPORT_SYMBOL(arch_local_irq_save);
