/* head: print the beginning of files */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-qv] [-n LINES | -c BYTES] [FILE]...");

static long long lines = 10, bytes;
static bool by_bytes, headings;

/* Copy the first `count` lines; a negative count leaves out that many at the end. */
static void lines_copy(FILE *in, long long count)
{
	char **kept = NULL, *line = NULL;
	size_t room = 0, back = count < 0 ? (size_t)-count : 0, at = 0;
	ssize_t n;

	if (back)
		kept = calloc(back, sizeof(*kept));
	while ((back || count-- > 0) && (n = getline(&line, &room, in)) > 0) {
		if (!kept) {
			fwrite(line, 1, (size_t)n, stdout);
			continue;
		}
		if (kept[at])
			fputs(kept[at], stdout);
		free(kept[at]);
		kept[at] = line;
		at = (at + 1) % back;
		line = NULL;
		room = 0;
	}
	for (size_t i = 0; kept && i < back; i++)
		free(kept[i]);
	free(kept);
	free(line);
}

static void bytes_copy(FILE *in, long long count)
{
	int c;

	if (count < 0) {
		/* All but the last -count: they wait in a ring. */
		size_t size = (size_t)-count, at = 0;
		int *ring = memory_get(size * sizeof(*ring));

		for (size_t i = 0; i < size; i++)
			ring[i] = EOF;
		for (; (c = getc(in)) != EOF; at = (at + 1) % size) {
			if (ring[at] != EOF)
				putchar(ring[at]);
			ring[at] = c;
		}
		free(ring);
		return;
	}

	while (count-- > 0 && (c = getc(in)) != EOF)
		putchar(c);
}

static void print(FILE *in, const char *name)
{
	static bool again;

	if (headings)
		printf("%s==> %s <==\n", again ? "\n" : "", in == stdin ? "standard input" : name);
	again = true;
	if (by_bytes)
		bytes_copy(in, bytes);
	else
		lines_copy(in, lines);
}

static long long count_parse(const char *text)
{
	return *text == '-' ? -(long long)number_or_die(text + 1) : (long long)number_or_die(text);
}

int main(int argc, char **argv)
{
	bool quiet = false, verbose = false;
	int c;

	program_start(argv);
	/* head -5 */
	if (argc > 1 && argv[1][0] == '-' && argv[1][1] >= '0' && argv[1][1] <= '9') {
		lines = (long long)number_or_die(argv[1] + 1);
		argv[1] = argv[0];
		argv++;
		argc--;
	}
	while ((c = getopt(argc, argv, "c:n:qv")) != -1) {
		switch (c) {
		case 'c':
			bytes = count_parse(optarg);
			by_bytes = true;
			break;
		case 'n':
			lines = count_parse(optarg);
			by_bytes = false;
			break;
		case 'q':
			quiet = true;
			break;
		case 'v':
			verbose = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	headings = verbose || (!quiet && argv[0] && argv[1]);
	input_each(argv, print);
	return program_finish(program_status);
}
