/*
 * Two modules that want the same: whichever is loaded second is refused by the first thing that the other one holds.
 * FIGHT_NAME is the module's name.
 */
#include <asm/dma.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

#define FIGHT_PORT 0x3a0
#define FIGHT_PORTS 8
#define FIGHT_IRQ 11
#define FIGHT_DMA 3

static char *only = "all";
module_param(only, charp, 0444);
MODULE_PARM_DESC(only, "what to take: ports, irq, dma or all");

static bool fight_wants(const char *what)
{
	return !strcmp(only, "all") || !strcmp(only, what);
}

static irqreturn_t fight_interrupt(int irq, void *dev)
{
	return IRQ_NONE;
}

static int __init fight_init(void)
{
	int err;

	if (fight_wants("ports") && !request_region(FIGHT_PORT, FIGHT_PORTS, FIGHT_NAME))
		return -EBUSY;
	if (fight_wants("irq")) {
		err = request_irq(FIGHT_IRQ, fight_interrupt, 0, FIGHT_NAME, NULL);
		if (err)
			goto undo_ports;
	}
	if (fight_wants("dma")) {
		err = request_dma(FIGHT_DMA, FIGHT_NAME);
		if (err)
			goto undo_irq;
	}
	return 0;
undo_irq:
	if (fight_wants("irq"))
		free_irq(FIGHT_IRQ, NULL);
undo_ports:
	if (fight_wants("ports"))
		release_region(FIGHT_PORT, FIGHT_PORTS);
	return err;
}

static void __exit fight_exit(void)
{
	if (fight_wants("dma"))
		free_dma(FIGHT_DMA);
	if (fight_wants("irq"))
		free_irq(FIGHT_IRQ, NULL);
	if (fight_wants("ports"))
		release_region(FIGHT_PORT, FIGHT_PORTS);
}

module_init(fight_init);
module_exit(fight_exit);

MODULE_DESCRIPTION("Wants the same resources as its twin");
MODULE_LICENSE("Dual MIT/GPL");
