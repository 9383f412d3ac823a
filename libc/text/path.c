/* basename and dirname, in place. */
#include <libgen.h>
#include <string.h>

static char *without_slashes(char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		path[--n] = 0;
	return path + n;
}

char *basename(char *path)
{
	if (!path || !*path)
		return ".";
	without_slashes(path);
	char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

char *dirname(char *path)
{
	if (!path || !*path)
		return ".";
	without_slashes(path);
	char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	while (slash > path && slash[-1] == '/')
		slash--;
	slash[slash == path] = 0;
	return path;
}
