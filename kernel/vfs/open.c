/*
 * Opening: from a path that has been found to a file that works.
 *
 * do_dentry_open() takes the references, pins the module of the file operations, and calls ->open, which may exchange the
 * operations (replace_fops). Only when it has succeeded is FMODE_OPENED set, and only then has fput() anything to undo.
 */
#include "vfs/vfs.h"
#include <linux/backing-dev.h>
#include <rakit/holders.h>

static const struct file_operations path_fops = {};

static int open_failed(struct file *file, struct inode *inode, int error)
{
	struct module *module = file->f_module;

	if (file->f_mode & FMODE_WRITER) {
		put_write_access(inode);
		mnt_drop_write(file->f_path.mnt);
		file->f_mode &= ~FMODE_WRITER;
	}
	file_pin_module(file, NULL);
	module_put_for(module, file);
	path_put(&file->f_path);
	file->f_path.mnt = NULL;
	file->f_path.dentry = NULL;
	file->f_inode = NULL;
	return error;
}

static int open_for_write(struct file *file, struct inode *inode)
{
	int error;

	if (S_ISCHR(inode->i_mode) || S_ISBLK(inode->i_mode) || S_ISFIFO(inode->i_mode) ||
	    S_ISSOCK(inode->i_mode))
		return 0;
	error = get_write_access(inode);
	if (error)
		return error;
	error = mnt_want_write(file->f_path.mnt);
	if (error) {
		put_write_access(inode);
		return error;
	}
	file->f_mode |= FMODE_WRITER;
	return 0;
}

/* Takes a reference on file->f_path, which the caller has set. */
int do_dentry_open(struct file *file, struct inode *inode,
		   int (*open)(struct inode *, struct file *))
{
	const struct file_operations *fops;
	int error;

	path_get(&file->f_path);
	file->f_inode = inode;
	file->f_mapping = inode->i_mapping;
	if (unlikely(file->f_flags & O_PATH)) {
		file->f_mode = FMODE_PATH | FMODE_OPENED;
		file->f_op = &path_fops;
		return 0;
	}
	if (file->f_mode & FMODE_WRITE) {
		error = open_for_write(file, inode);
		if (error)
			return open_failed(file, inode, error);
	}
	file->f_mode |= FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	if (S_ISREG(inode->i_mode) || S_ISDIR(inode->i_mode))
		file->f_mode |= FMODE_ATOMIC_POS;
	fops = inode->i_fop;
	if (fops->owner) {
		if (!module_get_for(fops->owner, file))
			return open_failed(file, inode, -ENODEV);
		file_pin_module(file, fops->owner);
	}
	file->f_op = fops;
	if (!open)
		open = fops->open;
	if (open) {
		error = open(inode, file);
		if (error)
			return open_failed(file, inode, error > 0 ? -EIO : error);
	}
	fops = file->f_op;
	file->f_mode |= FMODE_OPENED;
	if ((file->f_mode & FMODE_READ) && (fops->read || fops->read_iter))
		file->f_mode |= FMODE_CAN_READ;
	if ((file->f_mode & FMODE_WRITE) && (fops->write || fops->write_iter))
		file->f_mode |= FMODE_CAN_WRITE;
	file->f_flags &= ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC);
	file->f_ra.ra_pages = inode->i_sb->s_bdi->ra_pages;
	if ((file->f_flags & O_DIRECT) && !(file->f_mapping->a_ops->direct_IO)) {
		/* The page cache serves it as well. */
		file->f_flags &= ~O_DIRECT;
	}
	return 0;
}

int vfs_open(const struct path *path, struct file *file)
{
	file->f_path = *path;
	return do_dentry_open(file, path->dentry->d_inode, NULL);
}

struct file *dentry_open(const struct path *path, int flags, const struct cred *cred)
{
	struct file *file = alloc_empty_file(flags, cred);
	int error;

	if (IS_ERR(file))
		return file;
	error = vfs_open(path, file);
	if (!error)
		return file;
	fput(file);
	return ERR_PTR(error);
}
EXPORT_SYMBOL(dentry_open);

int finish_open(struct file *file, struct dentry *dentry,
		int (*open)(struct inode *, struct file *))
{
	file->f_path.dentry = dentry;
	return do_dentry_open(file, d_inode(dentry), open);
}
EXPORT_SYMBOL(finish_open);

int finish_no_open(struct file *file, struct dentry *dentry)
{
	file->f_path.dentry = dentry;
	return 0;
}
EXPORT_SYMBOL(finish_no_open);

int filp_close(struct file *file, fl_owner_t id)
{
	int error = 0;

	if (file->f_op && file->f_op->flush)
		error = file->f_op->flush(file, id);
	if (unlikely(file->f_inode && file->f_inode->i_flctx))
		locks_remove_posix(file, id);
	fput(file);
	return error;
}
EXPORT_SYMBOL(filp_close);

#define VALID_OPEN_FLAGS                                                                   \
	(O_RDONLY | O_WRONLY | O_RDWR | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_APPEND | \
	 O_NDELAY | O_NONBLOCK | __O_SYNC | O_DSYNC | FASYNC | O_DIRECT | O_LARGEFILE |    \
	 O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC | O_PATH | __O_TMPFILE)

long do_sys_open(int dfd, const char __user *user, int flags, umode_t mode)
{
	struct filename *name;
	struct file *file;
	int fd;

	flags &= VALID_OPEN_FLAGS;
	if ((flags & __O_TMPFILE) && ((flags & O_TMPFILE) != O_TMPFILE || !(flags & O_ACCMODE)))
		return -EINVAL;
	name = getname(user);
	if (IS_ERR(name))
		return PTR_ERR(name);
	fd = get_unused_fd_flags(flags);
	if (fd >= 0) {
		file = do_filp_open(dfd, name, flags, mode);
		if (IS_ERR(file)) {
			put_unused_fd(fd);
			fd = PTR_ERR(file);
		} else {
			fd_install(fd, file);
		}
	}
	putname(name);
	return fd;
}

/* Ready-made ->open methods. */

int generic_file_open(struct inode *inode, struct file *file)
{
	if (!(file->f_flags & O_LARGEFILE) && i_size_read(inode) > MAX_NON_LFS)
		return -EOVERFLOW;
	return 0;
}
EXPORT_SYMBOL(generic_file_open);

int nonseekable_open(struct inode *inode, struct file *file)
{
	file->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	return 0;
}
EXPORT_SYMBOL(nonseekable_open);

int stream_open(struct inode *inode, struct file *file)
{
	file->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE | FMODE_ATOMIC_POS);
	file->f_mode |= FMODE_STREAM;
	return 0;
}
EXPORT_SYMBOL(stream_open);

int simple_open(struct inode *inode, struct file *file)
{
	if (inode->i_private)
		file->private_data = inode->i_private;
	return 0;
}
EXPORT_SYMBOL(simple_open);
