/*
 * Ending the machine: QEMU's isa-debug-exit, reset, power-off, halt.
 *
 * Any context, from the first instruction on. Source: QEMU hw/misc/debugexit.c (port, status = code * 2 + 1), 8042
 * keyboard controller pulse command, PIIX reset control register 0xcf9, ACPI PM1a control of PIIX4 and Bochs.
 */
#include <linux/kernel.h>
#include <asm/io.h>
#include <asm/irqflags.h>
#include <rakit/arch.h>

#define DEBUG_EXIT_PORT 0xf4
#define KEYBOARD_COMMAND 0x64
#define KEYBOARD_PULSE_RESET 0xfe
#define RESET_CONTROL 0xcf9
#define RESET_HARD 0x06
#define PM1A_QEMU 0x604
#define PM1A_BOCHS 0xb004
#define PM1A_SLEEP_S5 0x2000

void machine_halt(void)
{
	local_irq_disable();
	for (;;)
		__asm__ __volatile__("hlt");
}

void debug_exit(u8 code)
{
	local_irq_disable();
	outb(code, DEBUG_EXIT_PORT);
	machine_halt();
}

void machine_restart(void)
{
	static const struct {
		u16 limit;
		u32 base;
	} __packed no_idt;

	local_irq_disable();
	outb(KEYBOARD_PULSE_RESET, KEYBOARD_COMMAND);
	native_io_delay();
	outb(RESET_HARD, RESET_CONTROL);
	native_io_delay();
	__asm__ __volatile__("lidt %0; int3" : : "m"(no_idt));
	machine_halt();
}

void machine_power_off(void)
{
	outw(PM1A_SLEEP_S5, PM1A_QEMU);
	outw(PM1A_SLEEP_S5, PM1A_BOCHS);
}

void cpu_idle_wait(void)
{
	__asm__ __volatile__("sti; hlt" : : : "memory");
}
