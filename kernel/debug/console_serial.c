/*
 * The first serial line as a console, polled: for the log until the tty driver takes the line over,
 * and in a panic. Chip: 8250 and successors (National Semiconductor PC16550D data sheet). If none
 * answers nothing is written.
 */
#include <linux/console.h>
#include <linux/kernel.h>
#include <asm/io.h>
#include "debug/log.h"

#define SERIAL_PORT 0x3f8
#define SERIAL_CLOCK 115200 /* baud at divisor 1 */

/* Registers, from the port on (PC16550D table II) */
#define UART_DATA 0
#define UART_DIVISOR_LOW 0 /* while DLAB is set */
#define UART_INTERRUPTS 1
#define UART_DIVISOR_HIGH 1
#define UART_FIFO 2
#define UART_LINE 3
#define UART_MODEM 4
#define UART_STATUS 5
#define UART_SCRATCH 7
#define LINE_8N1 0x03
#define LINE_DLAB 0x80
#define FIFO_ENABLE_CLEAR 0x07
#define MODEM_DTR_RTS_OUT2 0x0b
#define STATUS_TRANSMIT_EMPTY 0x20

#define SPIN_MAX 100000 /* polls before a character is given up */

static bool serial_present;

static void serial_putc(char c)
{
	for (unsigned int spin = 0; !(inb(SERIAL_PORT + UART_STATUS) & STATUS_TRANSMIT_EMPTY);
	     spin++)
		if (spin > SPIN_MAX)
			return;
	outb(c, SERIAL_PORT + UART_DATA);
}

static void serial_write(struct console *con, const char *text, unsigned int length)
{
	for (; serial_present && length; length--, text++) {
		if (*text == '\n')
			serial_putc('\r');
		serial_putc(*text);
	}
}

/* options: "115200n8"; anything but a speed that divides the clock means 115200. */
static int serial_setup(struct console *con, char *options)
{
	unsigned long baud = options ? simple_strtoul(options, NULL, 10) : 0;
	unsigned int divisor = baud && baud <= SERIAL_CLOCK ? SERIAL_CLOCK / baud : 1;

	outb(0xa5, SERIAL_PORT + UART_SCRATCH);
	serial_present = inb(SERIAL_PORT + UART_SCRATCH) == 0xa5;
	if (!serial_present)
		return 0;
	outb(0, SERIAL_PORT + UART_INTERRUPTS);
	outb(LINE_8N1 | LINE_DLAB, SERIAL_PORT + UART_LINE);
	outb(divisor & 0xff, SERIAL_PORT + UART_DIVISOR_LOW);
	outb(divisor >> 8, SERIAL_PORT + UART_DIVISOR_HIGH);
	outb(LINE_8N1, SERIAL_PORT + UART_LINE);
	outb(FIFO_ENABLE_CLEAR, SERIAL_PORT + UART_FIFO);
	outb(MODEM_DTR_RTS_OUT2, SERIAL_PORT + UART_MODEM);
	return 0;
}

struct console serial_console = {
	.name = "ttyS",
	.index = 0,
	.write = serial_write,
	.setup = serial_setup,
	.flags = CON_PRINTBUFFER | CON_BOOT,
};
