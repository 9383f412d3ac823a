/*
 * What the machine-dependent part offers to the rest of the kernel: start-up, interrupt chips, timer chip, DMA chip,
 * exit of the virtual machine. Not for modules.
 */
#ifndef _RAKIT_ARCH_H
#define _RAKIT_ARCH_H

#include <linux/types.h>
#include <linux/compiler.h>

struct boot_info;
struct pt_regs;
struct task_struct;

/* CPU tables, traps and CPU features. From here on every fault is reported. Once, interrupts off. */
void arch_init(const struct boot_info *info);

/*
 * 8259A interrupt controllers (Intel data sheet 231468): lines 0..15, vectors 0x20..0x2f, all masked at first; line 2
 * is the cascade. Context: interrupts off.
 */
void i8259_init(void);
void i8259_mask(unsigned int irq);
void i8259_unmask(unsigned int irq);
void i8259_eoi(unsigned int irq);
/* Line 7 or 15 without a request behind it (data sheet, "Spurious interrupts")? Line 15's cascade is acknowledged. */
bool i8259_is_spurious(unsigned int irq);
/* Request register and mask of both chips, bit n is line n. */
u16 i8259_requests(void);
u16 i8259_masks(void);
/* Puts line irq into level mode (true) or edge mode, by the ELCR at 0x4d0; lines 0 1 2 8 13 stay edge. */
void i8259_set_level(unsigned int irq, bool level);
#define IRQ_VECTOR_FIRST 0x20
#define IRQ_LINES 16

/*
 * 8254 timer (Intel data sheet 231164). Counter 0 drives line 0; counter 2 the speaker.
 */
#define I8254_HZ 1193182u
void i8254_start_periodic(unsigned int hz); /* 19..1193182 */
void i8254_start_oneshot(u16 ticks);	    /* one interrupt after ticks of 838 ns */
u16 i8254_read_counter0(void);		    /* ticks left, counting down */
/* Waits ticks of 838 ns (1..65535) on counter 2, polled; returns TSC cycles that passed. Interrupts off. */
u64 i8254_measure_tsc(u16 ticks);
void i8254_speaker(unsigned int hz); /* 0: off */

/* 8237A DMA chips (Intel data sheet 231466); channel 0..7. Callers serialise. */
void i8237_init(void);
void i8237_mask(unsigned int channel);
void i8237_unmask(unsigned int channel);
void i8237_clear_flip_flop(unsigned int channel);
void i8237_set_mode(unsigned int channel, u8 mode);
void i8237_set_page(unsigned int channel, u8 page);
void i8237_set_address(unsigned int channel, u32 address); /* physical, bytes */
void i8237_set_count(unsigned int channel, u32 bytes);
u32 i8237_residue(unsigned int channel); /* bytes left */

/* QEMU's isa-debug-exit: the virtual machine ends with status code * 2 + 1. Without the device the CPU halts. */
void debug_exit(u8 code) __noreturn;
/* Reset by keyboard controller, port 0xcf9, then triple fault; power-off by the ACPI ports QEMU and Bochs use. */
void machine_restart(void) __noreturn;
void machine_power_off(void);
void machine_halt(void) __noreturn; /* interrupts off for ever */
/* One wait for an interrupt, interrupts on afterwards. Called with interrupts off. */
void cpu_idle_wait(void);

/* Provided by kernel/resource: one hardware interrupt. Interrupts off. */
void do_IRQ(struct pt_regs *regs, unsigned int irq);
/* Provided by kernel/process: pending work (signals, rescheduling) before a return to user mode. Interrupts off. */
void exit_to_user_mode(struct pt_regs *regs);
/* Provided by kernel/debug: the kernel faulted. Ends the current task, or panics where that cannot be done. */
void die(const char *text, struct pt_regs *regs, long error);

/* Text address of the kernel image, its init part while that exists, or of a module? Any context. */
bool kernel_text_address(unsigned long addr);
/* Is there a stack word at addr that may be read without a fault? Any context. */
bool kernel_address_readable(unsigned long addr, size_t size);

/* init_memory_free() has run. */
extern bool init_memory_is_free;
extern char _text[], _etext[], _rodata[], _erodata[], _data[], _edata[], _bss[], _ebss[];
extern char _init_begin[], _init_end[], _kernel_start[], _kernel_end[];

#endif
