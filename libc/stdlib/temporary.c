/* Files and folders with names that nobody has: six random letters and digits, tried until one is new. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TRIES 100

/* Replaces the last six characters. */
static char *fill(char *template)
{
	static const char set[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	static uint32_t count;
	char *x = template + strlen(template) - 6;
	uint32_t random;

	if (getrandom(&random, sizeof(random), GRND_NONBLOCK) != sizeof(random)) {
		struct timespec now;

		clock_gettime(CLOCK_MONOTONIC, &now);
		random = (now.tv_nsec ^ getpid() << 16) * 2654435761u;
	}
	random += count++;
	for (int i = 0; i < 6; i++, random /= 36)
		x[i] = set[random % 62];
	return template;
}

static int is_template(const char *template)
{
	size_t n = strlen(template);

	if (n >= 6 && strcmp(template + n - 6, "XXXXXX") == 0)
		return 1;
	errno = EINVAL;
	return 0;
}

int mkostemp(char *template, int flags)
{
	if (!is_template(template))
		return -1;
	for (int i = 0; i < TRIES; i++) {
		int fd = open(fill(template), O_RDWR | O_CREAT | O_EXCL | flags, 0600);

		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

int mkstemp(char *template)
{
	return mkostemp(template, 0);
}

char *mkdtemp(char *template)
{
	if (!is_template(template))
		return NULL;
	for (int i = 0; i < TRIES; i++) {
		if (mkdir(fill(template), 0700) == 0)
			return template;
		if (errno != EEXIST)
			return NULL;
	}
	return NULL;
}

char *mktemp(char *template)
{
	struct stat facts;

	if (is_template(template))
		for (int i = 0; i < TRIES; i++)
			if (lstat(fill(template), &facts) && errno == ENOENT)
				return template;
	*template = 0;
	return template;
}

char *tmpnam(char *path)
{
	static char own[L_tmpnam];

	return mktemp(strcpy(path ? path : own, "/tmp/tXXXXXX"));
}

FILE *tmpfile(void)
{
	char path[] = "/tmp/tXXXXXX";
	int fd = mkstemp(path);

	if (fd < 0)
		return NULL;
	unlink(path);
	FILE *stream = fdopen(fd, "w+");

	if (!stream)
		close(fd);
	return stream;
}
