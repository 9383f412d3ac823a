/*
 * Devices: their place in /sys/devices, their class and number, their nodes in /dev.
 *
 * Adding a device makes its directory, the links that lead to it (from class, bus, /sys/dev), its node, and offers it to
 * the drivers of its bus; deleting undoes that in reverse. A device that a module registered is in its ledger; what
 * belongs to the device (attributes, links, node) is not entered on its own.
 *
 * A device without parent whose class is known lies in /sys/devices/virtual/CLASS.
 */
#include <linux/export.h>
#include <linux/kdev_t.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/boot_order.h>
#include <rakit/ledger.h>
#include "device/device.h"

struct kset *devices_kset;
struct kobject *virtual_root;
static struct kobject *dev_kobj, *dev_char_kobj, *dev_block_kobj;

/* Attributes go through the device. */

static ssize_t dev_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct device_attribute *a = container_of(attr, struct device_attribute, attr);

	return a->show ? a->show(kobj_to_dev(kobj), a, buf) : -EIO;
}

static ssize_t dev_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct device_attribute *a = container_of(attr, struct device_attribute, attr);

	return a->store ? a->store(kobj_to_dev(kobj), a, buf, count) : -EIO;
}

static const struct sysfs_ops dev_sysfs_ops = { .show = dev_attr_show, .store = dev_attr_store };

#define to_ext_attr(x) container_of(x, struct dev_ext_attribute, attr)

ssize_t device_show_ulong(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%lx\n", *(unsigned long *)to_ext_attr(attr)->var);
}
EXPORT_SYMBOL_GPL(device_show_ulong);

ssize_t device_store_ulong(struct device *dev, struct device_attribute *attr, const char *buf,
			   size_t count)
{
	unsigned long value;
	int error = kstrtoul(buf, 0, &value);

	if (error)
		return error;
	*(unsigned long *)to_ext_attr(attr)->var = value;
	return count;
}
EXPORT_SYMBOL_GPL(device_store_ulong);

ssize_t device_show_int(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", *(int *)to_ext_attr(attr)->var);
}
EXPORT_SYMBOL_GPL(device_show_int);

ssize_t device_store_int(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count)
{
	int value, error = kstrtoint(buf, 0, &value);

	if (error)
		return error;
	*(int *)to_ext_attr(attr)->var = value;
	return count;
}
EXPORT_SYMBOL_GPL(device_store_int);

ssize_t device_show_bool(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", *(bool *)to_ext_attr(attr)->var);
}
EXPORT_SYMBOL_GPL(device_show_bool);

ssize_t device_store_bool(struct device *dev, struct device_attribute *attr, const char *buf,
			  size_t count)
{
	int error = kstrtobool(buf, to_ext_attr(attr)->var);

	return error ? error : (ssize_t)count;
}
EXPORT_SYMBOL_GPL(device_store_bool);

/* The end of a device. */

static void device_release(struct kobject *kobj)
{
	struct device *dev = kobj_to_dev(kobj);
	struct device_private *p = dev->p;

	devres_release_all(dev);
	dev->p = NULL;
	if (dev->release)
		dev->release(dev);
	else if (dev->type && dev->type->release)
		dev->type->release(dev);
	else if (dev->class && dev->class->dev_release)
		dev->class->dev_release(dev);
	else
		pr_err("device: %s: has no release function: its memory cannot be freed safely\n",
		       kobj->name);
	kfree(p);
}

static struct kobj_type device_ktype = { .release = device_release, .sysfs_ops = &dev_sysfs_ops };

/* Uevents. */

static int uevent_filter(struct kset *kset, struct kobject *kobj)
{
	struct device *dev = kobj_to_dev(kobj);

	return kobj->ktype == &device_ktype && (dev->bus || dev->class);
}

static const char *uevent_name(struct kset *kset, struct kobject *kobj)
{
	struct device *dev = kobj_to_dev(kobj);

	return dev->bus ? dev->bus->name : dev->class ? dev->class->name : NULL;
}

