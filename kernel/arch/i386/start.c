/*
 * From the entry code to kernel_main(): the tables that make every later fault a report instead of a reset.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <rakit/arch.h>
#include "arch/i386/tables.h"
#include "mm/direct.h"

asmlinkage void kernel_main(u32 magic, u32 multiboot_phys);
void start_high(u32 magic, u32 multiboot_phys);

/* Called by boot/start.asm. */
void __init start_high(u32 magic, u32 multiboot_phys)
{
	gdt_init();
	idt_init();
	direct_init();
	init_task.stack = boot_stack.stack;
	init_task.thread.sp0 = (unsigned long)boot_stack.stack + THREAD_SIZE -
			       TOP_OF_KERNEL_STACK_PADDING;
	kernel_main(magic, multiboot_phys);
}

void __init arch_init(const struct boot_info *info)
{
	cpu_identify();
	fpu_init();
	direct_protect_image();
}
