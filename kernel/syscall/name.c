/*
 * System calls that change names and attributes by path: create, remove, rename; mode, owner, times; root and working
 * directory; mounts.
 */
#include "vfs/vfs.h"
#include <linux/mm.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <rakit/refusal.h>

/* Names. */

SYSCALL_DEFINE3(mkdirat, int, dfd, const char __user *, name, umode_t, mode)
{
	return do_mkdirat(dfd, getname(name), mode);
}

SYSCALL_DEFINE2(mkdir, const char __user *, name, umode_t, mode)
{
	return do_mkdirat(AT_FDCWD, getname(name), mode);
}

SYSCALL_DEFINE4(mknodat, int, dfd, const char __user *, name, umode_t, mode, unsigned int, dev)
{
	return do_mknodat(dfd, getname(name), mode, new_decode_dev(dev));
}

SYSCALL_DEFINE3(mknod, const char __user *, name, umode_t, mode, unsigned int, dev)
{
	return do_mknodat(AT_FDCWD, getname(name), mode, new_decode_dev(dev));
}

SYSCALL_DEFINE3(symlinkat, const char __user *, target, int, dfd, const char __user *, name)
{
	return do_symlinkat(getname(target), dfd, getname(name));
}

SYSCALL_DEFINE2(symlink, const char __user *, target, const char __user *, name)
{
	return do_symlinkat(getname(target), AT_FDCWD, getname(name));
}

SYSCALL_DEFINE5(linkat, int, olddfd, const char __user *, old, int, newdfd, const char __user *,
		name, int, flags)
{
	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if ((flags & AT_EMPTY_PATH) && !capable(CAP_DAC_READ_SEARCH))
		return -ENOENT;
	return do_linkat(olddfd, getname_flags(old, flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0, NULL),
			 newdfd, getname(name), flags);
}

SYSCALL_DEFINE2(link, const char __user *, old, const char __user *, name)
{
	return do_linkat(AT_FDCWD, getname(old), AT_FDCWD, getname(name), 0);
}

SYSCALL_DEFINE3(unlinkat, int, dfd, const char __user *, name, int, flags)
{
	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	return flags ? do_rmdir(dfd, getname(name)) : do_unlinkat(dfd, getname(name));
}

SYSCALL_DEFINE1(unlink, const char __user *, name)
{
	return do_unlinkat(AT_FDCWD, getname(name));
}

SYSCALL_DEFINE1(rmdir, const char __user *, name)
{
	return do_rmdir(AT_FDCWD, getname(name));
}

SYSCALL_DEFINE5(renameat2, int, olddfd, const char __user *, old, int, newdfd, const char __user *,
		name, unsigned int, flags)
{
	return do_renameat2(olddfd, getname(old), newdfd, getname(name), flags);
}

SYSCALL_DEFINE4(renameat, int, olddfd, const char __user *, old, int, newdfd, const char __user *,
		name)
{
	return do_renameat2(olddfd, getname(old), newdfd, getname(name), 0);
}

SYSCALL_DEFINE2(rename, const char __user *, old, const char __user *, name)
{
	return do_renameat2(AT_FDCWD, getname(old), AT_FDCWD, getname(name), 0);
}

/* Access as the real user. */

static long do_faccessat(int dfd, const char __user *name, int mode, int flags)
{
	const struct cred *saved = NULL;
	struct cred *real = NULL;
	struct path path;
	int error;

	if ((mode & ~S_IRWXO) || (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)))
		return -EINVAL;
	if (!(flags & AT_EACCESS) &&
	    (!uid_eq(current_uid(), current_fsuid()) || !gid_eq(current_gid(), current_fsgid()))) {
		real = prepare_creds();
		if (!real)
			return -ENOMEM;
		real->fsuid = real->uid;
		real->fsgid = real->gid;
		if (__kuid_val(real->uid))
			cap_clear(real->cap_effective);
		else
			real->cap_effective = real->cap_permitted;
		saved = override_creds(real);
	}
	error = user_path_at(dfd, name, AT_PATH_FLAGS(flags), &path);
	if (!error) {
		struct inode *inode = d_inode(path.dentry);

		if ((mode & MAY_EXEC) && S_ISREG(inode->i_mode) &&
		    (path.mnt->mnt_flags & MNT_NOEXEC))
			error = -EACCES;
		else
			error = inode_permission(inode, mode | MAY_ACCESS);
		if (!error && (mode & S_IWOTH) && !S_ISCHR(inode->i_mode) &&
		    !S_ISBLK(inode->i_mode) && __mnt_is_readonly(path.mnt))
			error = -EROFS;
		path_put(&path);
	}
	if (real) {
		revert_creds(saved);
		put_cred(real);
	}
	return error;
}

