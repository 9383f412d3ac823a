/*
 * The platform bus: devices that no hardware bus can enumerate. A driver matches by driver_override, by its id_table, or
 * by name; an id_table hit is the better match. What a device occupies is reserved for it as long as it is registered,
 * and given out as a child to the driver that requests it.
 */
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/ledger.h>
#include "device/device.h"

#define SCORE_NAME 1
#define SCORE_ID_TABLE 2
#define SCORE_OVERRIDE 3

static DEFINE_IDA(auto_ids);

static void platform_bus_release(struct device *dev)
{
}

struct device platform_bus = { .init_name = "platform", .release = platform_bus_release };
EXPORT_SYMBOL_GPL(platform_bus);

static const struct platform_device_id *match_id(const struct platform_device_id *id,
						 struct platform_device *pdev)
{
	for (; id->name[0]; id++)
		if (!strcmp(pdev->name, id->name))
			return id;
	return NULL;
}

static int platform_match(struct device *dev, struct device_driver *drv)
{
	struct platform_device *pdev = to_platform_device(dev);
	struct platform_driver *pdrv = to_platform_driver(drv);

	if (pdev->driver_override)
		return strcmp(pdev->driver_override, drv->name) ? 0 : SCORE_OVERRIDE;
	if (pdrv->id_table)
		return match_id(pdrv->id_table, pdev) ? SCORE_ID_TABLE : 0;
	return strcmp(pdev->name, drv->name) ? 0 : SCORE_NAME;
}

static int platform_uevent(struct device *dev, struct kobj_uevent_env *env)
{
	return add_uevent_var(env, "MODALIAS=%s%s", PLATFORM_MODULE_PREFIX,
			      to_platform_device(dev)->name);
}

static ssize_t modalias_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, PLATFORM_MODULE_PREFIX "%s\n", to_platform_device(dev)->name);
}
static DEVICE_ATTR_RO(modalias);

static ssize_t driver_override_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	const char *name = to_platform_device(dev)->driver_override;

	return sysfs_emit(buf, "%s\n", name ? name : "(null)");
}

static ssize_t driver_override_store(struct device *dev, struct device_attribute *attr,
				     const char *buf, size_t count)
{
	struct platform_device *pdev = to_platform_device(dev);
	char *name = kstrndup(buf, count, GFP_KERNEL), *old;

	if (!name)
		return -ENOMEM;
	strreplace(name, '\n', 0);
	device_lock(dev);
	old = pdev->driver_override;
	pdev->driver_override = *name ? name : NULL;
	device_unlock(dev);
	kfree(old);
	if (!*name)
		kfree(name);
	return count;
}
static DEVICE_ATTR_RW(driver_override);

static struct attribute *platform_dev_attrs[] = { &dev_attr_modalias.attr,
						  &dev_attr_driver_override.attr, NULL };
ATTRIBUTE_GROUPS(platform_dev);

static int platform_probe(struct device *dev)
{
	struct platform_driver *pdrv = to_platform_driver(dev->driver);
	struct platform_device *pdev = to_platform_device(dev);

	pdev->id_entry = pdrv->id_table ? match_id(pdrv->id_table, pdev) : NULL;
	return pdrv->probe ? pdrv->probe(pdev) : 0;
}

static int platform_remove(struct device *dev)
{
	struct platform_driver *pdrv = to_platform_driver(dev->driver);

	return pdrv->remove ? pdrv->remove(to_platform_device(dev)) : 0;
}

struct bus_type platform_bus_type = {
	.name = "platform",
	.match = platform_match,
	.uevent = platform_uevent,
	.probe = platform_probe,
	.remove = platform_remove,
	.dev_groups = platform_dev_groups,
};
EXPORT_SYMBOL_GPL(platform_bus_type);

/* Devices. */

struct platform_object {
	struct platform_device pdev;
	char name[];
};

static void platform_object_release(struct device *dev)
{
	struct platform_object *po = container_of(dev, struct platform_object, pdev.dev);

	kfree(dev->platform_data);
	kfree(po->pdev.resource);
	kfree(po->pdev.driver_override);
	kfree(po);
}

struct platform_device *platform_device_alloc(const char *name, int id)
{
	struct platform_object *po = kzalloc(sizeof(*po) + strlen(name) + 1, GFP_KERNEL);

