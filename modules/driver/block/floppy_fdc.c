/*
 * The floppy disk controller, Intel 82077AA or compatible.
 *
 * A command has three phases: its bytes are written, it runs (data goes by DMA channel 2), its result bytes are read.
 * The main status register says before each byte whether the controller is ready and in which direction. Commands that
 * run end with interrupt 6; after a seek, a recalibration and a reset the interrupt is cleared by SENSE INTERRUPT
 * STATUS. The digital output register selects the drive, runs motors and resets.
 *
 * Source: Intel 82077AA data sheet: "Registers", "Command descriptions", "Status register encoding", "Reset".
 */
#include <asm/dma.h>
#include <asm/io.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include "floppy.h"

#define PORT_DOR 0x3f2 /* digital output */
#define PORT_MSR 0x3f4 /* main status, read */
#define PORT_DATA 0x3f5
#define PORT_DIR 0x3f7 /* digital input, read */
#define PORT_CCR 0x3f7 /* configuration control, write: data rate */

#define DOR_RUN 0x04 /* not in reset */
#define DOR_DMA 0x08 /* interrupt and DMA on */
#define DOR_MOTOR(drive) (0x10u << (drive))
#define MSR_READY 0x80
#define MSR_TO_HOST 0x40
#define DIR_CHANGED 0x80

enum {
	CMD_SPECIFY = 0x03,
	CMD_SENSE_DRIVE = 0x04,
	CMD_WRITE = 0xc5, /* multi-track, MFM */
	CMD_READ = 0xe6,  /* multi-track, MFM, skip deleted */
	CMD_RECALIBRATE = 0x07,
	CMD_SENSE_INTERRUPT = 0x08,
	CMD_SEEK = 0x0f,
	CMD_CONFIGURE = 0x13,
};

#define ST0_CODE 0xc0 /* how it ended; 0: normally */
#define ST0_SEEK_END 0x20
#define ST1_NOT_WRITABLE 0x02
#define ST3_PROTECTED 0x40
#define SIZE_512 2	    /* sector size code */
#define CONFIGURE_FIFO 0x07 /* FIFO on, threshold 8, no implied seek, polling on */
#define HEAD_LOAD_DMA 0x02  /* head load time 2 ms at 1 Mbit/s, DMA mode */
#define FD_DMA 2

#define READY_TRIES 5000
#define INTERRUPT_TIMEOUT (3 * HZ)
#define RESET_TIMEOUT (HZ / 2)

irqreturn_t fdc_interrupt(int irq, void *dev)
{
	struct fdc *fdc = dev;

	if (!fdc->expecting)
		return IRQ_NONE;
	fdc->expecting = false;
	complete(&fdc->interrupt);
	return IRQ_HANDLED;
}

static void fdc_expect(struct fdc *fdc)
{
	reinit_completion(&fdc->interrupt);
	WRITE_ONCE(fdc->expecting, true);
}

static int fdc_wait(struct fdc *fdc, unsigned long timeout)
{
	if (wait_for_completion_timeout(&fdc->interrupt, timeout))
		return 0;
	fdc->expecting = false;
	fdc->needs_reset = true;
	return -ETIMEDOUT;
}

/* Waits until the controller is ready for a byte in the given direction. */
static bool fdc_ready(u8 direction)
{
	unsigned int tries;

	for (tries = 0; tries < READY_TRIES; tries++) {
		u8 status = inb(PORT_MSR);

		if ((status & (MSR_READY | MSR_TO_HOST)) == (MSR_READY | direction))
			return true;
		udelay(2);
	}
	return false;
}

static int fdc_command(struct fdc *fdc, const u8 *bytes, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!fdc_ready(0)) {
			fdc->needs_reset = true;
			return -EIO;
		}
		outb(bytes[i], PORT_DATA);
	}
	return 0;
}

static int fdc_result(struct fdc *fdc, u8 *bytes, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!fdc_ready(MSR_TO_HOST)) {
			fdc->needs_reset = true;
			return -EIO;
		}
		bytes[i] = inb(PORT_DATA);
	}
	return 0;
}

/* Status 0 and present cylinder after an interrupt without result phase. */
static int fdc_sense_interrupt(struct fdc *fdc, u8 result[2])
{
	static const u8 command[] = { CMD_SENSE_INTERRUPT };
	int err = fdc_command(fdc, command, sizeof(command));

	return err ? err : fdc_result(fdc, result, 2);
}

static u8 dor_value(const struct fdc *fdc, unsigned int drive)
{
	u8 value = DOR_RUN | DOR_DMA | drive;
	unsigned int i;

	for (i = 0; i < FD_DRIVES; i++)
		if (fdc->drives[i].motor)
			value |= DOR_MOTOR(i);
	return value;
}

