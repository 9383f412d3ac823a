/*
 * Misc devices: character devices with one minor each of major 10. The list is short and opening finds the entry by
 * minor in a table of 256.
 */
#include <linux/export.h>
#include <linux/kmod.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/panic.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/ledger.h>
#include "device/device.h"

#define MINORS 256
#define DYNAMIC_FIRST 64 /* dynamic minors are taken from here downwards */

static DEFINE_MUTEX(misc_mutex);
static struct miscdevice *by_minor[MINORS];
static LIST_HEAD(misc_list); /* newest first, as /proc/misc shows them */

static char *misc_devnode(struct device *dev, umode_t *mode)
{
	const struct miscdevice *misc = dev_get_drvdata(dev);

	if (mode && misc->mode)
		*mode = misc->mode;
	return misc->nodename ? kstrdup(misc->nodename, GFP_KERNEL) : NULL;
}

static struct class misc_class = { .name = "misc", .devnode = misc_devnode };

static const struct file_operations *misc_fops_get(unsigned int minor, struct miscdevice **misc)
{
	const struct file_operations *fops = NULL;

	mutex_lock(&misc_mutex);
	*misc = minor < MINORS ? by_minor[minor] : NULL;
	if (*misc)
		fops = fops_get((*misc)->fops);
	mutex_unlock(&misc_mutex);
	return fops;
}

static int misc_open(struct inode *inode, struct file *file)
{
	struct miscdevice *misc;
	const struct file_operations *fops = misc_fops_get(iminor(inode), &misc);

	if (!fops) {
		request_module("char-major-%d-%d", MISC_MAJOR, iminor(inode));
		fops = misc_fops_get(iminor(inode), &misc);
	}
	if (!fops)
		return -ENODEV;
	file->private_data = misc;
	replace_fops(file, fops);
	return fops->open ? fops->open(inode, file) : 0;
}

static const struct file_operations misc_fops = { .open = misc_open, .llseek = noop_llseek };

static int take_minor(struct miscdevice *misc)
{
	int minor;

	if (misc->minor != MISC_DYNAMIC_MINOR) {
		if (misc->minor < 0 || misc->minor >= MINORS)
			return -EINVAL;
		if (!by_minor[misc->minor])
			return misc->minor;
		pr_err("misc: %s: minor %d: held by %s (%s)\n", misc->name, misc->minor,
		       module_name(by_minor[misc->minor]->fops->owner),
		       by_minor[misc->minor]->name);
		return -EBUSY;
	}
	for (minor = DYNAMIC_FIRST - 1; minor >= 0; minor--)
		if (!by_minor[minor])
			return minor;
	pr_err("misc: %s: no minor is free\n", misc->name);
	return -EBUSY;
}

int misc_register(struct miscdevice *misc)
{
	struct module *owner = ledger_owner_of(_RET_IP_);
	bool dynamic = misc->minor == MISC_DYNAMIC_MINOR;
	int minor, error = 0;

	if (!misc->name || !misc->fops)
		return -EINVAL;
	mutex_lock(&misc_mutex);
	minor = take_minor(misc);
	if (minor < 0) {
		mutex_unlock(&misc_mutex);
		return minor;
	}
	misc->minor = minor;
	by_minor[minor] = misc;
	list_add(&misc->list, &misc_list);
	mutex_unlock(&misc_mutex);
	misc->this_device = device_create_with_groups(&misc_class, misc->parent,
						      MKDEV(MISC_MAJOR, minor), misc, misc->groups,
						      "%s", misc->name);
	if (IS_ERR(misc->this_device))
		error = PTR_ERR(misc->this_device);
	if (!error)
		error = ledger_add(owner, LEDGER_MISCDEV, misc, minor, 1, misc->name, _RET_IP_);
	if (error) {
		if (!IS_ERR(misc->this_device))
			device_destroy(&misc_class, MKDEV(MISC_MAJOR, minor));
		mutex_lock(&misc_mutex);
		by_minor[minor] = NULL;
		list_del(&misc->list);
		mutex_unlock(&misc_mutex);
		if (dynamic)
			misc->minor = MISC_DYNAMIC_MINOR;
	}
	return error == -EEXIST ? -EBUSY : error;
}
EXPORT_SYMBOL(misc_register);

void misc_deregister(struct miscdevice *misc)
{
	mutex_lock(&misc_mutex);
	if (misc->minor < 0 || misc->minor >= MINORS || by_minor[misc->minor] != misc) {
		mutex_unlock(&misc_mutex);
		pr_warn("misc: %s: not registered\n", misc->name);
		return;
	}
	by_minor[misc->minor] = NULL;
	list_del(&misc->list);
	mutex_unlock(&misc_mutex);
	ledger_remove(LEDGER_MISCDEV, misc);
	device_destroy(&misc_class, MKDEV(MISC_MAJOR, misc->minor));
}
EXPORT_SYMBOL(misc_deregister);

static int misc_show(struct seq_file *m, void *v)
{
	struct miscdevice *misc;

	mutex_lock(&misc_mutex);
	list_for_each_entry(misc, &misc_list, list)
		seq_printf(m, "%3i %s\n", misc->minor, misc->name);
	mutex_unlock(&misc_mutex);
	return 0;
}

static void ledger_release_misc(const struct ledger_entry *entry)
{
	misc_deregister((struct miscdevice *)entry->object);
}

static const struct ledger_kind_ops misc_kind = { .name = "misc device",
						  .release = ledger_release_misc };

void misc_init(void)
{
	if (class_register(&misc_class) || register_chrdev(MISC_MAJOR, "misc", &misc_fops))
		panic("misc: cannot be registered");
	ledger_kind_register(LEDGER_MISCDEV, &misc_kind);
	proc_create_single("misc", 0, NULL, misc_show);
}
