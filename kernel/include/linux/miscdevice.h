/* Small character devices that share major 10. Source: Linux 5.10 miscdevice.h. */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/major.h>
#include <linux/list.h>
#include <linux/types.h>
#include <linux/device.h>
#include <linux/fs.h>

#define PSMOUSE_MINOR 1
#define WATCHDOG_MINOR 130
#define TEMP_MINOR 131
#define RTC_MINOR 135
#define NVRAM_MINOR 144
#define TUN_MINOR 200
#define HPET_MINOR 228
#define FUSE_MINOR 229
#define LOOP_CTRL_MINOR 237
#define UINPUT_MINOR 223
#define MISC_DYNAMIC_MINOR 255

struct miscdevice {
	int minor; /* 0..254, or MISC_DYNAMIC_MINOR: set by misc_register() */
	const char *name;
	const struct file_operations *fops;
	struct list_head list;
	struct device *parent;
	struct device *this_device;
	const struct attribute_group **groups;
	const char *nodename; /* path below /dev; NULL: name */
	umode_t mode;	      /* of the node; 0: 0600 */
};

/* Process context. 0, -EBUSY (minor or name taken, or none free), -ENOMEM, -EINVAL. Open files: private_data is misc. */
int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

#define MODULE_ALIAS_MISCDEV(minor) \
	MODULE_ALIAS("char-major-" __stringify(MISC_MAJOR) "-" __stringify(minor))
#define module_misc_device(__misc_device) \
	module_driver(__misc_device, misc_register, misc_deregister)
#define builtin_misc_device(__misc_device) builtin_driver(__misc_device, misc_register)

#endif
