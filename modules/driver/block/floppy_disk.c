/*
 * The floppy as a block device.
 *
 * A request is handed to a worker, which moves it cylinder by cylinder through the DMA buffer. When a cylinder cannot
 * be read or written as a whole it is tried sector by sector, so that one bad sector costs only itself.
 */
#include <linux/blk-mq.h>
#include <linux/errno.h>
#include <linux/fd.h>
#include <linux/hdreg.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "floppy.h"

static blk_status_t disk_queue_rq(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *data)
{
	struct fd_drive *drive = hctx->queue->queuedata;
	struct fdc *fdc = drive->fdc;

	blk_mq_start_request(data->rq);
	fdc->request = data->rq;
	queue_work(fdc->workers, &fdc->work);
	return BLK_STS_OK;
}

const struct blk_mq_ops disk_mq_ops = { .queue_rq = disk_queue_rq };

/* Copies between the first bytes of a request and the DMA buffer. */
static void disk_copy(struct request *rq, u8 *buffer, unsigned int bytes, bool to_buffer)
{
	struct req_iterator iter;
	struct bio_vec piece;

	rq_for_each_segment(piece, rq, iter)
	{
		unsigned int step = min(bytes, piece.bv_len);
		u8 *data = (u8 *)page_address(piece.bv_page) + piece.bv_offset;

		if (to_buffer)
			memcpy(buffer, data, step);
		else
			memcpy(data, buffer, step);
		buffer += step;
		bytes -= step;
		if (!bytes)
			return;
	}
}

/* Moves the first count sectors of a request, which lie in one cylinder. */
static int disk_move(struct fd_drive *drive, struct request *rq, unsigned int count)
{
	unsigned int bytes = count * FD_SECTOR;
	bool write = rq_data_dir(rq) == WRITE;
	int err;

	if (write)
		disk_copy(rq, drive->fdc->buffer, bytes, true);
	err = drive_transfer(drive, blk_rq_pos(rq), count, write);
	if (!err && !write)
		disk_copy(rq, drive->fdc->buffer, bytes, false);
	return err;
}

/* Does the next part of a request: a cylinder's, or when that fails one sector. */
static int disk_step(struct fd_drive *drive, struct request *rq, unsigned int *count)
{
	unsigned int chunk = drive_chunk(drive, blk_rq_pos(rq), blk_rq_sectors(rq));
	int err;

	*count = chunk;
	err = disk_move(drive, rq, chunk);
	if (err != -EIO || chunk == 1 || drive->changed)
		return err;
	*count = 1;
	return disk_move(drive, rq, 1);
}

static void disk_request(struct fd_drive *drive, struct request *rq)
{
	unsigned int count;
	bool more = true;
	int err = 0;

	while (more) {
		if (drive->changed || !drive->format) {
			blk_mq_end_request(rq, BLK_STS_IOERR);
			return;
		}
		err = disk_step(drive, rq, &count);
		if (err)
			pr_err_ratelimited("floppy: fd%u: sector %llu: %s failed: %d\n",
					   drive->number, (unsigned long long)blk_rq_pos(rq),
					   rq_data_dir(rq) == WRITE ? "write" : "read", err);
		more = blk_update_request(rq, err ? errno_to_blk_status(err) : BLK_STS_OK,
					  count * FD_SECTOR);
	}
	__blk_mq_end_request(rq, err ? BLK_STS_IOERR : BLK_STS_OK);
}

void disk_work(struct work_struct *work)
{
	struct fdc *fdc = container_of(work, struct fdc, work);
	struct request *rq = fdc->request;

	mutex_lock(&fdc->mutex);
	disk_request(rq->q->queuedata, rq);
	mutex_unlock(&fdc->mutex);
}

static struct fd_drive *disk_drive(struct gendisk *disk)
{
	return disk->private_data;
}

static unsigned int disk_check_events(struct gendisk *disk, unsigned int clearing)
{
	struct fd_drive *drive = disk_drive(disk);
	bool changed;

	mutex_lock(&drive->fdc->mutex);
	changed = drive_check_change(drive);
	mutex_unlock(&drive->fdc->mutex);
	return changed ? DISK_EVENT_MEDIA_CHANGE : 0;
}

