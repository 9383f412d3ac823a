/*
 * The kernel's calls. When one fails, the kernel says why: which symbol, which port and who holds it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "guest/lib/kmod.h"
#include "guest/lib/refusal.h"

int kmod_insert(const char *path, const char *options, int force)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
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
	if (!error && kmod_loudness >= KMOD_WARNING)
		kmod_explain(); /* warnings: a parameter that it does not know */
	return -error;
}

int kmod_delete(const char *name, bool force)
{
	int error = syscall(SYS_delete_module, name, O_NONBLOCK | (force ? O_TRUNC : 0)) ? errno
											 : 0;

	kmod_loaded_forget();
	return -error;
}

void kmod_explain(void)
{
	if (kmod_loudness < KMOD_ERROR)
		return;
	fflush(stdout);
	refusal_print(stderr);
}

void kmod_show_holders(FILE *out, const char *name)
{
	char *text = kmod_read("/sys/kernel/rakit/holders", NULL), *state = NULL;
	size_t n = strlen(name);

	for (char *line = text ? strtok_r(text, "\n", &state) : NULL; line;
	     line = strtok_r(NULL, "\n", &state))
		if (strncmp(line, name, n) == 0 && strncmp(line + n, ": ", 2) == 0)
			fprintf(out, "  held by %s\n", line + n + 2);
	free(text);
	text = kmod_read(kmod_text("/sys/module/%s/initstate", name), NULL);
	if (text && strncmp(text, "live", 4))
		fprintf(out, "  it is %s", text);
	free(text);
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
