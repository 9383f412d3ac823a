/* md5sum: print or check MD5 sums of files */
/* sha1sum: print or check SHA-1 sums of files */
/* sha256sum: print or check SHA-256 sums of files */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include "../lib/digest.h"
#include "../lib/input.h"
#include "../lib/program.h"

USAGE("[-bcst] [FILE]...");

static const struct digest_kind *kind = &digest_md5;
static bool silent;
static unsigned long bad, unreadable;

static void hash(FILE *in, char hex[65])
{
	unsigned char block[4096], result[32];
	struct digest d;
	size_t n;

	digest_start(&d, kind);
	while ((n = fread(block, 1, sizeof(block), in)) > 0)
		digest_add(&d, block, n);
	digest_finish(&d, result);
	for (size_t i = 0; i < kind->size; i++)
		snprintf(hex + i * 2, 3, "%02x", result[i]);
}

static void print(FILE *in, const char *name)
{
	char hex[65];

	hash(in, hex);
	if (!ferror(in))
		printf("%s  %s\n", hex, name);
}

/* A line `sum  name` or `sum *name`. */
static void check_line(const char *line)
{
	size_t digits = kind->size * 2;
	char hex[65];
	FILE *in;

	if (strspn(line, "0123456789abcdefABCDEF") != digits || line[digits] != ' ' ||
	    !line[digits + 1]) {
		warn_text("%s: not a line of sums", line);
		return;
	}
	in = input_open(line + digits + 2);
	if (!in) {
		unreadable++;
		return;
	}
	hash(in, hex);
	input_close(in, line + digits + 2);
	if (strncasecmp(hex, line, digits)) {
		bad++;
		if (!silent)
			printf("%s: FAILED\n", line + digits + 2);
	} else if (!silent) {
		printf("%s: OK\n", line + digits + 2);
	}
}

static void check(FILE *in, const char *name)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while ((n = getline(&line, &room, in)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		check_line(line);
	}
	free(line);
}

int main(int argc, char **argv)
{
	bool checking = false;
	int c;

	program_start(argv);
	if (!strcmp(program_name, "sha1sum"))
		kind = &digest_sha1;
	else if (!strcmp(program_name, "sha256sum"))
		kind = &digest_sha256;
	while ((c = getopt(argc, argv, "bcst")) != -1) {
		switch (c) {
		case 'b':
		case 't':
			break;
		case 'c':
			checking = true;
			break;
		case 's':
			silent = true;
			break;
		default:
			die_usage(1);
		}
	}
	input_each(argv + optind, checking ? check : print);
	if (bad && !silent)
		warn_text("%lu computed sums did not match", bad);
	return program_finish(program_status || bad || unreadable);
}
