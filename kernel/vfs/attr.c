/*
 * Permission and attributes: who may do what to an inode, and changing owner, mode, times and size.
 *
 * The mode bits decide, first that of owner, group or others which applies; CAP_DAC_OVERRIDE and
 * CAP_DAC_READ_SEARCH override. A file system with rules of its own has ->permission.
 */
#include "vfs/vfs.h"
#include <linux/pagemap.h>
#include <linux/sched/signal.h>

static int mode_permission(struct inode *inode, int mask)
{
	unsigned int mode = inode->i_mode;

	if (uid_eq(current_fsuid(), inode->i_uid))
		mode >>= 6;
	else if (in_group_p(inode->i_gid))
		mode >>= 3;
	return mask & ~mode & (MAY_READ | MAY_WRITE | MAY_EXEC) ? -EACCES : 0;
}

int generic_permission(struct inode *inode, int mask)
{
	if (!mode_permission(inode, mask))
		return 0;
	if (S_ISDIR(inode->i_mode)) {
		if (!(mask & MAY_WRITE) && capable(CAP_DAC_READ_SEARCH))
			return 0;
		return capable(CAP_DAC_OVERRIDE) ? 0 : -EACCES;
	}
	if ((mask & (MAY_READ | MAY_WRITE | MAY_EXEC)) == MAY_READ && capable(CAP_DAC_READ_SEARCH))
		return 0;
	if ((!(mask & MAY_EXEC) || (inode->i_mode & S_IXUGO)) && capable(CAP_DAC_OVERRIDE))
		return 0;
	return -EACCES;
}
EXPORT_SYMBOL(generic_permission);

int inode_permission(struct inode *inode, int mask)
{
	if (mask & MAY_WRITE) {
		umode_t mode = inode->i_mode;

		if (sb_rdonly(inode->i_sb) && (S_ISREG(mode) || S_ISDIR(mode) || S_ISLNK(mode)))
			return -EROFS;
		if (IS_IMMUTABLE(inode))
			return -EPERM;
	}
	if (inode->i_op->permission)
		return inode->i_op->permission(inode, mask);
	return generic_permission(inode, mask);
}
EXPORT_SYMBOL(inode_permission);

static bool may_chown(const struct inode *inode, const struct iattr *attr)
{
	if ((attr->ia_valid & ATTR_UID) &&
	    !(uid_eq(current_fsuid(), inode->i_uid) && uid_eq(attr->ia_uid, inode->i_uid)) &&
	    !capable(CAP_CHOWN))
		return false;
	if ((attr->ia_valid & ATTR_GID) &&
	    !(uid_eq(current_fsuid(), inode->i_uid) &&
	      (in_group_p(attr->ia_gid) || gid_eq(attr->ia_gid, inode->i_gid))) &&
	    !capable(CAP_CHOWN))
		return false;
	return true;
}

int setattr_prepare(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	unsigned int valid = attr->ia_valid;

	if (valid & ATTR_SIZE) {
		int error = inode_newsize_ok(inode, attr->ia_size);

		if (error)
			return error;
	}
	if (valid & ATTR_FORCE)
		return 0;
	if (!may_chown(inode, attr))
		return -EPERM;
	if (valid & ATTR_MODE) {
		kgid_t gid = valid & ATTR_GID ? attr->ia_gid : inode->i_gid;

		if (!inode_owner_or_capable(inode))
			return -EPERM;
		if (!in_group_p(gid) && !capable(CAP_FSETID))
			attr->ia_mode &= ~S_ISGID;
	}
	if ((valid & (ATTR_MTIME_SET | ATTR_ATIME_SET | ATTR_TIMES_SET)) &&
	    !inode_owner_or_capable(inode))
		return -EPERM;
	return 0;
}
EXPORT_SYMBOL(setattr_prepare);

int inode_newsize_ok(const struct inode *inode, loff_t offset)
{
	if (inode->i_size >= offset)
		return IS_SWAPFILE(inode) ? -ETXTBSY : 0;
	if (offset > rlimit(RLIMIT_FSIZE) && rlimit(RLIMIT_FSIZE) != RLIM_INFINITY) {
		send_sig(SIGXFSZ, current, 0);
		return -EFBIG;
	}
	return offset > inode->i_sb->s_maxbytes ? -EFBIG : 0;
}
EXPORT_SYMBOL(inode_newsize_ok);

