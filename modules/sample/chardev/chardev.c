/*
 * chardev: a device that keeps the last text written to it.
 *
 *	modprobe chardev; echo hello > /dev/sample_chardev; cat /dev/sample_chardev
 *	sleep 100 < /dev/sample_chardev & rmmod chardev       refused: the device is open
 *
 * Four things are acquired in init, in this order: a device number, the operations under it, a class, and a device in
 * that class (from which the node in /dev comes). Each step can fail; what was acquired before is then released in
 * reverse order. Exit releases all four.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The Rakit project");
MODULE_DESCRIPTION("A character device that keeps the last text written to it");

#define TEXT_MAX 256

static dev_t number;
static struct cdev cdev;
static struct class *class;

static DEFINE_MUTEX(lock); /* protects text and length */
static char text[TEXT_MAX];
static size_t length;

/* user points into the reader's memory: only copy_to_user() may touch it, and it can fail. */
static ssize_t sample_read(struct file *file, char __user *user, size_t count, loff_t *pos)
{
	ssize_t result;

	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	result = simple_read_from_buffer(user, count, pos, text, length);
	mutex_unlock(&lock);
	return result;
}

static ssize_t sample_write(struct file *file, const char __user *user, size_t count, loff_t *pos)
{
	ssize_t result = 0;

	if (count > TEXT_MAX)
		return -ENOSPC;
	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	if (copy_from_user(text, user, count))
		result = -EFAULT;
	else
		result = (ssize_t)(length = count);
	mutex_unlock(&lock);
	return result;
}

/* owner: while the device is open the module cannot be unloaded. */
static const struct file_operations sample_fops = {
	.owner = THIS_MODULE,
	.read = sample_read,
	.write = sample_write,
	.llseek = no_llseek,
};

static int __init chardev_init(void)
{
	struct device *device;
	int error = alloc_chrdev_region(&number, 0, 1, "sample_chardev");

	if (error)
		return error;
	cdev_init(&cdev, &sample_fops);
	cdev.owner = THIS_MODULE;
	error = cdev_add(&cdev, number, 1);
	if (error)
		goto undo_number;
	class = class_create(THIS_MODULE, "sample");
	if (IS_ERR(class)) {
		error = PTR_ERR(class);
		goto undo_cdev;
	}
	device = device_create(class, NULL, number, NULL, "sample_chardev");
	if (IS_ERR(device)) {
		error = PTR_ERR(device);
		goto undo_class;
	}
	return 0;

undo_class:
	class_destroy(class);
undo_cdev:
	cdev_del(&cdev);
undo_number:
	unregister_chrdev_region(number, 1);
	return error;
}

static void __exit chardev_exit(void)
{
	device_destroy(class, number);
	class_destroy(class);
	cdev_del(&cdev);
	unregister_chrdev_region(number, 1);
}

module_init(chardev_init);
module_exit(chardev_exit);
