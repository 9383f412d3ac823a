/*
 * The double fault: a trap that could not be delivered, in practice a kernel stack that ran into its guard page.
 *
 * The CPU has switched to a task of its own (gdt.c) and left the registers of the faulting one in cpu_tss. If the stack
 * has overflowed, cpu_tss is changed so that the return to it runs stack_overflow() on a spare stack, from where the
 * ordinary report follows and the thread ends; anything else ends the machine with a report.
 * One spare stack: it is taken for good by the thread that died on it, a second overflow panics.
 */
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/pgtable.h>
#include <rakit/arch.h>
#include <rakit/memory.h>
#include "arch/i386/tables.h"

#define EFLAGS_NESTED_TASK 0x4000

void double_fault(void);

static char spare_stack[THREAD_SIZE] __aligned(16);
static bool spare_stack_used;
static struct pt_regs fault_regs;

/* Where a task whose stack is gone goes on. */
static void __noreturn stack_overflow(void)
{
	die("kernel stack overflow", &fault_regs, 0);
	panic("kernel stack overflow: cannot end the thread");
}

static void registers_collect(void)
{
	fault_regs = (struct pt_regs){
		.bx = cpu_tss.ebx,
		.cx = cpu_tss.ecx,
		.dx = cpu_tss.edx,
		.si = cpu_tss.esi,
		.di = cpu_tss.edi,
		.bp = cpu_tss.ebp,
		.ax = cpu_tss.eax,
		.ds = cpu_tss.ds,
		.es = cpu_tss.es,
		.fs = cpu_tss.fs,
		.gs = cpu_tss.gs,
		.ip = cpu_tss.eip,
		.cs = cpu_tss.cs,
		.flags = cpu_tss.eflags,
		.sp = cpu_tss.esp,
		.ss = cpu_tss.ss,
	};
}

void double_fault(void)
{
	unsigned long addr = read_cr2();

	registers_collect();
	cpu_tss.cr3 = __pa(current->mm ? current->mm->pgd : swapper_pg_dir);
	if (spare_stack_used || (cpu_tss.cs & 3) || !kstack_is_guard(addr)) {
		die("double fault", &fault_regs, 0);
		panic("double fault at %08lx, stack %08x, address %08lx", fault_regs.ip,
		      cpu_tss.esp, addr);
	}
	spare_stack_used = true;
	cpu_tss.eip = (u32)stack_overflow;
	cpu_tss.esp = (u32)spare_stack + sizeof(spare_stack) - 16;
	cpu_tss.ebp = fault_regs.bp;
	cpu_tss.eflags = X86_EFLAGS_FIXED;
	cpu_tss.cs = __KERNEL_CS;
	cpu_tss.ss = cpu_tss.ds = cpu_tss.es = __KERNEL_DS;
}
