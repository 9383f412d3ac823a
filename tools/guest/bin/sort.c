/* sort: put lines in order */
/*
 * All lines are read into memory. Keys are found anew for each comparison; sorting is the C
 * library's qsort, made stable by comparing whole lines last, or with -s their positions.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-bcdfhinrsuVz] [-k FIELD[.CHAR][OPTS][,FIELD[.CHAR][OPTS]]] [-o FILE] [-t CHAR] [FILE]...");

struct flags {
	bool blanks, dictionary, fold, human, printable, numeric, reverse, version;
};

struct key {
	struct key *next;
	int first_field, first_char, last_field,
		last_char; /* from 1; last_field 0: to the end; last_char 0: end of field */
	struct flags flags;
	bool own_flags;
};

struct line {
	char *text;
	size_t size;
	size_t number;
};

static struct flags global;
static struct key *keys, **keys_tail = &keys;
static struct line *lines;
static size_t count, room;
static bool check, stable, unique;
static int separator = -1, line_end = '\n';

static const char *field_end(const char *p, const char *end)
{
	if (separator >= 0) {
		while (p < end && *p != separator)
			p++;
		return p;
	}
	while (p < end && isblank((unsigned char)*p))
		p++;
	while (p < end && !isblank((unsigned char)*p))
		p++;
	return p;
}

/* Where field number `field` (from 1) begins. */
static const char *field_start(const char *p, const char *end, int field)
{
	while (--field > 0 && p < end) {
		p = field_end(p, end);
		if (separator >= 0 && p < end)
			p++;
	}
	return p;
}

static const char *blanks_skip(const char *p, const char *end)
{
	while (p < end && isblank((unsigned char)*p))
		p++;
	return p;
}

static void key_find(const struct key *key, const struct line *line, const char **from,
		     const char **to)
{
	const char *end = line->text + line->size,
		   *p = field_start(line->text, end, key->first_field);

	if (key->flags.blanks)
		p = blanks_skip(p, end);
	p += key->first_char - 1;
	*from = p < end ? p : end;
	*to = end;
	if (!key->last_field)
		return;
	p = field_start(line->text, end, key->last_field);
	if (!key->last_char) {
		p = field_end(p, end);
	} else {
		if (key->flags.blanks)
			p = blanks_skip(p, end);
		p += key->last_char;
	}
	*to = p < *from ? *from : p < end ? p : end;
}

/* What follows the digits before the point. *zero stays set if both are 0. */
static int compare_fractions(const char *a, const char *a_end, const char *b, const char *b_end,
			     bool *zero)
{
	bool more_a = a < a_end && *a++ == '.', more_b = b < b_end && *b++ == '.';

	while (more_a || more_b) {
		int x = '0', y = '0';

		more_a = more_a && a < a_end && isdigit((unsigned char)*a);
		more_b = more_b && b < b_end && isdigit((unsigned char)*b);
		if (more_a)
			x = *a++;
		if (more_b)
			y = *b++;
		*zero = *zero && x == '0' && y == '0';
		if (x != y)
			return x - y;
	}
	return 0;
}

/* -n: sign, digits, fraction; compared as text, so of any length. */
static int compare_numeric(const char *a, const char *a_end, const char *b, const char *b_end)
{
	bool negative_a, negative_b, zero;
	size_t n, m;
	int order;

	a = blanks_skip(a, a_end);
	b = blanks_skip(b, b_end);
	negative_a = a < a_end && *a == '-';
	negative_b = b < b_end && *b == '-';
	a += negative_a;
	b += negative_b;
	while (a < a_end && *a == '0')
		a++;
	while (b < b_end && *b == '0')
		b++;
	for (n = 0; a + n < a_end && isdigit((unsigned char)a[n]);)
		n++;
	for (m = 0; b + m < b_end && isdigit((unsigned char)b[m]);)
		m++;
	order = n != m ? (n < m ? -1 : 1) : memcmp(a, b, n);
	zero = !n && !m;
	if (!order)
		order = compare_fractions(a + n, a_end, b + m, b_end, &zero);
	if (negative_a != negative_b)
		return zero ? 0 : negative_a ? -1 : 1;
	return negative_a ? -order : order;
}

