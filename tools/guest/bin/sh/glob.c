/*
 * glob: patterns to file names.
 *
 * One path component after the other: those without pattern characters are appended as they are,
 * the others are matched against the folder read so far. A leading dot must be matched by a dot
 * (POSIX.1-2017, XCU 2.13.3).
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "../../lib/pattern.h"
#include "sh.h"

void strlist_add(struct strlist *list, char *item)
{
	if (list->count >= list->room) {
		int room = list->room ? list->room * 2 : 8;
		char **items = arena_get(&sh.scratch, (size_t)room * sizeof(*items));

		if (list->count)
			memcpy(items, list->items, (size_t)list->count * sizeof(*items));
		list->items = items;
		list->room = room;
	}
	list->items[list->count] = item;
	list->count += item != NULL;
}

void pattern_unescape(char *text)
{
	char *to = text;

	for (; *text; text++) {
		if (*text == '\\' && text[1])
			text++;
		*to++ = *text;
	}
	*to = '\0';
}

static void glob_level(struct strbuf *path, const char *pattern, struct strlist *list);

/* `path` is complete but for what is in `rest`: add it if it exists. */
static void glob_found(struct strbuf *path, const char *rest, struct strlist *list)
{
	struct stat st;

	if (*rest)
		glob_level(path, rest, list);
	else if (!lstat(strbuf_text(path), &st))
		strlist_add(list, arena_copy(&sh.scratch, strbuf_text(path), path->length));
}

static void glob_folder(struct strbuf *path, const char *component, const char *rest,
			struct strlist *list)
{
	size_t length = path->length;
	DIR *dir = opendir(length ? strbuf_text(path) : ".");
	const struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		const char *name = entry->d_name;

		if ((*name == '.' && *component != '.' && strncmp(component, "\\.", 2)) ||
		    !pattern_match(component, name, strlen(name)))
			continue;
		strbuf_puts(path, name);
		glob_found(path, rest, list);
		path->length = length;
	}
	closedir(dir);
}

/* Match `pattern` below `path`, which is empty or ends in a slash. */
static void glob_level(struct strbuf *path, const char *pattern, struct strlist *list)
{
	size_t length = path->length, n;
	char *component;

	for (; *pattern == '/'; pattern++)
		strbuf_putc(path, '/');
	n = strcspn(pattern, "/");
	component = memory_copy_n(pattern, n);
	if (n && pattern_special(component)) {
		glob_folder(path, component, pattern + n, list);
	} else {
		pattern_unescape(component);
		strbuf_puts(path, component);
		glob_found(path, pattern + n, list);
	}
	free(component);
	path->length = length;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

bool glob_expand(const char *pattern, struct strlist *list)
{
	struct strbuf path = { 0 };
	int before = list->count;

	glob_level(&path, pattern, list);
	strbuf_free(&path);
	if (list->count > before)
		qsort(list->items + before, (size_t)(list->count - before), sizeof(*list->items),
		      compare_strings);
	return list->count > before;
}
