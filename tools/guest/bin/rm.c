/* rm: remove files */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/path.h"
#include "../lib/program.h"
#include "../lib/tree.h"

USAGE("[-dfirRv] FILE...");

static bool force, interactive, recursive, empty_folders, verbose;

static enum tree_answer remove_one(struct tree_entry *entry, void *data)
{
	bool folder = entry->event != TREE_FILE;

	if (entry->event == TREE_ENTER) {
		if (recursive)
			return !interactive || ask("go into", entry->path) ? TREE_GO : TREE_SKIP;
		if (!empty_folders) {
			warn_text("%s: is a folder (rm -r removes it)", entry->path);
			return TREE_SKIP;
		}
	}
	if (interactive && !ask("remove", entry->path))
		return TREE_GO;
	if (folder ? rmdir(entry->path) : unlink(entry->path))
		warn_errno(entry->path);
	else if (verbose)
		printf("removed %s'%s'\n", folder ? "directory " : "", entry->path);
	return entry->event == TREE_ENTER ? TREE_SKIP : TREE_GO;
}

static void remove_path(const char *path)
{
	char *base = path_base(path);
	struct stat st;

	if (!strcmp(base, ".") || !strcmp(base, "..") || !strcmp(base, "/"))
		warn_text("%s: will not be removed", path);
	else if (!lstat(path, &st) || errno != ENOENT || !force)
		tree_walk(path, 0, remove_one, NULL);
	free(base);
}

int main(int argc, char **argv)
{
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "dfirRv")) != -1) {
		switch (c) {
		case 'd':
			empty_folders = true;
			break;
		case 'f':
			force = true;
			interactive = false;
			break;
		case 'i':
			interactive = true;
			force = false;
			break;
		case 'r':
		case 'R':
			recursive = true;
			break;
		case 'v':
			verbose = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (!*argv && !force)
		die_usage(1);
	for (; *argv; argv++)
		remove_path(*argv);
	return program_finish(program_status);
}
