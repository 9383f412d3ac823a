/* split: cut a file into pieces */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-d] [-a LENGTH] [-l LINES | -b BYTES] [FILE [PREFIX]]");

static bool digits;
static int suffix_length = 2;

/* Open piece `number`: prefix + aa, ab, ... or 00, 01, ... */
static FILE *piece_open(const char *prefix, unsigned long number)
{
	unsigned long base = digits ? 10 : 26;
	struct strbuf name = { 0 };
	FILE *out;

	strbuf_puts(&name, prefix);
	for (int i = 0; i < suffix_length; i++)
		strbuf_putc(&name, 0);
	for (size_t at = name.length; at-- > strlen(prefix); number /= base)
		name.data[at] = (char)((digits ? '0' : 'a') + (int)(number % base));
	if (number)
		die(1, "too many pieces for suffixes of %d characters (-a)", suffix_length);
	out = fopen(strbuf_text(&name), "w");
	if (!out)
		die_errno(1, name.data);
	strbuf_free(&name);
	return out;
}

static void piece_close(FILE *out)
{
	int bad = ferror(out);

	if (fclose(out) || bad)
		die_errno(1, "write error");
}

int main(int argc, char **argv)
{
	unsigned long long lines = 1000, bytes = 0, done = 0;
	unsigned long number = 0;
	const char *name, *prefix;
	FILE *in, *out = NULL;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "a:b:dl:")) != -1) {
		switch (c) {
		case 'a':
			suffix_length = (int)number_or_die(optarg);
			break;
		case 'b':
			bytes = number_or_die(optarg);
			break;
		case 'd':
			digits = true;
			break;
		case 'l':
			lines = number_or_die(optarg);
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	name = argv[0] ? argv[0] : "-";
	prefix = argv[0] && argv[1] ? argv[1] : "x";
	if (suffix_length < 1 || suffix_length > 20 || (!lines && !bytes))
		die_usage(1);
	in = input_open(name);
	if (!in)
		return 1;
	while ((c = getc(in)) != EOF) {
		if (!out) {
			out = piece_open(prefix, number++);
			done = 0;
		}
		putc(c, out);
		done += bytes || c == '\n';
		if (done == (bytes ? bytes : lines)) {
			piece_close(out);
			out = NULL;
		}
	}
	if (out)
		piece_close(out);
	input_close(in, name);
	return program_status;
}
