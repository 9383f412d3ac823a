/*
 * Files without a name of their own (eventfd, epoll, timerfd …): all share one inode of a file system that is in no tree,
 * since nothing about the inode matters to them.
 */
#include "vfs/vfs.h"
#include <linux/anon_inodes.h>
#include <linux/magic.h>
#include <linux/panic.h>

static struct vfsmount *anon_mount;
static struct inode *anon_inode;

static char *anon_dname(struct dentry *dentry, char *buffer, int buflen)
{
	return dynamic_dname(dentry, buffer, buflen, "anon_inode:%s", dentry->d_name.name);
}

static const struct dentry_operations anon_dentry_ops = { .d_dname = anon_dname };

static struct dentry *anon_inodefs_mount(struct file_system_type *type, int flags, const char *dev,
					 void *data)
{
	return mount_pseudo(type, "anon_inode:", NULL, &anon_dentry_ops, ANON_INODE_FS_MAGIC);
}

static struct file_system_type anon_fs_type = {
	.name = "anon_inodefs",
	.mount = anon_inodefs_mount,
	.kill_sb = kill_anon_super,
};

struct file *anon_inode_getfile(const char *name, const struct file_operations *fops, void *priv,
				int flags)
{
	struct file *file;

	if (fops->owner && !try_module_get(fops->owner))
		return ERR_PTR(-ENOENT);
	ihold(anon_inode);
	file = alloc_file_pseudo(anon_inode, anon_mount, name, flags & (O_ACCMODE | O_NONBLOCK),
				 fops);
	if (IS_ERR(file))
		iput(anon_inode);
	else
		file->private_data = priv;
	module_put(fops->owner); /* the file has its own reference */
	return file;
}
EXPORT_SYMBOL_GPL(anon_inode_getfile);

int anon_inode_getfd(const char *name, const struct file_operations *fops, void *priv, int flags)
{
	struct file *file;
	int fd = get_unused_fd_flags(flags);

	if (fd < 0)
		return fd;
	file = anon_inode_getfile(name, fops, priv, flags);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}
EXPORT_SYMBOL_GPL(anon_inode_getfd);

void anon_inode_init(void)
{
	register_filesystem(&anon_fs_type);
	anon_mount = kern_mount(&anon_fs_type);
	if (!IS_ERR(anon_mount))
		anon_inode = alloc_anon_inode(anon_mount->mnt_sb);
	if (IS_ERR(anon_mount) || IS_ERR(anon_inode))
		panic("vfs: anon_inodefs: cannot be mounted");
}