static int uevent_vars(struct kset *kset, struct kobject *kobj, struct kobj_uevent_env *env)
{
	struct device *dev = kobj_to_dev(kobj);
	int error = 0;

	if (MAJOR(dev->devt)) {
		umode_t mode = 0;
		kuid_t uid = GLOBAL_ROOT_UID;
		kgid_t gid = GLOBAL_ROOT_GID;
		const char *tmp = NULL, *name;

		add_uevent_var(env, "MAJOR=%u", MAJOR(dev->devt));
		add_uevent_var(env, "MINOR=%u", MINOR(dev->devt));
		name = device_get_devnode(dev, &mode, &uid, &gid, &tmp);
		if (name) {
			add_uevent_var(env, "DEVNAME=%s", name);
			if (mode)
				add_uevent_var(env, "DEVMODE=%#o", mode & 0777);
			kfree(tmp);
		}
	}
	if (dev->type && dev->type->name)
		add_uevent_var(env, "DEVTYPE=%s", dev->type->name);
	if (dev->driver)
		add_uevent_var(env, "DRIVER=%s", dev->driver->name);
	if (dev->bus && dev->bus->uevent)
		error = dev->bus->uevent(dev, env);
	if (!error && dev->class && dev->class->dev_uevent)
		error = dev->class->dev_uevent(dev, env);
	if (!error && dev->type && dev->type->uevent)
		error = dev->type->uevent(dev, env);
	return error;
}

static const struct kset_uevent_ops device_uevent_ops = {
	.filter = uevent_filter,
	.name = uevent_name,
	.uevent = uevent_vars,
};

/* The attributes that every device has. */

static ssize_t uevent_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct kobj_uevent_env *env = kzalloc(sizeof(*env), GFP_KERNEL);
	int i, len = 0;

	if (!env)
		return -ENOMEM;
	uevent_vars(devices_kset, &dev->kobj, env);
	for (i = 0; i < env->envp_idx; i++)
		len += sysfs_emit_at(buf, len, "%s\n", env->envp[i]);
	kfree(env);
	return len;
}

static ssize_t uevent_store(struct device *dev, struct device_attribute *attr, const char *buf,
			    size_t count)
{
	int error = kobject_synth_uevent(&dev->kobj, buf, count);

	return error ? error : (ssize_t)count;
}
static DEVICE_ATTR_RW(uevent);

static ssize_t dev_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u:%u\n", MAJOR(dev->devt), MINOR(dev->devt));
}
static DEVICE_ATTR_RO(dev);

/* From class to nodes. */

const char *device_get_devnode(struct device *dev, umode_t *mode, kuid_t *uid, kgid_t *gid,
			       const char **tmp)
{
	char *name = NULL, *s;

	*tmp = NULL;
	if (dev->type && dev->type->devnode)
		name = dev->type->devnode(dev, mode, uid, gid);
	if (!name && dev->class && dev->class->devnode)
		name = dev->class->devnode(dev, mode);
	if (name) {
		*tmp = name;
		return name;
	}
	if (!strchr(dev_name(dev), '!'))
		return dev_name(dev);
	s = kstrdup(dev_name(dev), GFP_KERNEL);
	if (!s)
		return NULL;
	strreplace(s, '!', '/');
	*tmp = s;
	return s;
}

void device_initialize(struct device *dev)
{
	dev->kobj.kset = devices_kset;
	kobject_init(&dev->kobj, &device_ktype);
	mutex_init(&dev->mutex);
	spin_lock_init(&dev->devres_lock);
	INIT_LIST_HEAD(&dev->devres_head);
	dev->numa_node = -1;
}
EXPORT_SYMBOL_GPL(device_initialize);

int dev_set_name(struct device *dev, const char *fmt, ...)
{
	va_list args;
	int error;

	va_start(args, fmt);
	error = kobject_set_name_vargs(&dev->kobj, fmt, args);
	va_end(args);
	return error;
}
EXPORT_SYMBOL_GPL(dev_set_name);

