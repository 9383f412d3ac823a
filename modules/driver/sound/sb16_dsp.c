/*
 * The Sound Blaster 16's DSP and mixer.
 *
 * DSP ports from the base: 6 reset, A read data, C write command (bit 7 set: busy), E read status and acknowledge of
 * the 8-bit interrupt, F acknowledge of the 16-bit one. Mixer: 4 index, 5 data; register 80 interrupt line, 81 DMA
 * channels, 82 what interrupted. A DSP 4.xx takes sample rates as such (41h) and transfers by Bxh (16 bit) and Cxh (8
 * bit) with a mode byte and the number of samples less one.
 *
 * Source: Creative, Sound Blaster Series Hardware Programming Guide, chapters 2, 3, 4 and 6.
 */
#include <asm/dma.h>
#include <asm/io.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/soundcard.h>
#include "sb16.h"

enum {
	PORT_MIXER_INDEX = 0x4,
	PORT_MIXER_DATA = 0x5,
	PORT_RESET = 0x6,
	PORT_READ = 0xa,
	PORT_WRITE = 0xc,
	PORT_STATUS_8 = 0xe,
	PORT_ACK_16 = 0xf,
};

#define WRITE_BUSY 0x80
#define READ_READY 0x80
#define RESET_ANSWER 0xaa
#define DSP_TRIES 10000

enum {
	CMD_OUTPUT_RATE = 0x41,
	CMD_OUTPUT_16 = 0xb0,
	CMD_OUTPUT_8 = 0xc0,
	CMD_AUTO_INIT = 0x04, /* added to the two above */
	CMD_FIFO = 0x02,
	CMD_HALT_8 = 0xd0,
	CMD_SPEAKER_ON = 0xd1,
	CMD_HALT_16 = 0xd5,
	CMD_VERSION = 0xe1,
};

#define MODE_STEREO 0x20
#define MODE_SIGNED 0x10

enum { MIXER_IRQ = 0x80, MIXER_DMA = 0x81, MIXER_CAUSE = 0x82 };
#define CAUSE_8 0x01
#define CAUSE_16 0x02

static bool dsp_put(struct sb16 *sb, u8 value)
{
	unsigned int tries;

	for (tries = 0; tries < DSP_TRIES; tries++)
		if (!(inb(sb->port + PORT_WRITE) & WRITE_BUSY)) {
			outb(value, sb->port + PORT_WRITE);
			return true;
		}
	pr_err_ratelimited("sb16: 0x%x: DSP does not take command 0x%x\n", sb->port, value);
	return false;
}

static int dsp_get(struct sb16 *sb)
{
	unsigned int tries;

	for (tries = 0; tries < DSP_TRIES; tries++)
		if (inb(sb->port + PORT_STATUS_8) & READ_READY)
			return inb(sb->port + PORT_READ);
	return -EIO;
}

static u8 mixer_get(struct sb16 *sb, u8 reg)
{
	outb(reg, sb->port + PORT_MIXER_INDEX);
	return inb(sb->port + PORT_MIXER_DATA);
}

static void mixer_put(struct sb16 *sb, u8 reg, u8 value)
{
	outb(reg, sb->port + PORT_MIXER_INDEX);
	outb(value, sb->port + PORT_MIXER_DATA);
}

int sb_dsp_identify(struct sb16 *sb)
{
	int major, minor;

	outb(1, sb->port + PORT_RESET);
	udelay(10);
	outb(0, sb->port + PORT_RESET);
	udelay(100);
	if (dsp_get(sb) != RESET_ANSWER || !dsp_put(sb, CMD_VERSION))
		return -ENODEV;
	major = dsp_get(sb);
	minor = dsp_get(sb);
	if (major < 0 || minor < 0)
		return -ENODEV;
	sb->version = major << 8 | minor;
	if (major < 4) {
		pr_err("sb16: 0x%x: DSP %d.%02d: not a Sound Blaster 16\n", sb->port, major, minor);
		return -ENODEV;
	}
	return 0;
}

/* The card's choices of interrupt lines, by bit of mixer register 80. */
static int irq_bit(unsigned int irq)
{
	switch (irq) {
	case 2:
	case 9:
		return 0x01;
	case 5:
		return 0x02;
	case 7:
		return 0x04;
	case 10:
		return 0x08;
	default:
		return -EINVAL;
	}
}

int sb_dsp_select(struct sb16 *sb)
{
	int line = irq_bit(sb->irq);

	if (line < 0 || sb->dma8 == 2 || sb->dma8 > 3 ||
	    (sb->dma16 >= 0 && (sb->dma16 < 5 || sb->dma16 > 7)))
		return -EINVAL;
	mixer_put(sb, MIXER_IRQ, line);
	mixer_put(sb, MIXER_DMA, 1 << sb->dma8 | (sb->dma16 >= 0 ? 1 << sb->dma16 : 0));
	return 0;
}

void sb_dsp_start(struct sb16 *sb, unsigned int bytes, bool ring)
{
	bool wide = sb_is_wide(sb);
	unsigned int last = (wide ? bytes / 2 : bytes) - 1;
	u8 command = (wide ? CMD_OUTPUT_16 : CMD_OUTPUT_8) | CMD_FIFO | (ring ? CMD_AUTO_INIT : 0);
	u8 mode = (sb->channels == 2 ? MODE_STEREO : 0) |
		  (sb->format == AFMT_S8 || sb->format == AFMT_S16_LE ? MODE_SIGNED : 0);

	dsp_put(sb, CMD_SPEAKER_ON);
	dsp_put(sb, CMD_OUTPUT_RATE);
	dsp_put(sb, sb->rate >> 8);
	dsp_put(sb, sb->rate & 0xff);
	dsp_put(sb, command);
	dsp_put(sb, mode);
	dsp_put(sb, last & 0xff);
	dsp_put(sb, last >> 8);
}

void sb_dsp_halt(struct sb16 *sb)
{
	dsp_put(sb, sb_is_wide(sb) ? CMD_HALT_16 : CMD_HALT_8);
}

bool sb_dsp_acknowledge(struct sb16 *sb)
{
	u8 cause = mixer_get(sb, MIXER_CAUSE);

	if (cause & CAUSE_8)
		inb(sb->port + PORT_STATUS_8);
	if (cause & CAUSE_16)
		inb(sb->port + PORT_ACK_16);
	return cause & (CAUSE_8 | CAUSE_16);
}
