/* The CPU's tables and the entry points they name. */
#ifndef ARCH_I386_TABLES_H
#define ARCH_I386_TABLES_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/processor.h>

/* Operand of lgdt and lidt. */
struct descriptor_pointer {
	u16 limit;
	u32 base;
} __packed;

/* 32-bit task state segment (Intel SDM vol. 3, figure 7-2). */
struct tss {
	u32 link;
	u32 esp0, ss0, esp1, ss1, esp2, ss2;
	u32 cr3, eip, eflags, eax, ecx, edx, ebx, esp, ebp, esi, edi;
	u32 es, cs, ss, ds, fs, gs, ldt;
	u16 trap, io_bitmap;
};

extern struct tss cpu_tss; /* its registers are those of the task that double-faulted */
extern struct desc_struct gdt[GDT_ENTRIES];

void gdt_init(void);
void idt_init(void);
void cpu_identify(void);
void fpu_init(void);
extern bool page_sse; /* clear_page() and copy_page() may use SSE */

/* entry.S */
extern char trap_stubs[], irq_stubs[];
void system_call(void);
void task_begin(void);
void double_fault_entry(void);
struct task_struct *switch_stack(struct task_struct *prev, struct task_struct *next);

/* Handlers by vector; entry.S calls trap_handlers[vector](regs, vector). */
typedef void trap_handler_t(struct pt_regs *regs, unsigned int vector);
void do_page_fault(struct pt_regs *regs, unsigned int vector);
void do_device_not_available(struct pt_regs *regs, unsigned int vector);
void trap_ordinary(struct pt_regs *regs, unsigned int vector);
/* A kernel address nothing could be done about: text for the report, any context. */
void die_page_fault(struct pt_regs *regs, unsigned long addr);

static inline unsigned long read_cr0(void)
{
	unsigned long value;

	__asm__ __volatile__("movl %%cr0, %0" : "=r"(value));
	return value;
}

static inline void write_cr0(unsigned long value)
{
	__asm__ __volatile__("movl %0, %%cr0" : : "r"(value) : "memory");
}

static inline unsigned long read_cr2(void)
{
	unsigned long value;

	__asm__ __volatile__("movl %%cr2, %0" : "=r"(value));
	return value;
}

static inline unsigned long read_cr3(void)
{
	unsigned long value;

	__asm__ __volatile__("movl %%cr3, %0" : "=r"(value));
	return value;
}

static inline void write_cr3(unsigned long value)
{
	__asm__ __volatile__("movl %0, %%cr3" : : "r"(value) : "memory");
}

static inline unsigned long read_cr4(void)
{
	unsigned long value;

	__asm__ __volatile__("movl %%cr4, %0" : "=r"(value));
	return value;
}

static inline void write_cr4(unsigned long value)
{
	__asm__ __volatile__("movl %0, %%cr4" : : "r"(value) : "memory");
}

static inline void stts(void)
{
	write_cr0(read_cr0() | 8);
}

static inline void clts(void)
{
	__asm__ __volatile__("clts");
}

#endif
