/* dirname: print the folder part of paths */
#include <stdio.h>
#include <stdlib.h>
#include "../lib/path.h"
#include "../lib/program.h"

USAGE("PATH...");

int main(int argc, char **argv)
{
	program_start(argv);
	if (argc < 2)
		die_usage(1);
	for (argv++; *argv; argv++) {
		char *folder = path_folder(*argv);

		puts(folder);
		free(folder);
	}
	return program_finish(0);
}
