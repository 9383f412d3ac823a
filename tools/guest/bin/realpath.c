/* realpath: print absolute paths without symbolic links */
#include <stdio.h>
#include <stdlib.h>
#include "../lib/program.h"

USAGE("PATH...");

int main(int argc, char **argv)
{
	char path[4096];

	program_start(argv);
	if (argc < 2)
		die_usage(1);
	for (argv++; *argv; argv++) {
		if (realpath(*argv, path))
			puts(path);
		else
			warn_errno(*argv);
	}
	return program_finish(program_status);
}
