/* pwd: print the current folder */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-LP]");

int main(int argc, char **argv)
{
	const char *logical = getenv("PWD");
	struct stat here, there;
	char path[4096];
	int c, physical = 1;

	program_start(argv);
	while ((c = getopt(argc, argv, "LP")) != -1) {
		if (c == '?')
			die_usage(1);
		physical = c == 'P';
	}
	if (!physical && logical && *logical == '/' && !stat(logical, &there) &&
	    !stat(".", &here) && here.st_ino == there.st_ino && here.st_dev == there.st_dev)
		puts(logical);
	else if (getcwd(path, sizeof(path)))
		puts(path);
	else
		die_errno(1, ".");
	return program_finish(0);
}
