/* env: run a program with other environment variables, or list them */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-i] [-u NAME]... [NAME=VALUE]... [PROGRAM [ARGUMENT]...]");

extern char **environ;

int main(int argc, char **argv)
{
	static char *none[] = { NULL };
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "+iu:")) != -1) {
		switch (c) {
		case 'i':
			environ = none;
			break;
		case 'u':
			unsetenv(optarg);
			break;
		default:
			die_usage(125);
		}
	}
	argv += optind;
	if (*argv && !strcmp(*argv, "-")) {
		environ = none;
		argv++;
	}
	for (; *argv && strchr(*argv, '='); argv++)
		putenv(*argv);
	if (!*argv) {
		for (char **e = environ; *e; e++)
			puts(*e);
		return program_finish(0);
	}
	execvp(*argv, argv);
	die_errno(errno == ENOENT ? 127 : 126, *argv);
}
