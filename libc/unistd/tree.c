/* System calls on paths. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <limits.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <unistd.h>
#include <utime.h>
#include "internal/syscall.h"

int stat(const char *restrict path, struct stat *restrict facts)
{
	return SYS2(stat64, path, facts);
}

int lstat(const char *restrict path, struct stat *restrict facts)
{
	return SYS2(lstat64, path, facts);
}

int fstat(int fd, struct stat *facts)
{
	return SYS2(fstat64, fd, facts);
}

int fstatat(int dir, const char *restrict path, struct stat *restrict facts, int flags)
{
	return SYS4(fstatat64, dir, path, facts, flags);
}

int statfs(const char *path, struct statfs *facts)
{
	return SYS3(statfs64, path, sizeof(*facts), facts);
}

int fstatfs(int fd, struct statfs *facts)
{
	return SYS3(fstatfs64, fd, sizeof(*facts), facts);
}

static int statvfs_from(int result, const struct statfs *f, struct statvfs *to)
{
	if (result)
		return result;
	memset(to, 0, sizeof(*to));
	to->f_bsize = f->f_bsize;
	to->f_frsize = f->f_frsize ? f->f_frsize : f->f_bsize;
	to->f_blocks = f->f_blocks;
	to->f_bfree = f->f_bfree;
	to->f_bavail = f->f_bavail;
	to->f_files = f->f_files;
	to->f_ffree = to->f_favail = f->f_ffree;
	to->f_fsid = f->f_fsid.__val[0];
	to->f_flag = f->f_flags & ~ST_VALID;
	to->f_namemax = f->f_namelen;
	return 0;
}

int statvfs(const char *restrict path, struct statvfs *restrict facts)
{
	struct statfs f;

	return statvfs_from(statfs(path, &f), &f, facts);
}

int fstatvfs(int fd, struct statvfs *facts)
{
	struct statfs f;

	return statvfs_from(fstatfs(fd, &f), &f, facts);
}

int access(const char *path, int mode)
{
	return SYS2(access, path, mode);
}

/* The system call has no flags. With other effective ids, AT_EACCESS is decided from the mode. */
int faccessat(int dir, const char *path, int mode, int flags)
{
	struct stat facts;

	if (!(flags & AT_EACCESS) || (getuid() == geteuid() && getgid() == getegid()))
		return SYS3(faccessat, dir, path, mode);
	if (fstatat(dir, path, &facts, 0))
		return -1;
	if (mode == F_OK)
		return 0;
	int shift = facts.st_uid == geteuid() ? 6 : facts.st_gid == getegid() ? 3 : 0;
	int have = facts.st_mode >> shift & 7;

	if (geteuid() == 0)
		have = 6 | ((facts.st_mode & 0111) || S_ISDIR(facts.st_mode) ? 1 : 0);
	if ((have & mode) == mode)
		return 0;
	errno = EACCES;
	return -1;
}

int chmod(const char *path, mode_t mode)
{
	return SYS2(chmod, path, mode);
}

int fchmod(int fd, mode_t mode)
{
	return SYS2(fchmod, fd, mode);
}

int fchmodat(int dir, const char *path, mode_t mode, int flags)
{
	if (flags) {
		errno = EOPNOTSUPP;
		return -1;
	}
	return SYS3(fchmodat, dir, path, mode);
}

int chown(const char *path, uid_t uid, gid_t gid)
{
	return SYS3(chown32, path, uid, gid);
}

int lchown(const char *path, uid_t uid, gid_t gid)
{
	return SYS3(lchown32, path, uid, gid);
}

int fchown(int fd, uid_t uid, gid_t gid)
{
	return SYS3(fchown32, fd, uid, gid);
}

int fchownat(int dir, const char *path, uid_t uid, gid_t gid, int flags)
{
	return SYS5(fchownat, dir, path, uid, gid, flags);
}

mode_t umask(mode_t mask)
{
	return SYS1(umask, mask);
}

int mkdir(const char *path, mode_t mode)
{
	return SYS2(mkdir, path, mode);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	return SYS3(mkdirat, dir, path, mode);
}

