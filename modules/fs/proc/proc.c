/* Makes the tree of nodes under /proc mountable as file system type "proc". The tree is kernel/vfs/pseudo.c. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <rakit/pseudo_fs.h>

static int __init proc_init(void)
{
	struct file_system_type *type = proc_fs_type();

	type->owner = THIS_MODULE;
	return register_filesystem(type);
}

static void __exit proc_exit(void)
{
	unregister_filesystem(proc_fs_type());
}

fs_initcall(proc_init);
module_exit(proc_exit);
MODULE_ALIAS_FS("proc");
MODULE_DESCRIPTION("/proc");
MODULE_LICENSE("GPL");
