/* The exec family above execve(): argument lists, the search in PATH, scripts without "#!". */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <paths.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

int fexecve(int fd, char *const argv[], char *const envp[])
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return execve(path, argv, envp);
}

/* execve, and for files that are no program: as a script of the shell. */
static void try(const char *path, char *const argv[], char *const envp[])
{
	int count = 0;

	execve(path, argv, envp);
	if (errno != ENOEXEC)
		return;
	while (argv[count])
		count++;
	const char *shell[count + 3];

	shell[0] = "sh";
	shell[1] = path;
	for (int i = 1; i <= count; i++)
		shell[i + 1] = argv[i];
	if (count == 0)
		shell[2] = NULL;
	execve(_PATH_BSHELL, (char **)shell, envp);
}

int execvpe(const char *file, char *const argv[], char *const envp[])
{
	const char *search = getenv("PATH");
	char path[PATH_MAX];
	int denied = 0;

	if (strchr(file, '/')) {
		try(file, argv, envp);
		return -1;
	}
	if (!*file) {
		errno = ENOENT;
		return -1;
	}
	if (!search)
		search = _PATH_DEFPATH;
	for (;; search++) {
		size_t n = strcspn(search, ":"), f = strlen(file);

		if (n + f + 2 <= sizeof(path)) {
			memcpy(path, search, n);
			if (n)
				path[n] = '/';
			memcpy(path + n + (n != 0), file, f + 1);
			try(path, argv, envp);
			if (errno == EACCES)
				denied = 1;
			else if (errno != ENOENT && errno != ENOTDIR)
				return -1;
		}
		search += n;
		if (!*search)
			break;
	}
	errno = denied ? EACCES : ENOENT;
	return -1;
}

int execvp(const char *file, char *const argv[])
{
	return execvpe(file, argv, environ);
}

static size_t count_arguments(va_list ap)
{
	size_t count = 1;

	while (va_arg(ap, char *))
		count++;
	return count;
}

/* Declares argv with the first argument and those of the list, the final NULL included. */
#define COLLECT(first)                      \
	va_list ap;                         \
	va_start(ap, first);                \
	size_t count = count_arguments(ap); \
	va_end(ap);                         \
	char *argv[count + 1];              \
	argv[0] = (char *)(first);          \
	va_start(ap, first);                \
	for (size_t i = 1; i <= count; i++) \
	argv[i] = va_arg(ap, char *)

int execl(const char *path, const char *argument, ...)
{
	COLLECT(argument);
	va_end(ap);
	return execv(path, argv);
}

int execlp(const char *file, const char *argument, ...)
{
	COLLECT(argument);
	va_end(ap);
	return execvp(file, argv);
}

int execle(const char *path, const char *argument, ...)
{
	COLLECT(argument);
	char **envp = va_arg(ap, char **);

	va_end(ap);
	return execve(path, argv, envp);
}
