"""Devices, classes, buses, nodes and numbers of modules: they come, they are held, they go, and what is forgotten is taken back."""
import re

EVERYTHING = r"""
#include <linux/cdev.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

static int clean = 1;
module_param(clean, int, 0444);

static int number_show(struct seq_file *m, void *v)
{
	seq_puts(m, "forty-two\n");
	return 0;
}

static ssize_t word_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "word\n");
}
static struct kobj_attribute word = __ATTR_RO(word);

static ssize_t level_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", dev_name(dev));
}
static DEVICE_ATTR_RO(level);
static struct attribute *level_attrs[] = { &dev_attr_level.attr, NULL };
ATTRIBUTE_GROUPS(level);

static ssize_t every_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return simple_read_from_buffer(buf, count, pos, "data\n", 5);
}
static const struct file_operations fops = { .owner = THIS_MODULE, .read = every_read };
static struct miscdevice misc = { .minor = MISC_DYNAMIC_MINOR, .name = "everymisc", .fops = &fops };

static int every_probe(struct platform_device *pdev)
{
	dev_info(&pdev->dev, "probed\n");
	return devm_kzalloc(&pdev->dev, 100, GFP_KERNEL) ? 0 : -ENOMEM;
}
static int every_remove(struct platform_device *pdev)
{
	dev_info(&pdev->dev, "removed\n");
	return 0;
}
static struct platform_driver driver = { .probe = every_probe, .remove = every_remove, .driver = { .name = "every" } };

static struct proc_dir_entry *dir;
static struct kobject *kobj;
static struct dentry *debug;
static struct class *class;
static struct cdev cdev;
static dev_t number;
static struct platform_device *pdev;
static u32 value = 7;

static int __init every_init(void)
{
	dir = proc_mkdir("every", NULL);
	proc_create_single("number", 0, dir, number_show);
	kobj = kobject_create_and_add("every", kernel_kobj);
	if (sysfs_create_file(kobj, &word.attr))
		return -ENOMEM;
	debug = debugfs_create_dir("every", NULL);
	debugfs_create_u32("value", 0644, debug, &value);
	if (alloc_chrdev_region(&number, 0, 4, "every"))
		return -ENOMEM;
	cdev_init(&cdev, &fops);
	cdev.owner = THIS_MODULE;
	if (cdev_add(&cdev, number, 4))
		return -ENOMEM;
	class = class_create(THIS_MODULE, "every");
	class->dev_groups = level_groups;
	device_create(class, NULL, number, NULL, "every%d", 0);
	device_create(class, NULL, number + 1, NULL, "every!sub!%d", 1);
	if (misc_register(&misc))
		return -ENOMEM;
	pdev = platform_device_register_simple("every", 3, NULL, 0);
	return platform_driver_register(&driver);
}

static void __exit every_exit(void)
{
	if (!clean)
		return;
	platform_driver_unregister(&driver);
	platform_device_unregister(pdev);
	misc_deregister(&misc);
	device_destroy(class, number + 1);
	device_destroy(class, number);
	class_destroy(class);
	cdev_del(&cdev);
	unregister_chrdev_region(number, 4);
	debugfs_remove(debug);
	sysfs_remove_file(kobj, &word.attr);
	kobject_put(kobj);
	proc_remove(dir);
}
module_init(every_init);
module_exit(every_exit);
MODULE_LICENSE("GPL");
"""

STATE = "ls -R /proc/every /sys/kernel/every /sys/kernel/debug/every /sys/class/every /sys/bus/platform /dev /sys/module/every 2>&1; cat /proc/devices /proc/misc"


def test_everything_comes_and_goes(guest, module_builder):
    ko = module_builder("every", EVERYTHING)
    out, _ = guest(f"""
        mount -t debugfs none /sys/kernel/debug
        {STATE} > /tmp/before; insmod /tmp/every.ko || exit 9
        cat /proc/every/number /sys/kernel/every/word /sys/kernel/debug/every/value /dev/every0 /dev/every/sub/1 /dev/everymisc
        cat /sys/class/every/every0/level /sys/class/every/every0/dev; readlink /sys/bus/platform/devices/every.3/driver
        echo 9 > /sys/kernel/debug/every/value; cat /sys/kernel/debug/every/value
        echo every.3 > /sys/bus/platform/drivers/every/unbind; ls /sys/bus/platform/drivers/every
        rmmod every; echo status $?; {STATE} > /tmp/after; diff /tmp/before /tmp/after && echo same; dmesg | grep -c left
        """, put=[ko], status=None)
    assert "forty-two\nword\n7\ndata\ndata\ndata\nevery0\n" in out
    assert re.search(r"\n\d+:0\n.*drivers/every\n9\n", out), out
    assert "status 0" in out and "same" in out, out


def test_forgotten_things_are_taken_back(guest, module_builder):
    ko = module_builder("every", EVERYTHING)
    out, _ = guest(f"""
        mount -t debugfs none /sys/kernel/debug
        {STATE} > /tmp/before; insmod /tmp/every.ko clean=0
        rmmod every; echo status $?; {STATE} > /tmp/after; diff /tmp/before /tmp/after && echo same; dmesg | grep every
        insmod /tmp/every.ko && rmmod every && echo again
        """, put=[ko])
    assert "status 0" in out and "same" in out and "again" in out, out
    for word in ("/proc/every", "/sys/kernel/every", "/sys/kernel/debug/every", "every0", "everymisc", "platform/every"):
        assert word in out, (word, out)


def test_open_files_hold_the_module(guest, module_builder):
    ko = module_builder("every", EVERYTHING)
    out, _ = guest("""
        insmod /tmp/every.ko; sleep 20 < /dev/every0 & sleep 0.2
        rmmod every 2>&1; echo status $?
        dmesg | tail -2; kill $!; wait; rmmod every; echo status $?
        """, put=[ko])
    assert re.findall(r"status (\d+)", out)[-1] == "0" and re.findall(r"status (\d+)", out)[0] != "0"
    assert re.search(r"fd 0 of pid \d+ \(sleep\)", out), out


def test_open_proc_file_of_a_module_that_went(guest, module_builder):
    ko = module_builder("every", EVERYTHING)
    out, _ = guest("""
        insmod /tmp/every.ko; exec 5< /proc/every/number; rmmod every; echo status $?
        cat <&5; echo read $?; exec 5<&-; cat /proc/every/number; echo $?
        """, put=[ko])
    assert "status 0" in out and "forty-two" not in out
    assert re.search(r"read [1-9]", out), out


def test_numbers_are_refused_with_the_holder(guest, module_builder):
    one = module_builder("one", """
        #include <linux/module.h>
        #include <linux/fs.h>
        static const struct file_operations fops = { .owner = THIS_MODULE };
        static int __init one_init(void) { return register_chrdev(240, "first", &fops); }
        static void __exit one_exit(void) { unregister_chrdev(240, "first"); }
        module_init(one_init); module_exit(one_exit); MODULE_LICENSE("GPL");
        """)
    two = module_builder("two", """
        #include <linux/module.h>
        #include <linux/fs.h>
        static int __init two_init(void) { return register_chrdev_region(MKDEV(240, 10), 5, "second"); }
        static void __exit two_exit(void) { }
        module_init(two_init); module_exit(two_exit); MODULE_LICENSE("GPL");
        """)
    out, _ = guest("insmod /tmp/one.ko && insmod /tmp/two.ko; echo status $?; dmesg | grep held; lsmod", put=[one, two])
    assert "status 0" not in out and "240:10-14: held by one (first)" in out
