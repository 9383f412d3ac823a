/* mkdir: make folders */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/mode.h"
#include "../lib/path.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-pv] [-m MODE] FOLDER...");

static bool parents, verbose;

static bool make(const char *path, mode_t mode)
{
	if (mkdir(path, mode)) {
		if (parents && errno == EEXIST && path_is_folder(path))
			return true;
		warn_errno(path);
		return false;
	}
	if (verbose)
		printf("mkdir: created directory '%s'\n", path);
	return true;
}

static bool make_parents(const char *path, mode_t mask)
{
	char *copy = memory_copy(path);
	bool fine = true;

	for (char *c = copy + 1; *c && fine; c++) {
		if (*c != '/' || c[-1] == '/' || !c[1])
			continue;
		*c = '\0';
		fine = path_is_folder(copy) || make(copy, (0777 & ~mask) | 0300);
		*c = '/';
	}
	free(copy);
	return fine;
}

int main(int argc, char **argv)
{
	mode_t mask = umask(0), mode = 0777 & ~mask;
	bool exact = false;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "m:pv")) != -1) {
		switch (c) {
		case 'm':
			if (!mode_change(optarg, 0777, mask, &mode))
				die(1, "%s: not a mode", optarg);
			exact = true;
			break;
		case 'p':
			parents = true;
			break;
		case 'v':
			verbose = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (!*argv)
		die_usage(1);
	for (; *argv; argv++)
		if ((!parents || make_parents(*argv, mask)) && make(*argv, mode) && exact &&
		    mode & 07000)
			chmod(*argv, mode);
	return program_finish(program_status);
}
