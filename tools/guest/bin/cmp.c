/* cmp: compare two files byte by byte */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"

USAGE("[-bls] [-n BYTES] FILE1 [FILE2 [SKIP1 [SKIP2]]]");

static bool list, silent, show_bytes;
static int width = 1; /* of the positions of -l: as long as the shorter file */

static void skip(FILE *in, const char *count)
{
	for (unsigned long long n = count ? number_or_die(count) : 0; n && getc(in) != EOF; n--)
		;
}

static int digits(FILE *a, FILE *b)
{
	struct stat x, y;
	int count = 1;

	if (fstat(fileno(a), &x) || fstat(fileno(b), &y))
		return 1;
	for (off_t size = x.st_size < y.st_size ? x.st_size : y.st_size; size > 9; size /= 10)
		count++;
	return count;
}

static const char *byte_text(int c, char room[4])
{
	snprintf(room, 4, c >= 32 && c < 127 ? "%c" : "?", c);
	return room;
}

static void report(const char *a, const char *b, unsigned long long at, unsigned long long line,
		   int x, int y)
{
	char rx[4], ry[4];

	if (silent)
		return;
	if (list) {
		printf("%*llu %3o %3o\n", width, at, (unsigned int)x, (unsigned int)y);
		return;
	}
	printf("%s %s differ: %s %llu, line %llu", a, b, show_bytes ? "byte" : "char", at, line);
	if (show_bytes)
		printf(" is %3o %s %3o %s", (unsigned int)x, byte_text(x, rx), (unsigned int)y,
		       byte_text(y, ry));
	putchar('\n');
}

int main(int argc, char **argv)
{
	unsigned long long limit = ~0ull, at = 0, line = 1;
	const char *names[2];
	FILE *a, *b;
	int c, x = 0, y = 0, status = 0;

	program_start(argv);
	while ((c = getopt(argc, argv, "bln:s")) != -1) {
		switch (c) {
		case 'b':
			show_bytes = true;
			break;
		case 'l':
			list = true;
			break;
		case 'n':
			limit = number_or_die(optarg);
			break;
		case 's':
			silent = true;
			break;
		default:
			die_usage(2);
		}
	}
	argv += optind;
	argc -= optind;
	if (argc < 1 || argc > 4)
		die_usage(2);
	names[0] = argv[0];
	names[1] = argc > 1 ? argv[1] : "-";
	a = input_open(names[0]);
	b = a ? input_open(names[1]) : NULL;
	if (!a || !b)
		return 2;
	width = digits(a, b);
	skip(a, argc > 2 ? argv[2] : NULL);
	skip(b, argc > 3 ? argv[3] : NULL);
	while (at < limit) {
		x = getc(a);
		y = getc(b);
		if (x == EOF || y == EOF)
			break;
		at++;
		if (x != y) {
			status = 1;
			report(names[0], names[1], at, line, x, y);
			if (!list)
				return program_finish(1);
		}
		line += x == '\n';
	}
	if (at < limit && x != y) {
		status = 1;
		if (!silent)
			warn_text("EOF on %s after byte %llu", names[x != EOF], at);
	}
	return program_finish(0) ? 2 : status;
}
