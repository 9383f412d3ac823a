/* nl: number lines */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"

USAGE("[-b a|t|n] [-i STEP] [-n ln|rn|rz] [-s SEPARATOR] [-v FIRST] [-w WIDTH] [FILE]...");

static char style = 't';
static const char *separator = "\t", *format = "rn";
static long step = 1, number = 1;
static int width = 6;

static void print(FILE *in, const char *name)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while ((n = getline(&line, &room, in)) > 0) {
		if (style == 'n' || (style == 't' && line[0] == '\n')) {
			printf("%*s%s", width + (int)strlen(separator), "", line);
			if (line[n - 1] != '\n')
				putchar('\n');
			continue;
		}
		if (!strcmp(format, "ln"))
			printf("%-*ld", width, number);
		else if (!strcmp(format, "rz"))
			printf("%0*ld", width, number);
		else
			printf("%*ld", width, number);
		printf("%s%s%s", separator, line, line[n - 1] == '\n' ? "" : "\n");
		number += step;
	}
	free(line);
}

int main(int argc, char **argv)
{
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "b:i:n:s:v:w:")) != -1) {
		switch (c) {
		case 'b':
			style = *optarg;
			break;
		case 'i':
			step = atol(optarg);
			break;
		case 'n':
			format = optarg;
			break;
		case 's':
			separator = optarg;
			break;
		case 'v':
			number = atol(optarg);
			break;
		case 'w':
			width = (int)number_or_die(optarg);
			break;
		default:
			die_usage(1);
		}
	}
	input_each(argv + optind, print);
	return program_finish(program_status);
}
