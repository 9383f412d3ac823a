/* System calls on descriptors. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>
#include "internal/syscall.h"

int open(const char *path, int flags, ...)
{
	mode_t mode = 0;

	if (flags & (O_CREAT | __O_TMPFILE)) {
		va_list ap;

		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	return SYS3(open, path, flags | O_LARGEFILE, mode);
}

int openat(int dir, const char *path, int flags, ...)
{
	mode_t mode = 0;

	if (flags & (O_CREAT | __O_TMPFILE)) {
		va_list ap;

		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	return SYS4(openat, dir, path, flags | O_LARGEFILE, mode);
}

int creat(const char *path, mode_t mode)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

ssize_t read(int fd, void *to, size_t size)
{
	return SYS3(read, fd, to, size);
}

ssize_t write(int fd, const void *from, size_t size)
{
	return SYS3(write, fd, from, size);
}

ssize_t pread(int fd, void *to, size_t size, off_t offset)
{
	return SYS5(pread64, fd, to, size, LOW(offset), HIGH(offset));
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t offset)
{
	return SYS5(pwrite64, fd, from, size, LOW(offset), HIGH(offset));
}

ssize_t readv(int fd, const struct iovec *vector, int count)
{
	return SYS3(readv, fd, vector, count);
}

ssize_t writev(int fd, const struct iovec *vector, int count)
{
	return SYS3(writev, fd, vector, count);
}

off_t lseek(int fd, off_t offset, int whence)
{
	off_t result;

	return SYS5(_llseek, fd, HIGH(offset), LOW(offset), &result, whence) ? -1 : result;
}

int close(int fd)
{
	return SYS1(close, fd);
}

int dup(int fd)
{
	return SYS1(dup, fd);
}

int dup2(int from, int to)
{
	return SYS2(dup2, from, to);
}

int dup3(int from, int to, int flags)
{
	return SYS3(dup3, from, to, flags);
}

int pipe(int fds[2])
{
	return SYS1(pipe, fds);
}

int pipe2(int fds[2], int flags)
{
	return SYS2(pipe2, fds, flags);
}

int fcntl(int fd, int command, ...)
{
	va_list ap;

	va_start(ap, command);
	long argument = va_arg(ap, long);

	va_end(ap);
	return SYS3(fcntl64, fd, command, argument);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list ap;

	va_start(ap, request);
	long argument = va_arg(ap, long);

	va_end(ap);
	return SYS3(ioctl, fd, request, argument);
}

int flock(int fd, int operation)
{
	return SYS2(flock, fd, operation);
}

int lockf(int fd, int command, off_t size)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_CUR, .l_len = size };

	switch (command) {
	case F_ULOCK:
		lock.l_type = F_UNLCK;
		return fcntl(fd, F_SETLK, &lock);
	case F_LOCK:
		return fcntl(fd, F_SETLKW, &lock);
	case F_TLOCK:
		return fcntl(fd, F_SETLK, &lock);
	case F_TEST:
		if (fcntl(fd, F_GETLK, &lock))
			return -1;
		if (lock.l_type == F_UNLCK || lock.l_pid == getpid())
			return 0;
		errno = EAGAIN;
		return -1;
	default:
		errno = EINVAL;
		return -1;
	}
}

int fsync(int fd)
{
	return SYS1(fsync, fd);
}

int fdatasync(int fd)
{
	return SYS1(fdatasync, fd);
}

void sync(void)
{
	sys0(__NR_sync);
}

int syncfs(int fd)
{
	return SYS1(syncfs, fd);
}

int ftruncate(int fd, off_t size)
{
	return SYS3(ftruncate64, fd, LOW(size), HIGH(size));
}

int truncate(const char *path, off_t size)
{
	return SYS3(truncate64, path, LOW(size), HIGH(size));
}

int fallocate(int fd, int mode, off_t offset, off_t length)
{
	return SYS6(fallocate, fd, mode, LOW(offset), HIGH(offset), LOW(length), HIGH(length));
}

int posix_fallocate(int fd, off_t offset, off_t length)
{
	return -__syscall6(__NR_fallocate, fd, 0, LOW(offset), HIGH(offset), LOW(length),
			   HIGH(length));
}

int posix_fadvise(int fd, off_t offset, off_t length, int advice)
{
	return -__syscall6(__NR_fadvise64_64, fd, LOW(offset), HIGH(offset), LOW(length),
			   HIGH(length), advice);
}

ssize_t splice(int in, off_t *in_offset, int out, off_t *out_offset, size_t size, unsigned flags)
{
	return SYS6(splice, in, in_offset, out, out_offset, size, flags);
}

ssize_t sendfile(int out, int in, off_t *offset, size_t size)
{
	return SYS4(sendfile64, out, in, offset, size);
}

int eventfd(unsigned int value, int flags)
{
	return SYS2(eventfd2, value, flags);
}

int timerfd_create(int clock, int flags)
{
	return SYS2(timerfd_create, clock, flags);
}

int timerfd_settime(int fd, int flags, const struct itimerspec *value, struct itimerspec *old)
{
	return SYS4(timerfd_settime, fd, flags, value, old);
}

int timerfd_gettime(int fd, struct itimerspec *value)
{
	return SYS2(timerfd_gettime, fd, value);
}

int signalfd(int fd, const sigset_t *mask, int flags)
{
	return SYS4(signalfd4, fd, mask, sizeof(*mask), flags);
}

int epoll_create1(int flags)
{
	return SYS1(epoll_create1, flags);
}

int epoll_create(int size)
{
	if (size <= 0) {
		errno = EINVAL;
		return -1;
	}
	return epoll_create1(0);
}

int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	return SYS4(epoll_ctl, epoll, operation, fd, event);
}

int epoll_wait(int epoll, struct epoll_event *events, int most, int milliseconds)
{
	return SYS4(epoll_wait, epoll, events, most, milliseconds);
}

int epoll_pwait(int epoll, struct epoll_event *events, int most, int milliseconds,
		const sigset_t *mask)
{
	return SYS6(epoll_pwait, epoll, events, most, milliseconds, mask, sizeof(*mask));
}