SYSCALL_DEFINE3(faccessat, int, dfd, const char __user *, name, int, mode)
{
	return do_faccessat(dfd, name, mode, 0);
}

SYSCALL_DEFINE4(faccessat2, int, dfd, const char __user *, name, int, mode, int, flags)
{
	return do_faccessat(dfd, name, mode, flags);
}

SYSCALL_DEFINE2(access, const char __user *, name, int, mode)
{
	return do_faccessat(AT_FDCWD, name, mode, 0);
}

/* Attributes. */

static int change_attributes(const struct path *path, struct iattr *attr)
{
	struct inode *inode = d_inode(path->dentry);
	int error = mnt_want_write(path->mnt);

	if (error)
		return error;
	inode_lock(inode);
	if (attr->ia_valid & ATTR_MODE)
		attr->ia_mode = (attr->ia_mode & S_IALLUGO) | (inode->i_mode & ~S_IALLUGO);
	error = notify_change(path->dentry, attr, NULL);
	inode_unlock(inode);
	mnt_drop_write(path->mnt);
	return error;
}

static int change_by_path(int dfd, const char __user *name, int flags, struct iattr *attr)
{
	struct path path;
	int error = user_path_at(dfd, name, AT_PATH_FLAGS(flags), &path);

	if (!error) {
		error = change_attributes(&path, attr);
		path_put(&path);
	}
	return error;
}

static int change_by_fd(unsigned int fd, struct iattr *attr)
{
	struct fd f = fdget(fd);
	int error;

	if (!f.file)
		return -EBADF;
	error = change_attributes(&f.file->f_path, attr);
	fdput(f);
	return error;
}

static struct iattr mode_attr(umode_t mode)
{
	return (struct iattr){ .ia_valid = ATTR_MODE | ATTR_CTIME, .ia_mode = mode };
}

SYSCALL_DEFINE3(fchmodat, int, dfd, const char __user *, name, umode_t, mode)
{
	struct iattr attr = mode_attr(mode);

	return change_by_path(dfd, name, 0, &attr);
}

SYSCALL_DEFINE2(chmod, const char __user *, name, umode_t, mode)
{
	struct iattr attr = mode_attr(mode);

	return change_by_path(AT_FDCWD, name, 0, &attr);
}

SYSCALL_DEFINE2(fchmod, unsigned int, fd, umode_t, mode)
{
	struct iattr attr = mode_attr(mode);

	return change_by_fd(fd, &attr);
}

/* -1: unchanged. A change of owner takes the set-id bits of programs away. */
static struct iattr owner_attr(uid_t user, gid_t group)
{
	struct iattr attr = { .ia_valid = ATTR_CTIME | ATTR_KILL_SUID | ATTR_KILL_SGID |
					  ATTR_KILL_PRIV };

	if (user != (uid_t)-1) {
		attr.ia_valid |= ATTR_UID;
		attr.ia_uid = make_kuid(&init_user_ns, user);
	}
	if (group != (gid_t)-1) {
		attr.ia_valid |= ATTR_GID;
		attr.ia_gid = make_kgid(&init_user_ns, group);
	}
	return attr;
}

SYSCALL_DEFINE5(fchownat, int, dfd, const char __user *, name, uid_t, user, gid_t, group, int,
		flags)
{
	struct iattr attr = owner_attr(user, group);

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	return change_by_path(dfd, name, flags, &attr);
}

