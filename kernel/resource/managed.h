/* What the devm_ forms need from the plain ones: the caller's address passed along. */
#ifndef RESOURCE_MANAGED_H
#define RESOURCE_MANAGED_H

#include <linux/interrupt.h>
#include <linux/ioport.h>

struct resource *region_request(struct resource *root, resource_size_t start, resource_size_t n,
				const char *name, int flags, unsigned long site);
int irq_request_at(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
		   unsigned long flags, const char *name, void *dev, unsigned long site);

#endif
