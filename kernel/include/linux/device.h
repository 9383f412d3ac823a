/*
 * Devices, drivers, buses and classes. A device is a kobject on a bus; a driver of the same bus is bound to it when
 * the bus matches them and the driver's probe accepts. Classes group devices by what they do and give them nodes in
 * /dev. Source: Linux 5.10 device.h. Process context, may sleep, unless said otherwise.
 */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include <linux/pm.h>
#include <linux/export.h>

struct bus_type;
struct class;
struct device;
struct device_driver;
struct device_private;
struct device_node;
struct driver_private;
struct fwnode_handle;
struct module;
struct of_device_id;
struct acpi_device_id;
struct subsys_private;

enum probe_type { PROBE_DEFAULT_STRATEGY, PROBE_PREFER_ASYNCHRONOUS, PROBE_FORCE_SYNCHRONOUS };

/* Attribute files. */
struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count);
};
struct dev_ext_attribute {
	struct device_attribute attr;
	void *var;
};
struct driver_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device_driver *driver, char *buf);
	ssize_t (*store)(struct device_driver *driver, const char *buf, size_t count);
};
struct class_attribute {
	struct attribute attr;
	ssize_t (*show)(struct class *class, struct class_attribute *attr, char *buf);
	ssize_t (*store)(struct class *class, struct class_attribute *attr, const char *buf,
			 size_t count);
};
struct class_attribute_string {
	struct class_attribute attr;
	char *str;
};
struct bus_attribute {
	struct attribute attr;
	ssize_t (*show)(struct bus_type *bus, char *buf);
	ssize_t (*store)(struct bus_type *bus, const char *buf, size_t count);
};
#define DEVICE_ATTR(_name, _mode, _show, _store) \
	struct device_attribute dev_attr_##_name = __ATTR(_name, _mode, _show, _store)
#define DEVICE_ATTR_RW(_name) struct device_attribute dev_attr_##_name = __ATTR_RW(_name)
#define DEVICE_ATTR_RO(_name) struct device_attribute dev_attr_##_name = __ATTR_RO(_name)
#define DEVICE_ATTR_WO(_name) struct device_attribute dev_attr_##_name = __ATTR_WO(_name)
#define DEVICE_ATTR_ADMIN_RW(_name) \
	struct device_attribute dev_attr_##_name = __ATTR_RW_MODE(_name, 0600)
#define DEVICE_ATTR_ADMIN_RO(_name) \
	struct device_attribute dev_attr_##_name = __ATTR_RO_MODE(_name, 0400)
#define DEVICE_ULONG_ATTR(_name, _mode, _var)                                        \
	struct dev_ext_attribute dev_attr_##_name = {                                \
		__ATTR(_name, _mode, device_show_ulong, device_store_ulong), &(_var) \
	}
#define DEVICE_INT_ATTR(_name, _mode, _var)                                      \
	struct dev_ext_attribute dev_attr_##_name = {                            \
		__ATTR(_name, _mode, device_show_int, device_store_int), &(_var) \
	}
#define DEVICE_BOOL_ATTR(_name, _mode, _var)                                       \
	struct dev_ext_attribute dev_attr_##_name = {                              \
		__ATTR(_name, _mode, device_show_bool, device_store_bool), &(_var) \
	}
#define DRIVER_ATTR_RW(_name) struct driver_attribute driver_attr_##_name = __ATTR_RW(_name)
#define DRIVER_ATTR_RO(_name) struct driver_attribute driver_attr_##_name = __ATTR_RO(_name)
#define DRIVER_ATTR_WO(_name) struct driver_attribute driver_attr_##_name = __ATTR_WO(_name)
#define CLASS_ATTR_RW(_name) struct class_attribute class_attr_##_name = __ATTR_RW(_name)
#define CLASS_ATTR_RO(_name) struct class_attribute class_attr_##_name = __ATTR_RO(_name)
#define CLASS_ATTR_WO(_name) struct class_attribute class_attr_##_name = __ATTR_WO(_name)
#define CLASS_ATTR_STRING(_name, _mode, _str)                            \
	struct class_attribute_string class_attr_##_name = {             \
		__ATTR(_name, _mode, show_class_attr_string, NULL), _str \
	}