static int unit_of(const char *p, const char *end)
{
	static const char units[] = "KMGTPE";
	const char *unit;

	p = blanks_skip(p, end);
	while (p < end && (isdigit((unsigned char)*p) || *p == '.' || *p == '-'))
		p++;
	unit = p < end ? strchr(units, toupper((unsigned char)*p)) : NULL;
	return unit && *unit ? (int)(unit - units) + 1 : 0;
}

/* -V: digits as numbers, the rest as text. */
static int compare_version(const char *a, const char *a_end, const char *b, const char *b_end)
{
	while (a < a_end && b < b_end) {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			const char *x = a, *y = b;
			int order;

			while (x < a_end && isdigit((unsigned char)*x))
				x++;
			while (y < b_end && isdigit((unsigned char)*y))
				y++;
			order = compare_numeric(a, x, b, y);
			if (order)
				return order;
			a = x;
			b = y;
		} else if (*a != *b) {
			return (unsigned char)*a - (unsigned char)*b;
		} else {
			a++;
			b++;
		}
	}
	return (a < a_end) - (b < b_end);
}

static bool ignored(const struct flags *flags, unsigned char c)
{
	return (flags->dictionary && !isalnum(c) && !isblank(c)) ||
	       (flags->printable && !isprint(c));
}

static int compare_text(const struct flags *flags, const char *a, const char *a_end, const char *b,
			const char *b_end)
{
	for (;;) {
		int x, y;

		while (a < a_end && ignored(flags, (unsigned char)*a))
			a++;
		while (b < b_end && ignored(flags, (unsigned char)*b))
			b++;
		if (a >= a_end || b >= b_end)
			return (a < a_end) - (b < b_end);
		x = (unsigned char)*a++;
		y = (unsigned char)*b++;
		if (flags->fold) {
			x = toupper(x);
			y = toupper(y);
		}
		if (x != y)
			return x - y;
	}
}

static int compare_stretch(const struct flags *flags, const char *a, const char *a_end,
			   const char *b, const char *b_end)
{
	int order;

	if (flags->human && unit_of(a, a_end) != unit_of(b, b_end))
		order = unit_of(a, a_end) - unit_of(b, b_end);
	else if (flags->numeric || flags->human)
		order = compare_numeric(a, a_end, b, b_end);
	else if (flags->version)
		order = compare_version(a, a_end, b, b_end);
	else
		order = compare_text(flags, flags->blanks ? blanks_skip(a, a_end) : a, a_end,
				     flags->blanks ? blanks_skip(b, b_end) : b, b_end);
	return flags->reverse ? -order : order;
}

static int compare_keys(const struct line *a, const struct line *b)
{
	int order = 0;

	if (!keys)
		return compare_stretch(&global, a->text, a->text + a->size, b->text,
				       b->text + b->size);
	for (const struct key *key = keys; key && !order; key = key->next) {
		const char *a_from, *a_to, *b_from, *b_to;

		key_find(key, a, &a_from, &a_to);
		key_find(key, b, &b_from, &b_to);
		order = compare_stretch(&key->flags, a_from, a_to, b_from, b_to);
	}
	return order;
}

static int compare(const void *x, const void *y)
{
	static const struct flags none;
	const struct line *a = x, *b = y;
	int order = compare_keys(a, b);

	if (order)
		return order;
	if (!stable && !unique) {
		order = compare_text(&none, a->text, a->text + a->size, b->text, b->text + b->size);
		if (order)
			return global.reverse ? -order : order;
	}
	return a->number < b->number ? -1 : 1;
}

