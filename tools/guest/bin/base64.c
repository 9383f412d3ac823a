/* base64: write data as text, or read it back */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"

USAGE("[-di] [-w WIDTH] [FILE]");

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static unsigned long long width = 76, column;
static bool ignore;

static void letter_put(int c)
{
	putchar(c);
	if (width && ++column == width) {
		putchar('\n');
		column = 0;
	}
}

static void encode(FILE *in)
{
	unsigned char b[3];
	size_t n;

	while ((n = fread(b, 1, 3, in)) > 0) {
		unsigned int bits = (unsigned int)b[0] << 16 |
				    (n > 1 ? (unsigned int)b[1] << 8 : 0) | (n > 2 ? b[2] : 0);

		for (size_t i = 0; i < 4; i++)
			letter_put(i <= n ? letters[bits >> (18 - 6 * i) & 63] : '=');
	}
	if (column)
		putchar('\n');
}

static void decode(FILE *in)
{
	unsigned int bits = 0;
	int c, count = 0, pad = 0;

	while ((c = getc(in)) != EOF) {
		const char *at = c ? strchr(letters, c) : NULL;

		if (c == '\n' || c == '\r' || (ignore && !at && c != '='))
			continue;
		if (c == '=')
			pad++;
		else if (!at || pad)
			die(1, "invalid input");
		bits = bits << 6 | (at ? (unsigned int)(at - letters) : 0);
		if (++count == 4) {
			for (int i = 0; i < 3 - pad; i++)
				putchar((int)(bits >> (16 - 8 * i) & 255));
			count = 0;
			bits = 0;
		}
	}
	if (count)
		die(1, "invalid input");
}

int main(int argc, char **argv)
{
	bool decoding = false;
	const char *name;
	FILE *in;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "diw:")) != -1) {
		switch (c) {
		case 'd':
			decoding = true;
			break;
		case 'i':
			ignore = true;
			break;
		case 'w':
			width = number_or_die(optarg);
			break;
		default:
			die_usage(1);
		}
	}
	name = argv[optind] ? argv[optind] : "-";
	in = input_open(name);
	if (!in)
		return 1;
	if (decoding)
		decode(in);
	else
		encode(in);
	input_close(in, name);
	return program_finish(program_status);
}
