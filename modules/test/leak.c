/*
 * A module that gives nothing back: ports, an interrupt line, a DMA channel, heap memory. Unloading it shows that the
 * kernel knows, says so line by line, and takes everything back. With fail=1 its init fails after taking them.
 */
#include <asm/dma.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

static bool fail;
module_param(fail, bool, 0444);
MODULE_PARM_DESC(fail, "let init fail at its end");

static void *kept;

static irqreturn_t leak_interrupt(int irq, void *dev)
{
	return IRQ_NONE;
}

static int __init leak_init(void)
{
	if (!request_region(0x3a8, 8, "leak") || !request_mem_region(0xfee10000, 4096, "leak"))
		return -EBUSY;
	if (request_irq(10, leak_interrupt, 0, "leak", NULL) || request_dma(3, "leak"))
		return -EBUSY;
	kept = kmalloc(100, GFP_KERNEL);
	return fail ? -EIO : 0;
}

static void __exit leak_exit(void)
{
}

module_init(leak_init);
module_exit(leak_exit);

MODULE_DESCRIPTION("Gives nothing back");
MODULE_LICENSE("Dual MIT/GPL");
