/*
 * Buses and the drivers on them: /sys/bus/NAME with its devices and drivers.
 *
 * The bus's mutex protects its two lists. Binding itself (driver.c) runs under the device's mutex only, so that a probe
 * may register further devices and drivers, also on the same bus.
 */
#include <linux/export.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/ledger.h>
#include "device/device.h"

struct kset *bus_kset;

#define to_subsys(x) container_of(x, struct subsys_private, subsys.kobj)
#define to_driver_private(x) container_of(x, struct driver_private, kobj)

/* Attributes. */

static ssize_t bus_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct bus_attribute *a = container_of(attr, struct bus_attribute, attr);

	return a->show ? a->show(to_subsys(kobj)->bus, buf) : -EIO;
}

static ssize_t bus_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct bus_attribute *a = container_of(attr, struct bus_attribute, attr);

	return a->store ? a->store(to_subsys(kobj)->bus, buf, count) : -EIO;
}

static const struct sysfs_ops bus_sysfs_ops = { .show = bus_attr_show, .store = bus_attr_store };

static void bus_release(struct kobject *kobj)
{
	struct subsys_private *p = to_subsys(kobj);

	p->bus->p = NULL;
	kfree(p);
}

static struct kobj_type bus_ktype = { .sysfs_ops = &bus_sysfs_ops, .release = bus_release };

static ssize_t driver_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct driver_attribute *a = container_of(attr, struct driver_attribute, attr);

	return a->show ? a->show(to_driver_private(kobj)->driver, buf) : -EIO;
}

static ssize_t driver_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
				 size_t count)
{
	struct driver_attribute *a = container_of(attr, struct driver_attribute, attr);

	return a->store ? a->store(to_driver_private(kobj)->driver, buf, count) : -EIO;
}

static const struct sysfs_ops driver_sysfs_ops = { .show = driver_attr_show,
						   .store = driver_attr_store };

static void driver_release(struct kobject *kobj)
{
	kfree(to_driver_private(kobj));
}

static struct kobj_type driver_ktype = { .sysfs_ops = &driver_sysfs_ops,
					 .release = driver_release };

static ssize_t drivers_autoprobe_show(struct bus_type *bus, char *buf)
{
	return sysfs_emit(buf, "%d\n", bus->p->drivers_autoprobe);
}

static ssize_t drivers_autoprobe_store(struct bus_type *bus, const char *buf, size_t count)
{
	bus->p->drivers_autoprobe = buf[0] != '0';
	return count;
}
static BUS_ATTR_RW(drivers_autoprobe);

static ssize_t drivers_probe_store(struct bus_type *bus, const char *buf, size_t count)
{
	struct device *dev = bus_find_device_by_name(bus, NULL, buf);
	int error;

	if (!dev)
		return -ENODEV;
	error = device_attach(dev);
	put_device(dev);
	return error < 0 ? error : (ssize_t)count;
}
static BUS_ATTR_WO(drivers_probe);

/* Devices on their bus. */

int bus_add_device(struct device *dev)
{
	struct bus_type *bus = dev->bus;
	int error;

	if (!bus)
		return 0;
	if (!bus->p)
		return -EINVAL;
	error = sysfs_create_groups(&dev->kobj, bus->dev_groups);
	if (!error)
		error = sysfs_create_link(&bus->p->devices_kset->kobj, &dev->kobj, dev_name(dev));
	if (!error && !dev->class)
		error = sysfs_create_link(&dev->kobj, &bus->p->subsys.kobj, "subsystem");
	if (error)
		return error;
	mutex_lock(&bus->p->mutex);
	list_add_tail(&dev->p->bus_node, &bus->p->devices);
	mutex_unlock(&bus->p->mutex);
	return 0;
}

void bus_probe_device(struct device *dev)
{
	if (dev->bus && dev->bus->p->drivers_autoprobe)
		if (device_attach(dev) < 0)
			pr_debug("device: %s: no driver took it\n", dev_name(dev));
}

void bus_remove_device(struct device *dev)
{
	struct bus_type *bus = dev->bus;

	if (!bus || !bus->p)
		return;
	device_release_driver(dev);
	deferred_probe_remove(dev);
	sysfs_remove_link(&bus->p->devices_kset->kobj, dev_name(dev));
	mutex_lock(&bus->p->mutex);
	list_del_init(&dev->p->bus_node);
	mutex_unlock(&bus->p->mutex);
}

