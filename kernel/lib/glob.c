/*
 * Wildcard matching without recursion: on a mismatch the last * takes one character more, so a match costs at most
 * pattern times text, whatever the pattern.
 */
#include <stddef.h>
#include "lib/glob.h"

/* Whether the set behind [ contains c; *end behind the ]. A set that is not closed is no set. */
static bool set_contains(const char *set, unsigned char c, const char **end)
{
	bool inverted = *set == '!' || *set == '^', found = false;
	const char *s = set + inverted;

	do {
		unsigned char first = (unsigned char)*s++, last = first;

		if (!first) {
			*end = NULL;
			return false;
		}
		if (*s == '-' && s[1] && s[1] != ']') {
			last = (unsigned char)s[1];
			s += 2;
		}
		if (first <= c && c <= last)
			found = true;
	} while (*s != ']');
	*end = s + 1;
	return found != inverted;
}

/* Whether one pattern element matches c; *next behind it. */
static bool element_matches(const char *pattern, char c, const char **next)
{
	const char *end;
	bool inside;

	*next = pattern + 1;
	switch (*pattern) {
	case '?':
		return true;
	case '[':
		inside = set_contains(pattern + 1, (unsigned char)c, &end);
		if (!end)
			return c == '[';
		*next = end;
		return inside;
	case '\\':
		if (pattern[1]) {
			*next = pattern + 2;
			return pattern[1] == c;
		}
		return c == '\\';
	default:
		return *pattern == c;
	}
}

bool glob_text(const char *pattern, const char *text)
{
	const char *retry_pattern = NULL, *retry_text = NULL, *next;

	while (*text) {
		if (*pattern == '*') {
			retry_pattern = ++pattern;
			retry_text = text;
		} else if (*pattern && element_matches(pattern, *text, &next)) {
			pattern = next;
			text++;
		} else if (retry_pattern) {
			pattern = retry_pattern;
			text = ++retry_text;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}
