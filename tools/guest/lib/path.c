/* path: taking paths apart and putting them together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "path.h"
#include "program.h"
#include "strbuf.h"

/* Length without slashes at the end; the root keeps one. */
static size_t trimmed(const char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		n--;
	return n;
}

char *path_base(const char *path)
{
	size_t end = trimmed(path), start = end;

	while (start && path[start - 1] != '/')
		start--;
	if (start == end && end)
		start--; /* the root */
	return memory_copy_n(path + start, end - start);
}

char *path_folder(const char *path)
{
	size_t n = trimmed(path);

	while (n && path[n - 1] != '/')
		n--;
	while (n > 1 && path[n - 1] == '/')
		n--;
	return n ? memory_copy_n(path, n) : memory_copy(".");
}

char *path_join(const char *folder, const char *name)
{
	struct strbuf text = { 0 };
	size_t n = strlen(folder);

	strbuf_add(&text, folder, n);
	if (n && folder[n - 1] != '/')
		strbuf_putc(&text, '/');
	strbuf_puts(&text, name);
	return strbuf_take(&text);
}

bool path_is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

bool path_newer(const struct stat *a, const struct stat *b)
{
	if (a->st_mtim.tv_sec != b->st_mtim.tv_sec)
		return a->st_mtim.tv_sec > b->st_mtim.tv_sec;
	return a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

char *path_target(const char *from, const char *to, bool into_folder)
{
	char *base, *result;

	if (!into_folder)
		return memory_copy(to);
	base = path_base(from);
	result = path_join(to, base);
	free(base);
	return result;
}

bool ask(const char *question, const char *path)
{
	int first, c;

	fprintf(stderr, "%s: %s %s? ", program_name, question, path);
	first = c = getchar();
	while (c != EOF && c != '\n')
		c = getchar();
	return first == 'y' || first == 'Y';
}
