/* Makes the tree of nodes under /sys mountable as file system type "sysfs". The tree is kernel/vfs/pseudo.c. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <rakit/pseudo_fs.h>

static int __init sysfs_init(void)
{
	struct file_system_type *type = sysfs_fs_type();

	type->owner = THIS_MODULE;
	return register_filesystem(type);
}

static void __exit sysfs_exit(void)
{
	unregister_filesystem(sysfs_fs_type());
}

fs_initcall(sysfs_init);
module_exit(sysfs_exit);
MODULE_ALIAS_FS("sysfs");
MODULE_DESCRIPTION("/sys");
MODULE_LICENSE("GPL");
