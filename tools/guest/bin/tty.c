/* tty: print the name of the terminal */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-s]");

int main(int argc, char **argv)
{
	const char *name;
	int silent;

	program_start(argv);
	silent = argc > 1 && !strcmp(argv[1], "-s");
	name = ttyname(0);
	if (!silent)
		puts(name ? name : isatty(0) ? "/dev/tty" : "not a tty");
	return program_finish(!isatty(0));
}
