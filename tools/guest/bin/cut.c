/* cut: print parts of lines */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("-b LIST | -c LIST | -f LIST [-d CHAR] [-s] [--output-delimiter=TEXT] [FILE]...");

struct range {
	unsigned long first, last; /* from 1; last 0: to the end */
};

static struct range *ranges;
static size_t count;
static bool by_fields, by_chars, only_delimited;
static int delimiter = '\t';
static const char *out_delimiter;

static void list_parse(const char *list)
{
	const char *p = list;

	for (;;) {
		struct range range;
		char *end;

		end = (char *)p;
		range.first = *p == '-' ? 1 : strtoul(p, &end, 10);
		if (*end == '-') {
			p = end + 1;
			range.last = strtoul(p, &end, 10);
			if (end > p && !range.last)
				end = (char *)"?";
		} else {
			range.last = end == p ? 0 : range.first;
			if (end == p)
				end = (char *)"?";
		}
		if ((*end && *end != ',') || !range.first ||
		    (range.last && range.last < range.first))
			die(1, "%s: not a list", list);
		ranges = memory_resize(ranges, (count + 1) * sizeof(*ranges));
		ranges[count++] = range;
		if (!*end)
			break;
		p = end + 1;
	}
}

static bool wanted(unsigned long n)
{
	for (size_t i = 0; i < count; i++)
		if (n >= ranges[i].first && (!ranges[i].last || n <= ranges[i].last))
			return true;
	return false;
}

static void fields_print(char *line)
{
	unsigned long field = 1;
	bool any = false;

	if (!strchr(line, delimiter)) {
		if (!only_delimited)
			puts(line);
		return;
	}
	for (char *p = line;; field++) {
		char *end = strchr(p, delimiter);

		if (wanted(field)) {
			if (any && out_delimiter)
				fputs(out_delimiter, stdout);
			else if (any)
				putchar(delimiter);
			any = true;
			fwrite(p, 1, end ? (size_t)(end - p) : strlen(p), stdout);
		}
		if (!end)
			break;
		p = end + 1;
	}
	putchar('\n');
}

static void bytes_print(const char *line)
{
	unsigned long n = 0;

	for (; *line; line++) {
		if (!by_chars || ((unsigned char)*line & 0xc0) != 0x80)
			n++;
		if (wanted(n))
			putchar(*line);
	}
	putchar('\n');
}

static void cut(FILE *in, const char *name)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while ((n = getline(&line, &room, in)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (by_fields)
			fields_print(line);
		else
			bytes_print(line);
	}
	free(line);
}

int main(int argc, char **argv)
{
	int c;

	program_start(argv);
	for (int i = 1; i < argc; i++)
		if (!strncmp(argv[i], "--output-delimiter=", 19)) {
			out_delimiter = argv[i] + 19;
			memmove(&argv[i], &argv[i + 1], (size_t)(argc - i) * sizeof(*argv));
			argc--;
			break;
		}
	while ((c = getopt(argc, argv, "b:c:d:f:ns")) != -1) {
		switch (c) {
		case 'b':
			list_parse(optarg);
			break;
		case 'c':
			list_parse(optarg);
			by_chars = true;
			break;
		case 'd':
			delimiter = (unsigned char)*optarg;
			break;
		case 'f':
			list_parse(optarg);
			by_fields = true;
			break;
		case 'n':
			break;
		case 's':
			only_delimited = true;
			break;
		default:
			die_usage(1);
		}
	}
	if (!count)
		die_usage(1);
	input_each(argv + optind, cut);
	return program_finish(program_status);
}
