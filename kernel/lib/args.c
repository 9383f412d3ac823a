/* Splitting a parameter text. Double quotes protect white space; they are removed at the ends of a value only. */
#include <stdbool.h>
#include <stddef.h>
#include "lib/args.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Cuts a closing quote off [s, end) when s was behind an opening one. */
static void unquote_end(char *s, char *end)
{
	if (end > s && end[-1] == '"')
		end[-1] = '\0';
}

char *args_next(char *text, char **name, char **value)
{
	char *s = text, *equals = NULL;
	bool quoted = *s == '"', inside = quoted;

	*name = s = text += quoted;
	for (; *s && (inside || !is_space(*s)); s++) {
		if (*s == '"')
			inside = !inside;
		else if (*s == '=' && !equals)
			equals = s;
	}
	text = s;
	if (*s)
		*s++ = '\0';
	*value = NULL;
	if (equals) {
		*equals = '\0';
		*value = equals + 1;
		if (**value == '"') {
			++*value;
			unquote_end(*value, text);
		}
	}
	if (quoted)
		unquote_end(*name, text);
	while (is_space(*s))
		s++;
	return s;
}
