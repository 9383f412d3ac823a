/*
 * A floppy drive: motor, heads, the medium's format, reading and writing.
 *
 * The motor is started when the drive is used, given time to reach its speed, and stopped a few seconds after the last
 * use. The heads' cylinder is known after a recalibration. The drive remembers a change of medium on a line that the
 * next step of the heads resets, if there is a medium.
 */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include "floppy.h"

#define MOTOR_START_MS 300
#define MOTOR_STOP (3 * HZ)
#define HEAD_SETTLE_MS 15
#define TRIES 4
#define RESET_AT_TRY 2

/* Most common first. Gaps and rates: Intel 82077AA data sheet, "Typical values"; ISO 8860, ISO 9529. */
static const struct fd_format formats[] = {
	{ "1.44 MB", 18, 2, 80, 0, 0x1b, 0xcf },
	{ "720 kB", 9, 2, 80, 2, 0x2a, 0xdf },
	{ "1.2 MB", 15, 2, 80, 0, 0x1b, 0xcf },
	{ "2.88 MB", 36, 2, 80, 3, 0x1b, 0xaf },
};

static void drive_motor_off(struct work_struct *work)
{
	struct fd_drive *drive = container_of(to_delayed_work(work), struct fd_drive, motor_off);

	mutex_lock(&drive->fdc->mutex);
	fdc_motor(drive->fdc, drive->number, false);
	mutex_unlock(&drive->fdc->mutex);
}

void drive_init(struct fd_drive *drive, struct fdc *fdc, unsigned int number)
{
	drive->fdc = fdc;
	drive->number = number;
	INIT_DELAYED_WORK(&drive->motor_off, drive_motor_off);
}

void drive_stop(struct fd_drive *drive)
{
	cancel_delayed_work_sync(&drive->motor_off);
	mutex_lock(&drive->fdc->mutex);
	fdc_motor(drive->fdc, drive->number, false);
	mutex_unlock(&drive->fdc->mutex);
}

static void drive_start_motor(struct fd_drive *drive)
{
	if (!drive->motor) {
		fdc_motor(drive->fdc, drive->number, true);
		msleep(MOTOR_START_MS);
	}
	mod_delayed_work(system_wq, &drive->motor_off, MOTOR_STOP);
}

/* A drive of more than 77 cylinders may need a second recalibration: the command makes 79 steps at most. */
static int drive_recalibrate(struct fd_drive *drive)
{
	int err = fdc_recalibrate(drive->fdc, drive->number);

	if (err == -EIO)
		err = fdc_recalibrate(drive->fdc, drive->number);
	drive->calibrated = !err;
	drive->cylinder = 0;
	return err;
}

static int drive_seek(struct fd_drive *drive, unsigned int cylinder)
{
	int err = drive->calibrated ? 0 : drive_recalibrate(drive);

	if (err || drive->cylinder == cylinder)
		return err;
	err = fdc_seek(drive->fdc, drive->number, cylinder);
	drive->calibrated = !err;
	drive->cylinder = cylinder;
	if (!err)
		msleep(HEAD_SETTLE_MS);
	return err;
}

bool drive_check_change(struct fd_drive *drive)
{
	drive_start_motor(drive);
	if (fdc_disk_changed(drive->fdc, drive->number))
		drive->changed = true;
	return drive->changed || !drive->format;
}

/* Steps the heads, which resets the change line if there is a medium. */
static int drive_find_medium(struct fd_drive *drive)
{
	int err = drive_recalibrate(drive);

	if (!err)
		err = drive_seek(drive, 1);
	if (!err)
		err = drive_seek(drive, 0);
	if (err)
		return err;
	return fdc_disk_changed(drive->fdc, drive->number) ? -ENOMEDIUM : 0;
}

/* Whether the last sector of the first track can be read in a format. */
static bool drive_has_format(struct fd_drive *drive, const struct fd_format *format)
{
	const struct fd_extent last = { .sector = format->sectors, .count = 1 };

	if (fdc_setup(drive->fdc, format) || drive_seek(drive, 0))
		return false;
	return !fdc_transfer(drive->fdc, drive->number, format, &last, false);
}

int drive_identify(struct fd_drive *drive)
{
	unsigned int i;
	int err;

	drive->format = NULL;
	drive_start_motor(drive);
	err = fdc_setup(drive->fdc, &formats[0]);
	if (!err)
		err = drive_find_medium(drive);
	if (err)
		return err;
	drive->changed = false;
	for (i = 0; i < ARRAY_SIZE(formats) && !drive->format; i++)
		if (drive_has_format(drive, &formats[i]))
			drive->format = &formats[i];
	if (!drive->format)
		return -EIO;
	drive->protected = fdc_is_protected(drive->fdc, drive->number) != 0;
	return 0;
}

/* Cylinder, head and sector of a block number. */
static struct fd_extent drive_extent(const struct fd_format *format, sector_t sector,
				     unsigned int count)
{
	u32 track = (u32)sector / format->sectors;

	return (struct fd_extent){
		.cylinder = track / format->heads,
		.head = track % format->heads,
		.sector = (u32)sector % format->sectors + 1,
		.count = count,
	};
}

/* How many sectors from there lie in one cylinder: what one command reaches. */
unsigned int drive_chunk(const struct fd_drive *drive, sector_t sector, unsigned int count)
{
	unsigned int cylinder = drive->format->sectors * drive->format->heads;

	return min(count, cylinder - (u32)sector % cylinder);
}

int drive_transfer(struct fd_drive *drive, sector_t sector, unsigned int count, bool write)
{
	struct fd_extent extent = drive_extent(drive->format, sector, count);
	unsigned int attempt;
	int err = -EIO;

	drive_start_motor(drive);
	for (attempt = 0; attempt < TRIES; attempt++) {
		if (fdc_disk_changed(drive->fdc, drive->number)) {
			drive->changed = true;
			return -EIO;
		}
		if (attempt == RESET_AT_TRY)
			drive->fdc->needs_reset = true;
		if (attempt)
			drive->calibrated = false;
		err = fdc_setup(drive->fdc, drive->format);
		if (!err)
			err = drive_seek(drive, extent.cylinder);
		if (!err)
			err = fdc_transfer(drive->fdc, drive->number, drive->format, &extent,
					   write);
		if (!err || err == -EROFS)
			return err;
	}
	return err;
}