#define BUS_ATTR_RW(_name) struct bus_attribute bus_attr_##_name = __ATTR_RW(_name)
#define BUS_ATTR_RO(_name) struct bus_attribute bus_attr_##_name = __ATTR_RO(_name)
#define BUS_ATTR_WO(_name) struct bus_attribute bus_attr_##_name = __ATTR_WO(_name)
ssize_t device_show_ulong(struct device *dev, struct device_attribute *attr, char *buf);
ssize_t device_store_ulong(struct device *dev, struct device_attribute *attr, const char *buf,
			   size_t count);
ssize_t device_show_int(struct device *dev, struct device_attribute *attr, char *buf);
ssize_t device_store_int(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count);
ssize_t device_show_bool(struct device *dev, struct device_attribute *attr, char *buf);
ssize_t device_store_bool(struct device *dev, struct device_attribute *attr, const char *buf,
			  size_t count);
ssize_t show_class_attr_string(struct class *class, struct class_attribute *attr, char *buf);

struct bus_type {
	const char *name;
	const char *dev_name; /* default device name "NAME%u" */
	struct device *dev_root;
	const struct attribute_group **bus_groups;
	const struct attribute_group **dev_groups;
	const struct attribute_group **drv_groups;
	/* Can drv serve dev? 0 no; > 0 yes, and the greater the more specific (a plain bus returns 1); -errno. */
	int (*match)(struct device *dev, struct device_driver *drv);
	int (*uevent)(struct device *dev, struct kobj_uevent_env *env);
	int (*probe)(struct device *dev); /* NULL: drv->probe */
	void (*sync_state)(struct device *dev);
	int (*remove)(struct device *dev); /* NULL: drv->remove */
	void (*shutdown)(struct device *dev);
	int (*online)(struct device *dev);
	int (*offline)(struct device *dev);
	int (*suspend)(struct device *dev, pm_message_t state);
	int (*resume)(struct device *dev);
	int (*num_vf)(struct device *dev);
	int (*dma_configure)(struct device *dev);
	const struct dev_pm_ops *pm;
	struct subsys_private *p; /* the core's */
	bool need_parent_lock;
};

struct device_driver {
	const char *name;
	struct bus_type *bus;
	struct module *owner;
	const char *mod_name;
	bool suppress_bind_attrs;
	enum probe_type probe_type;
	const struct of_device_id *of_match_table;
	const struct acpi_device_id *acpi_match_table;
	/* 0: bound. -ENODEV, -ENXIO: not mine. -EPROBE_DEFER: once more when something new is bound. */
	int (*probe)(struct device *dev);
	void (*sync_state)(struct device *dev);
	int (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
	int (*suspend)(struct device *dev, pm_message_t state);
	int (*resume)(struct device *dev);
	const struct attribute_group **groups;
	const struct attribute_group **dev_groups;
	const struct dev_pm_ops *pm;
	void (*coredump)(struct device *dev);
	struct driver_private *p; /* the core's */
};

struct class
{
	const char *name;
	struct module *owner;
	const struct attribute_group **class_groups;
	const struct attribute_group **dev_groups;
	struct kobject *dev_kobj;
	int (*dev_uevent)(struct device *dev, struct kobj_uevent_env *env);
	/* Path of the node below /dev, allocated; may set *mode (0: 0600). NULL: the device's name. */
	char *(*devnode)(struct device *dev, umode_t *mode);
	void (*class_release)(struct class *class);
	void (*dev_release)(struct device *dev);
	int (*shutdown_pre)(struct device *dev);
	const void *ns_type;
	const void *(*namespace)(struct device *dev);
	void (*get_ownership)(struct device *dev, kuid_t *uid, kgid_t *gid);
	const struct dev_pm_ops *pm;
	struct subsys_private *p; /* the core's */
};

struct device_type {
	const char *name;
	const struct attribute_group **groups;
	int (*uevent)(struct device *dev, struct kobj_uevent_env *env);
	char *(*devnode)(struct device *dev, umode_t *mode, kuid_t *uid, kgid_t *gid);
	void (*release)(struct device *dev);
	const struct dev_pm_ops *pm;
};

struct device {
	struct kobject kobj;
	struct device *parent;	  /* NULL: /sys/devices/virtual/CLASS or /sys/devices */
	struct device_private *p; /* the core's */
	const char *init_name;	  /* initial name; forgotten when added */
	const struct device_type *type;
	struct bus_type *bus;	      /* the bus it is on */
	struct device_driver *driver; /* which serves it; NULL: unbound (mutex) */
	void *platform_data;
	void *driver_data;  /* dev_get_drvdata */
	struct mutex mutex; /* probing and removal */
	struct dev_pm_info power;
	u64 *dma_mask;
	u64 coherent_dma_mask;
	u64 bus_dma_limit;
	struct device_dma_parameters *dma_parms;
	struct device_node *of_node;
	struct fwnode_handle *fwnode;
	int numa_node;
	dev_t devt; /* number of its node; 0: none */
	u32 id;
	spinlock_t devres_lock;
	struct list_head devres_head; /* what the driver acquired for it: devres.c */
	struct class *class;
	const struct attribute_group **groups;
	void (*release)(struct device *dev); /* the last reference is gone */
	bool offline_disabled : 1;
	bool offline : 1;
};

static inline struct device *kobj_to_dev(struct kobject *kobj)
{
	return container_of(kobj, struct device, kobj);
}
static inline const char *dev_name(const struct device *dev)
{
	return dev->init_name ? dev->init_name : kobject_name(&dev->kobj);
}
static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}
static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}
static inline void *dev_get_platdata(const struct device *dev)
{
	return dev->platform_data;
}
static inline int dev_to_node(struct device *dev)
{
	return -1;
}
static inline void device_lock(struct device *dev)
{
	mutex_lock(&dev->mutex);
}
static inline int device_trylock(struct device *dev)
{
	return mutex_trylock(&dev->mutex);
}
static inline void device_unlock(struct device *dev)
{
	mutex_unlock(&dev->mutex);
}
static inline int device_is_registered(struct device *dev)
{
	return dev->kobj.state_in_sysfs;
}
static inline void dev_set_uevent_suppress(struct device *dev, int value)
{
	dev->kobj.uevent_suppress = value;
}

