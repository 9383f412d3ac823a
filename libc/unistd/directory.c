/* Directories: getdents64 into a buffer; struct dirent is the kernel's record in place. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "internal/syscall.h"

struct __DIR {
	int fd;
	size_t at, size; /* in the buffer */
	off_t position;	 /* of the next record */
	long long buffer[4096 / sizeof(long long)];
};

_Static_assert(offsetof(struct dirent, d_name) == offsetof(struct linux_dirent64, d_name), "");

DIR *fdopendir(int fd)
{
	struct stat facts;

	if (fstat(fd, &facts))
		return NULL;
	if (!S_ISDIR(facts.st_mode)) {
		errno = ENOTDIR;
		return NULL;
	}
	DIR *dir = malloc(sizeof(*dir));

	if (dir) {
		dir->fd = fd;
		dir->at = dir->size = 0;
		dir->position = 0;
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	}
	return dir;
}

DIR *opendir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	DIR *dir = fdopendir(fd);

	if (!dir)
		close(fd);
	return dir;
}

struct dirent *readdir(DIR *dir)
{
	if (dir->at >= dir->size) {
		long n = sys3(__NR_getdents64, dir->fd, (long)dir->buffer, sizeof(dir->buffer));

		if (n <= 0) {
			if (n < 0 && n != -ENOENT) /* ENOENT: removed meanwhile */
				errno = -n;
			return NULL;
		}
		dir->at = 0;
		dir->size = n;
	}
	struct dirent *entry = (struct dirent *)((char *)dir->buffer + dir->at);

	dir->at += entry->d_reclen;
	dir->position = entry->d_off;
	return entry;
}

void seekdir(DIR *dir, long position)
{
	dir->position = lseek(dir->fd, position, SEEK_SET);
	dir->at = dir->size = 0;
}

void rewinddir(DIR *dir)
{
	seekdir(dir, 0);
}

long telldir(DIR *dir)
{
	return dir->position;
}

int dirfd(DIR *dir)
{
	return dir->fd;
}

int closedir(DIR *dir)
{
	int fd = dir->fd;

	free(dir);
	return close(fd);
}

int alphasort(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

int versionsort(const struct dirent **a, const struct dirent **b)
{
	return strverscmp((*a)->d_name, (*b)->d_name);
}

int scandir(const char *path, struct dirent ***list, int (*keep)(const struct dirent *),
	    int (*compare)(const struct dirent **, const struct dirent **))
{
	DIR *dir = opendir(path);
	struct dirent **entries = NULL, *entry;
	size_t count = 0, room = 0;

	if (!dir)
		return -1;
	while ((entry = readdir(dir))) {
		if (keep && !keep(entry))
			continue;
		if (count == room) {
			struct dirent **grown = realloc(entries,
							(room = room * 2 + 16) * sizeof(*grown));

			if (!grown)
				goto fail;
			entries = grown;
		}
		entries[count] = malloc(entry->d_reclen);
		if (!entries[count])
			goto fail;
		memcpy(entries[count++], entry, entry->d_reclen);
	}
	closedir(dir);
	if (compare)
		qsort(entries, count, sizeof(*entries),
		      (int (*)(const void *, const void *))compare);
	*list = entries;
	return count;
fail:
	closedir(dir);
	while (count)
		free(entries[--count]);
	free(entries);
	errno = ENOMEM;
	return -1;
}