SYSCALL_DEFINE3(chown, const char __user *, name, uid_t, user, gid_t, group)
{
	struct iattr attr = owner_attr(user, group);

	return change_by_path(AT_FDCWD, name, 0, &attr);
}

SYSCALL_DEFINE3(lchown, const char __user *, name, uid_t, user, gid_t, group)
{
	struct iattr attr = owner_attr(user, group);

	return change_by_path(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, &attr);
}

SYSCALL_DEFINE3(fchown, unsigned int, fd, uid_t, user, gid_t, group)
{
	struct iattr attr = owner_attr(user, group);

	return change_by_fd(fd, &attr);
}

/* The 16-bit ids of old programs; 65535 is -1. */

static u32 wide(u16 id)
{
	return id == 0xffff ? (u32)-1 : id;
}

SYSCALL_DEFINE3(chown16, const char __user *, name, u16, user, u16, group)
{
	struct iattr attr = owner_attr(wide(user), wide(group));

	return change_by_path(AT_FDCWD, name, 0, &attr);
}

SYSCALL_DEFINE3(lchown16, const char __user *, name, u16, user, u16, group)
{
	struct iattr attr = owner_attr(wide(user), wide(group));

	return change_by_path(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, &attr);
}

SYSCALL_DEFINE3(fchown16, unsigned int, fd, u16, user, u16, group)
{
	struct iattr attr = owner_attr(wide(user), wide(group));

	return change_by_fd(fd, &attr);
}

/* Times: NULL means now. */

static void time_attr(struct iattr *attr, const struct timespec64 *t, int set, int touch,
		      struct timespec64 *field)
{
	if (t->tv_nsec == UTIME_OMIT) {
		attr->ia_valid &= ~touch;
	} else if (t->tv_nsec != UTIME_NOW) {
		*field = *t;
		attr->ia_valid |= set;
	}
}

static int set_times(int dfd, const char __user *name, const struct timespec64 *times, int flags)
{
	struct iattr attr = { .ia_valid = ATTR_CTIME | ATTR_MTIME | ATTR_ATIME };

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (times) {
		int i;

		for (i = 0; i < 2; i++)
			if (times[i].tv_nsec != UTIME_OMIT && times[i].tv_nsec != UTIME_NOW &&
			    (unsigned long)times[i].tv_nsec >= NSEC_PER_SEC)
				return -EINVAL;
		if (times[0].tv_nsec == UTIME_OMIT && times[1].tv_nsec == UTIME_OMIT)
			return 0;
		time_attr(&attr, &times[0], ATTR_ATIME_SET, ATTR_ATIME, &attr.ia_atime);
		time_attr(&attr, &times[1], ATTR_MTIME_SET, ATTR_MTIME, &attr.ia_mtime);
	}
	if (times && !(times[0].tv_nsec == UTIME_NOW && times[1].tv_nsec == UTIME_NOW))
		attr.ia_valid |= ATTR_TIMES_SET;
	else
		attr.ia_valid |= ATTR_TOUCH;
	return name ? change_by_path(dfd, name, flags, &attr) : change_by_fd(dfd, &attr);
}

SYSCALL_DEFINE4(utimensat, int, dfd, const char __user *, name, struct __kernel_timespec __user *,
		utimes, int, flags)
{
	struct timespec64 times[2];

	if (!utimes)
		return set_times(dfd, name, NULL, flags);
	if (get_timespec64(&times[0], &utimes[0]) || get_timespec64(&times[1], &utimes[1]))
		return -EFAULT;
	return set_times(dfd, name, times, flags);
}

SYSCALL_DEFINE4(utimensat_time32, int, dfd, const char __user *, name,
		struct __kernel_old_timespec __user *, utimes, int, flags)
{
	struct __kernel_old_timespec old[2];
	struct timespec64 times[2];
	int i;

	if (!utimes)
		return set_times(dfd, name, NULL, flags);
	if (copy_from_user(old, utimes, sizeof(old)))
		return -EFAULT;
	for (i = 0; i < 2; i++)
		times[i] = (struct timespec64){ old[i].tv_sec, old[i].tv_nsec };
	return set_times(dfd, name, times, flags);
}

