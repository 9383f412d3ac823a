/* Makes the tree of nodes under /sys/kernel/debug mountable as file system type "debugfs". The tree is kernel/vfs/pseudo.c. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <rakit/pseudo_fs.h>

static int __init debugfs_init(void)
{
	struct file_system_type *type = debugfs_fs_type();

	type->owner = THIS_MODULE;
	return register_filesystem(type);
}

static void __exit debugfs_exit(void)
{
	unregister_filesystem(debugfs_fs_type());
}

fs_initcall(debugfs_init);
module_exit(debugfs_exit);
MODULE_ALIAS_FS("debugfs");
MODULE_DESCRIPTION("/sys/kernel/debug");
MODULE_LICENSE("GPL");
