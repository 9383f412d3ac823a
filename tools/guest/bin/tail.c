/* tail: print the end of files */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-fqv] [-n [+]LINES | -c [+]BYTES] [FILE]...");

static unsigned long long count = 10;
static bool by_bytes, from_start, headings;

/* Everything from line or byte number `count` on. */
static void print_from(FILE *in)
{
	unsigned long long at = 1;
	int c;

	while (at < count && (c = getc(in)) != EOF)
		at += by_bytes || c == '\n';
	while ((c = getc(in)) != EOF)
		putchar(c);
}

/* The last `count` bytes, in a ring. */
static void print_bytes(FILE *in)
{
	char *ring = memory_get((size_t)count + 1);
	size_t total = 0;
	int c;

	while (count && (c = getc(in)) != EOF)
		ring[total++ % count] = (char)c;
	for (size_t i = total > count ? total - (size_t)count : 0; i < total; i++)
		putchar(ring[i % count]);
	free(ring);
}

static void print_lines(FILE *in)
{
	char **ring = calloc((size_t)count + 1, sizeof(*ring));
	size_t *sizes = calloc((size_t)count + 1, sizeof(*sizes)), total = 0, room = 0;
	char *line = NULL;
	ssize_t n;

	if (!ring || !sizes)
		die(1, "out of memory");
	while (count && (n = getline(&line, &room, in)) > 0) {
		size_t at = total++ % count;

		free(ring[at]);
		ring[at] = line;
		sizes[at] = (size_t)n;
		line = NULL;
		room = 0;
	}
	for (size_t i = total > count ? total - (size_t)count : 0; i < total; i++)
		fwrite(ring[i % count], 1, sizes[i % count], stdout);
	for (size_t i = 0; i < count; i++)
		free(ring[i]);
	free(line);
	free(ring);
	free(sizes);
}

static void print(FILE *in, const char *name)
{
	static bool again;

	if (headings)
		printf("%s==> %s <==\n", again ? "\n" : "", in == stdin ? "standard input" : name);
	again = true;
	if (from_start)
		print_from(in);
	else if (by_bytes)
		print_bytes(in);
	else
		print_lines(in);
}

/* Print what is added to a file, for ever. */
static void follow(const char *name)
{
	const struct timespec pause = { .tv_nsec = 500000000 };
	FILE *in = input_open(name);
	struct stat st;
	int c;

	if (!in)
		return;
	print(in, name);
	for (;;) {
		fflush(stdout);
		clearerr(in);
		if (!fstat(fileno(in), &st) && S_ISREG(st.st_mode) && st.st_size < ftell(in)) {
			warn_text("%s: file truncated", name);
			rewind(in);
		}
		while ((c = getc(in)) != EOF)
			putchar(c);
		fflush(stdout);
		nanosleep(&pause, NULL);
	}
}

static void count_parse(const char *text, bool bytes)
{
	by_bytes = bytes;
	from_start = *text == '+';
	count = number_or_die(text + (*text == '+' || *text == '-'));
}

int main(int argc, char **argv)
{
	bool quiet = false, verbose = false, follow_it = false;
	int c;

	program_start(argv);
	/* tail -5, tail +5 */
	if (argc > 1 && strchr("+-", argv[1][0]) && argv[1][1] >= '0' && argv[1][1] <= '9') {
		count_parse(argv[1], false);
		argv[1] = argv[0];
		argv++;
		argc--;
	}
	while ((c = getopt(argc, argv, "c:fFn:qv")) != -1) {
		switch (c) {
		case 'c':
		case 'n':
			count_parse(optarg, c == 'c');
			break;
		case 'f':
		case 'F':
			follow_it = true;
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
	if (follow_it)
		follow(*argv ? *argv : "-");
	else
		input_each(argv, print);
	return program_finish(program_status);
}