int dev_set_name(struct device *dev, const char *fmt, ...) __printf(2, 3);
/* initialize: refcount 1. add: into the tree and onto its bus. register does both. unregister: del and put. */
void device_initialize(struct device *dev);
int __must_check device_add(struct device *dev);
int __must_check device_register(struct device *dev);
void device_del(struct device *dev);
void device_unregister(struct device *dev);
struct device *get_device(struct device *dev);
void put_device(struct device *dev);
int device_rename(struct device *dev, const char *name);
int device_for_each_child(struct device *dev, void *data,
			  int (*fn)(struct device *dev, void *data));
struct device *device_find_child(struct device *dev, void *data,
				 int (*match)(struct device *dev, void *data));
const char *dev_driver_string(const struct device *dev);
const char *device_get_devnode(struct device *dev, umode_t *mode, kuid_t *uid, kgid_t *gid,
			       const char **tmp);

/* A device of class with number devt (its node appears in /dev), freed by device_destroy(). ERR_PTR on failure. */
struct device *device_create(struct class *cls, struct device *parent, dev_t devt, void *drvdata,
			     const char *fmt, ...) __printf(5, 6);
struct device *device_create_vargs(struct class *cls, struct device *parent, dev_t devt,
				   void *drvdata, const char *fmt, va_list args) __printf(5, 0);
struct device *device_create_with_groups(struct class *cls, struct device *parent, dev_t devt,
					 void *drvdata, const struct attribute_group **groups,
					 const char *fmt, ...) __printf(6, 7);
void device_destroy(struct class *cls, dev_t devt);

int device_create_file(struct device *dev, const struct device_attribute *attr);
void device_remove_file(struct device *dev, const struct device_attribute *attr);
int device_create_bin_file(struct device *dev, const struct bin_attribute *attr);
void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr);
int device_add_groups(struct device *dev, const struct attribute_group **groups);
void device_remove_groups(struct device *dev, const struct attribute_group **groups);
int device_add_group(struct device *dev, const struct attribute_group *group);
void device_remove_group(struct device *dev, const struct attribute_group *group);

/* Classes. class_create: ERR_PTR on failure; the class is in the ledger of owner. */
struct class *__class_create(struct module *owner, const char *name);
#define class_create(owner, name) __class_create(owner, name)
void class_destroy(struct class *cls);
int __must_check class_register(struct class *cls);
void class_unregister(struct class *cls);
int __must_check class_create_file(struct class *cls, const struct class_attribute *attr);
void class_remove_file(struct class *cls, const struct class_attribute *attr);
int class_for_each_device(struct class *cls, struct device *start, void *data,
			  int (*fn)(struct device *dev, void *data));
struct device *class_find_device(struct class *cls, struct device *start, const void *data,
				 int (*match)(struct device *dev, const void *data));