/* The kernel takes device numbers of 32 bits: 12 of the major, 20 of the minor. */
int mknod(const char *path, mode_t mode, dev_t device)
{
	return SYS3(mknod, path, mode, device);
}

int mknodat(int dir, const char *path, mode_t mode, dev_t device)
{
	return SYS4(mknodat, dir, path, mode, device);
}

int mkfifo(const char *path, mode_t mode)
{
	return mknod(path, (mode & 07777) | S_IFIFO, 0);
}

int mkfifoat(int dir, const char *path, mode_t mode)
{
	return mknodat(dir, path, (mode & 07777) | S_IFIFO, 0);
}

int link(const char *from, const char *to)
{
	return SYS2(link, from, to);
}

int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
	return SYS5(linkat, from_dir, from, to_dir, to, flags);
}

int symlink(const char *target, const char *path)
{
	return SYS2(symlink, target, path);
}

int symlinkat(const char *target, int dir, const char *path)
{
	return SYS3(symlinkat, target, dir, path);
}

ssize_t readlink(const char *restrict path, char *restrict to, size_t size)
{
	return SYS3(readlink, path, to, size);
}

ssize_t readlinkat(int dir, const char *restrict path, char *restrict to, size_t size)
{
	return SYS4(readlinkat, dir, path, to, size);
}

int unlink(const char *path)
{
	return SYS1(unlink, path);
}

int unlinkat(int dir, const char *path, int flags)
{
	return SYS3(unlinkat, dir, path, flags);
}

int rmdir(const char *path)
{
	return SYS1(rmdir, path);
}

int rename(const char *from, const char *to)
{
	return SYS2(rename, from, to);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	return SYS4(renameat, from_dir, from, to_dir, to);
}

int chdir(const char *path)
{
	return SYS1(chdir, path);
}

int fchdir(int fd)
{
	return SYS1(fchdir, fd);
}

int chroot(const char *path)
{
	return SYS1(chroot, path);
}

int pivot_root(const char *new_root, const char *put_old)
{
	return SYS2(pivot_root, new_root, put_old);
}

int acct(const char *path)
{
	return SYS1(acct, path);
}

int mount(const char *source, const char *target, const char *type, unsigned long flags,
	  const void *data)
{
	return SYS5(mount, source, target, type, flags, data);
}

int umount2(const char *target, int flags)
{
	return SYS2(umount2, target, flags);
}

int umount(const char *target)
{
	return umount2(target, 0);
}

int utimensat(int dir, const char *path, const struct timespec times[2], int flags)
{
	return SYS4(utimensat, dir, path, times, flags);
}

int futimens(int fd, const struct timespec times[2])
{
	return utimensat(fd, NULL, times, 0);
}

static const struct timespec *timespecs(const struct timeval times[2], struct timespec to[2])
{
	if (!times)
		return NULL;
	for (int i = 0; i < 2; i++) {
		to[i].tv_sec = times[i].tv_sec;
		to[i].tv_nsec = times[i].tv_usec * 1000;
	}
	return to;
}

int utimes(const char *path, const struct timeval times[2])
{
	struct timespec t[2];

	return utimensat(AT_FDCWD, path, timespecs(times, t), 0);
}

int lutimes(const char *path, const struct timeval times[2])
{
	struct timespec t[2];

	return utimensat(AT_FDCWD, path, timespecs(times, t), AT_SYMLINK_NOFOLLOW);
}

int futimes(int fd, const struct timeval times[2])
{
	struct timespec t[2];

	return futimens(fd, timespecs(times, t));
}

int utime(const char *path, const struct utimbuf *times)
{
	struct timespec t[2] = { { 0, 0 } };

	if (times) {
		t[0].tv_sec = times->actime;
		t[1].tv_sec = times->modtime;
	}
	return utimensat(AT_FDCWD, path, times ? t : NULL, 0);
}

char *getcwd(char *path, size_t size)
{
	char own[PATH_MAX];

	own[0] = 0;
	if (path && size == 0) {
		errno = EINVAL;
		return NULL;
	}
	if (SYS2(getcwd, path ? path : own, path ? size : sizeof(own)) < 0)
		return NULL;
	return path ? path : strdup(own);
}

char *get_current_dir_name(void)
{
	return getcwd(NULL, 0);
}