static struct kobject *device_parent(struct device *dev)
{
	struct subsys_private *sp = dev->class ? dev->class->p : NULL;

	if (dev->parent)
		return &dev->parent->kobj;
	if (!sp)
		return NULL;
	if (!sp->virtual_dir)
		sp->virtual_dir = kobject_create_and_add(dev->class->name, virtual_root);
	return sp->virtual_dir;
}

static struct kobject *devt_dir(struct device *dev)
{
	return dev->class && !strcmp(dev->class->name, "block") ? dev_block_kobj : dev_char_kobj;
}

static int add_links(struct device *dev)
{
	int error = 0;

	if (dev->class && dev->class->p) {
		error = sysfs_create_link(&dev->kobj, &dev->class->p->subsys.kobj, "subsystem");
		if (!error)
			error = sysfs_create_link(&dev->class->p->subsys.kobj, &dev->kobj,
						  dev_name(dev));
		if (!error && dev->parent)
			sysfs_create_link_nowarn(&dev->kobj, &dev->parent->kobj, "device");
	}
	if (!error && MAJOR(dev->devt)) {
		char name[24];

		scnprintf(name, sizeof(name), "%u:%u", MAJOR(dev->devt), MINOR(dev->devt));
		sysfs_create_link_nowarn(devt_dir(dev), &dev->kobj, name);
	}
	return error;
}

static void remove_links(struct device *dev)
{
	char name[24];

	if (MAJOR(dev->devt)) {
		scnprintf(name, sizeof(name), "%u:%u", MAJOR(dev->devt), MINOR(dev->devt));
		sysfs_remove_link(devt_dir(dev), name);
	}
	if (dev->class && dev->class->p)
		sysfs_remove_link(&dev->class->p->subsys.kobj, dev_name(dev));
}

static int add_attributes(struct device *dev)
{
	int error = device_create_file(dev, &dev_attr_uevent);

	if (!error && MAJOR(dev->devt))
		error = device_create_file(dev, &dev_attr_dev);
	if (!error && dev->class)
		error = sysfs_create_groups(&dev->kobj, dev->class->dev_groups);
	if (!error && dev->type)
		error = sysfs_create_groups(&dev->kobj, dev->type->groups);
	if (!error)
		error = sysfs_create_groups(&dev->kobj, dev->groups);
	return error;
}

static int device_private_init(struct device *dev)
{
	struct device_private *p;

	if (dev->p)
		return 0;
	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	p->device = dev;
	INIT_LIST_HEAD(&p->bus_node);
	INIT_LIST_HEAD(&p->class_node);
	INIT_LIST_HEAD(&p->driver_node);
	INIT_LIST_HEAD(&p->children);
	INIT_LIST_HEAD(&p->child_node);
	INIT_LIST_HEAD(&p->deferred);
	INIT_LIST_HEAD(&p->asking);
	dev->p = p;
	return 0;
}

static DEFINE_MUTEX(tree_mutex); /* lists of children */

static void link_to_lists(struct device *dev)
{
	if (dev->parent && dev->parent->p) {
		mutex_lock(&tree_mutex);
		list_add_tail(&dev->p->child_node, &dev->parent->p->children);
		mutex_unlock(&tree_mutex);
	}
	if (dev->class && dev->class->p) {
		mutex_lock(&dev->class->p->mutex);
		list_add_tail(&dev->p->class_node, &dev->class->p->devices);
		mutex_unlock(&dev->class->p->mutex);
	}
}

static void unlink_from_lists(struct device *dev)
{
	if (dev->class && dev->class->p) {
		mutex_lock(&dev->class->p->mutex);
		list_del_init(&dev->p->class_node);
		mutex_unlock(&dev->class->p->mutex);
	}
	mutex_lock(&tree_mutex);
	list_del_init(&dev->p->child_node);
	mutex_unlock(&tree_mutex);
}

