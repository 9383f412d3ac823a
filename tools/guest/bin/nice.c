/* nice: run a program with another priority */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-n STEP] [PROGRAM [ARGUMENT]...]");

int main(int argc, char **argv)
{
	char *end = (char *)"";
	long step = 10;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "+n:")) != -1) {
		if (c != 'n')
			die_usage(125);
		step = strtol(optarg, &end, 10);
		if (*end)
			die(125, "%s: not a number", optarg);
	}
	argv += optind;
	errno = 0;
	if (!*argv) {
		printf("%d\n", nice(0));
		return program_finish(0);
	}
	if (nice((int)step) == -1 && errno)
		warn_errno("priority");
	execvp(*argv, argv);
	die_errno(errno == ENOENT ? 127 : 126, *argv);
}
