// SOURCES: kernel/lib/args.c kernel/lib/glob.c kernel/lib/number.c
/*
 * The readers of texts: parameters, wildcards, numbers. The input is one text, and for wildcards a pattern and a text
 * separated by the first newline. Exact heap blocks show each byte too far.
 */
#include <stdlib.h>
#include <string.h>
#include "lib/args.h"
#include "lib/glob.h"
#include "lib/number.h"

static void read_args(const char *input)
{
	char *copy = strdup(input), *s = copy, *name, *value;

	while (*s) {
		char *next = args_next(s, &name, &value);

		if (next < s || name < copy || (value && value < name))
			abort();
		s = next;
	}
	free(copy);
}

static void read_glob(const char *input)
{
	char *pattern = strdup(input), *newline = strchr(pattern, '\n');
	char *text = strdup(newline ? newline + 1 : "text");

	if (newline)
		*newline = '\0';
	glob_text(pattern, text);
	if (glob_text("*", text) != true)
		abort();
	free(text);
	free(pattern);
}

static void read_number(const char *input)
{
	uint64_t value;
	int64_t number;
	const char *end;

	for (unsigned int base = 0; base <= 36; base = base ? base + 1 : 2)
		if (number_read(input, base, &value, &end) != NUMBER_NONE && end == input)
			abort();
	number_signed(input, 0, &number);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *input = malloc(size + 1);

	memcpy(input, data, size);
	input[size] = '\0';
	read_args(input);
	if (size < 512)
		read_glob(input);
	read_number(input);
	free(input);
	return 0;
}