static int set_timevals(int dfd, const char __user *name,
			const struct __kernel_old_timeval __user *utimes)
{
	struct __kernel_old_timeval old[2];
	struct timespec64 times[2];
	int i;

	if (!utimes)
		return set_times(dfd, name, NULL, 0);
	if (copy_from_user(old, utimes, sizeof(old)))
		return -EFAULT;
	for (i = 0; i < 2; i++) {
		if ((unsigned long)old[i].tv_usec >= USEC_PER_SEC)
			return -EINVAL;
		times[i] = (struct timespec64){ old[i].tv_sec, old[i].tv_usec * NSEC_PER_USEC };
	}
	return set_times(dfd, name, times, 0);
}

SYSCALL_DEFINE2(utimes_time32, const char __user *, name, struct __kernel_old_timeval __user *,
		utimes)
{
	return set_timevals(AT_FDCWD, name, utimes);
}

SYSCALL_DEFINE3(futimesat_time32, int, dfd, const char __user *, name,
		struct __kernel_old_timeval __user *, utimes)
{
	return set_timevals(dfd, name, utimes);
}

/* actime and modtime in seconds. */
SYSCALL_DEFINE2(utime32, const char __user *, name, s32 __user *, utimes)
{
	struct timespec64 times[2];
	s32 seconds[2];

	if (!utimes)
		return set_times(AT_FDCWD, name, NULL, 0);
	if (copy_from_user(seconds, utimes, sizeof(seconds)))
		return -EFAULT;
	times[0] = (struct timespec64){ seconds[0], 0 };
	times[1] = (struct timespec64){ seconds[1], 0 };
	return set_times(AT_FDCWD, name, times, 0);
}

/* Working directory and root. */

static int enter_directory(struct path *path)
{
	int error = d_can_lookup(path->dentry)
			    ? inode_permission(d_inode(path->dentry), MAY_EXEC | MAY_CHDIR)
			    : -ENOTDIR;

	if (!error)
		set_fs_pwd(current->fs, path);
	return error;
}

SYSCALL_DEFINE1(chdir, const char __user *, name)
{
	struct path path;
	int error = user_path_at(AT_FDCWD, name, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &path);

	if (!error) {
		error = enter_directory(&path);
		path_put(&path);
	}
	return error;
}

SYSCALL_DEFINE1(fchdir, unsigned int, fd)
{
	struct fd f = fdget_raw(fd);
	int error;

	if (!f.file)
		return -EBADF;
	error = enter_directory(&f.file->f_path);
	fdput(f);
	return error;
}

SYSCALL_DEFINE1(chroot, const char __user *, name)
{
	struct path path;
	int error = user_path_at(AT_FDCWD, name, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &path);

	if (error)
		return error;
	error = inode_permission(d_inode(path.dentry), MAY_EXEC | MAY_CHDIR);
	if (!error && !capable(CAP_SYS_CHROOT))
		error = -EPERM;
	if (!error)
		set_fs_root(current->fs, &path);
	path_put(&path);
	return error;
}

SYSCALL_DEFINE2(getcwd, char __user *, buf, unsigned long, size)
{
	char *page = (char *)__get_free_page(GFP_KERNEL), *text;
	struct path pwd;
	long len;

	if (!page)
		return -ENOMEM;
	get_fs_pwd(current->fs, &pwd);
	if (d_unlinked(pwd.dentry)) {
		len = -ENOENT;
	} else {
		text = d_path(&pwd, page, PAGE_SIZE);
		len = PTR_ERR(text);
		if (!IS_ERR(text)) {
			len = page + PAGE_SIZE - text;
			if (len > (long)size)
				len = -ERANGE;
			else if (copy_to_user(buf, text, len))
				len = -EFAULT;
		}
	}
	path_put(&pwd);
	free_page((unsigned long)page);
	return len;
}

/* Mounts. */

static char *copy_string(const char __user *s)
{
	return s ? strndup_user(s, PATH_MAX) : NULL;
}

