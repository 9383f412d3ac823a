// SOURCES: tools/guest/bin/sh/lexer.c tools/guest/bin/sh/words.c tools/guest/bin/sh/parser.c
// SOURCES: tools/guest/bin/sh/arena.c tools/guest/bin/sh/arith.c tools/guest/bin/sh/alias.c
// SOURCES: tools/guest/lib/strbuf.c tools/guest/lib/escape.c tools/guest/lib/program.c
// SOURCES: tools/guest/lib/pattern.c
/*
 * Any text: the shell's reader makes trees of it or reports an error, and ends. Text that begins with '=' is an arithmetic
 * expression; with '*', a pattern and a text with a newline between. Nothing is run.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "guest/bin/sh/sh.h"
#include "guest/lib/pattern.h"
#include "guest/lib/program.h"

USAGE("");
struct shell sh;

/* What the reader and the arithmetic need of the rest of the shell. */

void sh_warn(const char *format, ...)
{
}

int sh_error(int status, const char *format, ...)
{
	return status;
}

void write_all(int fd, const char *bytes, size_t size)
{
}

void quoted_print(const char *text)
{
}

const char *param_value(const char *name, char room[32])
{
	return strlen(name) % 2 ? NULL : "1 + 2";
}

bool var_set(const char *name, const char *value)
{
	return true;
}

static void read_all(const char *text, size_t size)
{
	struct source source;
	struct parser p;

	source_string(&source, text, size);
	parser_start(&p, &source, NULL);
	p.keep_text = true;
	do {
		p.arena = arena_new();
		parse_command(&p);
		arena_drop(p.arena);
	} while (!p.failed && !p.at_end);
	parser_finish(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *aliases[] = { "alias", "a=b ", "b=a;c", "loop=loop x", "cut='", NULL };
	static bool begun;
	char *text = memory_copy_n((const char *)data, size), *second;
	long long value;

	if (!begun)
		builtin_alias(5, aliases);
	begun = true;
	if (*text == '=') {
		arith_evaluate(text + 1, &value);
	} else if (*text == '*' && (second = strchr(text, '\n'))) {
		*second++ = '\0';
		pattern_match(text + 1, second, strlen(second));
		pattern_special(text + 1);
	} else {
		read_all(text, size);
	}
	free(text);
	return 0;
}