	if (!po)
		return NULL;
	strcpy(po->name, name);
	po->pdev.name = po->name;
	po->pdev.id = id;
	device_initialize(&po->pdev.dev);
	po->pdev.dev.release = platform_object_release;
	return &po->pdev;
}
EXPORT_SYMBOL_GPL(platform_device_alloc);

int platform_device_add_resources(struct platform_device *pdev, const struct resource *res,
				  unsigned int num)
{
	struct resource *copy = NULL;

	if (res) {
		copy = kmemdup(res, sizeof(*res) * num, GFP_KERNEL);
		if (!copy)
			return -ENOMEM;
	}
	kfree(pdev->resource);
	pdev->resource = copy;
	pdev->num_resources = num;
	return 0;
}
EXPORT_SYMBOL_GPL(platform_device_add_resources);

int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size)
{
	void *copy = NULL;

	if (data) {
		copy = kmemdup(data, size, GFP_KERNEL);
		if (!copy)
			return -ENOMEM;
	}
	kfree(pdev->dev.platform_data);
	pdev->dev.platform_data = copy;
	return 0;
}
EXPORT_SYMBOL_GPL(platform_device_add_data);

static void release_resources(struct platform_device *pdev, u32 n)
{
	while (n--)
		if (pdev->resource[n].parent)
			release_resource(&pdev->resource[n]);
}

static int reserve_resources(struct platform_device *pdev)
{
	u32 i;

	for (i = 0; i < pdev->num_resources; i++) {
		struct resource *r = &pdev->resource[i], *parent = r->parent;
		int error;

		if (!r->name)
			r->name = dev_name(&pdev->dev);
		if (!parent && resource_type(r) == IORESOURCE_MEM)
			parent = &iomem_resource;
		else if (!parent && resource_type(r) == IORESOURCE_IO)
			parent = &ioport_resource;
		error = parent ? insert_resource(parent, r) : 0;
		if (error) {
			dev_err(&pdev->dev, "%pR is taken\n", r);
			release_resources(pdev, i);
			return -EBUSY;
		}
	}
	return 0;
}

static int platform_device_add_at(struct platform_device *pdev, struct module *owner,
				  unsigned long site)
{
	int error;

	if (!pdev->dev.parent)
		pdev->dev.parent = &platform_bus;
	pdev->dev.bus = &platform_bus_type;
	if (pdev->id == PLATFORM_DEVID_AUTO) {
		pdev->id = ida_alloc(&auto_ids, GFP_KERNEL);
		if (pdev->id < 0)
			return pdev->id;
		pdev->id_auto = true;
		error = dev_set_name(&pdev->dev, "%s.%d.auto", pdev->name, pdev->id);
	} else if (pdev->id == PLATFORM_DEVID_NONE) {
		error = dev_set_name(&pdev->dev, "%s", pdev->name);
	} else {
		error = dev_set_name(&pdev->dev, "%s.%d", pdev->name, pdev->id);
	}
	if (!error)
		error = reserve_resources(pdev);
	if (!error) {
		error = device_add_at(&pdev->dev, owner, site);
		if (error)
			release_resources(pdev, pdev->num_resources);
	}
	if (error && pdev->id_auto) {
		ida_free(&auto_ids, pdev->id);
		pdev->id = PLATFORM_DEVID_AUTO;
	}
	return error;
}

int platform_device_add(struct platform_device *pdev)
{
	return pdev ? platform_device_add_at(pdev, ledger_owner_of(_RET_IP_), _RET_IP_) : -EINVAL;
}
EXPORT_SYMBOL_GPL(platform_device_add);

