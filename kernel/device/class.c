/*
 * Classes: /sys/class/NAME, each a list of the devices that do the same thing.
 */
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/ledger.h>
#include "device/device.h"

struct kset *class_kset;

static struct class *kobj_to_class(struct kobject *kobj)
{
	return container_of(kobj, struct subsys_private, subsys.kobj)->class;
}

static ssize_t class_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct class_attribute *a = container_of(attr, struct class_attribute, attr);

	return a->show ? a->show(kobj_to_class(kobj), a, buf) : -EIO;
}

static ssize_t class_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
				size_t count)
{
	struct class_attribute *a = container_of(attr, struct class_attribute, attr);

	return a->store ? a->store(kobj_to_class(kobj), a, buf, count) : -EIO;
}

static const struct sysfs_ops class_sysfs_ops = { .show = class_attr_show,
						  .store = class_attr_store };

static void class_release(struct kobject *kobj)
{
	struct subsys_private *p = container_of(kobj, struct subsys_private, subsys.kobj);
	struct class *cls = p->class;

	kobject_put(p->virtual_dir);
	cls->p = NULL;
	if (cls->class_release)
		cls->class_release(cls);
	kfree(p);
}

static struct kobj_type class_ktype = { .sysfs_ops = &class_sysfs_ops, .release = class_release };

int class_register_owned(struct class *cls, struct module *owner, unsigned long site)
{
	struct subsys_private *p = kzalloc(sizeof(*p), GFP_KERNEL);
	int error;

	if (!p)
		return -ENOMEM;
	p->class = cls;
	mutex_init(&p->mutex);
	INIT_LIST_HEAD(&p->devices);
	p->subsys.kobj.kset = class_kset;
	p->subsys.kobj.ktype = &class_ktype;
	kset_init(&p->subsys);
	error = kobject_set_name(&p->subsys.kobj, "%s", cls->name);
	if (!error)
		error = kobject_add_owned(&p->subsys.kobj, NULL, 0);
	if (!error) {
		cls->p = p;
		error = sysfs_create_groups(&p->subsys.kobj, cls->class_groups);
		if (!error)
			error = ledger_add(owner, LEDGER_CLASS, cls, 0, 0, cls->name, site);
		if (!error)
			return 0;
		cls->p = NULL;
		kobject_del(&p->subsys.kobj);
	}
	kfree(p->subsys.kobj.name);
	kfree(p);
	return error;
}

int class_register(struct class *cls)
{
	return class_register_owned(cls, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL_GPL(class_register);

void class_unregister(struct class *cls)
{
	struct subsys_private *p = cls->p;

	if (!p)
		return;
	ledger_remove(LEDGER_CLASS, cls);
	if (!list_empty(&p->devices))
		pr_warn("class: %s: unregistered while it has devices\n", cls->name);
	if (p->virtual_dir)
		kobject_del(p->virtual_dir);
	kobject_del(&p->subsys.kobj);
	kobject_put(&p->subsys.kobj);
}
EXPORT_SYMBOL_GPL(class_unregister);

static void created_class_release(struct class *cls)
{
	kfree(cls);
}

struct class *__class_create(struct module *owner, const char *name)
{
	struct class *cls = kzalloc(sizeof(*cls), GFP_KERNEL);
	int error;

	if (!cls)
		return ERR_PTR(-ENOMEM);
	cls->name = name;
	cls->owner = owner;
	cls->class_release = created_class_release;
	error = class_register_owned(cls, owner ? owner : ledger_owner_of(_RET_IP_), _RET_IP_);
	if (error) {
		kfree(cls);
		return ERR_PTR(error);
	}
	return cls;
}
EXPORT_SYMBOL_GPL(__class_create);

void class_destroy(struct class *cls)
{
	if (!IS_ERR_OR_NULL(cls))
		class_unregister(cls);
}
EXPORT_SYMBOL_GPL(class_destroy);

int class_create_file(struct class *cls, const struct class_attribute *attr)
{
	return sysfs_create_file_at(&cls->p->subsys.kobj, &attr->attr, _RET_IP_);
}
EXPORT_SYMBOL_GPL(class_create_file);

void class_remove_file(struct class *cls, const struct class_attribute *attr)
{
	sysfs_remove_file(&cls->p->subsys.kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(class_remove_file);

ssize_t show_class_attr_string(struct class *cls, struct class_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n",
			  container_of(attr, struct class_attribute_string, attr)->str);
}
EXPORT_SYMBOL_GPL(show_class_attr_string);

/* The device after `start` (NULL: the first) that match accepts, referenced. The class's mutex is held while it looks. */
struct device *class_find_device(struct class *cls, struct device *start, const void *data,
				 int (*match)(struct device *, const void *))
{
	struct device_private *p;
	struct device *found = NULL;
	bool looking = !start;

	if (!cls->p)
		return NULL;
	mutex_lock(&cls->p->mutex);
	list_for_each_entry(p, &cls->p->devices, class_node) {
		if (looking && match(p->device, data)) {
			found = get_device(p->device);
			break;
		}
		if (p->device == start)
			looking = true;
	}
	mutex_unlock(&cls->p->mutex);
	return found;
}
EXPORT_SYMBOL_GPL(class_find_device);

struct device *class_find_device_by_name(struct class *cls, const char *name)
{
	return class_find_device(cls, NULL, name, device_match_name);
}
EXPORT_SYMBOL_GPL(class_find_device_by_name);

struct device *class_find_device_by_devt(struct class *cls, dev_t devt)
{
	return class_find_device(cls, NULL, &devt, device_match_devt);
}
EXPORT_SYMBOL_GPL(class_find_device_by_devt);

int class_for_each_device(struct class *cls, struct device *start, void *data,
			  int (*fn)(struct device *, void *))
{
	struct device *dev = start, *next;
	int result = 0;

	get_device(dev);
	while (!result && (next = class_find_device(cls, dev, NULL, device_match_any))) {
		put_device(dev);
		dev = next;
		result = fn(dev, data);
	}
	put_device(dev);
	return result;
}
EXPORT_SYMBOL_GPL(class_for_each_device);

static void ledger_release_class(const struct ledger_entry *entry)
{
	class_unregister((struct class *)entry->object);
}

static const struct ledger_kind_ops class_kind = { .name = "class",
						   .release = ledger_release_class };

void class_core_init(void)
{
	class_kset = kset_create_and_add("class", NULL, NULL);
	ledger_kind_register(LEDGER_CLASS, &class_kind);
}