/* Up to a page of options; binary or text, always ended. */
static char *copy_options(const void __user *data)
{
	unsigned long n;
	char *page;

	if (!data)
		return NULL;
	page = (char *)get_zeroed_page(GFP_KERNEL);
	if (!page)
		return ERR_PTR(-ENOMEM);
	n = PAGE_SIZE - copy_from_user(page, data, PAGE_SIZE);
	if (!n) {
		free_page((unsigned long)page);
		return ERR_PTR(-EFAULT);
	}
	page[min(n, PAGE_SIZE - 1)] = 0;
	return page;
}

/* The subject of the refusal is where it should be mounted. */
static int mount_explained(const char *dev, struct path *path, const char *type,
			   unsigned long flags, void *options)
{
	struct refusal_mark mark;
	char name[80], *where = d_path(path, name, sizeof(name));

	refusal_begin(&mark);
	return (int)refusal_end(&mark, "mount", IS_ERR(where) ? NULL : where,
				path_mount(dev, path, type, flags, options));
}

SYSCALL_DEFINE5(mount, const char __user *, udev, const char __user *, dir, const char __user *,
		utype, unsigned long, flags, const void __user *, data)
{
	char *dev = copy_string(udev), *type = copy_string(utype), *options = copy_options(data);
	struct path path;
	int error = 0;

	if (IS_ERR(dev) || IS_ERR(type) || IS_ERR(options))
		error = IS_ERR(dev)    ? PTR_ERR(dev)
			: IS_ERR(type) ? PTR_ERR(type)
				       : PTR_ERR(options);
	if (!error)
		error = user_path_at(AT_FDCWD, dir, LOOKUP_FOLLOW, &path);
	if (!error) {
		error = mount_explained(dev, &path, type, flags, options);
		path_put(&path);
	}
	if (!IS_ERR(dev))
		kfree(dev);
	if (!IS_ERR(type))
		kfree(type);
	if (!IS_ERR(options))
		free_page((unsigned long)options);
	return error;
}

static int do_umount(const char __user *name, int flags)
{
	char text[80], *where;
	struct refusal_mark mark;
	struct path path;
	int error;

	if (flags & ~(MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW))
		return -EINVAL;
	if ((flags & MNT_EXPIRE) && (flags & (MNT_FORCE | MNT_DETACH)))
		return -EINVAL;
	error = user_path_at(AT_FDCWD, name, flags & UMOUNT_NOFOLLOW ? 0 : LOOKUP_FOLLOW, &path);
	if (!error) {
		where = d_path(&path, text, sizeof(text));
		refusal_begin(&mark);
		error = path_umount(&path, flags);
		refusal_end(&mark, "umount", IS_ERR(where) ? NULL : where, error);
		path_put(&path);
	}
	return error;
}

SYSCALL_DEFINE2(umount, const char __user *, name, int, flags)
{
	return do_umount(name, flags);
}

SYSCALL_DEFINE1(oldumount, const char __user *, name)
{
	return do_umount(name, 0);
}

SYSCALL_DEFINE2(pivot_root, const char __user *, new_root, const char __user *, put_old)
{
	struct path new_path, old_path;
	int error = user_path_at(AT_FDCWD, new_root, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &new_path);

	if (error)
		return error;
	error = user_path_at(AT_FDCWD, put_old, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &old_path);
	if (!error) {
		error = path_pivot_root(&new_path, &old_path);
		path_put(&old_path);
	}
	path_put(&new_path);
	return error;
}

/* Extended attributes: no file system here has any. */

#define NO_XATTR(name)              \
	SYSCALL_DEFINE0(name)       \
	{                           \
		return -EOPNOTSUPP; \
	}
NO_XATTR(setxattr)
NO_XATTR(lsetxattr)
NO_XATTR(fsetxattr)
NO_XATTR(getxattr)
NO_XATTR(lgetxattr)
NO_XATTR(fgetxattr)
NO_XATTR(listxattr)
NO_XATTR(llistxattr)
NO_XATTR(flistxattr)
NO_XATTR(removexattr)
NO_XATTR(lremovexattr)
NO_XATTR(fremovexattr)
