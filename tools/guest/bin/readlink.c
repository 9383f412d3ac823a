/* readlink: print where symbolic links point */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-fn] LINK...");

int main(int argc, char **argv)
{
	int c, full = 0, newline = 1, status = 0;
	char path[4096];

	program_start(argv);
	while ((c = getopt(argc, argv, "fnem")) != -1) {
		switch (c) {
		case 'n':
			newline = 0;
			break;
		case '?':
			die_usage(1);
		default:
			full = 1;
			break;
		}
	}
	argv += optind;
	if (!*argv)
		die_usage(1);
	for (; *argv; argv++) {
		ssize_t n = full ? -1 : readlink(*argv, path, sizeof(path) - 1);

		if (full ? !realpath(*argv, path) : n < 0) {
			status = 1;
			continue;
		}
		if (!full)
			path[n] = '\0';
		printf("%s%s", path, newline ? "\n" : "");
	}
	return program_finish(status);
}
