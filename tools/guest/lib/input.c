/* input: opening and reading what the command line names. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "input.h"
#include "program.h"
#include "strbuf.h"

FILE *input_open(const char *name)
{
	FILE *in;

	if (!strcmp(name, "-"))
		return stdin;
	in = fopen(name, "r");
	if (!in)
		warn_errno(name);
	return in;
}

void input_close(FILE *in, const char *name)
{
	if (ferror(in))
		warn_errno(name);
	if (in != stdin)
		fclose(in);
}

static void use_one(const char *name, void (*use)(FILE *in, const char *name))
{
	FILE *in = input_open(name);

	if (!in)
		return;
	use(in, name);
	input_close(in, name);
}

void input_each(char **files, void (*use)(FILE *in, const char *name))
{
	if (!*files)
		use_one("-", use);
	for (; *files; files++)
		use_one(*files, use);
}

char *input_all(const char *name, size_t *size)
{
	struct strbuf text = { 0 };
	FILE *in = input_open(name);
	char block[4096];
	size_t n;

	if (!in)
		return NULL;
	while ((n = fread(block, 1, sizeof(block), in)) > 0)
		strbuf_add(&text, block, n);
	input_close(in, name);
	*size = text.length;
	return strbuf_take(&text);
}

int fd_write(int fd, const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size) {
		ssize_t n = write(fd, at, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		at += n;
		size -= (size_t)n;
	}
	return 0;
}

int fd_copy(int from, int to)
{
	static char block[16384];

	for (;;) {
		ssize_t n = read(from, block, sizeof(block));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (int)n;
		if (fd_write(to, block, (size_t)n) < 0)
			return -1;
	}
}