int platform_device_register(struct platform_device *pdev)
{
	device_initialize(&pdev->dev);
	return platform_device_add_at(pdev, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL_GPL(platform_device_register);

void platform_device_del(struct platform_device *pdev)
{
	if (IS_ERR_OR_NULL(pdev))
		return;
	device_del(&pdev->dev);
	if (pdev->id_auto) {
		ida_free(&auto_ids, pdev->id);
		pdev->id_auto = false;
	}
	release_resources(pdev, pdev->num_resources);
}
EXPORT_SYMBOL_GPL(platform_device_del);

void platform_device_put(struct platform_device *pdev)
{
	if (!IS_ERR_OR_NULL(pdev))
		put_device(&pdev->dev);
}
EXPORT_SYMBOL_GPL(platform_device_put);

void platform_device_unregister(struct platform_device *pdev)
{
	platform_device_del(pdev);
	platform_device_put(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_unregister);

static struct platform_device *register_full(const struct platform_device_info *info,
					     struct module *owner, unsigned long site)
{
	struct platform_device *pdev = platform_device_alloc(info->name, info->id);
	int error;

	if (!pdev)
		return ERR_PTR(-ENOMEM);
	pdev->dev.parent = info->parent;
	error = platform_device_add_resources(pdev, info->res, info->num_res);
	if (!error)
		error = platform_device_add_data(pdev, info->data, info->size_data);
	if (!error)
		error = platform_device_add_at(pdev, owner, site);
	if (error) {
		platform_device_put(pdev);
		return ERR_PTR(error);
	}
	return pdev;
}

struct platform_device *platform_device_register_full(const struct platform_device_info *info)
{
	return register_full(info, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL_GPL(platform_device_register_full);

struct platform_device *platform_device_register_resndata(struct device *parent, const char *name,
							  int id, const struct resource *res,
							  unsigned int num, const void *data,
							  size_t size)
{
	struct platform_device_info info = {
		.parent = parent,
		.name = name,
		.id = id,
		.res = res,
		.num_res = num,
		.data = data,
		.size_data = size,
	};

	return register_full(&info, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL_GPL(platform_device_register_resndata);

int platform_add_devices(struct platform_device **devs, int num)
{
	int i, error = 0;

	for (i = 0; i < num && !error; i++)
		error = platform_device_register(devs[i]);
	if (error)
		for (i -= 2; i >= 0; i--)
			platform_device_unregister(devs[i]);
	return error;
}
EXPORT_SYMBOL_GPL(platform_add_devices);

/* What a device occupies. */

struct resource *platform_get_resource(struct platform_device *pdev, unsigned int type,
				       unsigned int num)
{
	u32 i;

	for (i = 0; i < pdev->num_resources; i++)
		if (resource_type(&pdev->resource[i]) == type && num-- == 0)
			return &pdev->resource[i];
	return NULL;
}
EXPORT_SYMBOL_GPL(platform_get_resource);

struct resource *platform_get_resource_byname(struct platform_device *pdev, unsigned int type,
					      const char *name)
{
	u32 i;

	for (i = 0; i < pdev->num_resources; i++) {
		struct resource *r = &pdev->resource[i];

		if (resource_type(r) == type && r->name && !strcmp(r->name, name))
			return r;
	}
	return NULL;
}
EXPORT_SYMBOL_GPL(platform_get_resource_byname);

int platform_get_irq_optional(struct platform_device *pdev, unsigned int num)
{
	struct resource *r = platform_get_resource(pdev, IORESOURCE_IRQ, num);

	return r ? (int)r->start : -ENXIO;
}
EXPORT_SYMBOL_GPL(platform_get_irq_optional);

int platform_get_irq(struct platform_device *pdev, unsigned int num)
{
	int irq = platform_get_irq_optional(pdev, num);

	if (irq < 0)
		dev_err(&pdev->dev, "IRQ index %u not found\n", num);
	return irq;
}
EXPORT_SYMBOL_GPL(platform_get_irq);

/* Drivers. */

int __platform_driver_register(struct platform_driver *drv, struct module *owner)
{
	drv->driver.owner = owner;
	drv->driver.bus = &platform_bus_type;
	return driver_register_at(&drv->driver, _RET_IP_);
}
EXPORT_SYMBOL_GPL(__platform_driver_register);

void platform_driver_unregister(struct platform_driver *drv)
{
	driver_unregister(&drv->driver);
}
EXPORT_SYMBOL_GPL(platform_driver_unregister);

static int count_bound(struct device *dev, void *count)
{
	++*(int *)count;
	return 0;
}

/* A driver whose probe is init code: devices that come later are not for it. */
int __platform_driver_probe(struct platform_driver *drv, int (*probe)(struct platform_device *),
			    struct module *owner)
{
	int error, count = 0;

	drv->driver.suppress_bind_attrs = true;
	drv->probe = probe;
	drv->driver.owner = owner;
	drv->driver.bus = &platform_bus_type;
	error = driver_register_at(&drv->driver, _RET_IP_);
	if (error)
		return error;
	drv->probe = NULL;
	driver_for_each_device(&drv->driver, NULL, &count, count_bound);
	if (count)
		return 0;
	driver_unregister(&drv->driver);
	return -ENODEV;
}
EXPORT_SYMBOL_GPL(__platform_driver_probe);

void platform_init(void)
{
	if (device_register(&platform_bus) || bus_register(&platform_bus_type))
		panic("platform: the bus cannot be registered");
}
