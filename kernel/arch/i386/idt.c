/*
 * The interrupt descriptor table.
 *
 * Owns which vector leads where: 0..31 traps, 0x20..0x2f the lines of the 8259s, 0x80 system calls. All other vectors
 * are absent: an int instruction on them is a general protection fault. Breakpoint and overflow may be raised by user
 * programs. The double fault goes through a task gate, since it must work without a usable stack.
 * Filled before anything else runs, so that every fault is reported. Source: Intel SDM vol. 3, 6.10-6.12.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <asm/segment.h>
#include <rakit/arch.h>
#include "arch/i386/tables.h"

#define GATE_INTERRUPT 0x8e00 /* present, ring 0, interrupts off on entry */
#define GATE_TRAP 0x8f00
#define GATE_TASK 0x8500
#define GATE_USER 0x6000 /* ring 3 may raise it */
#define VECTOR_BREAKPOINT 3
#define VECTOR_OVERFLOW 4
#define VECTOR_DOUBLE_FAULT 8
#define VECTOR_SYSTEM_CALL 0x80
#define STUB_SIZE 16

static struct desc_struct idt[VECTOR_SYSTEM_CALL + 1] __aligned(8);

static void gate_set(unsigned int vector, unsigned long handler, u16 type)
{
	idt[vector].a = (__KERNEL_CS << 16) | (handler & 0xffff);
	idt[vector].b = (handler & 0xffff0000) | type;
}

void __init idt_init(void)
{
	struct descriptor_pointer pointer = { sizeof(idt) - 1, (unsigned long)idt };
	unsigned int i;

	for (i = 0; i < 32; i++)
		gate_set(i, (unsigned long)trap_stubs + i * STUB_SIZE, GATE_INTERRUPT);
	gate_set(VECTOR_BREAKPOINT, (unsigned long)trap_stubs + VECTOR_BREAKPOINT * STUB_SIZE,
		 GATE_INTERRUPT | GATE_USER);
	gate_set(VECTOR_OVERFLOW, (unsigned long)trap_stubs + VECTOR_OVERFLOW * STUB_SIZE,
		 GATE_INTERRUPT | GATE_USER);
	idt[VECTOR_DOUBLE_FAULT].a = (GDT_ENTRY_DOUBLEFAULT_TSS * 8) << 16;
	idt[VECTOR_DOUBLE_FAULT].b = GATE_TASK;
	for (i = 0; i < IRQ_LINES; i++)
		gate_set(IRQ_VECTOR_FIRST + i, (unsigned long)irq_stubs + i * STUB_SIZE,
			 GATE_INTERRUPT);
	gate_set(VECTOR_SYSTEM_CALL, (unsigned long)system_call, GATE_TRAP | GATE_USER);
	__asm__ __volatile__("lidt %0" : : "m"(pointer));
}
