/* What the files of kernel/device share with one another and nobody else sees. */
#ifndef _DEVICE_DEVICE_H
#define _DEVICE_DEVICE_H

#include <linux/device.h>
#include <linux/notifier.h>

/* The core's part of a bus or a class. */
struct subsys_private {
	struct kset subsys;	   /* /sys/bus/NAME or /sys/class/NAME */
	struct kset *devices_kset; /* bus: /sys/bus/NAME/devices */
	struct kset *drivers_kset; /* bus: /sys/bus/NAME/drivers */
	struct mutex mutex;	   /* the lists below */
	struct list_head devices;  /* struct device_private by bus_node resp. class_node */
	struct list_head drivers;  /* struct driver_private by bus_node */
	bool drivers_autoprobe;
	struct blocking_notifier_head notifier;
	struct bus_type *bus; /* one of these two */
	struct class *class;
	struct kobject *virtual_dir; /* class: /sys/devices/virtual/NAME, when there is one */
};

struct driver_private {
	struct kobject kobj; /* /sys/bus/B/drivers/NAME */
	struct device_driver *driver;
	struct list_head bus_node;
	struct list_head devices; /* bound ones: device_private by driver_node (bus mutex) */
	bool dynamic;
};

struct device_private {
	struct device *device;
	struct list_head bus_node;
	struct list_head class_node;
	struct list_head driver_node; /* in driver_private->devices */
	struct list_head children;    /* device_private by child_node */
	struct list_head child_node;
	struct list_head deferred; /* waiting for another probe */
	struct list_head asking;   /* waiting for the end of its module's init (autoload.c) */
	struct module *asking_for; /* that module */
	int score;		   /* of the bound driver: what the bus's match said */
	bool made_by_core;	   /* from device_create(): freed with it */
};

extern struct kset *bus_kset, *class_kset;
extern struct kobject *virtual_root;

/* Asks for the module that has the driver of a device that owner made (NULL: the kernel); later, during the owner's init. */
void device_request_driver(struct device *dev, struct module *owner);
/* The device goes. */
void device_request_forget(struct device *dev);

int kobject_add_owned(struct kobject *kobj, struct module *owner, unsigned long site);
void kobject_leave(struct kobject *kobj);
void kobject_tree_init(void);

extern struct driver_attribute driver_attr_bind, driver_attr_unbind; /* bind.c */

int bus_add_device(struct device *dev);
void bus_probe_device(struct device *dev);
void bus_remove_device(struct device *dev);
int bus_add_driver(struct device_driver *drv);
void bus_remove_driver(struct device_driver *drv);
void bus_notify(struct device *dev, unsigned long event);

/* match.c: how well drv serves dev, by the bus; 0: not at all. */
int driver_match_score(struct device *dev, struct device_driver *drv);
void deferred_probe_trigger(void);
void deferred_probe_remove(struct device *dev);

int device_register_owned(struct device *dev, struct module *owner, unsigned long site);
int device_add_at(struct device *dev, struct module *owner, unsigned long site);
int driver_register_at(struct device_driver *drv, unsigned long site);
int class_register_owned(struct class *cls, struct module *owner, unsigned long site);

/* devtmpfs.c */
int devtmpfs_create_node(struct device *dev);
int devtmpfs_delete_node(struct device *dev);

void chrdev_init(void);
void device_core_init(void);
void bus_core_init(void);
void class_core_init(void);
void driver_core_init(void);
void misc_init(void);
void platform_init(void);
void devtmpfs_init(void);
void random_init(void);

#endif
