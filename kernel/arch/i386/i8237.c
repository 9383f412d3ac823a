/*
 * The two 8237A DMA controllers: registers of channels 0..3 (bytes) and 4..7 (words; 4 is the cascade).
 *
 * Only the chips' programming is here; who holds a channel and the lock are kernel/resource's. Word channels count and
 * address in 16-bit units; address bits 16 and up are in the page registers.
 * Source: Intel 8237A data sheet (order 231466), table "Software command codes"; IBM PC/AT Technical Reference, page
 * register addresses.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <asm/io.h>
#include <rakit/arch.h>

#define CHIP0 0x00
#define CHIP1 0xc0
#define MODE_CASCADE 0xc0
#define CASCADE_CHANNEL 4

/* Register of a chip: the second chip's registers are two bytes apart. */
static unsigned int chip_port(unsigned int channel, unsigned int reg)
{
	return channel < 4 ? CHIP0 + reg : CHIP1 + 2 * reg;
}

enum { REG_MASK = 10, REG_MODE = 11, REG_FLIP_FLOP = 12, REG_MASTER_CLEAR = 13 };

static const u8 page_ports[8] = { 0x87, 0x83, 0x81, 0x82, 0x8f, 0x8b, 0x89, 0x8a };

void i8237_mask(unsigned int channel)
{
	outb((channel & 3) | 4, chip_port(channel, REG_MASK));
}

void i8237_unmask(unsigned int channel)
{
	outb(channel & 3, chip_port(channel, REG_MASK));
}

void i8237_clear_flip_flop(unsigned int channel)
{
	outb(0, chip_port(channel, REG_FLIP_FLOP));
}

void i8237_set_mode(unsigned int channel, u8 mode)
{
	outb(mode | (channel & 3), chip_port(channel, REG_MODE));
}

void i8237_set_page(unsigned int channel, u8 page)
{
	outb(channel < 4 ? page : page & 0xfe, page_ports[channel]);
}

void i8237_set_address(unsigned int channel, u32 address)
{
	unsigned int port = chip_port(channel, 2 * (channel & 3));
	u32 units = channel < 4 ? address : address >> 1;

	i8237_set_page(channel, (u8)(address >> 16));
	outb((u8)units, port);
	outb((u8)(units >> 8), port);
}

void i8237_set_count(unsigned int channel, u32 bytes)
{
	unsigned int port = chip_port(channel, 2 * (channel & 3) + 1);
	u32 units = (channel < 4 ? bytes : bytes >> 1) - 1;

	outb((u8)units, port);
	outb((u8)(units >> 8), port);
}

u32 i8237_residue(unsigned int channel)
{
	unsigned int port = chip_port(channel, 2 * (channel & 3) + 1);
	u32 units = inb(port);

	units = ((units | (u32)inb(port) << 8) + 1) & 0xffff;
	return channel < 4 ? units : units << 1;
}

void __init i8237_init(void)
{
	unsigned int channel;

	outb(0, chip_port(0, REG_MASTER_CLEAR));
	outb(0, chip_port(4, REG_MASTER_CLEAR));
	for (channel = 0; channel < 8; channel++)
		i8237_mask(channel);
	i8237_set_mode(CASCADE_CHANNEL, MODE_CASCADE);
	i8237_unmask(CASCADE_CHANNEL);
}
