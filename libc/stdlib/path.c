/* realpath: component by component, symbolic links followed, at most 40 of them. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>

#define LINKS 40

/* Appends what `rest` names to the path in done; rest may grow when a link is put in front of it. */
static int resolve(char *done, char *rest)
{
	char target[PATH_MAX];
	size_t n = strlen(done);
	int links = 0;

	while (*rest) {
		size_t skip = strspn(rest, "/"), length = strcspn(rest + skip, "/");
		char *name = rest + skip;
		struct stat facts;

		memmove(rest, rest + skip, strlen(rest + skip) + 1);
		name = rest;
		if (length == 0)
			break;
		if (length == 2 && name[0] == '.' && name[1] == '.') {
			while (n > 1 && done[--n] != '/')
				;
			done[n ? n : 1] = 0;
			n = n ? n : 1;
			if (n == 1)
				done[1] = 0;
		} else if (length != 1 || name[0] != '.') {
			size_t before = n;

			if (n + length + 2 > PATH_MAX) {
				errno = ENAMETOOLONG;
				return -1;
			}
			if (n > 1)
				done[n++] = '/';
			memcpy(done + n, name, length);
			done[n += length] = 0;
			if (lstat(done, &facts))
				return -1;
			if (S_ISLNK(facts.st_mode)) {
				ssize_t t = readlink(done, target, sizeof(target) - 1);

				if (t < 0)
					return -1;
				size_t tail = strlen(rest + length);

				if (++links > LINKS || t + tail + 1 > PATH_MAX) {
					errno = links > LINKS ? ELOOP : ENAMETOOLONG;
					return -1;
				}
				memmove(rest + t, rest + length, tail + 1);
				memcpy(rest, target, t);
				n = target[0] == '/' ? 1 : before;
				done[n] = 0;
				continue;
			}
			if (!S_ISDIR(facts.st_mode) && rest[length]) {
				errno = ENOTDIR;
				return -1;
			}
		}
		memmove(rest, rest + length, strlen(rest + length) + 1);
	}
	return 0;
}

char *realpath(const char *restrict path, char *restrict resolved)
{
	char done[PATH_MAX + 1] = "/", rest[PATH_MAX + 1];

	if (!path || !*path) {
		errno = path ? ENOENT : EINVAL;
		return NULL;
	}
	if (strlcpy(rest, path, sizeof(rest)) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	if (path[0] != '/' && !getcwd(done, sizeof(done)))
		return NULL;
	if (resolve(done, rest))
		return NULL;
	return resolved ? strcpy(resolved, done) : strdup(done);
}
