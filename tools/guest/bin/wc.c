/* wc: count lines, words and bytes */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/program.h"

USAGE("[-clmwL] [FILE]...");

struct counts {
	unsigned long long lines, words, chars, bytes, longest;
};

static bool lines, words, chars, bytes, longest, named;
static struct counts total;
static int width = 7;

static void print(const struct counts *c, const char *name)
{
	const struct {
		bool shown;
		unsigned long long value;
	} columns[] = {
		{ lines, c->lines }, { words, c->words },     { chars, c->chars },
		{ bytes, c->bytes }, { longest, c->longest },
	};
	bool first = true;

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (columns[i].shown) {
			printf("%s%*llu", first ? "" : " ", width, columns[i].value);
			first = false;
		}
	if (name)
		printf(" %s", name);
	putchar('\n');
}

static void count(FILE *in, const char *name)
{
	struct counts c = { 0 };
	unsigned long long column = 0;
	bool in_word = false;
	int byte;

	while ((byte = getc(in)) != EOF) {
		c.bytes++;
		c.chars += (byte & 0xc0) != 0x80;
		if (byte == '\n') {
			c.lines++;
			column = 0;
		} else if (byte == '\t') {
			column = (column | 7) + 1;
		} else {
			column += byte >= 32 && (byte & 0xc0) != 0x80;
		}
		c.longest = column > c.longest ? column : c.longest;
		if (isspace(byte))
			in_word = false;
		else if (!in_word)
			in_word = true, c.words++;
	}
	print(&c, named ? name : NULL);
	total.lines += c.lines;
	total.words += c.words;
	total.chars += c.chars;
	total.bytes += c.bytes;
	total.longest = c.longest > total.longest ? c.longest : total.longest;
}

/* As many columns as the sum of the files' sizes needs; 7 where sizes are not known. */
static int width_find(char **files)
{
	unsigned long long sum = 0;
	struct stat st;
	int digits = 1;

	if (!*files && !fstat(0, &st) && S_ISREG(st.st_mode))
		sum = (unsigned long long)st.st_size;
	else if (!*files)
		return 7;
	for (; *files; files++) {
		if (!strcmp(*files, "-"))
			return 7;
		if (!stat(*files, &st))
			sum += S_ISREG(st.st_mode) ? (unsigned long long)st.st_size : 1000000;
	}
	for (; sum > 9; sum /= 10)
		digits++;
	return digits;
}

int main(int argc, char **argv)
{
	bool one_file;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "clLmw")) != -1) {
		switch (c) {
		case 'c':
			bytes = true;
			break;
		case 'l':
			lines = true;
			break;
		case 'L':
			longest = true;
			break;
		case 'm':
			chars = true;
			break;
		case 'w':
			words = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (!bytes && !lines && !longest && !chars && !words)
		lines = words = bytes = true;
	named = argv[0] != NULL;
	one_file = !argv[0] || !argv[1];
	width = one_file && lines + words + chars + bytes + longest == 1 ? 1 : width_find(argv);
	input_each(argv, count);
	if (!one_file)
		print(&total, "total");
	return program_finish(program_status);
}