int device_add_at(struct device *dev, struct module *owner, unsigned long site)
{
	int error = device_private_init(dev);

	if (error)
		return error;
	get_device(dev);
	if (dev->init_name) {
		dev_set_name(dev, "%s", dev->init_name);
		dev->init_name = NULL;
	}
	if (!dev->kobj.name && dev->bus && dev->bus->dev_name)
		dev_set_name(dev, "%s%u", dev->bus->dev_name, dev->id);
	error = -EINVAL;
	if (!dev->kobj.name)
		goto put;
	get_device(dev->parent);
	dev->kobj.parent = device_parent(dev);
	error = kobject_add_owned(&dev->kobj, NULL, 0);
	if (error)
		goto put_parent;
	error = add_links(dev);
	if (!error)
		error = add_attributes(dev);
	if (!error)
		error = bus_add_device(dev);
	if (error)
		goto del_kobject;
	error = ledger_add(owner, LEDGER_DEVICE, dev, dev->devt, 0, dev_name(dev), site);
	if (error)
		goto remove_from_bus;
	if (MAJOR(dev->devt))
		devtmpfs_create_node(dev);
	link_to_lists(dev);
	bus_notify(dev, BUS_NOTIFY_ADD_DEVICE);
	kobject_uevent(&dev->kobj, KOBJ_ADD);
	bus_probe_device(dev);
	device_request_driver(dev, owner);
	put_device(dev);
	return 0;
remove_from_bus:
	bus_remove_device(dev);
del_kobject:
	remove_links(dev);
	kobject_del(&dev->kobj);
put_parent:
	put_device(dev->parent);
put:
	put_device(dev);
	return error;
}

