/* Inside of floppy, shared by its files. */
#ifndef FLOPPY_H
#define FLOPPY_H

#include <linux/blk-mq.h>
#include <linux/completion.h>
#include <linux/irqreturn.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#define FD_DRIVES 2
#define FD_SECTOR 512u
#define FD_BUFFER_SIZE \
	65536u /* one cylinder of the largest format fits, and a power of two is asked for anyway */

/* How a medium is formatted. */
struct fd_format {
	const char *name;
	unsigned int sectors; /* per track */
	unsigned int heads;
	unsigned int cylinders;
	u8 rate;    /* code of the data rate: 0 500, 1 300, 2 250 kbit/s, 3 1 Mbit/s */
	u8 gap;	    /* gap 3 between sectors, for reading and writing */
	u8 specify; /* step rate and head unload time */
};

struct fdc;

struct fd_drive {
	struct fdc *fdc;
	unsigned int number;		/* 0 or 1 */
	bool motor;			/* is on */
	bool calibrated;		/* cylinder is known */
	unsigned int cylinder;		/* where the heads are */
	const struct fd_format *format; /* of the medium, NULL: none, or not looked at yet */
	bool changed;			/* the medium is not the one that format was found for */
	bool protected;			/* the medium cannot be written */
	struct delayed_work motor_off;	/* stops the motor after a while */
	struct gendisk *disk;
};

struct fdc {
	struct mutex mutex;	     /* the controller and all that is about drives */
	struct completion interrupt; /* the controller has interrupted */
	bool expecting;		     /* an interrupt is expected */
	bool needs_reset;
	u8 rate;    /* data rate set, 0xff: none */
	u8 specify; /* SPECIFY sent, 0: none */
	u8 *buffer; /* FD_BUFFER_SIZE bytes that DMA can reach */
	dma_addr_t buffer_bus;
	struct fd_drive drives[FD_DRIVES];
	unsigned int drive_count;
	struct blk_mq_tag_set tag_set;
	struct workqueue_struct *workers; /* does the requests, one after the other */
	struct work_struct work;
	struct request *request; /* for work */
};

/* A place on a medium and how much from there, within one cylinder. */
struct fd_extent {
	unsigned int cylinder, head, sector; /* sector counts from 1 */
	unsigned int count;		     /* sectors */
};

/* floppy_fdc.c. fdc->mutex is held. 0 or -errno. */
int fdc_reset(struct fdc *fdc);
void fdc_motor(struct fdc *fdc, unsigned int drive, bool on);
bool fdc_disk_changed(struct fdc *fdc, unsigned int drive);
int fdc_setup(struct fdc *fdc, const struct fd_format *format);
int fdc_recalibrate(struct fdc *fdc, unsigned int drive);
int fdc_seek(struct fdc *fdc, unsigned int drive, unsigned int cylinder);
int fdc_transfer(struct fdc *fdc, unsigned int drive, const struct fd_format *format,
		 const struct fd_extent *extent, bool write); /* between medium and fdc->buffer */
int fdc_is_protected(struct fdc *fdc, unsigned int drive);
irqreturn_t fdc_interrupt(int irq, void *dev);

/* floppy_drive.c. fdc->mutex is held. */
void drive_init(struct fd_drive *drive, struct fdc *fdc, unsigned int number);
void drive_stop(struct fd_drive *drive);    /* motor off, timer gone; mutex not held */
int drive_identify(struct fd_drive *drive); /* finds format; 0, -ENOMEDIUM, -EIO */
bool drive_check_change(struct fd_drive *drive);
int drive_transfer(struct fd_drive *drive, sector_t sector, unsigned int count, bool write);
unsigned int drive_chunk(const struct fd_drive *drive, sector_t sector, unsigned int count);
static inline sector_t drive_sectors(const struct fd_format *format)
{
	return format->sectors * format->heads * format->cylinders;
}

/* floppy_disk.c */
int disk_create(struct fd_drive *drive);
void disk_destroy(struct fd_drive *drive);
void disk_work(struct work_struct *work);
extern const struct blk_mq_ops disk_mq_ops;

#endif
