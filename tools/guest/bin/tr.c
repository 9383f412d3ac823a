/* tr: replace, squeeze or delete characters */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "../lib/escape.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-cCdst] SET1 [SET2]");

/* The bytes of [:class:]; false if there is no such class. */
static bool class_add(struct strbuf *set, const char *name, size_t size)
{
	static const struct {
		const char *name;
		int (*test)(int);
	} classes[] = {
		{ "alnum", isalnum }, { "alpha", isalpha }, { "blank", isblank },
		{ "cntrl", iscntrl }, { "digit", isdigit }, { "graph", isgraph },
		{ "lower", islower }, { "print", isprint }, { "punct", ispunct },
		{ "space", isspace }, { "upper", isupper }, { "xdigit", isxdigit },
	};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (strlen(classes[i].name) != size || memcmp(classes[i].name, name, size))
			continue;
		for (int c = 0; c < 256; c++)
			if (classes[i].test(c))
				strbuf_putc(set, c);
		return true;
	}
	return false;
}

static int byte_parse(const char **p)
{
	int c;

	if (**p == '\\' && (*p)[1]) {
		++*p;
		c = escape_byte(p, ESCAPE_C);
		if (c >= 0)
			return c;
	}
	return (unsigned char)*(*p)++;
}

/* Expand a set: ranges, classes, [c*n], escapes. `fill`: how long [c*] makes it. */
static void set_parse(struct strbuf *set, const char *p, size_t fill)
{
	while (*p) {
		const char *end = p[0] == '[' && (p[1] == ':' || p[1] == '=') ? strchr(p + 2, p[1])
									      : NULL;
		int low;

		if (end && end[1] == ']') {
			if (p[1] == '=')
				strbuf_putc(set, p[2]);
			else if (!class_add(set, p + 2, (size_t)(end - p - 2)))
				die(1, "%.*s: no such class", (int)(end + 2 - p), p);
			p = end + 2;
			continue;
		}
		if (p[0] == '[' && p[1] && p[2] == '*' && (end = strchr(p + 3, ']'))) {
			size_t times = 0;

			for (const char *d = p + 3; d < end; d++)
				times = times * 10 + (size_t)(*d - '0');
			if (!times)
				times = fill > set->length ? fill - set->length : 0;
			while (times--)
				strbuf_putc(set, p[1]);
			p = end + 1;
			continue;
		}
		low = byte_parse(&p);
		if (*p == '-' && p[1]) {
			const char *range = ++p;
			int high = byte_parse(&p);

			if (high < low)
				die(1, "%c-%s: range is upside down", low, range);
			for (int c = low; c <= high; c++)
				strbuf_putc(set, c);
		} else {
			strbuf_putc(set, low);
		}
	}
}

static void complement(struct strbuf *set)
{
	bool in[256] = { false };

	for (size_t i = 0; i < set->length; i++)
		in[(unsigned char)set->data[i]] = true;
	strbuf_reset(set);
	for (int c = 0; c < 256; c++)
		if (!in[c])
			strbuf_putc(set, c);
}

int main(int argc, char **argv)
{
	bool others = false, delete = false, squeeze = false, truncate = false,
	     squeezed[256] = { false }, deleted[256] = { false };
	struct strbuf from = { 0 }, to = { 0 };
	unsigned char map[256];
	int c, last = -1;

	program_start(argv);
	while ((c = getopt(argc, argv, "cCdst")) != -1) {
		switch (c) {
		case 'c':
		case 'C':
			others = true;
			break;
		case 'd':
			delete = true;
			break;
		case 's':
			squeeze = true;
			break;
		case 't':
			truncate = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	argc -= optind;
	if (argc < 1 || argc > 2 || (argc == 1 && !delete &&!squeeze))
		die_usage(1);
	set_parse(&from, argv[0], 0);
	if (others)
		complement(&from);
	if (argc > 1)
		set_parse(&to, argv[1], from.length);
	for (int i = 0; i < 256; i++)
		map[i] = (unsigned char)i;
	if (delete)
		for (size_t i = 0; i < from.length; i++)
			deleted[(unsigned char)from.data[i]] = true;
	else if (argc > 1 && !to.length)
		die(1, "SET2 is empty");
	for (size_t i = 0; !delete &&argc > 1 && i < from.length && (!truncate || i < to.length);
	     i++)
		map[(unsigned char)from.data[i]] =
			(unsigned char)to.data[i < to.length ? i : to.length - 1];
	if (squeeze) {
		struct strbuf *set = argc > 1 ? &to : &from;

		for (size_t i = 0; i < set->length; i++)
			squeezed[(unsigned char)set->data[i]] = true;
	}
	while ((c = getchar()) != EOF) {
		if (deleted[c])
			continue;
		c = map[c];
		if (squeezed[c] && c == last)
			continue;
		putchar(c);
		last = c;
	}
	return program_finish(program_status);
}