int fdc_reset(struct fdc *fdc)
{
	static const u8 configure[] = { CMD_CONFIGURE, 0, CONFIGURE_FIFO, 0 };
	unsigned int i;
	u8 result[2];
	int err;

	fdc_expect(fdc);
	outb(0, PORT_DOR);
	udelay(10);
	outb(dor_value(fdc, 0), PORT_DOR);
	err = fdc_wait(fdc, RESET_TIMEOUT);
	if (err)
		return err;
	for (i = 0; i < 4; i++) {
		err = fdc_sense_interrupt(fdc, result);
		if (err)
			return err;
	}
	err = fdc_command(fdc, configure, sizeof(configure));
	if (err)
		return err;
	fdc->needs_reset = false;
	fdc->rate = 0xff;
	fdc->specify = 0;
	for (i = 0; i < FD_DRIVES; i++)
		fdc->drives[i].calibrated = false;
	return 0;
}

void fdc_motor(struct fdc *fdc, unsigned int drive, bool on)
{
	fdc->drives[drive].motor = on;
	outb(dor_value(fdc, drive), PORT_DOR);
}

bool fdc_disk_changed(struct fdc *fdc, unsigned int drive)
{
	outb(dor_value(fdc, drive), PORT_DOR);
	return inb(PORT_DIR) & DIR_CHANGED;
}

int fdc_setup(struct fdc *fdc, const struct fd_format *format)
{
	u8 specify[] = { CMD_SPECIFY, format->specify, HEAD_LOAD_DMA };
	int err = fdc->needs_reset ? fdc_reset(fdc) : 0;

	if (err)
		return err;
	if (fdc->rate != format->rate)
		outb(format->rate, PORT_CCR);
	fdc->rate = format->rate;
	if (fdc->specify == format->specify)
		return 0;
	fdc->specify = format->specify;
	return fdc_command(fdc, specify, sizeof(specify));
}

/* A command that moves the heads, to cylinder. */
static int fdc_move(struct fdc *fdc, const u8 *command, unsigned int count, unsigned int cylinder)
{
	u8 result[2] = { 0 };
	int err;

	fdc_expect(fdc);
	err = fdc_command(fdc, command, count);
	if (!err)
		err = fdc_wait(fdc, INTERRUPT_TIMEOUT);
	if (!err)
		err = fdc_sense_interrupt(fdc, result);
	if (err)
		return err;
	return (result[0] & (ST0_CODE | ST0_SEEK_END)) == ST0_SEEK_END && result[1] == cylinder
		       ? 0
		       : -EIO;
}

int fdc_recalibrate(struct fdc *fdc, unsigned int drive)
{
	const u8 command[] = { CMD_RECALIBRATE, drive };

	return fdc_move(fdc, command, sizeof(command), 0);
}

int fdc_seek(struct fdc *fdc, unsigned int drive, unsigned int cylinder)
{
	const u8 command[] = { CMD_SEEK, drive, cylinder };

	return fdc_move(fdc, command, sizeof(command), cylinder);
}

static void fdc_dma_start(struct fdc *fdc, unsigned int bytes, bool write)
{
	unsigned long flags = claim_dma_lock();

	disable_dma(FD_DMA);
	clear_dma_ff(FD_DMA);
	set_dma_mode(FD_DMA, write ? DMA_MODE_WRITE : DMA_MODE_READ);
	set_dma_addr(FD_DMA, fdc->buffer_bus);
	set_dma_count(FD_DMA, bytes);
	enable_dma(FD_DMA);
	release_dma_lock(flags);
}

static void fdc_dma_stop(void)
{
	unsigned long flags = claim_dma_lock();

	disable_dma(FD_DMA);
	release_dma_lock(flags);
}

int fdc_transfer(struct fdc *fdc, unsigned int drive, const struct fd_format *format,
		 const struct fd_extent *extent, bool write)
{
	const u8 command[] = {
		write ? CMD_WRITE : CMD_READ,
		extent->head << 2 | drive,
		extent->cylinder,
		extent->head,
		extent->sector,
		SIZE_512,
		format->sectors,
		format->gap,
		0xff,
	};
	u8 result[7] = { 0 };
	int err;

	fdc_dma_start(fdc, extent->count * FD_SECTOR, write);
	fdc_expect(fdc);
	err = fdc_command(fdc, command, sizeof(command));
	if (!err)
		err = fdc_wait(fdc, INTERRUPT_TIMEOUT);
	fdc_dma_stop();
	if (!err)
		err = fdc_result(fdc, result, sizeof(result));
	if (err || !(result[0] & ST0_CODE))
		return err;
	return write && (result[1] & ST1_NOT_WRITABLE) ? -EROFS : -EIO;
}

int fdc_is_protected(struct fdc *fdc, unsigned int drive)
{
	const u8 command[] = { CMD_SENSE_DRIVE, drive };
	u8 result;
	int err = fdc_command(fdc, command, sizeof(command));

	if (!err)
		err = fdc_result(fdc, &result, 1);
	return err ? err : !!(result & ST3_PROTECTED);
}