struct device *class_find_device_by_name(struct class *cls, const char *name);
struct device *class_find_device_by_devt(struct class *cls, dev_t devt);

/* Buses. */
int __must_check bus_register(struct bus_type *bus);
void bus_unregister(struct bus_type *bus);
int __must_check bus_rescan_devices(struct bus_type *bus);
int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data));
struct device *bus_find_device(struct bus_type *bus, struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data));
struct device *bus_find_device_by_name(struct bus_type *bus, struct device *start,
				       const char *name);
int bus_for_each_drv(struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *drv, void *data));
int __must_check bus_create_file(struct bus_type *bus, struct bus_attribute *attr);
void bus_remove_file(struct bus_type *bus, struct bus_attribute *attr);
struct kset *bus_get_kset(struct bus_type *bus);
struct notifier_block;
int bus_register_notifier(struct bus_type *bus, struct notifier_block *nb);
int bus_unregister_notifier(struct bus_type *bus, struct notifier_block *nb);
#define BUS_NOTIFY_ADD_DEVICE 0x00000001
#define BUS_NOTIFY_DEL_DEVICE 0x00000002
#define BUS_NOTIFY_REMOVED_DEVICE 0x00000003
#define BUS_NOTIFY_BIND_DRIVER 0x00000004
#define BUS_NOTIFY_BOUND_DRIVER 0x00000005
#define BUS_NOTIFY_UNBIND_DRIVER 0x00000006
#define BUS_NOTIFY_UNBOUND_DRIVER 0x00000007

/* Drivers. driver_register: 0, -EBUSY (the name is taken on that bus), -ENOMEM. */
int __must_check driver_register(struct device_driver *drv);
void driver_unregister(struct device_driver *drv);
struct device_driver *driver_find(const char *name, struct bus_type *bus);
int __must_check driver_create_file(struct device_driver *drv, const struct driver_attribute *attr);
void driver_remove_file(struct device_driver *drv, const struct driver_attribute *attr);
int driver_for_each_device(struct device_driver *drv, struct device *start, void *data,
			   int (*fn)(struct device *dev, void *data));
struct device *driver_find_device(struct device_driver *drv, struct device *start, const void *data,
				  int (*match)(struct device *dev, const void *data));
int __must_check device_attach(struct device *dev);
int __must_check driver_attach(struct device_driver *drv);
int __must_check device_bind_driver(struct device *dev);
void device_release_driver(struct device *dev);
int device_driver_attach(struct device_driver *drv, struct device *dev);
int __must_check device_reprobe(struct device *dev);
void wait_for_device_probe(void);
bool device_is_bound(struct device *dev);
int device_match_name(struct device *dev, const void *name);
int device_match_devt(struct device *dev, const void *pdevt);
int device_match_any(struct device *dev, const void *unused);

#define builtin_driver(__driver, __register, ...)              \
	static int __init __driver##_init(void)                \
	{                                                      \
		return __register(&(__driver), ##__VA_ARGS__); \
	}                                                      \
	device_initcall(__driver##_init)

/* A device for modules that are none. */
struct device *__root_device_register(const char *name, struct module *owner);
#define root_device_register(name) __root_device_register(name, THIS_MODULE)
void root_device_unregister(struct device *root);

/*
 * What a driver acquires for a device and the core gives back when the driver is unbound or its probe fails, newest
 * first. release functions: process context.
 */
typedef void (*dr_release_t)(struct device *dev, void *res);
typedef int (*dr_match_t)(struct device *dev, void *res, void *match_data);
void *__devres_alloc(dr_release_t release, size_t size, gfp_t gfp);
#define devres_alloc(release, size, gfp) __devres_alloc(release, size, gfp)
void devres_free(void *res);
void devres_add(struct device *dev, void *res);
void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_release_all(struct device *dev);
void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp) __malloc;
void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp) __malloc;
void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t gfp) __malloc;
void *devm_kmalloc_array(struct device *dev, size_t n, size_t size, gfp_t gfp) __malloc;
void devm_kfree(struct device *dev, const void *p);
char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp) __malloc;
char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...) __printf(3, 4) __malloc;
void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp);
int devm_add_action(struct device *dev, void (*action)(void *), void *data);
int devm_add_action_or_reset(struct device *dev, void (*action)(void *), void *data);
void devm_remove_action(struct device *dev, void (*action)(void *), void *data);

/* The directory tree of devices. */
extern struct kset *devices_kset;

#include <linux/dev_printk.h>

#endif
