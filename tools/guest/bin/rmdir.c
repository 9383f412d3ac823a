/* rmdir: remove empty folders */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/path.h"
#include "../lib/program.h"

USAGE("[-p] FOLDER...");

static void remove_parents(const char *path)
{
	char *up = path_folder(path);

	if (strcmp(up, ".") && strcmp(up, "/")) {
		if (rmdir(up))
			warn_errno(up);
		else
			remove_parents(up);
	}
	free(up);
}

int main(int argc, char **argv)
{
	bool parents = false;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "p")) != -1) {
		if (c != 'p')
			die_usage(1);
		parents = true;
	}
	argv += optind;
	if (!*argv)
		die_usage(1);
	for (; *argv; argv++) {
		if (rmdir(*argv))
			warn_errno(*argv);
		else if (parents)
			remove_parents(*argv);
	}
	return program_status;
}
