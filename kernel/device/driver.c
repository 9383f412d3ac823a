/*
 * Binding: bringing drivers and devices together.
 *
 * 1. A new device is offered to the drivers of its bus, the best match first; a new driver is offered every device of its
 *    bus that has no driver, or one that matches it worse: then the worse one is unbound first.
 * 2. probe and remove run under the device's mutex, with a reference on the driver's module. A probe that fails leaves
 *    nothing: what the driver acquired through devres is given back, newest first. -EPROBE_DEFER keeps the device for
 *    another try when something has been bound.
 * 3. An entry of the registry per driver, "BUS/NAME", says who offers it; the ledger takes a driver back that its
 *    module forgot, which unbinds its devices.
 */
#include <linux/export.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <rakit/ledger.h>
#include <rakit/refusal.h>
#include <rakit/registry.h>
#include "device/device.h"

static LIST_HEAD(deferred); /* device_private by deferred */
static DEFINE_MUTEX(deferred_mutex);
static atomic_t probes = ATOMIC_INIT(0);
static DECLARE_WAIT_QUEUE_HEAD(probe_wait);

bool device_is_bound(struct device *dev)
{
	return dev->p && !list_empty(&dev->p->driver_node);
}
EXPORT_SYMBOL_GPL(device_is_bound);

/* Links between device and driver in /sys, and the driver's list. */
static void bound(struct device *dev)
{
	struct device_driver *drv = dev->driver;

	mutex_lock(&drv->bus->p->mutex);
	list_add_tail(&dev->p->driver_node, &drv->p->devices);
	mutex_unlock(&drv->bus->p->mutex);
	if (drv->owner)
		atomic_inc(&drv->owner->bound_devices);
	sysfs_create_link_nowarn(&drv->p->kobj, &dev->kobj, dev_name(dev));
	sysfs_create_link_nowarn(&dev->kobj, &drv->p->kobj, "driver");
	deferred_probe_remove(dev);
	bus_notify(dev, BUS_NOTIFY_BOUND_DRIVER);
	kobject_uevent(&dev->kobj, KOBJ_BIND);
}

static void defer(struct device *dev)
{
	mutex_lock(&deferred_mutex);
	if (list_empty(&dev->p->deferred))
		list_add_tail(&dev->p->deferred, &deferred);
	mutex_unlock(&deferred_mutex);
}

void deferred_probe_remove(struct device *dev)
{
	mutex_lock(&deferred_mutex);
	list_del_init(&dev->p->deferred);
	mutex_unlock(&deferred_mutex);
}

/* Something new is there: those that waited are tried once more. */
void deferred_probe_trigger(void)
{
	LIST_HEAD(again);

	mutex_lock(&deferred_mutex);
	list_splice_init(&deferred, &again);
	while (!list_empty(&again)) {
		struct device_private *p = list_first_entry(&again, struct device_private,
							    deferred);
		struct device *dev = get_device(p->device);

		list_del_init(&p->deferred);
		mutex_unlock(&deferred_mutex);
		if (device_attach(dev) < 0)
			dev_dbg(dev, "still not bound\n");
		put_device(dev);
		mutex_lock(&deferred_mutex);
	}
	mutex_unlock(&deferred_mutex);
}

static int call_probe(struct device *dev, struct device_driver *drv)
{
	if (dev->bus->probe)
		return dev->bus->probe(dev);
	return drv->probe ? drv->probe(dev) : 0;
}

/* What a probe has said is kept under "probe DEVICE by DRIVER". */
static void device_note_probe(struct device *dev, struct device_driver *drv,
			      const struct refusal_mark *mark, int error)
{
	char subject[96];

	scnprintf(subject, sizeof(subject), "%s by %s", dev_name(dev), drv->name);
	refusal_note(mark, "probe", subject, error);
}

/* The device's mutex is held and it is unbound. 0: bound. */
static int try_bind(struct device *dev, struct device_driver *drv)
{
	struct refusal_mark mark;
	int error;

	if (!try_module_get(drv->owner))
		return -ENODEV;
	refusal_mark(&mark);
	atomic_inc(&probes);
	dev->driver = drv;
	bus_notify(dev, BUS_NOTIFY_BIND_DRIVER);
	error = call_probe(dev, drv);
	if (!error)
		error = sysfs_create_groups(&dev->kobj, drv->dev_groups);
	if (error) {
		devres_release_all(dev);
		dev->driver = NULL;
		dev->driver_data = NULL;
	}
	if (error == -EPROBE_DEFER)
		defer(dev);
	else if (error && error != -ENODEV && error != -ENXIO)
		pr_warn("device: %s: driver %s: probe failed with %d (%pe)\n", dev_name(dev),
			drv->name, error, ERR_PTR(error));
	if (error != -EPROBE_DEFER)
		device_note_probe(dev, drv, &mark, error);
	if (!error) {
		dev->p->score = driver_match_score(dev, drv);
		bound(dev);
	}
	module_put(drv->owner);
	atomic_dec(&probes);
	wake_up_all(&probe_wait);
	return error;
}

