/*
 * Which module a device asks for: one that no driver has taken names in its MODALIAS the modules that may have its driver,
 * and the requester is told, without waiting.
 *
 * A module that makes a device in its init often registers the driver a moment later. Its devices wait until the
 * init is over (or has failed, when nothing is asked for), so that no second load of the module runs behind its back.
 *
 * waiting_lock protects the list; a device leaves it in device_del() at the latest. Threads, may sleep.
 */
#include <linux/device.h>
#include <linux/init.h>
#include <linux/kmod.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "device/device.h"

static LIST_HEAD(waiting); /* device_private by asking */
static DEFINE_MUTEX(waiting_lock);

static void request_driver(struct device *dev)
{
	struct kobj_uevent_env *env;

	if (dev->driver || !dev->bus || !dev->bus->uevent)
		return;
	env = kzalloc(sizeof(*env), GFP_KERNEL);
	if (!env)
		return;
	if (dev->bus->uevent(dev, env))
		env->envp_idx = 0;
	for (int i = 0; i < env->envp_idx; i++)
		if (str_has_prefix(env->envp[i], "MODALIAS="))
			request_module_nowait("%s", env->envp[i] + strlen("MODALIAS="));
	kfree(env);
}

void device_request_driver(struct device *dev, struct module *owner)
{
	if (system_state < SYSTEM_RUNNING)
		return;
	if (!owner || owner->state != MODULE_STATE_COMING) {
		request_driver(dev);
		return;
	}
	mutex_lock(&waiting_lock);
	dev->p->asking_for = owner;
	list_add_tail(&dev->p->asking, &waiting);
	mutex_unlock(&waiting_lock);
}

void device_request_forget(struct device *dev)
{
	mutex_lock(&waiting_lock);
	list_del_init(&dev->p->asking);
	mutex_unlock(&waiting_lock);
}

/* Takes a device of owner from the list, with a reference; NULL: there is none. */
static struct device *take_waiting(const struct module *owner)
{
	struct device *dev = NULL;
	struct device_private *p;

	mutex_lock(&waiting_lock);
	list_for_each_entry(p, &waiting, asking) {
		if (p->asking_for == owner) {
			list_del_init(&p->asking);
			dev = get_device(p->device);
			break;
		}
	}
	mutex_unlock(&waiting_lock);
	return dev;
}

static int init_is_over(struct notifier_block *nb, unsigned long state, void *data)
{
	struct device *dev;

	if (state == MODULE_STATE_COMING)
		return NOTIFY_OK;
	while ((dev = take_waiting(data))) {
		if (state == MODULE_STATE_LIVE)
			request_driver(dev);
		put_device(dev);
	}
	return NOTIFY_OK;
}

static struct notifier_block module_states = { .notifier_call = init_is_over };

static int __init device_autoload_init(void)
{
	return register_module_notifier(&module_states);
}
core_initcall(device_autoload_init);
