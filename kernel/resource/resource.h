/* Inside of resource, shared by its files. */
#ifndef RESOURCE_RESOURCE_H
#define RESOURCE_RESOURCE_H

#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/spinlock.h>

struct module;
struct seq_file;

/* "held by sb16 (since 3.2 s); rmmod sb16" into buf: the end of each refusal. */
void resource_describe_holder(const char *name, const struct module *owner, u64 since, char *buf,
			      size_t size);

/* Calls fn for each range below root, outer before inner, under the lock (fn may not sleep). */
void resource_walk(struct resource *root,
		   void (*fn)(const struct resource *res, unsigned int depth, void *data),
		   void *data);

/* Records the owner of ports first..last; owner NULL: the kernel. 0 or -ENOMEM (nothing recorded). */
int port_own(unsigned int first, unsigned int last, struct module *owner);
void port_disown(unsigned int first, unsigned int last);

void board_resources_init(void);

/* One interrupt line. */
struct irq_desc {
	spinlock_t lock;	      /* protects all below; taken in irq context */
	struct irqaction *action;     /* handlers, first come first called */
	unsigned int count;	      /* interrupts since boot */
	unsigned int depth;	      /* disable_irq() calls not undone */
	unsigned int recent;	      /* interrupts in the current 100,000 */
	unsigned int unhandled;	      /* of them, those that no handler knew */
	unsigned long last_unhandled; /* jiffies */
	unsigned int spurious;	      /* interrupts while nobody holds the line */
	bool running;		      /* handlers run now */
	bool pending;		      /* came in while masked or running */
	bool stormed;		      /* switched off because nobody handles it */
	bool probing;		      /* probe_irq_on() listens */
	unsigned int oneshot; /* handlers whose thread must run before the line is unmasked */
};

extern struct irq_desc irq_descs[NR_IRQS];

/* Masks or unmasks the line at the controller as depth, storm, threads and handlers want it. Under desc->lock. */
void irq_apply_mask(unsigned int irq);

#endif
