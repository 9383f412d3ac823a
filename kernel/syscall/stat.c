/*
 * System calls that show attributes: the stat family in its four layouts, statfs, directory entries, links.
 */
#include "vfs/vfs.h"
#include <linux/dirent.h>
#include <linux/statfs.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <uapi/asm/stat.h>
#include <uapi/asm/statfs.h>

static int stat_path(int dfd, const char __user *name, int flags, struct kstat *stat, u32 mask)
{
	unsigned int lookup = (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) |
			      (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0);
	struct path path;
	int error;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE))
		return -EINVAL;
	error = user_path_at(dfd, name, lookup, &path);
	if (!error) {
		error = vfs_getattr(&path, stat, mask, flags);
		stat->mnt_id = real_mount(path.mnt)->id;
		path_put(&path);
	}
	return error;
}

int vfs_stat(const char __user *name, struct kstat *stat)
{
	return stat_path(AT_FDCWD, name, 0, stat, STATX_BASIC_STATS);
}

int vfs_lstat(const char __user *name, struct kstat *stat)
{
	return stat_path(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, stat, STATX_BASIC_STATS);
}

int vfs_fstat(int fd, struct kstat *stat)
{
	struct fd f = fdget_raw(fd);
	int error;

	if (!f.file)
		return -EBADF;
	error = vfs_getattr(&f.file->f_path, stat, STATX_BASIC_STATS, 0);
	fdput(f);
	return error;
}

/* Layouts. */

static int put_stat64(int error, const struct kstat *stat, struct stat64 __user *user)
{
	struct stat64 s = {
		.st_dev = huge_encode_dev(stat->dev),
		.__st_ino = stat->ino,
		.st_ino = stat->ino,
		.st_mode = stat->mode,
		.st_nlink = stat->nlink,
		.st_uid = from_kuid(&init_user_ns, stat->uid),
		.st_gid = from_kgid(&init_user_ns, stat->gid),
		.st_rdev = huge_encode_dev(stat->rdev),
		.st_size = stat->size,
		.st_blksize = stat->blksize,
		.st_blocks = stat->blocks,
		.st_atime = stat->atime.tv_sec,
		.st_atime_nsec = stat->atime.tv_nsec,
		.st_mtime = stat->mtime.tv_sec,
		.st_mtime_nsec = stat->mtime.tv_nsec,
		.st_ctime = stat->ctime.tv_sec,
		.st_ctime_nsec = stat->ctime.tv_nsec,
	};

	if (error)
		return error;
	return copy_to_user(user, &s, sizeof(s)) ? -EFAULT : 0;
}

static u16 id16(u32 id)
{
	return id > 0xffff ? 65534 : id;
}

static int put_newstat(int error, const struct kstat *stat, struct stat __user *user)
{
	struct stat s = {
		.st_dev = new_encode_dev(stat->dev),
		.st_ino = stat->ino,
		.st_mode = stat->mode,
		.st_nlink = stat->nlink,
		.st_uid = id16(from_kuid(&init_user_ns, stat->uid)),
		.st_gid = id16(from_kgid(&init_user_ns, stat->gid)),
		.st_rdev = new_encode_dev(stat->rdev),
		.st_size = stat->size,
		.st_blksize = stat->blksize,
		.st_blocks = stat->blocks,
		.st_atime = stat->atime.tv_sec,
		.st_atime_nsec = stat->atime.tv_nsec,
		.st_mtime = stat->mtime.tv_sec,
		.st_mtime_nsec = stat->mtime.tv_nsec,
		.st_ctime = stat->ctime.tv_sec,
		.st_ctime_nsec = stat->ctime.tv_nsec,
	};

	if (error)
		return error;
	if (stat->size > MAX_NON_LFS)
		return -EOVERFLOW;
	return copy_to_user(user, &s, sizeof(s)) ? -EFAULT : 0;
}

