/*
 * The devm_ forms: ranges and interrupt lines that are given back when the driver is unbound from the device, in
 * reverse order of acquisition. The device core keeps the list (devres); here is what each entry does.
 */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <rakit/ledger.h>
#include "resource/managed.h"

struct region_devres {
	struct resource *parent;
	resource_size_t start, n;
};

struct irq_devres {
	unsigned int irq;
	void *dev_id;
};

static void devm_region_release(struct device *dev, void *data)
{
	struct region_devres *region = data;

	__release_region(region->parent, region->start, region->n);
}

static int devm_region_match(struct device *dev, void *data, void *wanted)
{
	struct region_devres *a = data, *b = wanted;

	return a->parent == b->parent && a->start == b->start && a->n == b->n;
}

struct resource *__devm_request_region(struct device *dev, struct resource *parent,
				       resource_size_t start, resource_size_t n, const char *name)
{
	struct region_devres *region = devres_alloc(devm_region_release, sizeof(*region),
						    GFP_KERNEL);
	struct resource *res;

	if (!region)
		return NULL;
	*region = (struct region_devres){ parent, start, n };
	res = region_request(parent, start, n, name, 0, _RET_IP_);
	if (res)
		devres_add(dev, region);
	else
		devres_free(region);
	return res;
}
EXPORT_SYMBOL(__devm_request_region);

void __devm_release_region(struct device *dev, struct resource *parent, resource_size_t start,
			   resource_size_t n)
{
	struct region_devres wanted = { parent, start, n };

	WARN_ON(devres_release(dev, devm_region_release, devm_region_match, &wanted));
}
EXPORT_SYMBOL(__devm_release_region);

static void devm_resource_release(struct device *dev, void *data)
{
	release_resource(*(struct resource **)data);
}

static int devm_resource_match(struct device *dev, void *data, void *wanted)
{
	return *(struct resource **)data == wanted;
}

int devm_request_resource(struct device *dev, struct resource *root, struct resource *res)
{
	struct resource **kept = devres_alloc(devm_resource_release, sizeof(*kept), GFP_KERNEL);

	if (!kept)
		return -ENOMEM;
	*kept = res;
	if (request_resource_conflict(root, res)) {
		devres_free(kept);
		return -EBUSY;
	}
	devres_add(dev, kept);
	return 0;
}
EXPORT_SYMBOL(devm_request_resource);

void devm_release_resource(struct device *dev, struct resource *res)
{
	WARN_ON(devres_release(dev, devm_resource_release, devm_resource_match, res));
}
EXPORT_SYMBOL(devm_release_resource);

static void devm_irq_release(struct device *dev, void *data)
{
	struct irq_devres *irq = data;

	free_irq(irq->irq, irq->dev_id);
}

static int devm_irq_match(struct device *dev, void *data, void *wanted)
{
	struct irq_devres *a = data, *b = wanted;

	return a->irq == b->irq && a->dev_id == b->dev_id;
}

static int devm_irq_request(struct device *dev, unsigned int irq, irq_handler_t handler,
			    irq_handler_t thread_fn, unsigned long flags, const char *name,
			    void *dev_id, unsigned long site)
{
	struct irq_devres *kept = devres_alloc(devm_irq_release, sizeof(*kept), GFP_KERNEL);
	int err;

	if (!kept)
		return -ENOMEM;
	*kept = (struct irq_devres){ irq, dev_id };
	err = irq_request_at(irq, handler, thread_fn, flags, name ? name : dev_name(dev), dev_id,
			     site);
	if (err)
		devres_free(kept);
	else
		devres_add(dev, kept);
	return err;
}

int devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
			      irq_handler_t thread_fn, unsigned long flags, const char *name,
			      void *dev_id)
{
	return devm_irq_request(dev, irq, handler, thread_fn, flags, name, dev_id, _RET_IP_);
}
EXPORT_SYMBOL(devm_request_threaded_irq);

int devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
		     unsigned long flags, const char *name, void *dev_id)
{
	return devm_irq_request(dev, irq, handler, NULL, flags, name, dev_id, _RET_IP_);
}
EXPORT_SYMBOL(devm_request_irq);

void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id)
{
	struct irq_devres wanted = { irq, dev_id };

	WARN_ON(devres_release(dev, devm_irq_release, devm_irq_match, &wanted));
}
EXPORT_SYMBOL(devm_free_irq);
