/* System calls on memory. */
#include <errno.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <unistd.h>
#include "internal/syscall.h"

void *mmap(void *where, size_t size, int protection, int flags, int fd, off_t offset)
{
	if (offset & 4095 || offset >> 44) {
		errno = EINVAL;
		return MAP_FAILED;
	}
	return (void *)SYS6(mmap2, where, size, protection, flags, fd, (long)(offset >> 12));
}

int munmap(void *where, size_t size)
{
	return SYS2(munmap, where, size);
}

int mprotect(void *where, size_t size, int protection)
{
	return SYS3(mprotect, where, size, protection);
}

void *mremap(void *where, size_t old_size, size_t new_size, int flags, ...)
{
	va_list ap;

	va_start(ap, flags);
	void *to = va_arg(ap, void *);

	va_end(ap);
	return (void *)SYS5(mremap, where, old_size, new_size, flags, to);
}

int msync(void *where, size_t size, int flags)
{
	return SYS3(msync, where, size, flags);
}

int madvise(void *where, size_t size, int advice)
{
	return SYS3(madvise, where, size, advice);
}

int mlock(const void *where, size_t size)
{
	return SYS2(mlock, where, size);
}

int munlock(const void *where, size_t size)
{
	return SYS2(munlock, where, size);
}

int mlockall(int flags)
{
	return SYS1(mlockall, flags);
}

int munlockall(void)
{
	return SYS0(munlockall);
}

int mincore(void *where, size_t size, unsigned char *resident)
{
	return SYS3(mincore, where, size, resident);
}

int memfd_create(const char *name, unsigned int flags)
{
	return SYS2(memfd_create, name, flags);
}

static char *current; /* the break; NULL: not asked yet */

/* The system call returns the break that is in force after it, changed or not. */
int brk(void *end)
{
	current = (char *)sys1(__NR_brk, (long)end);
	if (current >= (char *)end)
		return 0;
	errno = ENOMEM;
	return -1;
}

void *sbrk(intptr_t increment)
{
	if (!current)
		current = (char *)sys1(__NR_brk, 0);
	char *old = current;

	if (increment == 0)
		return old;
	char *wanted = old + increment;

	if ((increment > 0) != (wanted > old)) {
		errno = ENOMEM;
		return (void *)-1;
	}
	current = (char *)sys1(__NR_brk, (long)wanted);
	if (current == wanted)
		return old;
	errno = ENOMEM;
	return (void *)-1;
}
