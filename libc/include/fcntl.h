/* Opening files and fcntl() (POSIX). Offsets are 64 bits without asking. */
#ifndef _FCNTL_H
#define _FCNTL_H

#include <features.h>
#include <sys/types.h>
#include <linux/fcntl.h>
#include <linux/stat.h>

#define F_GETLK F_GETLK64
#define F_SETLK F_SETLK64
#define F_SETLKW F_SETLKW64
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

struct flock {
	short l_type;	/* F_RDLCK, F_WRLCK, F_UNLCK */
	short l_whence; /* SEEK_* */
	off_t l_start;
	off_t l_len; /* 0: to the end of the file */
	pid_t l_pid; /* F_GETLK: who holds it */
};

#define POSIX_FADV_NORMAL 0
#define POSIX_FADV_RANDOM 1
#define POSIX_FADV_SEQUENTIAL 2
#define POSIX_FADV_WILLNEED 3
#define POSIX_FADV_DONTNEED 4
#define POSIX_FADV_NOREUSE 5

__BEGIN_DECLS
int open(const char *path, int flags, ...); /* O_CREAT, O_TMPFILE: mode_t follows */
int openat(int dir, const char *path, int flags, ...);
int creat(const char *path, mode_t mode);
int fcntl(int fd, int command, ...);
int posix_fadvise(int fd, off_t offset, off_t length, int advice);
int posix_fallocate(int fd, off_t offset, off_t length); /* 0 or the error number */
int fallocate(int fd, int mode, off_t offset, off_t length);
ssize_t splice(int in, off_t *in_offset, int out, off_t *out_offset, size_t size, unsigned flags);
__END_DECLS

#endif
