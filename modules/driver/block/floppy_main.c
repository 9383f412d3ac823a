/*
 * Floppy disks: what the controller occupies, and the driver's start and end.
 *
 * Port 0x3f6, in the middle of the controller's range, is the hard disk controller's and left alone. Everything is
 * reserved before the controller is touched.
 */
#include <asm/dma.h>
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/major.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include "floppy.h"

#define FD_PORTS 0x3f0
#define FD_PORTS_COUNT 6
#define FD_PORT_DIR 0x3f7
#define FD_IRQ 6
#define FD_DMA 2

static unsigned int drives = 1;
module_param(drives, uint, 0444);
MODULE_PARM_DESC(drives, "number of drives: 1 or 2");

static struct fdc fdc;

static int floppy_reserve(struct fdc *f)
{
	int err = -EBUSY;

	if (!request_region(FD_PORTS, FD_PORTS_COUNT, "floppy"))
		return err;
	if (!request_region(FD_PORT_DIR, 1, "floppy"))
		goto undo_ports;
	err = request_dma(FD_DMA, "floppy");
	if (err)
		goto undo_dir;
	err = request_irq(FD_IRQ, fdc_interrupt, 0, "floppy", f);
	if (err)
		goto undo_dma;
	err = -ENOMEM;
	f->buffer = dma_alloc_coherent(NULL, FD_BUFFER_SIZE, &f->buffer_bus, GFP_KERNEL | GFP_DMA);
	if (f->buffer)
		return 0;
	free_irq(FD_IRQ, f);
undo_dma:
	free_dma(FD_DMA);
undo_dir:
	release_region(FD_PORT_DIR, 1);
undo_ports:
	release_region(FD_PORTS, FD_PORTS_COUNT);
	return err;
}

static void floppy_unreserve(struct fdc *f)
{
	dma_free_coherent(NULL, FD_BUFFER_SIZE, f->buffer, f->buffer_bus);
	free_irq(FD_IRQ, f);
	free_dma(FD_DMA);
	release_region(FD_PORT_DIR, 1);
	release_region(FD_PORTS, FD_PORTS_COUNT);
}

static int floppy_start(struct fdc *f)
{
	int err;

	mutex_lock(&f->mutex);
	err = fdc_reset(f);
	mutex_unlock(&f->mutex);
	if (!err)
		return 0;
	pr_err("floppy: no controller at 0x%x: error %d\n", FD_PORTS, err);
	return -ENODEV;
}

static int floppy_queues(struct fdc *f)
{
	f->workers = alloc_ordered_workqueue("floppy", WQ_MEM_RECLAIM);
	if (!f->workers)
		return -ENOMEM;
	INIT_WORK(&f->work, disk_work);
	f->tag_set.ops = &disk_mq_ops;
	f->tag_set.nr_hw_queues = 1;
	f->tag_set.queue_depth = 1;
	f->tag_set.flags = BLK_MQ_F_SHOULD_MERGE;
	return blk_mq_alloc_tag_set(&f->tag_set);
}

/* Undoes any part of floppy_publish(). */
static void floppy_unpublish(struct fdc *f)
{
	unsigned int i;

	for (i = 0; i < f->drive_count; i++) {
		disk_destroy(&f->drives[i]);
		drive_stop(&f->drives[i]);
	}
	blk_mq_free_tag_set(&f->tag_set);
	if (f->workers)
		destroy_workqueue(f->workers);
	unregister_blkdev(FLOPPY_MAJOR, "fd");
}

static int floppy_publish(struct fdc *f)
{
	unsigned int i;
	int err = register_blkdev(FLOPPY_MAJOR, "fd");

	if (err)
		return err;
	err = floppy_queues(f);
	for (i = 0; !err && i < f->drive_count; i++)
		err = disk_create(&f->drives[i]);
	if (err)
		floppy_unpublish(f);
	return err;
}

static int __init floppy_init(void)
{
	unsigned int i;
	int err;

	if (drives < 1 || drives > FD_DRIVES)
		return -EINVAL;
	mutex_init(&fdc.mutex);
	init_completion(&fdc.interrupt);
	fdc.drive_count = drives;
	for (i = 0; i < drives; i++)
		drive_init(&fdc.drives[i], &fdc, i);
	err = floppy_reserve(&fdc);
	if (err)
		return err;
	err = floppy_start(&fdc);
	if (!err)
		err = floppy_publish(&fdc);
	if (err)
		floppy_unreserve(&fdc);
	return err;
}

static void __exit floppy_exit(void)
{
	floppy_unpublish(&fdc);
	floppy_unreserve(&fdc);
}

module_init(floppy_init);
module_exit(floppy_exit);

MODULE_DESCRIPTION("Floppy disks (82077AA)");
MODULE_LICENSE("Dual MIT/GPL");
MODULE_ALIAS("block-major-2-*");
