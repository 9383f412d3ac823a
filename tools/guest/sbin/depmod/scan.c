/*
 * Finding the module files. Of two with the same name the one that depmod.d prefers counts, else the first by path. The
 * order of the output is that of modules.order (the order in which the build lists them); what is not there
 * comes after it, by path.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "guest/sbin/depmod/depmod.h"

/* What the walk fills and follows. */
struct walk {
	const struct config *config;
	struct kmod_list paths;
};

static bool is_module_file(const char *name)
{
	size_t n = strlen(name);

	return (n > 3 && strcmp(name + n - 3, ".ko") == 0) ||
	       (n > 6 && strcmp(name + n - 6, ".ko.gz") == 0);
}

/* top: the folder that the found paths are relative to; relative: the one below it, "" or with a '/' at the end. */
static void walk(struct walk *w, const char *top, const char *relative, bool absolute)
{
	const char *folder = kmod_text("%s/%s", top, relative);
	DIR *dir = opendir(folder);

	if (!dir) {
		kmod_error("could not open directory %.*s: %s\n", (int)strlen(folder) - 1, folder,
			   strerror(errno));
		return;
	}
	for (struct dirent *entry; (entry = readdir(dir));) {
		struct stat facts;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
		    config_excludes(w->config, entry->d_name))
			continue;
		char *path = kmod_text("%s%s", relative, entry->d_name);

		if (stat(kmod_text("%s/%s", top, path), &facts))
			continue;
		if (S_ISDIR(facts.st_mode))
			walk(w, top, kmod_text("%s/", path), absolute);
		else if (is_module_file(entry->d_name))
			kmod_list_add(&w->paths, absolute ? kmod_text("%s/%s", top, path) : path);
	}
	closedir(dir);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int by_rank(const void *a, const void *b)
{
	uint32_t x = ((const struct entry *)a)->rank, y = ((const struct entry *)b)->rank;

	return x < y ? -1 : x > y;
}

struct position {
	const char *path;
	uint32_t rank;
};

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct position *)a)->path, ((const struct position *)b)->path);
}

/* The lines of modules.order, sorted by path. */
static size_t read_order(struct position **order)
{
	const char *path = kmod_text("%s/modules.order", kmod_directory);
	char *text = kmod_read(path, NULL), *state;
	size_t count = 0;

	*order = NULL;
	if (!text) {
		kmod_warning("could not open modules.order at %s: %s\n", kmod_directory,
			     strerror(errno));
		return 0;
	}
	for (char *line = strtok_r(text, "\n", &state); line; line = strtok_r(NULL, "\n", &state)) {
		*order = kmod_need(realloc(*order, (count + 1) * sizeof(**order)));
		(*order)[count] = (struct position){ line, count };
		count++;
	}
	if (count)
		qsort(*order, count, sizeof(**order), by_path);
	return count;
}

/* Absolute, without the ending. */
static const char *stem(const char *path)
{
	char *copy = *path == '/' ? kmod_copy(path) : kmod_text("%s/%s", kmod_directory, path);

	copy[strlen(copy) - (strcmp(copy + strlen(copy) - 3, ".gz") ? 3 : 6)] = 0;
	return copy;
}

/* Adds the file unless one of its name is there already that counts more. */
static void add(struct tree *tree, const struct config *config, char *path, uint32_t rank)
{
	struct entry entry = { .path = path, .name = kmod_name_of_path(path), .rank = rank };

	if (!entry.name)
		return;
	for (size_t i = 0; i < tree->count; i++)
		if (strcmp(tree->list[i].name, entry.name) == 0) {
			if (config_prefers(config, stem(path), stem(tree->list[i].path)))
				tree->list[i] = entry;
			return;
		}
	tree->list = kmod_need(realloc(tree->list, (tree->count + 1) * sizeof(*tree->list)));
	tree->list[tree->count++] = entry;
}

/* Why a file is no module, as kmod says it, with our parser's reason. */
static const char *reason(const struct entry *e, int error)
{
	if (error != ENOEXEC)
		return strerror(error);
	return kmod_text("%s (%s)", strerror(e->file.size ? error : EINVAL), kmod_file_error());
}

/* Opens all. One that cannot be read is listed, as one that needs nothing. */
static int open_files(struct tree *tree)
{
	int failed = 0;

	for (size_t i = 0; i < tree->count; i++) {
		struct entry *e = &tree->list[i];
		char *path = *e->path == '/' ? e->path
					     : kmod_text("%s/%s", kmod_directory, e->path);
		int error = -kmod_file_open(&e->file, path);

		e->rank = i;
		if (error)
			kmod_error("failed to load symbols from %s: %s\n", path, reason(e, error));
		if (error)
			memset(&e->file.object, 0, sizeof(e->file.object));
		failed += error != 0;
	}
	return failed;
}

int tree_scan(struct tree *tree, const struct config *config, char **files)
{
	struct walk w = { config, { NULL, 0, 0 } };
	struct position *order;

	for (char **file = files; file && *file; file++)
		kmod_list_add(&w.paths, *file);
	if (!files)
		walk(&w, kmod_directory, "", false);
	for (const struct config_path *p = files ? NULL : config->externals; p; p = p->next)
		walk(&w, p->path, "", true);
	if (w.paths.count)
		qsort(w.paths.text, w.paths.count, sizeof(*w.paths.text), by_text);
	size_t ordered = read_order(&order);

	for (size_t i = 0; i < w.paths.count; i++) {
		struct position key = { w.paths.text[i], 0 };
		struct position *found =
			ordered ? bsearch(&key, order, ordered, sizeof(*order), by_path) : NULL;

		add(tree, config, w.paths.text[i], found ? found->rank : ordered + i);
	}
	if (tree->count)
		qsort(tree->list, tree->count, sizeof(*tree->list), by_rank);
	return open_files(tree);
}