int device_add(struct device *dev)
{
	return device_add_at(dev, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL_GPL(device_add);

int device_register_owned(struct device *dev, struct module *owner, unsigned long site)
{
	device_initialize(dev);
	return device_add_at(dev, owner, site);
}

int device_register(struct device *dev)
{
	return device_register_owned(dev, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL_GPL(device_register);

struct device *get_device(struct device *dev)
{
	if (dev)
		kobject_get(&dev->kobj);
	return dev;
}
EXPORT_SYMBOL_GPL(get_device);

void put_device(struct device *dev)
{
	if (dev)
		kobject_put(&dev->kobj);
}
EXPORT_SYMBOL_GPL(put_device);

void device_del(struct device *dev)
{
	struct device *parent = dev->parent;

	if (!dev->kobj.state_in_sysfs)
		return;
	ledger_remove(LEDGER_DEVICE, dev);
	bus_notify(dev, BUS_NOTIFY_DEL_DEVICE);
	if (MAJOR(dev->devt))
		devtmpfs_delete_node(dev);
	device_request_forget(dev);
	unlink_from_lists(dev);
	bus_remove_device(dev);
	remove_links(dev);
	devres_release_all(dev);
	bus_notify(dev, BUS_NOTIFY_REMOVED_DEVICE);
	kobject_uevent(&dev->kobj, KOBJ_REMOVE);
	kobject_del(&dev->kobj);
	put_device(parent);
}
EXPORT_SYMBOL_GPL(device_del);

void device_unregister(struct device *dev)
{
	device_del(dev);
	put_device(dev);
}
EXPORT_SYMBOL_GPL(device_unregister);

int device_rename(struct device *dev, const char *name)
{
	int error;

	if (dev->class && dev->class->p) {
		error = sysfs_rename_link(&dev->class->p->subsys.kobj, &dev->kobj, dev_name(dev),
					  name);
		if (error)
			return error;
	}
	return kobject_rename(&dev->kobj, name);
}
EXPORT_SYMBOL_GPL(device_rename);

/* Families. */

int device_for_each_child(struct device *dev, void *data, int (*fn)(struct device *, void *))
{
	struct device_private *p, *next;
	int result = 0;

	if (!dev->p)
		return 0;
	list_for_each_entry_safe(p, next, &dev->p->children, child_node) {
		result = fn(p->device, data);
		if (result)
			break;
	}
	return result;
}
EXPORT_SYMBOL_GPL(device_for_each_child);

struct device *device_find_child(struct device *dev, void *data,
				 int (*match)(struct device *, void *))
{
	struct device_private *p;
	struct device *found = NULL;

	if (!dev || !dev->p)
		return NULL;
	mutex_lock(&tree_mutex);
	list_for_each_entry(p, &dev->p->children, child_node) {
		if (match(p->device, data)) {
			found = get_device(p->device);
			break;
		}
	}
	mutex_unlock(&tree_mutex);
	return found;
}
EXPORT_SYMBOL_GPL(device_find_child);

/* Files of devices. */

int device_create_file(struct device *dev, const struct device_attribute *attr)
{
	return sysfs_create_file_at(&dev->kobj, &attr->attr, _RET_IP_);
}
EXPORT_SYMBOL_GPL(device_create_file);

void device_remove_file(struct device *dev, const struct device_attribute *attr)
{
	sysfs_remove_file(&dev->kobj, &attr->attr);
}
EXPORT_SYMBOL_GPL(device_remove_file);

int device_create_bin_file(struct device *dev, const struct bin_attribute *attr)
{
	return sysfs_create_bin_file_at(&dev->kobj, attr, _RET_IP_);
}
EXPORT_SYMBOL_GPL(device_create_bin_file);

void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr)
{
	sysfs_remove_bin_file(&dev->kobj, attr);
}
EXPORT_SYMBOL_GPL(device_remove_bin_file);

int device_add_groups(struct device *dev, const struct attribute_group **groups)
{
	return sysfs_create_groups_at(&dev->kobj, groups, _RET_IP_);
}
EXPORT_SYMBOL_GPL(device_add_groups);

void device_remove_groups(struct device *dev, const struct attribute_group **groups)
{
	sysfs_remove_groups(&dev->kobj, groups);
}
EXPORT_SYMBOL_GPL(device_remove_groups);

int device_add_group(struct device *dev, const struct attribute_group *group)
{
	return sysfs_create_group_at(&dev->kobj, group, _RET_IP_);
}
EXPORT_SYMBOL_GPL(device_add_group);

void device_remove_group(struct device *dev, const struct attribute_group *group)
{
	sysfs_remove_group(&dev->kobj, group);
}
EXPORT_SYMBOL_GPL(device_remove_group);

/* Devices that the core makes. */

static void created_release(struct device *dev)
{
	kfree(dev);
}

static struct device *create_in_class(struct class *cls, struct device *parent, dev_t devt,
				      void *drvdata, const struct attribute_group **groups,
				      struct module *owner, unsigned long site, const char *fmt,
				      va_list args)
{
	struct device *dev;
	int error;

	if (IS_ERR_OR_NULL(cls))
		return ERR_PTR(-ENODEV);
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return ERR_PTR(-ENOMEM);
	device_initialize(dev);
	dev->devt = devt;
	dev->class = cls;
	dev->parent = parent;
	dev->groups = groups;
	dev->release = created_release;
	dev->driver_data = drvdata;
	error = kobject_set_name_vargs(&dev->kobj, fmt, args);
	if (!error)
		error = device_add_at(dev, owner, site);
	if (error) {
		put_device(dev);
		return ERR_PTR(error);
	}
	return dev;
}

struct device *device_create_vargs(struct class *cls, struct device *parent, dev_t devt,
				   void *drvdata, const char *fmt, va_list args)
{
	return create_in_class(cls, parent, devt, drvdata, NULL, ledger_owner_of(_RET_IP_),
			       _RET_IP_, fmt, args);
}
EXPORT_SYMBOL_GPL(device_create_vargs);

struct device *device_create(struct class *cls, struct device *parent, dev_t devt, void *drvdata,
			     const char *fmt, ...)
{
	struct device *dev;
	va_list args;

	va_start(args, fmt);
	dev = create_in_class(cls, parent, devt, drvdata, NULL, ledger_owner_of(_RET_IP_), _RET_IP_,
			      fmt, args);
	va_end(args);
	return dev;
}
EXPORT_SYMBOL_GPL(device_create);

struct device *device_create_with_groups(struct class *cls, struct device *parent, dev_t devt,
					 void *drvdata, const struct attribute_group **groups,
					 const char *fmt, ...)
{
	struct device *dev;
	va_list args;

	va_start(args, fmt);
	dev = create_in_class(cls, parent, devt, drvdata, groups, ledger_owner_of(_RET_IP_),
			      _RET_IP_, fmt, args);
	va_end(args);
	return dev;
}
EXPORT_SYMBOL_GPL(device_create_with_groups);

void device_destroy(struct class *cls, dev_t devt)
{
	struct device *dev = IS_ERR_OR_NULL(cls) ? NULL : class_find_device_by_devt(cls, devt);

	if (dev) {
		put_device(dev);
		device_unregister(dev);
	}
}
EXPORT_SYMBOL_GPL(device_destroy);

/* Root devices: /sys/devices/NAME. */

static void root_release(struct device *dev)
{
	kfree(dev);
}

struct device *__root_device_register(const char *name, struct module *owner)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	int error;

	if (!dev)
		return ERR_PTR(-ENOMEM);
	device_initialize(dev);
	dev->release = root_release;
	error = dev_set_name(dev, "%s", name);
	if (!error)
		error = device_add_at(dev, owner, _RET_IP_);
	if (error) {
		put_device(dev);
		return ERR_PTR(error);
	}
	return dev;
}
EXPORT_SYMBOL_GPL(__root_device_register);

void root_device_unregister(struct device *root)
{
	device_unregister(root);
}
EXPORT_SYMBOL_GPL(root_device_unregister);

int device_match_name(struct device *dev, const void *name)
{
	return sysfs_streq(dev_name(dev), name);
}
EXPORT_SYMBOL_GPL(device_match_name);

int device_match_devt(struct device *dev, const void *pdevt)
{
	return dev->devt == *(const dev_t *)pdevt;
}
EXPORT_SYMBOL_GPL(device_match_devt);

int device_match_any(struct device *dev, const void *unused)
{
	return 1;
}
EXPORT_SYMBOL_GPL(device_match_any);

const char *dev_driver_string(const struct device *dev)
{
	struct device_driver *drv = READ_ONCE(dev->driver);

	return drv ? drv->name : dev->bus ? dev->bus->name : dev->class ? dev->class->name : "";
}
EXPORT_SYMBOL(dev_driver_string);

/* What the ledger takes back. */

static void ledger_release_device(const struct ledger_entry *entry)
{
	device_unregister((struct device *)entry->object);
}

static void ledger_describe_device(const struct ledger_entry *entry, char *buf, size_t size)
{
	const struct device *dev = entry->object;

	if (dev->devt)
		scnprintf(buf, size, "%s (%u:%u)", entry->name, MAJOR(dev->devt), MINOR(dev->devt));
	else
		scnprintf(buf, size, "%s", entry->name);
}

static const struct ledger_kind_ops device_kind = {
	.name = "device",
	.release = ledger_release_device,
	.describe = ledger_describe_device,
};

void device_core_init(void)
{
	devices_kset = kset_create_and_add("devices", &device_uevent_ops, NULL);
	virtual_root = kobject_create_and_add("virtual", &devices_kset->kobj);
	dev_kobj = kobject_create_and_add("dev", NULL);
	dev_char_kobj = kobject_create_and_add("char", dev_kobj);
	dev_block_kobj = kobject_create_and_add("block", dev_kobj);
	ledger_kind_register(LEDGER_DEVICE, &device_kind);
}

void device_init(void)
{
	kobject_tree_init();
	device_core_init();
	bus_core_init();
	class_core_init();
	driver_core_init();
	chrdev_init();
	devtmpfs_init();
	misc_init();
	platform_init();
	random_init();
}