void setattr_copy(struct inode *inode, const struct iattr *attr)
{
	unsigned int valid = attr->ia_valid;

	if (valid & ATTR_UID)
		inode->i_uid = attr->ia_uid;
	if (valid & ATTR_GID)
		inode->i_gid = attr->ia_gid;
	if (valid & ATTR_ATIME)
		inode->i_atime = timestamp_truncate(attr->ia_atime, inode);
	if (valid & ATTR_MTIME)
		inode->i_mtime = timestamp_truncate(attr->ia_mtime, inode);
	if (valid & ATTR_CTIME)
		inode->i_ctime = timestamp_truncate(attr->ia_ctime, inode);
	if (valid & ATTR_MODE) {
		umode_t mode = attr->ia_mode;

		if (!in_group_p(inode->i_gid) && !capable(CAP_FSETID))
			mode &= ~S_ISGID;
		inode->i_mode = mode;
	}
}
EXPORT_SYMBOL(setattr_copy);

/* ATTR_KILL_SUID and _SGID become a change of mode, if there is such a bit. */
static void attr_kill_bits(const struct inode *inode, struct iattr *attr)
{
	umode_t mode = inode->i_mode;

	if (attr->ia_valid & ATTR_KILL_SUID)
		mode &= ~S_ISUID;
	if ((attr->ia_valid & ATTR_KILL_SGID) && (mode & S_IXGRP))
		mode &= ~S_ISGID;
	attr->ia_valid &= ~(ATTR_KILL_SUID | ATTR_KILL_SGID);
	if (mode != inode->i_mode) {
		attr->ia_valid |= ATTR_MODE;
		attr->ia_mode = mode;
	}
}

/* The inode's i_rwsem is held. */
int notify_change(struct dentry *dentry, struct iattr *attr, struct inode **delegated)
{
	struct inode *inode = d_inode(dentry);
	unsigned int valid = attr->ia_valid;
	struct timespec64 now;
	int error;

	if ((valid & (ATTR_MODE | ATTR_UID | ATTR_GID | ATTR_TIMES_SET)) &&
	    (IS_IMMUTABLE(inode) || IS_APPEND(inode)))
		return -EPERM;
	if ((valid & ATTR_TOUCH) && !inode_owner_or_capable(inode)) {
		error = IS_IMMUTABLE(inode) ? -EPERM : inode_permission(inode, MAY_WRITE);
		if (error)
			return error;
	}
	if ((valid & ATTR_MODE) && S_ISLNK(inode->i_mode))
		return -EOPNOTSUPP;
	now = current_time(inode);
	attr->ia_ctime = now;
	if (!(valid & ATTR_ATIME_SET))
		attr->ia_atime = now;
	if (!(valid & ATTR_MTIME_SET))
		attr->ia_mtime = now;
	attr_kill_bits(inode, attr);
	if (!(attr->ia_valid & ~(ATTR_KILL_SUID | ATTR_KILL_SGID)))
		return 0;
	if (inode->i_op->setattr)
		return inode->i_op->setattr(dentry, attr);
	return simple_setattr(dentry, attr);
}
EXPORT_SYMBOL(notify_change);

/* Writing to a file takes its set-id bits away. The inode's i_rwsem is held. */
int file_remove_privs(struct file *file)
{
	struct inode *inode = file_inode(file);
	struct iattr attr = { .ia_valid = ATTR_FORCE };

	if (!S_ISREG(inode->i_mode))
		return 0;
	if (inode->i_mode & S_ISUID)
		attr.ia_valid |= ATTR_KILL_SUID;
	if ((inode->i_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP))
		attr.ia_valid |= ATTR_KILL_SGID;
	if (attr.ia_valid == ATTR_FORCE || capable(CAP_FSETID))
		return 0;
	return notify_change(file->f_path.dentry, &attr, NULL);
}
EXPORT_SYMBOL(file_remove_privs);

