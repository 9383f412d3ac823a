/*
 * The two 8259A interrupt controllers of the PC/AT.
 *
 * Owns mask state and acknowledgement of lines 0..15; line 2 of the master carries the slave. Vectors begin at 0x20. The
 * masks are kept in memory, the chips are only written. Callers (kernel/resource) have interrupts off.
 * Source: Intel 8259A data sheet (order 231468), initialisation sequence figure 6, OCW1-OCW3; 82371SB (PIIX3) data
 * sheet for the edge/level registers.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <asm/io.h>
#include <rakit/arch.h>

#define MASTER 0x20 /* command port; the mask is at the next one */
#define SLAVE 0xa0
#define ELCR 0x4d0
#define CASCADE_LINE 2
#define ICW1_EDGE_CASCADE_ICW4 0x11
#define ICW4_8086 0x01
#define OCW2_EOI_SPECIFIC 0x60
#define OCW3_READ_IRR 0x0a
#define OCW3_READ_ISR 0x0b
#define ELCR_FIXED_EDGE 0x2107 /* lines 0 1 2 8 13 */

static u16 masks = 0xffff & ~(1 << CASCADE_LINE);

static void chip_init(unsigned int port, u8 vector, u8 cascade)
{
	outb_p(ICW1_EDGE_CASCADE_ICW4, port);
	outb_p(vector, port + 1);
	outb_p(cascade, port + 1);
	outb_p(ICW4_8086, port + 1);
}

static void masks_write(unsigned int irq)
{
	if (irq < 8)
		outb((u8)masks, MASTER + 1);
	else
		outb((u8)(masks >> 8), SLAVE + 1);
}

void __init i8259_init(void)
{
	outb(0xff, MASTER + 1);
	outb(0xff, SLAVE + 1);
	chip_init(MASTER, IRQ_VECTOR_FIRST, 1 << CASCADE_LINE);
	chip_init(SLAVE, IRQ_VECTOR_FIRST + 8, CASCADE_LINE);
	masks_write(0);
	masks_write(8);
}

void i8259_mask(unsigned int irq)
{
	masks |= 1 << irq;
	masks_write(irq);
}

void i8259_unmask(unsigned int irq)
{
	masks &= ~(1 << irq);
	masks_write(irq);
}

void i8259_eoi(unsigned int irq)
{
	if (irq >= 8) {
		outb(OCW2_EOI_SPECIFIC | (irq & 7), SLAVE);
		irq = CASCADE_LINE;
	}
	outb(OCW2_EOI_SPECIFIC | irq, MASTER);
}

static u8 chip_read(unsigned int port, u8 which)
{
	outb(which, port);
	return inb(port);
}

bool i8259_is_spurious(unsigned int irq)
{
	if (irq == 7)
		return !(chip_read(MASTER, OCW3_READ_ISR) & 0x80);
	if (irq != 15 || (chip_read(SLAVE, OCW3_READ_ISR) & 0x80))
		return false;
	outb(OCW2_EOI_SPECIFIC | CASCADE_LINE, MASTER); /* for the master the request was real */
	return true;
}

u16 i8259_requests(void)
{
	return (u16)(chip_read(MASTER, OCW3_READ_IRR) | chip_read(SLAVE, OCW3_READ_IRR) << 8);
}

u16 i8259_masks(void)
{
	return masks;
}

void i8259_set_level(unsigned int irq, bool level)
{
	unsigned int port = ELCR + irq / 8;
	u8 bit = (u8)(1 << (irq & 7));

	if (ELCR_FIXED_EDGE & (1 << irq))
		return;
	outb(level ? inb(port) | bit : inb(port) & ~bit, port);
}
