/*
 * /sys/bus/B/drivers/D/{bind,unbind}: a device is bound to a driver, or taken from it, by name. Why that is refused is said
 * in the log and in /sys/kernel/rakit/refusal; what the probe itself says comes along.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <rakit/refusal.h>
#include "device/device.h"
#include "lib/nearest.h"

static int offer_name(struct device *dev, void *data)
{
	nearest_offer(data, dev_name(dev), NULL);
	return 0;
}

/* No device of this name: says which ones there are. */
static int refuse_unknown(struct bus_type *bus, const char *name)
{
	struct nearest nearest;

	nearest_begin(&nearest, name);
	bus_for_each_dev(bus, NULL, &nearest, offer_name);
	pr_warn("device: %s: not on the bus %s%s%s; ls /sys/bus/%s/devices\n", name, bus->name,
		nearest.count ? "; nearest: " : "", nearest.count ? nearest.name[0] : "",
		bus->name);
	return -ENODEV;
}

static int unbind_device(struct device_driver *drv, const char *name)
{
	struct device *dev = bus_find_device_by_name(drv->bus, NULL, name);
	int error = 0;

	if (!dev)
		return refuse_unknown(drv->bus, name);
	if (dev->driver == drv) {
		device_release_driver(dev);
	} else {
		pr_warn("device: %s: not bound to %s, but to %s\n", name, drv->name,
			dev->driver ? dev->driver->name : "no driver");
		error = -ENODEV;
	}
	put_device(dev);
	return error;
}

static int bind_device(struct device_driver *drv, const char *name)
{
	struct device *dev = bus_find_device_by_name(drv->bus, NULL, name);
	int error = -ENODEV;

	if (!dev)
		return refuse_unknown(drv->bus, name);
	if (dev->driver)
		pr_warn("device: %s: bound to %s; echo %s >/sys/bus/%s/drivers/%s/unbind\n", name,
			dev->driver->name, name, drv->bus->name, dev->driver->name);
	else if (driver_match_score(dev, drv) <= 0)
		pr_warn("device: %s: not of a kind that %s drives\n", name, drv->name);
	else
		error = device_driver_attach(drv, dev);
	put_device(dev);
	return error;
}

/* Writes to bind and unbind: the reasons reach the writer by /sys/kernel/rakit/refusal. */
static ssize_t explained(struct device_driver *drv, const char *buf, size_t count, const char *call,
			 int (*fn)(struct device_driver *drv, const char *name))
{
	struct refusal_mark mark;
	char name[64];
	int error;

	strscpy(name, buf, sizeof(name));
	strim(name);
	refusal_begin(&mark);
	error = (int)refusal_end(&mark, call, name, fn(drv, name));
	return error ? error : (ssize_t)count;
}

static ssize_t unbind_store(struct device_driver *drv, const char *buf, size_t count)
{
	return explained(drv, buf, count, "unbind", unbind_device);
}
DRIVER_ATTR_WO(unbind);

static ssize_t bind_store(struct device_driver *drv, const char *buf, size_t count)
{
	return explained(drv, buf, count, "bind", bind_device);
}
DRIVER_ATTR_WO(bind);
