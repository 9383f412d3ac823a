/*
 * Nodes in /dev that follow the devices: a file system in memory of its own, in which the kernel makes and removes the
 * node of each device that has a number. The nodes are kept from the first device on, whether it is mounted or not.
 * The type is part of the kernel, since devices appear before any module is there.
 */
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/boot_order.h>
#include <rakit/memfs.h>
#include "device/device.h"

static struct vfsmount *dev_mount; /* the kernel's own mount */

static int fill_super(struct super_block *sb, void *data, int silent)
{
	static const struct memfs_limits limits = { .mode = 0755 };

	return memfs_fill_super(sb, &limits);
}

static struct dentry *devtmpfs_mount_type(struct file_system_type *type, int flags, const char *dev,
					  void *data)
{
	return mount_single(type, flags, data, fill_super);
}

static struct file_system_type devtmpfs_type = {
	.name = "devtmpfs",
	.mount = devtmpfs_mount_type,
	.kill_sb = memfs_kill_sb,
};

/* One component below a directory of ours, which is locked. */
static struct dentry *lookup(struct dentry *dir, const char *name, size_t len)
{
	return lookup_one_len(name, dir, len);
}

/* Walks name's directories, making them if `make`. The last directory, referenced, and the last component. */
static struct dentry *node_dir(const char **name, bool make)
{
	struct dentry *dir = dget(dev_mount->mnt_root), *next;
	const char *slash;

	while ((slash = strchr(*name, '/')) != NULL) {
		inode_lock(d_inode(dir));
		next = lookup(dir, *name, slash - *name);
		if (!IS_ERR(next) && d_really_is_negative(next)) {
			int error = make ? vfs_mkdir(d_inode(dir), next, 0755) : -ENOENT;

			if (error) {
				dput(next);
				next = ERR_PTR(error);
			}
		}
		inode_unlock(d_inode(dir));
		dput(dir);
		if (IS_ERR(next))
			return next;
		dir = next;
		*name = slash + 1;
	}
	return dir;
}

static umode_t node_type(const struct device *dev)
{
	return dev->class && !strcmp(dev->class->name, "block") ? S_IFBLK : S_IFCHR;
}

static int make_node(const char *name, umode_t mode, kuid_t uid, kgid_t gid, dev_t devt)
{
	struct dentry *dir = node_dir(&name, true), *dentry;
	int error;

	if (IS_ERR(dir))
		return PTR_ERR(dir);
	inode_lock(d_inode(dir));
	dentry = lookup(dir, name, strlen(name));
	error = PTR_ERR_OR_ZERO(dentry);
	if (!error) {
		error = vfs_mknod(d_inode(dir), dentry, mode, devt);
		if (!error) {
			d_inode(dentry)->i_uid = uid;
			d_inode(dentry)->i_gid = gid;
			d_inode(dentry)->i_mode = mode;
			d_inode(dentry)->i_private = &dev_mount; /* ours to remove */
		}
		dput(dentry);
	}
	inode_unlock(d_inode(dir));
	dput(dir);
	return error;
}

static int remove_node(const char *name)
{
	struct dentry *dir = node_dir(&name, false), *dentry;
	int error;

	if (IS_ERR(dir))
		return PTR_ERR(dir);
	inode_lock(d_inode(dir));
	dentry = lookup(dir, name, strlen(name));
	error = PTR_ERR_OR_ZERO(dentry);
	if (!error) {
		if (d_really_is_negative(dentry))
			error = -ENOENT;
		else if (d_inode(dentry)->i_private == &dev_mount)
			error = vfs_unlink(d_inode(dir), dentry, NULL);
		dput(dentry);
	}
	inode_unlock(d_inode(dir));
	dput(dir);
	return error;
}

int devtmpfs_create_node(struct device *dev)
{
	umode_t mode = 0;
	kuid_t uid = GLOBAL_ROOT_UID;
	kgid_t gid = GLOBAL_ROOT_GID;
	const char *tmp, *name;
	int error;

	if (!dev_mount)
		return 0;
	name = device_get_devnode(dev, &mode, &uid, &gid, &tmp);
	if (!name)
		return -ENOMEM;
	error = make_node(name, (mode & S_IALLUGO ? mode & S_IALLUGO : 0600) | node_type(dev), uid,
			  gid, dev->devt);
	if (error)
		pr_warn("devtmpfs: %s: node not made: error %d\n", name, error);
	kfree(tmp);
	return error;
}

int devtmpfs_delete_node(struct device *dev)
{
	const char *tmp, *name;
	int error;

	if (!dev_mount)
		return 0;
	name = device_get_devnode(dev, NULL, NULL, NULL, &tmp);
	if (!name)
		return -ENOMEM;
	error = remove_node(name);
	kfree(tmp);
	return error;
}

/* /dev, if that folder is there. */
void devtmpfs_mount(void)
{
	struct path path;
	int error;

	if (kern_path("/dev", LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &path))
		return;
	path_put(&path);
	error = kernel_mount("devtmpfs", "/dev", "devtmpfs", MS_NOSUID, NULL);
	if (error)
		pr_err("devtmpfs: /dev: not mounted: error %d\n", error);
}

void devtmpfs_init(void)
{
	struct vfsmount *mnt;

	if (register_filesystem(&devtmpfs_type))
		panic("devtmpfs: cannot be registered");
	mnt = kern_mount(&devtmpfs_type);
	if (IS_ERR(mnt))
		panic("devtmpfs: cannot be mounted (error %ld)", PTR_ERR(mnt));
	dev_mount = mnt;
}
