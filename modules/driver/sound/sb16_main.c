/*
 * Sound Blaster 16: what it occupies, and its start and end.
 *
 * Ports, interrupt line and DMA channels are reserved before the card is touched; if one of them is held by somebody
 * else the load fails, the log names the holder, and another set can be given as parameters.
 */
#include <asm/dma.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/major.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include "sb16.h"

#define DSP_MINOR 3 /* /dev/dsp; Linux allocated devices list, major 14 */

static unsigned int port = 0x220;
module_param(port, uint, 0444);
MODULE_PARM_DESC(port, "base port: 0x220, 0x240, 0x260 or 0x280");
static unsigned int irq = 5;
module_param(irq, uint, 0444);
MODULE_PARM_DESC(irq, "interrupt line: 5, 7, 9 or 10");
static unsigned int dma = 1;
module_param(dma, uint, 0444);
MODULE_PARM_DESC(dma, "DMA channel for 8-bit samples: 0, 1 or 3");
static int dma16 = 5;
module_param(dma16, int, 0444);
MODULE_PARM_DESC(dma16, "DMA channel for 16-bit samples: 5, 6 or 7; -1: none");

static struct sb16 sb16;

static irqreturn_t sb_interrupt(int line, void *dev)
{
	struct sb16 *sb = dev;
	irqreturn_t ret = IRQ_NONE;

	spin_lock(&sb->lock);
	if (sb_dsp_acknowledge(sb)) {
		sb_play_interrupt(sb);
		ret = IRQ_HANDLED;
	}
	spin_unlock(&sb->lock);
	return ret;
}

static int sb_reserve_dma(struct sb16 *sb)
{
	int err = request_dma(sb->dma8, "sb16");

	if (err || sb->dma16 < 0)
		return err;
	err = request_dma(sb->dma16, "sb16");
	if (err)
		free_dma(sb->dma8);
	return err;
}

static void sb_release_dma(struct sb16 *sb)
{
	if (sb->dma16 >= 0)
		free_dma(sb->dma16);
	free_dma(sb->dma8);
}

/* Everything that must be had before the card is touched. */
static int sb_reserve(struct sb16 *sb)
{
	int err = -EBUSY;

	if (!request_region(sb->port, SB_PORTS, "sb16"))
		return err;
	err = sb_reserve_dma(sb);
	if (err)
		goto undo_region;
	err = request_irq(sb->irq, sb_interrupt, 0, "sb16", sb);
	if (err)
		goto undo_dma;
	err = -ENOMEM;
	sb->buffer = dma_alloc_coherent(NULL, SB_BUFFER_SIZE, &sb->buffer_bus,
					GFP_KERNEL | GFP_DMA);
	if (sb->buffer)
		return 0;
	free_irq(sb->irq, sb);
undo_dma:
	sb_release_dma(sb);
undo_region:
	release_region(sb->port, SB_PORTS);
	return err;
}

static void sb_unreserve(struct sb16 *sb)
{
	dma_free_coherent(NULL, SB_BUFFER_SIZE, sb->buffer, sb->buffer_bus);
	free_irq(sb->irq, sb);
	sb_release_dma(sb);
	release_region(sb->port, SB_PORTS);
}

static int sb_publish(struct sb16 *sb)
{
	int err = register_chrdev_region(sb->devt, 1, "sb16");

	if (err)
		return err;
	sb->class = class_create(THIS_MODULE, "sound");
	err = PTR_ERR_OR_ZERO(sb->class);
	if (err)
		goto undo_number;
	cdev_init(&sb->cdev, &sb_file_operations);
	sb->cdev.owner = THIS_MODULE;
	err = cdev_add(&sb->cdev, sb->devt, 1);
	if (err)
		goto undo_class;
	sb->device = device_create(sb->class, NULL, sb->devt, sb, "dsp");
	err = PTR_ERR_OR_ZERO(sb->device);
	if (!err)
		return 0;
	cdev_del(&sb->cdev);
undo_class:
	class_destroy(sb->class);
undo_number:
	unregister_chrdev_region(sb->devt, 1);
	return err;
}

static void sb_unpublish(struct sb16 *sb)
{
	device_destroy(sb->class, sb->devt);
	cdev_del(&sb->cdev);
	class_destroy(sb->class);
	unregister_chrdev_region(sb->devt, 1);
}

static int __init sb_init(void)
{
	struct sb16 *sb = &sb16;
	int err;

	sb->port = port;
	sb->irq = irq;
	sb->dma8 = dma;
	sb->dma16 = dma16;
	sb->devt = MKDEV(SOUND_MAJOR, DSP_MINOR);
	mutex_init(&sb->mutex);
	spin_lock_init(&sb->lock);
	init_waitqueue_head(&sb->room);
	err = sb_reserve(sb);
	if (err)
		return err;
	err = sb_dsp_identify(sb);
	if (!err)
		err = sb_dsp_select(sb);
	if (!err)
		err = sb_publish(sb);
	if (err) {
		pr_err("sb16: 0x%x: no usable card (irq %u, dma %u and %d): error %d\n", port, irq,
		       dma, dma16, err);
		sb_unreserve(sb);
		return err;
	}
	pr_info("sb16: 0x%x: DSP %u.%02u, irq %u, dma %u and %d\n", port, sb->version >> 8,
		sb->version & 0xff, irq, dma, dma16);
	return 0;
}

static void __exit sb_exit(void)
{
	sb_unpublish(&sb16);
	sb_unreserve(&sb16);
}

module_init(sb_init);
module_exit(sb_exit);

MODULE_DESCRIPTION("Sound Blaster 16 playback");
MODULE_LICENSE("Dual MIT/GPL");
MODULE_ALIAS("char-major-14-3");
