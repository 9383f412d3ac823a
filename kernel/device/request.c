/*
 * Asking for the module that drives a new device: by the device's MODALIAS, a moment after it was added.
 *
 * A moment later, since a module that adds a device often registers the driver for it next. Until then nothing is held:
 * device and bus may go, with the module that they are in; so they are looked up by name again.
 */
#include <linux/kernel.h>
#include <linux/kmod.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include "device/device.h"

#define GRACE (HZ / 10)

struct driver_request {
	struct delayed_work work;
	const char *bus, *device; /* in text, behind the alias */
	char text[];
};

/* Under the mutex of the bus. */
static bool is_unbound(struct subsys_private *p, const char *name)
{
	struct device_private *device;

	list_for_each_entry(device, &p->devices, bus_node)
		if (!strcmp(dev_name(device->device), name))
			return !device->device->driver;
	return false;
}

static void driver_request_work(struct work_struct *work)
{
	struct driver_request *request = container_of(to_delayed_work(work), struct driver_request,
						      work);
	struct kobject *found = kset_find_obj(bus_kset, request->bus);
	struct subsys_private *p;
	bool unbound = false;

	if (found) {
		p = container_of(found, struct subsys_private, subsys.kobj);
		mutex_lock(&p->mutex);
		unbound = is_unbound(p, request->device);
		mutex_unlock(&p->mutex);
		kobject_put(found);
	}
	if (unbound)
		request_module_nowait("%s", request->text);
	kfree(request);
}

static void request_later(struct device *dev, const char *alias)
{
	size_t size = strlen(alias) + strlen(dev->bus->name) + strlen(dev_name(dev)) + 3;
	struct driver_request *request = kzalloc(sizeof(*request) + size, GFP_KERNEL);

	if (!request)
		return;
	request->bus = request->text + scnprintf(request->text, size, "%s", alias) + 1;
	request->device = request->bus + strlen(dev->bus->name) + 1;
	strcpy((char *)request->bus, dev->bus->name);
	strcpy((char *)request->device, dev_name(dev));
	INIT_DELAYED_WORK(&request->work, driver_request_work);
	schedule_delayed_work(&request->work, GRACE);
}

void driver_request(struct device *dev)
{
	struct kobj_uevent_env *env;

	if (system_state < SYSTEM_RUNNING || !dev->bus || !dev->bus->uevent || dev->driver)
		return;
	env = kzalloc(sizeof(*env), GFP_KERNEL);
	if (env && !dev->bus->uevent(dev, env))
		for (int i = 0; i < env->envp_idx; i++)
			if (str_has_prefix(env->envp[i], "MODALIAS="))
				request_later(dev, env->envp[i] + strlen("MODALIAS="));
	kfree(env);
}
