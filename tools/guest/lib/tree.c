/*
 * tree: depth-first walk.
 *
 * The names of a folder are read before going into any of them, so that only one directory stream
 * is open at a time and what `visit` removes or adds there does not disturb the reading.
 */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "program.h"
#include "strbuf.h"
#include "tree.h"

struct above {
	const struct above *up;
	dev_t dev;
	ino_t ino;
};

struct walk {
	int flags;
	enum tree_answer (*visit)(struct tree_entry *entry, void *data);
	void *data;
	struct strbuf path;
};

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder but . and .. ; NULL-ended. NULL after a warning. */
static char **names_read(const char *path, bool sorted)
{
	size_t count = 0, room = 16;
	const struct dirent *entry;
	char **names;
	DIR *dir = opendir(path);

	if (!dir) {
		warn_errno(path);
		return NULL;
	}
	names = memory_get(room * sizeof(*names));
	while ((entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (count + 1 == room)
			names = memory_resize(names, (room *= 2) * sizeof(*names));
		names[count++] = memory_copy(entry->d_name);
	}
	closedir(dir);
	names[count] = NULL;
	if (sorted)
		qsort(names, count, sizeof(*names), compare_names);
	return names;
}

static bool is_above(const struct above *above, const struct stat *st)
{
	for (; above; above = above->up)
		if (above->dev == st->st_dev && above->ino == st->st_ino)
			return true;
	return false;
}

static enum tree_answer walk_one(struct walk *w, size_t name_at, int depth,
				 const struct above *above);

static enum tree_answer walk_names(struct walk *w, char **names, int depth,
				   const struct above *above)
{
	size_t length = w->path.length;
	enum tree_answer answer = TREE_GO;

	for (char **name = names; *name; free(*name), name++) {
		if (answer == TREE_STOP)
			continue;
		if (length && w->path.data[length - 1] != '/')
			strbuf_putc(&w->path, '/');
		size_t at = w->path.length;

		strbuf_puts(&w->path, *name);
		answer = walk_one(w, at, depth, above);
		w->path.length = length;
	}
	free(names);
	return answer;
}

static enum tree_answer walk_one(struct walk *w, size_t name_at, int depth,
				 const struct above *above)
{
	bool follow = w->flags & TREE_FOLLOW || (!depth && w->flags & TREE_FOLLOW_TOP);
	struct tree_entry entry = { .event = TREE_FILE, .depth = depth };
	enum tree_answer answer;
	struct above here;
	char **names;

	entry.path = strbuf_text(&w->path);
	entry.name = entry.path + name_at;
	if ((follow ? stat(entry.path, &entry.st) : lstat(entry.path, &entry.st)) &&
	    (!follow || lstat(entry.path, &entry.st))) {
		warn_errno(entry.path);
		return TREE_GO;
	}
	if (!S_ISDIR(entry.st.st_mode))
		return w->visit(&entry, w->data);
	if (is_above(above, &entry.st)) {
		warn_text("%s: links to a folder above itself", entry.path);
		return TREE_GO;
	}
	entry.event = TREE_ENTER;
	answer = w->visit(&entry, w->data);
	if (answer != TREE_GO)
		return answer == TREE_STOP ? TREE_STOP : TREE_GO;
	here = (struct above){ above, entry.st.st_dev, entry.st.st_ino };
	names = names_read(entry.path, w->flags & TREE_SORTED);
	if (names)
		answer = walk_names(w, names, depth + 1, &here);
	if (answer == TREE_STOP)
		return answer;
	entry.event = TREE_LEAVE;
	entry.path = strbuf_text(&w->path);
	entry.name = entry.path + name_at;
	return w->visit(&entry, w->data);
}

int tree_walk(const char *path, int flags,
	      enum tree_answer (*visit)(struct tree_entry *entry, void *data), void *data)
{
	struct walk w = { .flags = flags, .visit = visit, .data = data };
	const char *slash = strrchr(path, '/');
	enum tree_answer answer;

	strbuf_puts(&w.path, path);
	answer = walk_one(&w, slash && slash[1] ? (size_t)(slash + 1 - path) : 0, 0, NULL);
	strbuf_free(&w.path);
	return answer == TREE_STOP ? -1 : 0;
}
