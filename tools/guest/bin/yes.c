/* yes: print a line again and again */
#include <stdio.h>
#include "../lib/program.h"

USAGE("[TEXT]...");

int main(int argc, char **argv)
{
	program_start(argv);
	do {
		if (argc < 2)
			putchar('y');
		for (int i = 1; i < argc; i++)
			printf("%s%s", i > 1 ? " " : "", argv[i]);
	} while (putchar('\n') != EOF);
	return program_finish(1);
}
