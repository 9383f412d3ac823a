/* printenv: print environment variables */
#include <stdio.h>
#include <stdlib.h>
#include "../lib/program.h"

USAGE("[NAME]...");

extern char **environ;

int main(int argc, char **argv)
{
	int status = 0;

	program_start(argv);
	if (argc < 2)
		for (char **e = environ; *e; e++)
			puts(*e);
	for (argv++; *argv; argv++) {
		const char *value = getenv(*argv);

		if (value)
			puts(value);
		else
			status = 1;
	}
	return program_finish(status);
}