/* The device's mutex is held. */
static void unbind(struct device *dev)
{
	struct device_driver *drv = dev->driver;

	if (!drv || !device_is_bound(dev))
		return;
	bus_notify(dev, BUS_NOTIFY_UNBIND_DRIVER);
	sysfs_remove_link(&drv->p->kobj, dev_name(dev));
	sysfs_remove_link(&dev->kobj, "driver");
	sysfs_remove_groups(&dev->kobj, drv->dev_groups);
	if (dev->bus->remove)
		dev->bus->remove(dev);
	else if (drv->remove)
		drv->remove(dev);
	devres_release_all(dev);
	mutex_lock(&drv->bus->p->mutex);
	list_del_init(&dev->p->driver_node);
	mutex_unlock(&drv->bus->p->mutex);
	if (drv->owner)
		atomic_dec(&drv->owner->bound_devices);
	dev->driver = NULL;
	dev->driver_data = NULL;
	bus_notify(dev, BUS_NOTIFY_UNBOUND_DRIVER);
	kobject_uevent(&dev->kobj, KOBJ_UNBIND);
}

void device_release_driver(struct device *dev)
{
	device_lock(dev);
	unbind(dev);
	device_unlock(dev);
}
EXPORT_SYMBOL_GPL(device_release_driver);

/* The best driver below a score limit. */
struct best {
	struct device *dev;
	struct device_driver *drv;
	int score; /* of drv */
	int below; /* only scores less than this: those above have been tried */
};

static int consider(struct device_driver *drv, void *data)
{
	struct best *best = data;
	int score = driver_match_score(best->dev, drv);

	if (score > best->score && score < best->below) {
		best->drv = drv;
		best->score = score;
	}
	return 0;
}

struct attempt {
	struct device *dev;
	int score;
	int error;
};

static int try_equals(struct device_driver *drv, void *data)
{
	struct attempt *a = data;

	if (driver_match_score(a->dev, drv) != a->score)
		return 0;
	a->error = try_bind(a->dev, drv);
	return !a->error;
}

/* 1: bound, 0: no driver, -EPROBE_DEFER. */
int device_attach(struct device *dev)
{
	struct best best = { .dev = dev, .below = INT_MAX };
	int result = 0;

	device_lock(dev);
	if (dev->driver) {
		result = 1;
		goto unlock;
	}
	for (;;) {
		struct attempt a = { .dev = dev };

		best.drv = NULL;
		best.score = 0;
		bus_for_each_drv(dev->bus, NULL, &best, consider);
		if (!best.drv)
			break;
		a.score = best.score;
		if (bus_for_each_drv(dev->bus, NULL, &a, try_equals)) {
			result = 1;
			break;
		}
		if (a.error == -EPROBE_DEFER)
			result = -EPROBE_DEFER;
		best.below = best.score;
	}
unlock:
	device_unlock(dev);
	if (result == 1)
		deferred_probe_trigger();
	return result;
}
EXPORT_SYMBOL_GPL(device_attach);

int device_driver_attach(struct device_driver *drv, struct device *dev)
{
	int error = -EBUSY;

	device_lock(dev);
	if (!dev->driver)
		error = try_bind(dev, drv);
	device_unlock(dev);
	return error;
}

static int offer(struct device *dev, void *data)
{
	struct device_driver *drv = data;
	int score = driver_match_score(dev, drv);

	if (score < 0)
		return score == -EPROBE_DEFER ? 0 : score;
	if (!score)
		return 0;
	device_lock(dev);
	if (dev->driver && device_is_bound(dev) && score > dev->p->score) {
		pr_info("device: %s: driver %s takes over from %s\n", dev_name(dev), drv->name,
			dev->driver->name);
		unbind(dev);
	}
	if (!dev->driver)
		try_bind(dev, drv);
	device_unlock(dev);
	return 0;
}

int driver_attach(struct device_driver *drv)
{
	return bus_for_each_dev(drv->bus, NULL, drv, offer);
}
EXPORT_SYMBOL_GPL(driver_attach);

int device_bind_driver(struct device *dev)
{
	bound(dev);
	return 0;
}
EXPORT_SYMBOL_GPL(device_bind_driver);

