/* hexdump: print files in hexadecimal */
/* hd: print files in hexadecimal and as text */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"

USAGE("[-bcCdovx] [-n COUNT] [-s SKIP] [FILE]...");

static char format = 'w';
static bool all;
static unsigned char row[16];
static int row_size;
static unsigned long long skip, limit = ~0ull, offset;

static void bytes_and_text(void)
{
	for (int i = 0; i < 16; i++) {
		if (i < row_size)
			printf("%s %02x", i % 8 ? "" : " ", row[i]);
		else
			printf("%s   ", i % 8 ? "" : " ");
	}
	fputs("  |", stdout);
	for (int i = 0; i < row_size; i++)
		putchar(row[i] >= 32 && row[i] < 127 ? row[i] : '.');
	puts("|");
}

static void characters(void)
{
	static const char escapes[] = "\0\a\b\t\n\v\f\r", letters[] = "0abtnvfr";

	for (int i = 0; i < row_size; i++) {
		const char *at = memchr(escapes, row[i], 8);

		if (at)
			printf("  \\%c", letters[at - escapes]);
		else if (row[i] >= 32 && row[i] < 127)
			printf("   %c", row[i]);
		else
			printf(" %03o", row[i]);
	}
	printf("%*s\n", (16 - row_size) * 4, "");
}

static void numbers(void)
{
	int size = format == 'b' ? 1 : 2, column = format == 'w' ? 5 : format == 'b' ? 4 : 8;

	for (int i = 0; i < row_size; i += size) {
		unsigned int value = row[i] | (size > 1 && i + 1 < row_size ? row[i + 1] << 8 : 0);

		switch (format) {
		case 'b':
			printf(" %03o", value);
			break;
		case 'd':
			printf("   %05u", value);
			break;
		case 'o':
			printf("  %06o", value);
			break;
		case 'x':
			printf("    %04x", value);
			break;
		default:
			printf(" %04x", value);
			break;
		}
	}
	printf("%*s\n", (16 - row_size) / size * column, "");
}

static void row_print(void)
{
	static unsigned char last[16];
	static bool any, starred;

	if (any && !all && row_size == 16 && !memcmp(row, last, 16)) {
		if (!starred)
			puts("*");
		starred = true;
	} else {
		printf(format == 'C' ? "%08llx" : "%07llx", offset);
		if (format == 'C')
			bytes_and_text();
		else if (format == 'c')
			characters();
		else
			numbers();
		starred = false;
	}
	memcpy(last, row, 16);
	any = true;
	offset += (unsigned int)row_size;
	row_size = 0;
}

static void dump(FILE *in, const char *name)
{
	int c;

	for (; skip; skip--, offset++)
		if (getc(in) == EOF)
			return;
	while (limit && (c = getc(in)) != EOF) {
		limit--;
		row[row_size++] = (unsigned char)c;
		if (row_size == 16)
			row_print();
	}
}

int main(int argc, char **argv)
{
	int c;

	program_start(argv);
	if (!strcmp(program_name, "hd"))
		format = 'C';
	while ((c = getopt(argc, argv, "bcCdn:os:vx")) != -1) {
		switch (c) {
		case 'n':
			limit = number_or_die(optarg);
			break;
		case 's':
			skip = number_or_die(optarg);
			break;
		case 'v':
			all = true;
			break;
		case '?':
			die_usage(1);
		default:
			format = (char)c;
			break;
		}
	}
	input_each(argv + optind, dump);
	if (row_size)
		row_print();
	if (offset)
		printf(format == 'C' ? "%08llx\n" : "%07llx\n", offset);
	return program_finish(program_status);
}
