/* mv: move or rename files */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/copy.h"
#include "../lib/path.h"
#include "../lib/program.h"
#include "../lib/tree.h"

USAGE("[-finTuv] [-t FOLDER] FROM... TO");

static bool interactive, keep, update, verbose;

static enum tree_answer remove_one(struct tree_entry *entry, void *data)
{
	if (entry->event == TREE_FILE	 ? unlink(entry->path)
	    : entry->event == TREE_LEAVE ? rmdir(entry->path)
					 : 0)
		warn_errno(entry->path);
	return TREE_GO;
}

/* To another file system: copy, then remove. */
static void move_by_copy(const char *from, const char *to)
{
	struct copy_options options = { .recursive = true, .preserve = true, .force = true };

	unlink(to);
	if (copy_path(from, to, &options))
		tree_walk(from, 0, remove_one, NULL);
	else
		program_status = 1;
}

static void move(const char *from, const char *to)
{
	struct stat old, new;

	if (lstat(from, &new)) {
		warn_errno(from);
		return;
	}
	if (!lstat(to, &old)) {
		if (old.st_dev == new.st_dev && old.st_ino == new.st_ino) {
			warn_text("%s and %s are the same file", from, to);
			return;
		}
		if (keep || (update && !path_newer(&new, &old)))
			return;
		if (interactive && !ask("overwrite", to))
			return;
	}
	if (verbose)
		printf("renamed '%s' -> '%s'\n", from, to);
	if (!rename(from, to))
		return;
	if (errno == EXDEV)
		move_by_copy(from, to);
	else
		warn_errno(errno == ENOENT || errno == ENOTDIR ? to : from);
}

int main(int argc, char **argv)
{
	const char *to = NULL;
	bool no_folder = false, into;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "fint:Tuv")) != -1) {
		switch (c) {
		case 'f':
			interactive = keep = false;
			break;
		case 'i':
			interactive = true;
			keep = false;
			break;
		case 'n':
			keep = true;
			interactive = false;
			break;
		case 't':
			to = optarg;
			break;
		case 'T':
			no_folder = true;
			break;
		case 'u':
			update = true;
			break;
		case 'v':
			verbose = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	argc -= optind;
	if (!to && argc >= 2)
		to = argv[--argc];
	if (!to || !argc)
		die_usage(1);
	into = !no_folder && path_is_folder(to);
	if (!into && argc > 1)
		die(1, "%s: is not a folder", to);
	for (int i = 0; i < argc; i++) {
		char *target = path_target(argv[i], to, into);

		move(argv[i], target);
		free(target);
	}
	return program_finish(program_status);
}
