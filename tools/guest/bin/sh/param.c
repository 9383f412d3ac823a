/* param: the value of $name, $1, $? and the other special parameters. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "sh.h"

static unsigned int random_state;

static unsigned int random_next(void)
{
	if (!random_state)
		random_state = (unsigned int)time(NULL) ^ (unsigned int)sh.pid * 2654435761u;
	random_state = random_state * 1103515245u + 12345;
	return random_state >> 16 & 0x7fff;
}

static const char *number(char room[32], long value)
{
	snprintf(room, 32, "%ld", value);
	return room;
}

/* All positional parameters with the first character of IFS between them: "$*". */
static const char *args_joined(void)
{
	const char *ifs = var_get_or("IFS", " ");
	struct strbuf text = { 0 };
	const char *copy;

	for (int i = 0; i < sh.arg_count; i++) {
		if (i && *ifs)
			strbuf_putc(&text, *ifs);
		strbuf_puts(&text, sh.args[i]);
	}
	copy = arena_copy(&sh.scratch, strbuf_text(&text), text.length);
	strbuf_free(&text);
	return copy;
}

const char *param_value(const char *name, char room[32])
{
	if (isdigit((unsigned char)*name)) {
		int n = atoi(name);

		if (n == 0)
			return sh.name;
		return n <= sh.arg_count ? sh.args[n - 1] : NULL;
	}
	switch (*name) {
	case '?':
		return number(room, sh.status);
	case '#':
		return number(room, sh.arg_count);
	case '$':
		return number(room, sh.pid);
	case '!':
		return sh.async_pid ? number(room, sh.async_pid) : NULL;
	case '-':
		options_letters(room);
		return room;
	case '@':
	case '*':
		return sh.arg_count ? args_joined() : NULL;
	}
	if (!strcmp(name, "LINENO"))
		return number(room, sh.line);
	if (!strcmp(name, "RANDOM"))
		return number(room, random_next());
	return var_get(name);
}
