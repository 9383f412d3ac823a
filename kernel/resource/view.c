/*
 * /proc/ioports, /proc/iomem, /proc/interrupts and /proc/dma in Linux's formats (proc(5)). Each file is made in one
 * go under the lock of what it shows, so it is consistent in itself.
 */
#include <linux/capability.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "resource/dma.h"
#include "resource/irq.h"
#include "resource/resource.h"

#define VIEW_MAX_DEPTH 5

struct range_view {
	struct seq_file *seq;
	int digits;	/* of a number: 4 for ports, 8 for addresses */
	bool addresses; /* the reader may see them */
};

static void range_show(const struct resource *res, unsigned int depth, void *data)
{
	struct range_view *view = data;
	unsigned int indent = 2 * min(depth, (unsigned int)VIEW_MAX_DEPTH);

	seq_printf(view->seq, "%*s%0*x-%0*x : %s\n", indent, "", view->digits,
		   view->addresses ? res->start : 0, view->digits, view->addresses ? res->end : 0,
		   res->name ? res->name : "<BAD>");
}

static int range_tree_show(struct seq_file *seq, struct resource *root)
{
	struct range_view view = {
		.seq = seq,
		.digits = root->end < 0x10000 ? 4 : 8,
		.addresses = capable(CAP_SYS_ADMIN),
	};

	resource_walk(root, range_show, &view);
	return 0;
}

static int ioports_show(struct seq_file *seq, void *unused)
{
	return range_tree_show(seq, &ioport_resource);
}

static int iomem_show(struct seq_file *seq, void *unused)
{
	return range_tree_show(seq, &iomem_resource);
}

static void irq_line_show(struct seq_file *seq, unsigned int irq)
{
	struct irq_desc *desc = &irq_descs[irq];
	struct irqaction *action;
	unsigned long flags;

	spin_lock_irqsave(&desc->lock, flags);
	if (desc->action || desc->count) {
		seq_printf(seq, "%3u: %10u    XT-PIC    ", irq, desc->count);
		for (action = desc->action; action; action = action->next)
			seq_printf(seq, "%s%s", action == desc->action ? "  " : ", ", action->name);
		seq_putc(seq, '\n');
	}
	spin_unlock_irqrestore(&desc->lock, flags);
}

static int interrupts_show(struct seq_file *seq, void *unused)
{
	unsigned int irq;

	seq_printf(seq, "%11sCPU0       \n", "");
	for (irq = 0; irq < NR_IRQS; irq++)
		irq_line_show(seq, irq);
	seq_printf(seq, "ERR: %10u\n", irq_errors());
	return 0;
}

static int dma_view_show(struct seq_file *seq, void *unused)
{
	dma_show(seq);
	return 0;
}

static int __init resource_view_init(void)
{
	proc_create_single("ioports", 0444, NULL, ioports_show);
	proc_create_single("iomem", 0444, NULL, iomem_show);
	proc_create_single("interrupts", 0444, NULL, interrupts_show);
	proc_create_single("dma", 0444, NULL, dma_view_show);
	return 0;
}
fs_initcall(resource_view_init);
