/* tac: print the lines of files, last first */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../lib/input.h"
#include "../lib/program.h"

USAGE("[FILE]...");

static void print(const char *name)
{
	size_t size;
	char *text = input_all(name, &size);
	char *end = text ? text + size : NULL;

	while (text && end > text) {
		char *start = end - 1;

		while (start > text && start[-1] != '\n')
			start--;
		fwrite(start, 1, (size_t)(end - start), stdout);
		end = start;
	}
	free(text);
}

int main(int argc, char **argv)
{
	program_start(argv);
	if (argc < 2)
		print("-");
	for (argv++; *argv; argv++)
		print(*argv);
	return program_finish(program_status);
}