void bus_notify(struct device *dev, unsigned long event)
{
	if (dev->bus && dev->bus->p)
		blocking_notifier_call_chain(&dev->bus->p->notifier, event, dev);
}

int bus_register_notifier(struct bus_type *bus, struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&bus->p->notifier, nb);
}
EXPORT_SYMBOL_GPL(bus_register_notifier);

int bus_unregister_notifier(struct bus_type *bus, struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&bus->p->notifier, nb);
}
EXPORT_SYMBOL_GPL(bus_unregister_notifier);

/* Walks. */

struct device *bus_find_device(struct bus_type *bus, struct device *start, const void *data,
			       int (*match)(struct device *, const void *))
{
	struct device_private *p;
	struct device *found = NULL;
	bool looking = !start;

	if (!bus || !bus->p)
		return NULL;
	mutex_lock(&bus->p->mutex);
	list_for_each_entry(p, &bus->p->devices, bus_node) {
		if (looking && match(p->device, data)) {
			found = get_device(p->device);
			break;
		}
		if (p->device == start)
			looking = true;
	}
	mutex_unlock(&bus->p->mutex);
	return found;
}
EXPORT_SYMBOL_GPL(bus_find_device);

struct device *bus_find_device_by_name(struct bus_type *bus, struct device *start, const char *name)
{
	return bus_find_device(bus, start, name, device_match_name);
}
EXPORT_SYMBOL_GPL(bus_find_device_by_name);

int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *, void *))
{
	struct device *dev = get_device(start), *next;
	int result = 0;

	while (!result && (next = bus_find_device(bus, dev, NULL, device_match_any))) {
		put_device(dev);
		dev = next;
		result = fn(dev, data);
	}
	put_device(dev);
	return result;
}
EXPORT_SYMBOL_GPL(bus_for_each_dev);

/* The driver after `start` in the list, its kobject referenced; the reference on start is given back. */
static struct device_driver *next_driver(struct bus_type *bus, struct device_driver *start)
{
	struct device_driver *next = NULL;
	struct driver_private *p;
	bool looking = !start;

	mutex_lock(&bus->p->mutex);
	list_for_each_entry(p, &bus->p->drivers, bus_node) {
		if (looking) {
			kobject_get(&p->kobj);
			next = p->driver;
			break;
		}
		looking = p->driver == start;
	}
	mutex_unlock(&bus->p->mutex);
	if (start)
		kobject_put(&start->p->kobj);
	return next;
}

int bus_for_each_drv(struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *, void *))
{
	struct device_driver *drv = start;
	int result = 0;

	if (!bus || !bus->p)
		return -EINVAL;
	if (start)
		kobject_get(&start->p->kobj);
	while (!result && (drv = next_driver(bus, drv)))
		result = fn(drv, data);
	if (drv)
		kobject_put(&drv->p->kobj);
	return result;
}
EXPORT_SYMBOL_GPL(bus_for_each_drv);

struct device_driver *driver_find(const char *name, struct bus_type *bus)
{
	struct kobject *k = kset_find_obj(bus->p->drivers_kset, name);
	struct device_driver *drv = k ? to_driver_private(k)->driver : NULL;

	kobject_put(k);
	return drv;
}
EXPORT_SYMBOL_GPL(driver_find);

/* Drivers on their bus. */

int bus_add_driver(struct device_driver *drv)
{
	struct bus_type *bus = drv->bus;
	struct driver_private *p = kzalloc(sizeof(*p), GFP_KERNEL);
	int error;

	if (!p)
		return -ENOMEM;
	p->driver = drv;
	INIT_LIST_HEAD(&p->devices);
	drv->p = p;
	p->kobj.kset = bus->p->drivers_kset;
	kobject_init(&p->kobj, &driver_ktype);
	error = kobject_set_name(&p->kobj, "%s", drv->name);
	if (!error)
		error = kobject_add_owned(&p->kobj, NULL, 0);
	if (!error)
		error = sysfs_create_groups(&p->kobj, bus->drv_groups);
	if (!error)
		error = sysfs_create_groups(&p->kobj, drv->groups);
	if (!error && !drv->suppress_bind_attrs) {
		error = driver_create_file(drv, &driver_attr_unbind);
		if (!error)
			error = driver_create_file(drv, &driver_attr_bind);
	}
	if (error) {
		drv->p = NULL;
		kobject_put(&p->kobj);
		return error;
	}
	if (drv->owner)
		sysfs_create_link_nowarn(&p->kobj, &drv->owner->mkobj.kobj, "module");
	mutex_lock(&bus->p->mutex);
	list_add_tail(&p->bus_node, &bus->p->drivers);
	mutex_unlock(&bus->p->mutex);
	return 0;
}