static int put_oldstat(int error, const struct kstat *stat, struct __old_kernel_stat __user *user)
{
	struct __old_kernel_stat s = {
		.st_dev = old_encode_dev(stat->dev),
		.st_ino = stat->ino,
		.st_mode = stat->mode,
		.st_nlink = stat->nlink,
		.st_uid = id16(from_kuid(&init_user_ns, stat->uid)),
		.st_gid = id16(from_kgid(&init_user_ns, stat->gid)),
		.st_rdev = old_encode_dev(stat->rdev),
		.st_size = stat->size,
		.st_atime = stat->atime.tv_sec,
		.st_mtime = stat->mtime.tv_sec,
		.st_ctime = stat->ctime.tv_sec,
	};

	if (error)
		return error;
	if (stat->size > MAX_NON_LFS)
		return -EOVERFLOW;
	return copy_to_user(user, &s, sizeof(s)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(stat64, const char __user *, name, struct stat64 __user *, user)
{
	struct kstat stat;

	return put_stat64(vfs_stat(name, &stat), &stat, user);
}

SYSCALL_DEFINE2(lstat64, const char __user *, name, struct stat64 __user *, user)
{
	struct kstat stat;

	return put_stat64(vfs_lstat(name, &stat), &stat, user);
}

SYSCALL_DEFINE2(fstat64, unsigned int, fd, struct stat64 __user *, user)
{
	struct kstat stat;

	return put_stat64(vfs_fstat(fd, &stat), &stat, user);
}

SYSCALL_DEFINE4(fstatat64, int, dfd, const char __user *, name, struct stat64 __user *, user, int,
		flags)
{
	struct kstat stat;

	return put_stat64(stat_path(dfd, name, flags, &stat, STATX_BASIC_STATS), &stat, user);
}

SYSCALL_DEFINE2(newstat, const char __user *, name, struct stat __user *, user)
{
	struct kstat stat;

	return put_newstat(vfs_stat(name, &stat), &stat, user);
}

SYSCALL_DEFINE2(newlstat, const char __user *, name, struct stat __user *, user)
{
	struct kstat stat;

	return put_newstat(vfs_lstat(name, &stat), &stat, user);
}

SYSCALL_DEFINE2(newfstat, unsigned int, fd, struct stat __user *, user)
{
	struct kstat stat;

	return put_newstat(vfs_fstat(fd, &stat), &stat, user);
}

SYSCALL_DEFINE2(stat, const char __user *, name, struct __old_kernel_stat __user *, user)
{
	struct kstat stat;

	return put_oldstat(vfs_stat(name, &stat), &stat, user);
}

SYSCALL_DEFINE2(lstat, const char __user *, name, struct __old_kernel_stat __user *, user)
{
	struct kstat stat;

	return put_oldstat(vfs_lstat(name, &stat), &stat, user);
}

SYSCALL_DEFINE2(fstat, unsigned int, fd, struct __old_kernel_stat __user *, user)
{
	struct kstat stat;

	return put_oldstat(vfs_fstat(fd, &stat), &stat, user);
}

static struct statx_timestamp statx_time(struct timespec64 t)
{
	return (struct statx_timestamp){ .tv_sec = t.tv_sec, .tv_nsec = t.tv_nsec };
}

SYSCALL_DEFINE5(statx, int, dfd, const char __user *, name, unsigned int, flags, unsigned int, mask,
		struct statx __user *, user)
{
	struct kstat stat;
	struct statx x;
	int error;

	if (mask & STATX__RESERVED)
		return -EINVAL;
	error = stat_path(dfd, name, flags, &stat, mask);
	if (error)
		return error;
	memset(&x, 0, sizeof(x));
	x.stx_mask = stat.result_mask | STATX_MNT_ID;
	x.stx_blksize = stat.blksize;
	x.stx_attributes = stat.attributes;
	x.stx_attributes_mask = stat.attributes_mask;
	x.stx_nlink = stat.nlink;
	x.stx_uid = from_kuid(&init_user_ns, stat.uid);
	x.stx_gid = from_kgid(&init_user_ns, stat.gid);
	x.stx_mode = stat.mode;
	x.stx_ino = stat.ino;
	x.stx_size = stat.size;
	x.stx_blocks = stat.blocks;
	x.stx_atime = statx_time(stat.atime);
	x.stx_btime = statx_time(stat.btime);
	x.stx_ctime = statx_time(stat.ctime);
	x.stx_mtime = statx_time(stat.mtime);
	x.stx_rdev_major = MAJOR(stat.rdev);
	x.stx_rdev_minor = MINOR(stat.rdev);
	x.stx_dev_major = MAJOR(stat.dev);
	x.stx_dev_minor = MINOR(stat.dev);
	x.stx_mnt_id = stat.mnt_id;
	return copy_to_user(user, &x, sizeof(x)) ? -EFAULT : 0;
}

/* File systems. */

static int statfs_path(const char __user *name, struct kstatfs *st)
{
	struct path path;
	int error = user_path_at(AT_FDCWD, name, LOOKUP_FOLLOW, &path);

	if (!error) {
		error = vfs_statfs(&path, st);
		path_put(&path);
	}
	return error;
}

static int statfs_fd(int fd, struct kstatfs *st)
{
	struct fd f = fdget_raw(fd);
	int error;

	if (!f.file)
		return -EBADF;
	error = vfs_statfs(&f.file->f_path, st);
	fdput(f);
	return error;
}

static int put_statfs(int error, const struct kstatfs *st, struct statfs __user *user)
{
	struct statfs s = {
		.f_type = st->f_type,
		.f_bsize = st->f_bsize,
		.f_blocks = st->f_blocks,
		.f_bfree = st->f_bfree,
		.f_bavail = st->f_bavail,
		.f_files = st->f_files,
		.f_ffree = st->f_ffree,
		.f_namelen = st->f_namelen,
		.f_frsize = st->f_frsize,
		.f_flags = st->f_flags,
		.f_fsid = st->f_fsid,
	};

	if (error)
		return error;
	if (st->f_blocks >> 32 || st->f_files >> 32)
		return -EOVERFLOW;
	return copy_to_user(user, &s, sizeof(s)) ? -EFAULT : 0;
}

static int put_statfs64(int error, const struct kstatfs *st, struct statfs64 __user *user)
{
	struct statfs64 s = {
		.f_type = st->f_type,
		.f_bsize = st->f_bsize,
		.f_blocks = st->f_blocks,
		.f_bfree = st->f_bfree,
		.f_bavail = st->f_bavail,
		.f_files = st->f_files,
		.f_ffree = st->f_ffree,
		.f_namelen = st->f_namelen,
		.f_frsize = st->f_frsize,
		.f_flags = st->f_flags,
		.f_fsid = st->f_fsid,
	};

	if (error)
		return error;
	return copy_to_user(user, &s, sizeof(s)) ? -EFAULT : 0;
}

SYSCALL_DEFINE2(statfs, const char __user *, name, struct statfs __user *, user)
{
	struct kstatfs st;

	return put_statfs(statfs_path(name, &st), &st, user);
}

SYSCALL_DEFINE2(fstatfs, unsigned int, fd, struct statfs __user *, user)
{
	struct kstatfs st;

	return put_statfs(statfs_fd(fd, &st), &st, user);
}

SYSCALL_DEFINE3(statfs64, const char __user *, name, size_t, size, struct statfs64 __user *, user)
{
	struct kstatfs st;

	if (size != sizeof(struct statfs64))
		return -EINVAL;
	return put_statfs64(statfs_path(name, &st), &st, user);
}

SYSCALL_DEFINE3(fstatfs64, unsigned int, fd, size_t, size, struct statfs64 __user *, user)
{
	struct kstatfs st;

	if (size != sizeof(struct statfs64))
		return -EINVAL;
	return put_statfs64(statfs_fd(fd, &st), &st, user);
}

/* Directory entries. */

/* Records written so far; the offset of the next one goes into the last. */
struct dirent_buffer {
	struct dir_context ctx;
	char __user *at;
	char __user *last; /* the record written last */
	unsigned int room;
	int error;
};

static int emit64(struct dir_context *ctx, const char *name, int len, loff_t offset, u64 ino,
		  unsigned int type)
{
	struct dirent_buffer *b = container_of(ctx, struct dirent_buffer, ctx);
	unsigned int size = ALIGN(offsetof(struct linux_dirent64, d_name) + len + 1, 8);
	struct linux_dirent64 d = { .d_ino = ino, .d_reclen = size, .d_type = type };

	b->error = -EINVAL;
	if (size > b->room)
		return -EINVAL;
	b->error = -EFAULT;
	if (b->last && put_user((s64)offset, &((struct linux_dirent64 __user *)b->last)->d_off))
		return -EFAULT;
	if (copy_to_user(b->at, &d, offsetof(struct linux_dirent64, d_name)) ||
	    copy_to_user(b->at + offsetof(struct linux_dirent64, d_name), name, len) ||
	    put_user((char)0, b->at + offsetof(struct linux_dirent64, d_name) + len))
		return -EFAULT;
	b->last = b->at;
	b->at += size;
	b->room -= size;
	b->error = 0;
	return 0;
}

/* The layout of getdents: type in the last byte of the record. */
struct linux_dirent {
	unsigned long d_ino;
	unsigned long d_off;
	unsigned short d_reclen;
	char d_name[];
};

static int emit32(struct dir_context *ctx, const char *name, int len, loff_t offset, u64 ino,
		  unsigned int type)
{
	struct dirent_buffer *b = container_of(ctx, struct dirent_buffer, ctx);
	unsigned int size = ALIGN(offsetof(struct linux_dirent, d_name) + len + 2, sizeof(long));
	struct linux_dirent d = { .d_ino = ino, .d_reclen = size };

	b->error = -EINVAL;
	if (size > b->room)
		return -EINVAL;
	b->error = -EFAULT;
	if (b->last &&
	    put_user((unsigned long)offset, &((struct linux_dirent __user *)b->last)->d_off))
		return -EFAULT;
	if (copy_to_user(b->at, &d, offsetof(struct linux_dirent, d_name)) ||
	    copy_to_user(b->at + offsetof(struct linux_dirent, d_name), name, len) ||
	    put_user((char)0, b->at + offsetof(struct linux_dirent, d_name) + len) ||
	    put_user((char)type, b->at + size - 1))
		return -EFAULT;
	b->last = b->at;
	b->at += size;
	b->room -= size;
	b->error = 0;
	return 0;
}

static int read_directory(unsigned int fd, char __user *dirent, unsigned int count, filldir_t emit,
			  bool is64)
{
	struct dirent_buffer b = { .ctx.actor = emit, .at = dirent, .room = count };
	struct fd f = fdget_pos(fd);
	int error;

	if (!f.file)
		return -EBADF;
	error = iterate_dir(f.file, &b.ctx);
	if (error >= 0)
		error = b.error;
	if (b.last) {
		int bad = is64 ? put_user((s64)b.ctx.pos,
					  &((struct linux_dirent64 __user *)b.last)->d_off)
			       : put_user((unsigned long)b.ctx.pos,
					  &((struct linux_dirent __user *)b.last)->d_off);

		error = bad ? -EFAULT : (int)(count - b.room);
	}
	fdput_pos(f);
	return error;
}

SYSCALL_DEFINE3(getdents64, unsigned int, fd, void __user *, dirent, unsigned int, count)
{
	return read_directory(fd, dirent, count, emit64, true);
}

SYSCALL_DEFINE3(getdents, unsigned int, fd, void __user *, dirent, unsigned int, count)
{
	return read_directory(fd, dirent, count, emit32, false);
}

/* Links. */

static int do_readlinkat(int dfd, const char __user *name, char __user *buf, int size)
{
	struct path path;
	int error, empty = 0;

	if (size <= 0)
		return -EINVAL;
	error = user_path_at_empty(dfd, name, LOOKUP_EMPTY, &path, &empty);
	if (error)
		return error;
	error = empty ? -ENOENT : -EINVAL;
	if (d_is_symlink(path.dentry)) {
		touch_atime(&path);
		error = vfs_readlink(path.dentry, buf, size);
	}
	path_put(&path);
	return error;
}

SYSCALL_DEFINE4(readlinkat, int, dfd, const char __user *, name, char __user *, buf, int, size)
{
	return do_readlinkat(dfd, name, buf, size);
}

SYSCALL_DEFINE3(readlink, const char __user *, name, char __user *, buf, int, size)
{
	return do_readlinkat(AT_FDCWD, name, buf, size);
}
