/* ln: make links to files */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/path.h"
#include "../lib/program.h"

USAGE("[-fnsTv] TARGET... LINK");

static bool force, symbolic, verbose;

static void make_link(const char *target, const char *path)
{
	struct stat st;

	if (force && !lstat(path, &st) && unlink(path)) {
		warn_errno(path);
		return;
	}
	if (symbolic ? symlink(target, path) : link(target, path))
		warn_errno(path);
	else if (verbose)
		printf("'%s' -> '%s'\n", path, target);
}

int main(int argc, char **argv)
{
	bool no_follow = false, into;
	const char *to;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "fnsTv")) != -1) {
		switch (c) {
		case 'f':
			force = true;
			break;
		case 'n':
		case 'T':
			no_follow = true;
			break;
		case 's':
			symbolic = true;
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
	if (!argc)
		die_usage(1);
	to = argc > 1 ? argv[--argc] : ".";
	struct stat st;

	into = path_is_folder(to) && !(no_follow && !lstat(to, &st) && S_ISLNK(st.st_mode));
	if (!into && argc > 1)
		die(1, "%s: is not a folder", to);
	for (int i = 0; i < argc; i++) {
		char *path = path_target(argv[i], to, into);

		make_link(argv[i], path);
		free(path);
	}
	return program_finish(program_status);
}
