/* strings: print the texts in binary files */
#include <stdio.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-af] [-n LENGTH] [-t d|o|x] [FILE]...");

static unsigned long long shortest = 4;
static int radix, names;

static void print(FILE *in, const char *name)
{
	struct strbuf text = { 0 };
	unsigned long long at = 0;
	int c;

	do {
		c = getc(in);
		at++;
		if (c == '\t' || (c >= 32 && c < 127)) {
			strbuf_putc(&text, c);
			continue;
		}
		if (text.length >= shortest) {
			unsigned long long start = at - 1 - text.length;

			if (names)
				printf("%s: ", name);
			if (radix)
				printf(radix == 'x'   ? "%7llx "
				       : radix == 'o' ? "%7llo "
						      : "%7llu ",
				       start);
			puts(strbuf_text(&text));
		}
		strbuf_reset(&text);
	} while (c != EOF);
	strbuf_free(&text);
}

int main(int argc, char **argv)
{
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "afn:t:")) != -1) {
		switch (c) {
		case 'a':
			break;
		case 'f':
			names = 1;
			break;
		case 'n':
			shortest = number_or_die(optarg);
			break;
		case 't':
			radix = *optarg;
			break;
		default:
			die_usage(1);
		}
	}
	input_each(argv + optind, print);
	return program_finish(program_status);
}
