/* od: print files as octal, decimal or hexadecimal numbers or characters */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/program.h"

USAGE("[-bcdoxv] [-A d|o|x|n] [-j SKIP] [-N COUNT] [-t a|c|d|o|u|x[SIZE]] [-w WIDTH] [FILE]...");

#define FORMATS_MAX 8
#define WIDTH_MAX 64

static struct {
	char type;
	int size;
} formats[FORMATS_MAX];
static int format_count, width = 16;
static char address = 'o';
static bool all;
static unsigned char row[WIDTH_MAX];
static int row_size;
static unsigned long long skip, limit = ~0ull, offset;

static void format_add(char type, int size)
{
	if (format_count == FORMATS_MAX)
		die(1, "too many formats");
	formats[format_count].type = type;
	formats[format_count++].size = size;
}

static void formats_parse(const char *text)
{
	for (const char *p = text; *p;) {
		char type = *p++;
		int size = type == 'c' || type == 'a' ? 1 : 4;

		if (!strchr("acdoux", type))
			die(1, "%s: not a format", text);
		if (*p >= '1' && *p <= '8')
			size = *p++ - '0';
		else if (*p && strchr("CSIL", *p))
			size = *p == 'C'   ? 1
			       : *p == 'S' ? 2
			       : *p == 'I' ? 4
					   : (int)sizeof(long),
			p++;
		if (size & (size - 1))
			die(1, "%s: not a size", text);
		format_add(type, size);
	}
}

static int field_width(char type, int size)
{
	static const int octal[] = { 0, 3, 6, 0, 11, 0, 0, 0, 22 },
			 decimal[] = { 0, 3, 5, 0, 10, 0, 0, 0, 20 };

	switch (type) {
	case 'o':
		return octal[size];
	case 'x':
		return size * 2;
	case 'u':
		return decimal[size];
	case 'd':
		return decimal[size] + (size < 8);
	default:
		return 3;
	}
}

static void character_print(int c, bool named)
{
	static const char escapes[] = "\0\a\b\t\n\v\f\r", letters[] = "0abtnvfr";
	static const char *const names[] = {
		"nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs",  "ht",  "nl",
		"vt",  "ff",  "cr",  "so",  "si",  "dle", "dc1", "dc2", "dc3", "dc4", "nak",
		"syn", "etb", "can", "em",  "sub", "esc", "fs",	 "gs",	"rs",  "us",  "sp",
	};
	const char *at;

	if (named && (c & 127) <= 32)
		printf(" %3s", names[c & 127]);
	else if (named)
		printf((c & 127) == 127 ? " del" : "   %c", c & 127);
	else if ((at = memchr(escapes, c, 8)))
		printf("  \\%c", letters[at - escapes]);
	else if (c >= 32 && c < 127)
		printf("   %c", c);
	else
		printf(" %03o", (unsigned int)c);
}

/* One format's line of the row. `wide`: columns of each number with the blanks before it. */
static void row_format(char type, int size, int wide)
{
	int digits = field_width(type, size);

	for (int i = 0; i < row_size; i += size) {
		unsigned long long value = 0;

		for (int k = size; k-- > 0;)
			value = value << 8 | (i + k < row_size ? row[i + k] : 0);
		if (type == 'c' || type == 'a') {
			printf("%*s", wide - 4, "");
			character_print((int)value, type == 'a');
			continue;
		}
		printf("%*s", wide - digits, "");
		if (type == 'd')
			printf("%*lld", digits,
			       size == 8
				       ? (long long)value
				       : (long long)(value << (64 - size * 8)) >> (64 - size * 8));
		else if (type == 'u')
			printf("%*llu", digits, value);
		else
			printf(type == 'x' ? "%0*llx" : "%0*llo", digits, value);
	}
	putchar('\n');
}

static void address_print(void)
{
	if (address != 'n')
		printf(address == 'x' ? "%06llx" : address == 'd' ? "%07llu" : "%07llo", offset);
}

/* Print the row, or a * for rows like the one before. */
static void row_print(void)
{
	static unsigned char last[WIDTH_MAX];
	static bool any, starred;
	int column = 0;

	if (any && !all && row_size == width && !memcmp(row, last, (size_t)width)) {
		if (!starred)
			puts("*");
		starred = true;
	} else {
		for (int f = 0; f < format_count; f++) {
			int wide = field_width(formats[f].type, formats[f].size) + 1,
			    size = formats[f].size;

			column = (wide + size - 1) / size > column ? (wide + size - 1) / size
								   : column;
		}
		for (int f = 0; f < format_count; f++) {
			if (!f)
				address_print();
			else if (address != 'n')
				printf("%*s", address == 'x' ? 6 : 7, "");
			/* Several formats: each byte takes the same columns in all of them. */
			row_format(formats[f].type, formats[f].size,
				   format_count > 1
					   ? column * formats[f].size
					   : field_width(formats[f].type, formats[f].size) + 1);
		}
		starred = false;
	}
	memcpy(last, row, sizeof(row));
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
		if (row_size == width)
			row_print();
	}
}

int main(int argc, char **argv)
{
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "A:abcdj:N:ost:vw:x")) != -1) {
		switch (c) {
		case 'A':
			address = *optarg;
			break;
		case 'a':
			format_add('a', 1);
			break;
		case 'b':
			format_add('o', 1);
			break;
		case 'c':
			format_add('c', 1);
			break;
		case 'd':
			format_add('u', 2);
			break;
		case 'j':
			skip = number_or_die(optarg);
			break;
		case 'N':
			limit = number_or_die(optarg);
			break;
		case 'o':
			format_add('o', 2);
			break;
		case 's':
			format_add('d', 2);
			break;
		case 't':
			formats_parse(optarg);
			break;
		case 'v':
			all = true;
			break;
		case 'w':
			width = (int)number_or_die(optarg);
			break;
		case 'x':
			format_add('x', 2);
			break;
		default:
			die_usage(1);
		}
	}
	if (width < 1 || width > WIDTH_MAX || width % 8)
		width = width >= 1 && width <= WIDTH_MAX && format_count && formats[0].size <= width
				? width
				: 16;
	if (!format_count)
		format_add('o', 2);
	input_each(argv + optind, dump);
	if (row_size)
		row_print();
	address_print();
	if (address != 'n')
		putchar('\n');
	return program_finish(program_status);
}
