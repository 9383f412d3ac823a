/*
 * The global descriptor table and the task state segments.
 *
 * Owns the flat segments of kernel and user, three descriptors for thread-local storage that the context switch
 * reloads, and two TSSs: cpu_tss, of which the CPU uses only the kernel stack (and, at a double fault, as the place to
 * leave its registers), and that of the double fault handler with a stack of its own.
 * Source: Intel SDM vol. 3, 3.4.5 (descriptors), 7.2 (TSS).
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <asm/desc.h>
#include <asm/pgtable.h>
#include "arch/i386/tables.h"
#include "mm/direct.h"

#define FLAT_CODE_0                    \
	{                              \
		0x0000ffff, 0x00cf9b00 \
	} /* base 0, limit 4 GiB, accessed, readable */
#define FLAT_DATA_0                    \
	{                              \
		0x0000ffff, 0x00cf9300 \
	}
#define FLAT_CODE_3                    \
	{                              \
		0x0000ffff, 0x00cffb00 \
	}
#define FLAT_DATA_3                    \
	{                              \
		0x0000ffff, 0x00cff300 \
	}
#define TSS_AVAILABLE 0x8900
#define DOUBLE_FAULT_STACK 4096

struct desc_struct gdt[GDT_ENTRIES] __aligned(8) = {
	[GDT_ENTRY_KERNEL_CS] = FLAT_CODE_0,
	[GDT_ENTRY_KERNEL_DS] = FLAT_DATA_0,
	[GDT_ENTRY_USER_CS] = FLAT_CODE_3,
	[GDT_ENTRY_USER_DS] = FLAT_DATA_3,
};

/* The first task's stack; direct_protect_image() unmaps the page below it. */
struct boot_stack boot_stack __aligned(PAGE_SIZE);
extern char boot_stack_top[];
__asm__(".globl boot_stack_top\n.set boot_stack_top, boot_stack + 3 * 4096 - 8");

static char double_fault_stack[DOUBLE_FAULT_STACK] __aligned(16);
struct tss cpu_tss;
static struct tss double_fault_tss;

static void tss_describe(unsigned int entry, struct tss *tss)
{
	unsigned long base = (unsigned long)tss;

	gdt[entry].a = (sizeof(*tss) - 1) | (base << 16);
	gdt[entry].b = ((base >> 16) & 0xff) | TSS_AVAILABLE | (base & 0xff000000);
}

void load_sp0(unsigned long sp0)
{
	cpu_tss.esp0 = sp0;
}

void load_tls(const struct thread_struct *thread)
{
	unsigned int i;

	for (i = 0; i < GDT_ENTRY_TLS_ENTRIES; i++)
		gdt[GDT_ENTRY_TLS_MIN + i] = thread->tls_array[i];
	/* What fs and gs name may be gone. Saved by the next interrupt they could not be loaded again; the user's are in pt_regs. */
	__asm__ __volatile__("movl %0, %%fs\n\tmovl %0, %%gs" : : "r"(0));
}

static void __init double_fault_prepare(void)
{
	double_fault_tss = (struct tss){
		.esp0 = (u32)double_fault_stack + DOUBLE_FAULT_STACK,
		.ss0 = __KERNEL_DS,
		.cr3 = __pa(swapper_pg_dir),
		.eip = (u32)double_fault_entry,
		.eflags = X86_EFLAGS_FIXED,
		.esp = (u32)double_fault_stack + DOUBLE_FAULT_STACK,
		.cs = __KERNEL_CS,
		.ss = __KERNEL_DS,
		.ds = __KERNEL_DS,
		.es = __KERNEL_DS,
		.io_bitmap = sizeof(struct tss),
	};
}

void __init gdt_init(void)
{
	struct descriptor_pointer pointer = { sizeof(gdt) - 1, (unsigned long)gdt };

	cpu_tss.ss0 = __KERNEL_DS;
	cpu_tss.esp0 = (u32)boot_stack_top;
	cpu_tss.io_bitmap = sizeof(cpu_tss);
	double_fault_prepare();
	tss_describe(GDT_ENTRY_TSS, &cpu_tss);
	tss_describe(GDT_ENTRY_DOUBLEFAULT_TSS, &double_fault_tss);
	__asm__ __volatile__("lgdt %0\n\t"
			     "ljmp %1, $1f\n"
			     "1:\tmovl %2, %%ds\n\t"
			     "movl %2, %%es\n\t"
			     "movl %2, %%ss\n\t"
			     "movl %3, %%fs\n\t"
			     "movl %3, %%gs\n\t"
			     "ltr %w4\n\t"
			     "lldt %w3"
			     :
			     : "m"(pointer), "i"(__KERNEL_CS), "r"(__KERNEL_DS), "r"(0),
			       "r"(GDT_ENTRY_TSS * 8)
			     : "memory");
}