static int disk_revalidate(struct gendisk *disk)
{
	struct fd_drive *drive = disk_drive(disk);
	int err;

	mutex_lock(&drive->fdc->mutex);
	err = drive_identify(drive);
	mutex_unlock(&drive->fdc->mutex);
	set_capacity(disk, err ? 0 : drive_sectors(drive->format));
	set_disk_ro(disk, !err && drive->protected);
	if (!err)
		pr_info("floppy: fd%u: %s%s\n", drive->number, drive->format->name,
			drive->protected ? ", write-protected" : "");
	return err;
}

static int disk_open(struct block_device *bdev, fmode_t mode)
{
	struct fd_drive *drive = disk_drive(bdev->bd_disk);

	if (mode & FMODE_NDELAY)
		return 0;
	bdev_check_media_change(bdev);
	if (!drive->format)
		return drive->changed ? -ENOMEDIUM : -ENXIO;
	return (mode & FMODE_WRITE) && drive->protected ? -EROFS : 0;
}

static int disk_geometry(struct block_device *bdev, struct hd_geometry *geometry)
{
	const struct fd_format *format = disk_drive(bdev->bd_disk)->format;

	if (!format)
		return -ENOMEDIUM;
	geometry->heads = format->heads;
	geometry->sectors = format->sectors;
	geometry->cylinders = format->cylinders;
	return 0;
}

static int disk_get_parameters(struct fd_drive *drive, struct floppy_struct __user *arg)
{
	struct floppy_struct info;

	if (!drive->format)
		return -ENOMEDIUM;
	memset(&info, 0, sizeof(info));
	info.size = (unsigned int)drive_sectors(drive->format);
	info.sect = drive->format->sectors;
	info.head = drive->format->heads;
	info.track = drive->format->cylinders;
	info.gap = drive->format->gap;
	info.rate = drive->format->rate;
	info.spec1 = drive->format->specify;
	return copy_to_user(arg, &info, sizeof(info)) ? -EFAULT : 0;
}

static int disk_get_type(struct fd_drive *drive, char __user *arg)
{
	floppy_drive_name name = { 0 };

	strscpy(name, "H1440", sizeof(name));
	return copy_to_user(arg, name, sizeof(name)) ? -EFAULT : 0;
}

static int disk_ioctl(struct block_device *bdev, fmode_t mode, unsigned int cmd, unsigned long arg)
{
	struct fd_drive *drive = disk_drive(bdev->bd_disk);

	switch (cmd) {
	case FDGETPRM:
		return disk_get_parameters(drive, (struct floppy_struct __user *)arg);
	case FDGETDRVTYP:
		return disk_get_type(drive, (char __user *)arg);
	case FDFLUSH:
		invalidate_bdev(bdev);
		return 0;
	case FDMSGON:
	case FDMSGOFF:
		return 0;
	case FDRESET:
		mutex_lock(&drive->fdc->mutex);
		drive->fdc->needs_reset = true;
		mutex_unlock(&drive->fdc->mutex);
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct block_device_operations disk_operations = {
	.owner = THIS_MODULE,
	.open = disk_open,
	.ioctl = disk_ioctl,
	.getgeo = disk_geometry,
	.check_events = disk_check_events,
	.revalidate_disk = disk_revalidate,
};

int disk_create(struct fd_drive *drive)
{
	struct request_queue *q = blk_mq_init_queue(&drive->fdc->tag_set);
	struct gendisk *disk;

	if (IS_ERR(q))
		return PTR_ERR(q);
	disk = alloc_disk(1);
	if (!disk) {
		blk_cleanup_queue(q);
		return -ENOMEM;
	}
	q->queuedata = drive;
	blk_queue_max_hw_sectors(q, FD_BUFFER_SIZE / FD_SECTOR);
	disk->major = FLOPPY_MAJOR;
	disk->first_minor = drive->number;
	disk->fops = &disk_operations;
	disk->queue = q;
	disk->private_data = drive;
	disk->events = DISK_EVENT_MEDIA_CHANGE;
	disk->flags |= GENHD_FL_REMOVABLE | GENHD_FL_NO_PART_SCAN;
	snprintf(disk->disk_name, sizeof(disk->disk_name), "fd%u", drive->number);
	drive->disk = disk;
	add_disk(disk);
	return 0;
}

void disk_destroy(struct fd_drive *drive)
{
	if (!drive->disk)
		return;
	del_gendisk(drive->disk);
	blk_cleanup_queue(drive->disk->queue);
	put_disk(drive->disk);
	drive->disk = NULL;
}
