/*
 * The kernel's calls. When one fails, the kernel has said why in its log: which symbol, which port and
 * who holds it. The reader of /dev/kmsg that was put at the log's end before the call gives exactly those
 * lines.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "guest/lib/kmod.h"

#define WARNING 4 /* level of printk */

static int log_fd = -1;

static void mark(void)
{
	if (log_fd < 0)
		log_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (log_fd >= 0)
		lseek(log_fd, 0, SEEK_END);
}

int kmod_insert(const char *path, const char *options, int force)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	mark();
	long result = syscall(SYS_finit_module, fd, options,
			      (force & KMOD_FORCE_MODVERSION ? 1 : 0) |
				      (force & KMOD_FORCE_VERMAGIC ? 2 : 0));
	int error = result ? errno : 0;

	close(fd);
	if (error == ENOSYS && !force) {
		size_t size;
		char *bytes = kmod_read(path, &size);

		if (!bytes)
			return -errno;
		error = syscall(SYS_init_module, bytes, (unsigned long)size, options) ? errno : 0;
		free(bytes);
	}
	kmod_loaded_forget();
	return -error;
}

int kmod_delete(const char *name, bool force)
{
	mark();
	int error = syscall(SYS_delete_module, name, O_NONBLOCK | (force ? O_TRUNC : 0)) ? errno
											 : 0;

	kmod_loaded_forget();
	return -error;
}

/* A record is "PRIORITY,SEQUENCE,TIME,FLAGS;TEXT\n", then lines that begin with a space. */
void kmod_explain(void)
{
	char record[1024];
	ssize_t n;

	if (log_fd < 0 || kmod_loudness < KMOD_ERROR)
		return;
	while ((n = read(log_fd, record, sizeof(record) - 1)) > 0 || (n < 0 && errno == EPIPE)) {
		if (n < 0)
			continue;
		record[n] = 0;
		char *text = strchr(record, ';');

		if (!text || (atoi(record) & 7) > WARNING)
			continue;
		text++;
		fprintf(stderr, "  %.*s\n", (int)strcspn(text, "\n"), text);
	}
}

const char *kmod_insert_reason(int error)
{
	switch (error) {
	case ENOEXEC:
		return "Invalid module format";
	case ENOENT:
		return "Unknown symbol in module";
	case ESRCH:
		return "Module has wrong symbol version";
	case EINVAL:
		return "Invalid parameters";
	default:
		return strerror(error);
	}
}
