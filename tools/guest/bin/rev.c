/* rev: print lines backwards */
#include <stdio.h>
#include <stdlib.h>
#include "../lib/input.h"
#include "../lib/program.h"

USAGE("[FILE]...");

static void print(FILE *in, const char *name)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while ((n = getline(&line, &room, in)) > 0) {
		ssize_t end = n;

		if (line[n - 1] == '\n')
			end--;
		for (ssize_t i = end; i > 0;) {
			/* A UTF-8 character stays together. */
			ssize_t start = i - 1;

			while (start > 0 && ((unsigned char)line[start] & 0xc0) == 0x80)
				start--;
			fwrite(line + start, 1, (size_t)(i - start), stdout);
			i = start;
		}
		if (end < n)
			putchar('\n');
	}
	free(line);
}

int main(int argc, char **argv)
{
	program_start(argv);
	input_each(argv + 1, print);
	return program_finish(program_status);
}