int device_reprobe(struct device *dev)
{
	device_release_driver(dev);
	return device_attach(dev);
}
EXPORT_SYMBOL_GPL(device_reprobe);

static int rescan(struct device *dev, void *data)
{
	int result = dev->driver ? 0 : device_attach(dev);

	return result < 0 ? result : 0;
}

int bus_rescan_devices(struct bus_type *bus)
{
	return bus_for_each_dev(bus, NULL, NULL, rescan);
}
EXPORT_SYMBOL_GPL(bus_rescan_devices);

void wait_for_device_probe(void)
{
	wait_event(probe_wait, !atomic_read(&probes));
}
EXPORT_SYMBOL_GPL(wait_for_device_probe);

/* Registering. */

static void registry_name(const struct device_driver *drv, char *buf, size_t size)
{
	scnprintf(buf, size, "%s/%s", drv->bus->name, drv->name);
}

int driver_register_at(struct device_driver *drv, unsigned long site)
{
	struct module *owner = drv->owner ? drv->owner : ledger_owner_of(site);
	char name[REGISTRY_NAME_MAX + 1];
	int error;

	if (!drv->bus || !drv->bus->p) {
		pr_err("driver: %s: its bus is not registered\n", drv->name);
		return -EINVAL;
	}
	registry_name(drv, name, sizeof(name));
	error = registry_add(REGISTRY_DRIVER, name, owner, drv, REGISTRY_NO_LEDGER, site);
	if (error)
		return error == -EEXIST ? -EBUSY : error;
	error = bus_add_driver(drv);
	if (error)
		goto unregister;
	error = ledger_add(owner, LEDGER_DRIVER, drv, 0, 0, name, site);
	if (error)
		goto remove;
	if (drv->bus->p->drivers_autoprobe) {
		error = driver_attach(drv);
		if (error)
			pr_warn("driver: %s: error %d while looking for devices\n", name, error);
	}
	deferred_probe_trigger();
	return 0;
remove:
	bus_remove_driver(drv);
unregister:
	registry_remove(REGISTRY_DRIVER, drv);
	return error;
}

int driver_register(struct device_driver *drv)
{
	return driver_register_at(drv, _RET_IP_);
}
EXPORT_SYMBOL_GPL(driver_register);

void driver_unregister(struct device_driver *drv)
{
	if (!drv || !drv->p)
		return;
	ledger_remove(LEDGER_DRIVER, drv);
	registry_remove(REGISTRY_DRIVER, drv);
	for (;;) {
		struct device *dev = NULL;

		mutex_lock(&drv->bus->p->mutex);
		if (!list_empty(&drv->p->devices))
			dev = get_device(list_last_entry(&drv->p->devices, struct device_private,
							 driver_node)
						 ->device);
		mutex_unlock(&drv->bus->p->mutex);
		if (!dev)
			break;
		device_lock(dev);
		if (dev->driver == drv)
			unbind(dev);
		device_unlock(dev);
		put_device(dev);
	}
	sysfs_remove_groups(&drv->p->kobj, drv->groups);
	bus_remove_driver(drv);
}
EXPORT_SYMBOL_GPL(driver_unregister);

struct device *driver_find_device(struct device_driver *drv, struct device *start, const void *data,
				  int (*match)(struct device *, const void *))
{
	struct device_private *p;
	struct device *found = NULL;
	bool looking = !start;

	if (!drv || !drv->p)
		return NULL;
	mutex_lock(&drv->bus->p->mutex);
	list_for_each_entry(p, &drv->p->devices, driver_node) {
		if (looking && match(p->device, data)) {
			found = get_device(p->device);
			break;
		}
		if (p->device == start)
			looking = true;
	}
	mutex_unlock(&drv->bus->p->mutex);
	return found;
}
EXPORT_SYMBOL_GPL(driver_find_device);

int driver_for_each_device(struct device_driver *drv, struct device *start, void *data,
			   int (*fn)(struct device *, void *))
{
	struct device *dev = get_device(start), *next;
	int result = 0;

	while (!result && (next = driver_find_device(drv, dev, NULL, device_match_any))) {
		put_device(dev);
		dev = next;
		result = fn(dev, data);
	}
	put_device(dev);
	return result;
}
EXPORT_SYMBOL_GPL(driver_for_each_device);

static void ledger_release_driver(const struct ledger_entry *entry)
{
	driver_unregister((struct device_driver *)entry->object);
}

static const struct ledger_kind_ops driver_kind = { .name = "driver",
						    .release = ledger_release_driver };

void driver_core_init(void)
{
	ledger_kind_register(LEDGER_DRIVER, &driver_kind);
}
