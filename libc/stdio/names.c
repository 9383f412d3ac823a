/* perror, remove, and the terminal's name. */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "stdio/stream.h"

void perror(const char *prefix)
{
	int error = errno;

	fprintf(stderr, "%s%s%s\n", prefix ? prefix : "", prefix && *prefix ? ": " : "",
		strerror(error));
	errno = error;
}

int remove(const char *path)
{
	if (unlink(path) == 0)
		return 0;
	return errno == EISDIR || errno == EPERM ? rmdir(path) : -1;
}

char *ctermid(char *path)
{
	static char own[L_ctermid];

	return strcpy(path ? path : own, "/dev/tty");
}
