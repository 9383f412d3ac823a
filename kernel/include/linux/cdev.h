/* Character devices: which file operations serve a range of device numbers. Source: Linux 5.10 cdev.h. */
#ifndef _LINUX_CDEV_H
#define _LINUX_CDEV_H

#include <linux/kobject.h>
#include <linux/kdev_t.h>
#include <linux/list.h>
#include <linux/fs.h>

struct device;

struct cdev {
	struct kobject kobj;
	struct module *owner; /* pinned by open files */
	const struct file_operations *ops;
	struct list_head list; /* inodes that found it */
	dev_t dev;	       /* first number */
	unsigned int count;    /* numbers */
	bool dynamic;	       /* from cdev_alloc(): freed with the last reference */
};

/* Process context. cdev_add: 0, -EBUSY (a number is served already; the log names by whom), -EINVAL, -ENOMEM. */
void cdev_init(struct cdev *cdev, const struct file_operations *fops);
struct cdev *cdev_alloc(void);
void cdev_put(struct cdev *cdev);
int cdev_add(struct cdev *cdev, dev_t dev, unsigned int count);
/* No new opens find it; files that are open stay. */
void cdev_del(struct cdev *cdev);
void cdev_set_parent(struct cdev *cdev, struct kobject *kobj);
int cdev_device_add(struct cdev *cdev, struct device *dev);
void cdev_device_del(struct cdev *cdev, struct device *dev);
void cd_forget(struct inode *inode);

#endif