static void lines_read(FILE *in, const char *name)
{
	char *text = NULL;
	size_t size = 0;
	ssize_t n;

	while ((n = getdelim(&text, &size, line_end, in)) > 0) {
		if (text[n - 1] == line_end)
			text[--n] = '\0';
		if (count == room)
			lines = memory_resize(lines,
					      (room = room ? room * 2 : 256) * sizeof(*lines));
		lines[count] = (struct line){ text, (size_t)n, count };
		count++;
		text = NULL;
		size = 0;
	}
	free(text);
}

static bool flag_set(struct flags *flags, int c)
{
	switch (c) {
	case 'b':
		flags->blanks = true;
		break;
	case 'd':
		flags->dictionary = true;
		break;
	case 'f':
		flags->fold = true;
		break;
	case 'g':
	case 'n':
		flags->numeric = true;
		break;
	case 'h':
		flags->human = true;
		break;
	case 'i':
		flags->printable = true;
		break;
	case 'r':
		flags->reverse = true;
		break;
	case 'V':
		flags->version = true;
		break;
	default:
		return false;
	}
	return true;
}

/* FIELD[.CHAR][OPTS] */
static const char *position_parse(struct key *key, const char *p, int *field, int *character)
{
	char *end;

	*field = (int)strtol(p, &end, 10);
	if (*end == '.')
		*character = (int)strtol(end + 1, &end, 10);
	for (p = end; *p && flag_set(&key->flags, *p); p++)
		key->own_flags = true;
	return p;
}

static void key_add(const char *spec)
{
	struct key *key = memory_get(sizeof(*key));
	const char *p;

	memset(key, 0, sizeof(*key));
	key->first_char = 1;
	p = position_parse(key, spec, &key->first_field, &key->first_char);
	if (*p == ',')
		p = position_parse(key, p + 1, &key->last_field, &key->last_char);
	if (*p || key->first_field < 1 || key->first_char < 1 || key->last_field < 0)
		die(2, "%s: not a key", spec);
	*keys_tail = key;
	keys_tail = &key->next;
}

static int check_order(const char *name)
{
	for (size_t i = 1; i < count; i++) {
		int order = unique || stable ? compare_keys(&lines[i - 1], &lines[i])
					     : compare(&lines[i - 1], &lines[i]);

		if (order > 0 || (unique && !order)) {
			warn_text("%s:%zu: out of order: %s", name, i + 1, lines[i].text);
			return 1;
		}
	}
	return 0;
}

static void lines_write(FILE *out)
{
	for (size_t i = 0; i < count; i++) {
		if (unique && i && !compare_keys(&lines[i - 1], &lines[i]))
			continue;
		fwrite(lines[i].text, 1, lines[i].size, out);
		putc(line_end, out);
	}
}

int main(int argc, char **argv)
{
	const char *output = NULL;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "bcCdfghik:mno:rst:uVz")) != -1) {
		switch (c) {
		case 'c':
		case 'C':
			check = true;
			break;
		case 'k':
			key_add(optarg);
			break;
		case 'm':
			break;
		case 'o':
			output = optarg;
			break;
		case 's':
			stable = true;
			break;
		case 't':
			separator = !strcmp(optarg, "\\t") ? '\t' : (unsigned char)*optarg;
			break;
		case 'u':
			unique = true;
			break;
		case 'z':
			line_end = '\0';
			break;
		default:
			if (!flag_set(&global, c))
				die_usage(2);
		}
	}
	for (struct key *key = keys; key; key = key->next)
		if (!key->own_flags)
			key->flags = global;
	input_each(argv + optind, lines_read);
	if (program_status)
		return 2;
	if (check)
		return check_order(argv[optind] ? argv[optind] : "-");
	if (count)
		qsort(lines, count, sizeof(*lines), compare);
	if (output && !freopen(output, "w", stdout))
		die_errno(2, output);
	lines_write(stdout);
	return program_finish(0) ? 2 : 0;
}