int do_truncate(struct dentry *dentry, loff_t length, unsigned int time_attrs, struct file *file)
{
	struct inode *inode = d_inode(dentry);
	struct iattr attr = { .ia_size = length, .ia_valid = ATTR_SIZE | time_attrs };
	int error;

	if (length < 0)
		return -EINVAL;
	if (file) {
		attr.ia_file = file;
		attr.ia_valid |= ATTR_FILE;
	}
	if ((inode->i_mode & (S_ISUID | S_ISGID)) && !capable(CAP_FSETID))
		attr.ia_valid |= ATTR_KILL_SUID | ATTR_KILL_SGID;
	inode_lock(inode);
	error = notify_change(dentry, &attr, NULL);
	inode_unlock(inode);
	return error;
}

int vfs_truncate(const struct path *path, loff_t length)
{
	struct inode *inode = d_inode(path->dentry);
	int error;

	if (S_ISDIR(inode->i_mode))
		return -EISDIR;
	if (!S_ISREG(inode->i_mode))
		return -EINVAL;
	error = mnt_want_write(path->mnt);
	if (error)
		return error;
	error = inode_permission(inode, MAY_WRITE);
	if (!error && IS_APPEND(inode))
		error = -EPERM;
	if (!error)
		error = get_write_access(inode);
	if (!error) {
		error = do_truncate(path->dentry, length, 0, NULL);
		put_write_access(inode);
	}
	mnt_drop_write(path->mnt);
	return error;
}
EXPORT_SYMBOL(vfs_truncate);

/* Writing to a file and running it exclude each other: i_writecount counts writers up and runners down. */

int get_write_access(struct inode *inode)
{
	return atomic_inc_unless_negative(&inode->i_writecount) ? 0 : -ETXTBSY;
}

void put_write_access(struct inode *inode)
{
	atomic_dec(&inode->i_writecount);
}

int deny_write_access(struct file *file)
{
	struct inode *inode = file_inode(file);
	int error = -ETXTBSY;

	preempt_disable();
	if (atomic_read(&inode->i_writecount) <= 0) {
		atomic_dec(&inode->i_writecount);
		error = 0;
	}
	preempt_enable();
	return error;
}

void allow_write_access(struct file *file)
{
	if (file)
		atomic_inc(&file_inode(file)->i_writecount);
}

bool inode_is_open_for_write(const struct inode *inode)
{
	return atomic_read(&inode->i_writecount) > 0;
}
EXPORT_SYMBOL(get_write_access);
EXPORT_SYMBOL(put_write_access);

/* What stat calls show. */

void generic_fillattr(struct inode *inode, struct kstat *stat)
{
	stat->dev = inode->i_sb->s_dev;
	stat->ino = inode->i_ino;
	stat->mode = inode->i_mode;
	stat->nlink = inode->i_nlink;
	stat->uid = inode->i_uid;
	stat->gid = inode->i_gid;
	stat->rdev = inode->i_rdev;
	stat->size = i_size_read(inode);
	stat->atime = inode->i_atime;
	stat->mtime = inode->i_mtime;
	stat->ctime = inode->i_ctime;
	stat->blksize = i_blocksize(inode);
	stat->blocks = inode->i_blocks;
}
EXPORT_SYMBOL(generic_fillattr);

int vfs_getattr_nosec(const struct path *path, struct kstat *stat, u32 request_mask,
		      unsigned int flags)
{
	struct inode *inode = d_inode(path->dentry);

	stat->result_mask = STATX_BASIC_STATS;
	stat->attributes = 0;
	stat->attributes_mask = 0;
	stat->btime = (struct timespec64){ 0, 0 };
	if (inode->i_op->getattr)
		return inode->i_op->getattr(path, stat, request_mask, flags);
	generic_fillattr(inode, stat);
	return 0;
}
EXPORT_SYMBOL(vfs_getattr_nosec);

int vfs_getattr(const struct path *path, struct kstat *stat, u32 request_mask, unsigned int flags)
{
	return vfs_getattr_nosec(path, stat, request_mask, flags);
}
EXPORT_SYMBOL(vfs_getattr);
