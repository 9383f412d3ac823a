/* uniq: drop repeated lines */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"

USAGE("[-cdiu] [-f FIELDS] [-s CHARS] [-w CHARS] [INPUT [OUTPUT]]");

static bool counts, only_repeated, ignore_case, only_unique;
static unsigned long long skip_fields, skip_chars, width = ~0ull;

static const char *compared(const char *line)
{
	for (unsigned long long i = 0; i < skip_fields; i++) {
		while (isblank((unsigned char)*line))
			line++;
		while (*line && !isblank((unsigned char)*line))
			line++;
	}
	for (unsigned long long i = 0; i < skip_chars && *line; i++)
		line++;
	return line;
}

static bool same(const char *a, const char *b)
{
	size_t n = width > 1u << 30 ? 1u << 30 : (size_t)width;

	a = compared(a);
	b = compared(b);
	return ignore_case ? !strncasecmp(a, b, n) : !strncmp(a, b, n);
}

static void print(const char *line, unsigned long count)
{
	if ((only_repeated && count < 2) || (only_unique && count > 1))
		return;
	if (counts)
		printf("%7lu ", count);
	puts(line);
}

int main(int argc, char **argv)
{
	char *line = NULL, *last = NULL;
	unsigned long count = 0;
	size_t room = 0;
	ssize_t n;
	FILE *in;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "cdf:is:uw:")) != -1) {
		switch (c) {
		case 'c':
			counts = true;
			break;
		case 'd':
			only_repeated = true;
			break;
		case 'f':
			skip_fields = number_or_die(optarg);
			break;
		case 'i':
			ignore_case = true;
			break;
		case 's':
			skip_chars = number_or_die(optarg);
			break;
		case 'u':
			only_unique = true;
			break;
		case 'w':
			width = number_or_die(optarg);
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	in = input_open(*argv ? *argv : "-");
	if (!in)
		return 1;
	if (*argv && argv[1] && !freopen(argv[1], "w", stdout))
		die_errno(1, argv[1]);
	while ((n = getline(&line, &room, in)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (last && same(last, line)) {
			count++;
			continue;
		}
		if (last)
			print(last, count);
		free(last);
		last = line;
		line = NULL;
		room = 0;
		count = 1;
	}
	if (last)
		print(last, count);
	free(last);
	free(line);
	return program_finish(program_status);
}
