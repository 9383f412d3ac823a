/* basename: print the last part of paths */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/path.h"
#include "../lib/program.h"

USAGE("PATH [SUFFIX] | -a [-s SUFFIX] PATH...");

static void print_base(const char *path, const char *suffix)
{
	char *base = path_base(path);
	size_t n = strlen(base), s = suffix ? strlen(suffix) : 0;

	if (s && n > s && !strcmp(base + n - s, suffix))
		base[n - s] = '\0';
	puts(base);
	free(base);
}

int main(int argc, char **argv)
{
	const char *suffix = NULL;
	int c, all = 0;

	program_start(argv);
	while ((c = getopt(argc, argv, "as:")) != -1) {
		switch (c) {
		case 's':
			suffix = optarg;
			all = 1;
			break;
		case 'a':
			all = 1;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	argc -= optind;
	if (!argc || (!all && argc > 2))
		die_usage(1);
	if (!all)
		print_base(argv[0], argv[1]);
	for (; all && *argv; argv++)
		print_base(*argv, suffix);
	return program_finish(0);
}