void bus_remove_driver(struct device_driver *drv)
{
	struct bus_type *bus = drv->bus;
	struct driver_private *p = drv->p;

	mutex_lock(&bus->p->mutex);
	list_del(&p->bus_node);
	mutex_unlock(&bus->p->mutex);
	kobject_del(&p->kobj);
	kobject_put(&p->kobj);
	drv->p = NULL;
}

int driver_create_file(struct device_driver *drv, const struct driver_attribute *attr)
{
	return sysfs_create_file_at(&drv->p->kobj, &attr->attr, _RET_IP_);
}
EXPORT_SYMBOL_GPL(driver_create_file);

void driver_remove_file(struct device_driver *drv, const struct driver_attribute *attr)
{
	if (drv && drv->p)
		sysfs_remove_file(&drv->p->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(driver_remove_file);

/* Buses themselves. */

int bus_create_file(struct bus_type *bus, struct bus_attribute *attr)
{
	return sysfs_create_file_at(&bus->p->subsys.kobj, &attr->attr, _RET_IP_);
}
EXPORT_SYMBOL_GPL(bus_create_file);

void bus_remove_file(struct bus_type *bus, struct bus_attribute *attr)
{
	sysfs_remove_file(&bus->p->subsys.kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(bus_remove_file);

struct kset *bus_get_kset(struct bus_type *bus)
{
	return &bus->p->subsys;
}
EXPORT_SYMBOL_GPL(bus_get_kset);

int bus_register(struct bus_type *bus)
{
	struct subsys_private *p = kzalloc(sizeof(*p), GFP_KERNEL);
	int error;

	if (!p)
		return -ENOMEM;
	p->bus = bus;
	p->drivers_autoprobe = true;
	mutex_init(&p->mutex);
	INIT_LIST_HEAD(&p->devices);
	INIT_LIST_HEAD(&p->drivers);
	BLOCKING_INIT_NOTIFIER_HEAD(&p->notifier);
	p->subsys.kobj.kset = bus_kset;
	p->subsys.kobj.ktype = &bus_ktype;
	kset_init(&p->subsys);
	error = kobject_set_name(&p->subsys.kobj, "%s", bus->name);
	if (!error)
		error = kobject_add_owned(&p->subsys.kobj, NULL, 0);
	if (error) {
		kfree(p->subsys.kobj.name);
		kfree(p);
		return error;
	}
	bus->p = p;
	p->devices_kset = kset_create_and_add("devices", NULL, &p->subsys.kobj);
	p->drivers_kset = kset_create_and_add("drivers", NULL, &p->subsys.kobj);
	error = -ENOMEM;
	if (!p->devices_kset || !p->drivers_kset)
		goto undo;
	error = bus_create_file(bus, &bus_attr_drivers_autoprobe);
	if (!error)
		error = bus_create_file(bus, &bus_attr_drivers_probe);
	if (!error)
		error = sysfs_create_groups(&p->subsys.kobj, bus->bus_groups);
	if (!error)
		error = ledger_add(ledger_owner_of(_RET_IP_), LEDGER_BUS, bus, 0, 0, bus->name,
				   _RET_IP_);
	if (!error)
		return 0;
undo:
	kset_unregister(p->drivers_kset);
	kset_unregister(p->devices_kset);
	kobject_del(&p->subsys.kobj);
	kobject_put(&p->subsys.kobj);
	return error;
}
EXPORT_SYMBOL_GPL(bus_register);

void bus_unregister(struct bus_type *bus)
{
	struct subsys_private *p = bus->p;

	if (!p)
		return;
	ledger_remove(LEDGER_BUS, bus);
	kset_unregister(p->drivers_kset);
	kset_unregister(p->devices_kset);
	kobject_del(&p->subsys.kobj);
	kobject_put(&p->subsys.kobj);
}
EXPORT_SYMBOL_GPL(bus_unregister);

static void ledger_release_bus(const struct ledger_entry *entry)
{
	bus_unregister((struct bus_type *)entry->object);
}

static const struct ledger_kind_ops bus_kind = { .name = "bus", .release = ledger_release_bus };

void bus_core_init(void)
{
	bus_kset = kset_create_and_add("bus", NULL, NULL);
	ledger_kind_register(LEDGER_BUS, &bus_kind);
}
