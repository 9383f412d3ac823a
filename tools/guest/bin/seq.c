/* seq: print numbers in a row */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-w] [-s SEPARATOR] [FIRST [STEP]] LAST");

/*
 * Decimal numbers as integers in units of the smallest place any of them has, so that steps are
 * exact.
 */
struct decimal {
	long long value;
	int places;
};

static struct decimal parse(const char *text)
{
	struct decimal d = { 0 };
	bool negative = *text == '-', digits = false;
	const char *at = text + (*text == '-' || *text == '+');

	for (; (*at >= '0' && *at <= '9') || *at == '.'; at++) {
		if (*at == '.') {
			if (d.places)
				break;
			d.places = 1;
			continue;
		}
		if (d.value > 100000000000000000LL)
			break;
		digits = true;
		d.value = d.value * 10 + *at - '0';
		d.places += d.places > 0;
	}
	if (*at || !digits)
		die(1, "%s: not a number", text);
	d.places -= d.places > 0;
	if (negative)
		d.value = -d.value;
	return d;
}

static long long scaled(struct decimal d, int places)
{
	for (; d.places < places; d.places++)
		d.value *= 10;
	return d.value;
}

static void format(char text[64], long long value, int places, int width)
{
	char digits[32];
	unsigned long long size = value < 0 ? 0ull - (unsigned long long)value
					    : (unsigned long long)value,
			   unit = 1;
	int sign = value < 0;

	for (int i = 0; i < places; i++)
		unit *= 10;
	snprintf(digits, sizeof(digits), "%llu", size / unit);
	width -= sign + (places ? places + 1 : 0) + (int)strlen(digits);
	for (text[0] = '-', text += sign; width > 0 && width < 32; width--)
		*text++ = '0';
	strcpy(text, digits);
	if (!places)
		return;
	text += strlen(text);
	for (*text = '.', text[places + 1] = '\0', size %= unit; places > 0; places--, size /= 10)
		text[places] = (char)('0' + size % 10);
}

int main(int argc, char **argv)
{
	struct decimal first = { .value = 1 }, step = { .value = 1 }, last;
	const char *separator = "\n";
	bool equal_width = false, any = false;
	int i = 1, width = 0, places;
	char text[64];

	program_start(argv);
	/* Not getopt: -5 is a number. */
	for (; i < argc && argv[i][0] == '-' && (argv[i][1] == 'w' || argv[i][1] == 's'); i++) {
		if (argv[i][1] == 'w')
			equal_width = true;
		else if (argv[i][2])
			separator = argv[i] + 2;
		else if (++i < argc)
			separator = argv[i];
	}
	argc -= i;
	argv += i;
	if (argc < 1 || argc > 3)
		die_usage(1);
	last = parse(argv[argc - 1]);
	if (argc > 1)
		first = parse(argv[0]);
	if (argc > 2)
		step = parse(argv[1]);
	if (!step.value)
		die(1, "the step is 0");
	places = first.places > step.places ? first.places : step.places;
	int scale = last.places > places ? last.places : places;
	long long at = scaled(first, scale), by = scaled(step, scale), end = scaled(last, scale),
		  unit = 1;

	for (int k = places; k < scale; k++)
		unit *= 10;
	if (equal_width) {
		format(text, at / unit, places, 0);
		width = (int)strlen(text);
		format(text, (at + (end - at) / by * by) / unit, places, 0);
		width = (int)strlen(text) > width ? (int)strlen(text) : width;
	}
	for (; by > 0 ? at <= end : at >= end; at += by) {
		format(text, at / unit, places, width);
		printf("%s%s", any ? separator : "", text);
		any = true;
	}
	if (any)
		putchar('\n');
	return program_finish(0);
}
