/*
 * tmpfs and ramfs: mounts of the file system in memory (kernel/vfs/memfs.c). tmpfs is limited to half of memory unless its
 * options say otherwise; ramfs has no limits.
 */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <rakit/memfs.h>

static int tmpfs_fill_super(struct super_block *sb, void *data, int silent)
{
	struct memfs_limits limits = {
		.max_pages = totalram_pages() / 2,
		.max_inodes = totalram_pages() / 2,
		.mode = 01777,
		.uid = current_fsuid(),
		.gid = current_fsgid(),
	};
	int error = memfs_parse_options(data, &limits);

	return error ? error : memfs_fill_super(sb, &limits);
}

static struct dentry *tmpfs_mount(struct file_system_type *type, int flags, const char *dev,
				  void *data)
{
	return mount_nodev(type, flags, data, tmpfs_fill_super);
}

static int ramfs_fill_super(struct super_block *sb, void *data, int silent)
{
	struct memfs_limits limits = { .mode = 0755 };
	int error = memfs_parse_options(data, &limits);

	return error ? error : memfs_fill_super(sb, &limits);
}

static struct dentry *ramfs_mount(struct file_system_type *type, int flags, const char *dev,
				  void *data)
{
	return mount_nodev(type, flags, data, ramfs_fill_super);
}

static struct file_system_type tmpfs_type = {
	.owner = THIS_MODULE,
	.name = "tmpfs",
	.mount = tmpfs_mount,
	.kill_sb = memfs_kill_sb,
};

static struct file_system_type ramfs_type = {
	.owner = THIS_MODULE,
	.name = "ramfs",
	.mount = ramfs_mount,
	.kill_sb = memfs_kill_sb,
};

static int __init tmpfs_init(void)
{
	int error = register_filesystem(&tmpfs_type);

	if (error)
		return error;
	error = register_filesystem(&ramfs_type);
	if (error)
		unregister_filesystem(&tmpfs_type);
	return error;
}

static void __exit tmpfs_exit(void)
{
	unregister_filesystem(&ramfs_type);
	unregister_filesystem(&tmpfs_type);
}

fs_initcall(tmpfs_init);
module_exit(tmpfs_exit);
MODULE_ALIAS_FS("tmpfs");
MODULE_ALIAS_FS("ramfs");
MODULE_DESCRIPTION("Files in memory");
MODULE_LICENSE("GPL");
