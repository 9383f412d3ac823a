/*
 * pattern: matching of shell patterns without recursion.
 *
 * On a mismatch only the last `*` needs to be retried with one byte more (an earlier star taking
 * more can match nothing that the last one could not), so two saved positions are all the state
 * there is.
 */
#include <ctype.h>
#include <string.h>
#include "pattern.h"

static bool class_match(const char *name, size_t size, int c)
{
	static const struct {
		const char *name;
		int (*test)(int);
	} classes[] = {
		{ "alpha", isalpha }, { "digit", isdigit }, { "alnum", isalnum },
		{ "upper", isupper }, { "lower", islower }, { "space", isspace },
		{ "blank", isblank }, { "punct", ispunct }, { "print", isprint },
		{ "graph", isgraph }, { "cntrl", iscntrl }, { "xdigit", isxdigit },
	};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strlen(classes[i].name) == size && !memcmp(classes[i].name, name, size))
			return classes[i].test(c) != 0;
	return false;
}

/* One byte of a bracket expression, a backslash taking the next literally. */
static unsigned char bracket_byte(const char **p)
{
	if (**p == '\\' && (*p)[1])
		(*p)++;
	return (unsigned char)*(*p)++;
}

/*
 * Match c against the expression behind `[`. Returns the position behind `]`, or NULL if there is
 * none.
 */
static const char *bracket_match(const char *p, unsigned char c, bool *matched)
{
	bool negate = *p == '!' || *p == '^', found = false;
	const char *first = p += negate;

	while (*p && (*p != ']' || p == first)) {
		const char *end = p[0] == '[' && p[1] == ':' ? strstr(p + 2, ":]") : NULL;

		if (end) {
			found |= class_match(p + 2, (size_t)(end - p - 2), c);
			p = end + 2;
			continue;
		}
		unsigned char low = bracket_byte(&p), high = low;

		if (*p == '-' && p[1] && p[1] != ']') {
			p++;
			high = bracket_byte(&p);
		}
		found |= low <= c && c <= high;
	}
	*matched = found != negate;
	return *p ? p + 1 : NULL;
}

/*
 * Match one byte against the pattern element at p. Returns what follows the element, or NULL if it
 * does not match.
 */
static const char *element_match(const char *p, unsigned char c)
{
	bool matched;
	const char *next;

	if (*p == '?')
		return p + 1;
	if (*p == '[' && (next = bracket_match(p + 1, c, &matched)))
		return matched ? next : NULL;
	if (*p == '\\' && p[1])
		p++;
	return (unsigned char)*p == c && c ? p + 1 : NULL;
}

bool pattern_match(const char *pattern, const char *text, size_t size)
{
	const char *end = text + size, *star = NULL, *star_text = NULL;

	for (;;) {
		const char *next;

		if (*pattern == '*') {
			star = ++pattern;
			star_text = text;
			continue;
		}
		if (text == end)
			return !*pattern;
		next = *pattern ? element_match(pattern, (unsigned char)*text) : NULL;
		if (next) {
			pattern = next;
			text++;
		} else if (star) {
			pattern = star;
			text = ++star_text;
		} else {
			return false;
		}
	}
}

bool pattern_special(const char *pattern)
{
	for (; *pattern; pattern++) {
		if (*pattern == '\\' && pattern[1])
			pattern++;
		else if (strchr("*?[", *pattern))
			return true;
	}
	return false;
}
