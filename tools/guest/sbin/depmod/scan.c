/*
 * Finding the module files. Of two with the same name the one under updates/ counts, else the first by path. The
 * order of the output is that of modules.order (the order in which the build lists them); what is not there
 * comes after it, by path.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "guest/sbin/depmod/depmod.h"

static void walk(struct kmod_list *paths, const char *relative)
{
	const char *folder = *relative ? kmod_text("%s/%s", kmod_directory, relative)
				       : kmod_directory;
	DIR *dir = opendir(folder);

	if (!dir) {
		kmod_error("could not open directory %s: %s\n", folder, strerror(errno));
		return;
	}
	for (struct dirent *entry; (entry = readdir(dir));) {
		size_t n = strlen(entry->d_name);
		struct stat facts;

		if (entry->d_name[0] == '.' ||
		    (!*relative &&
		     (strcmp(entry->d_name, "build") == 0 || strcmp(entry->d_name, "source") == 0)))
			continue;
		char *path = kmod_text("%s%s%s", relative, *relative ? "/" : "", entry->d_name);

		if (stat(kmod_text("%s/%s", kmod_directory, path), &facts))
			continue;
		if (S_ISDIR(facts.st_mode))
			walk(paths, path);
		else if (n > 3 && strcmp(entry->d_name + n - 3, ".ko") == 0)
			kmod_list_add(paths, path);
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

static bool is_update(const char *path)
{
	return strncmp(path, "updates/", 8) == 0;
}

/* Adds the file unless one of its name is there already that counts more. */
static void add(struct tree *tree, char *path, uint32_t rank)
{
	struct entry entry = { .path = path, .name = kmod_name_of_path(path), .rank = rank };

	if (!entry.name)
		return;
	for (size_t i = 0; i < tree->count; i++)
		if (strcmp(tree->list[i].name, entry.name) == 0) {
			if (is_update(path) && !is_update(tree->list[i].path))
				tree->list[i] = entry;
			return;
		}
	tree->list = kmod_need(realloc(tree->list, (tree->count + 1) * sizeof(*tree->list)));
	tree->list[tree->count++] = entry;
}

/* Opens all; those that cannot be read are left out. */
static int open_files(struct tree *tree)
{
	size_t kept = 0;

	for (size_t i = 0; i < tree->count; i++) {
		struct entry *e = &tree->list[i];
		char *path = kmod_text("%s/%s", kmod_directory, e->path);
		int error = -kmod_file_open(&e->file, path);

		if (error) {
			kmod_error("failed to load symbols from %s: %s\n", path,
				   error == ENOEXEC ? kmod_file_error() : strerror(error));
			continue;
		}
		if (kept != i)
			tree->list[kept] = *e;
		kept++;
	}
	int failed = tree->count - kept;

	tree->count = kept;
	for (size_t i = 0; i < kept; i++)
		tree->list[i].rank = i;
	return failed;
}

int tree_scan(struct tree *tree)
{
	struct kmod_list paths = { NULL, 0, 0 };
	struct position *order;
	size_t ordered = read_order(&order);

	walk(&paths, "");
	if (paths.count)
		qsort(paths.text, paths.count, sizeof(*paths.text), by_text);
	for (size_t i = 0; i < paths.count; i++) {
		struct position key = { paths.text[i], 0 };
		struct position *found =
			ordered ? bsearch(&key, order, ordered, sizeof(*order), by_path) : NULL;

		add(tree, paths.text[i], found ? found->rank : ordered + i);
	}
	if (tree->count)
		qsort(tree->list, tree->count, sizeof(*tree->list), by_rank);
	return open_files(tree);
}
