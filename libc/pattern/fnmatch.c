/*
 * Shell patterns. One star is remembered at a time: on a mismatch it takes one more character, which
 * is enough, as a later star makes an earlier one's choice final. With FNM_PATHNAME a star stops at
 * a slash, so a slash in the pattern also makes the choice final.
 */
#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

static int fold(int c, int flags)
{
	return flags & FNM_CASEFOLD ? tolower(c) : c;
}

static int in_class(const char *name, size_t n, int c)
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

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strlen(classes[i].name) == n && strncmp(classes[i].name, name, n) == 0)
			return classes[i].test(c);
	return 0;
}

/* One element of a bracket: a character, \c, or [.c.]; -1 if there is none. */
static int element(const char **p, int flags)
{
	const char *s = *p;
	int c;

	if (s[0] == '[' && (s[1] == '.' || s[1] == '=') && s[2] && s[3] == s[1] && s[4] == ']') {
		*p = s + 5;
		return (unsigned char)s[2];
	}
	if (*s == '\\' && !(flags & FNM_NOESCAPE) && s[1])
		s++;
	c = *s ? (unsigned char)*s : -1;
	*p = s + 1;
	return c;
}

/* p is after '['. Returns what follows the ']' and whether c matches; NULL: no bracket expression. */
static const char *bracket(const char *p, int c, int flags, int *matches)
{
	int inverted = *p == '!' || *p == '^', found = 0;

	p += inverted;
	for (const char *first = p; *p != ']' || p == first;) {
		if (!*p || (*p == '/' && (flags & FNM_PATHNAME)))
			return NULL;
		if (p[0] == '[' && p[1] == ':') {
			const char *end = strstr(p + 2, ":]");

			if (!end)
				return NULL;
			found |= in_class(p + 2, end - p - 2, c) ||
				 ((flags & FNM_CASEFOLD) &&
				  (in_class(p + 2, end - p - 2, tolower(c)) ||
				   in_class(p + 2, end - p - 2, toupper(c))));
			p = end + 2;
			continue;
		}
		int low = element(&p, flags), high = low;

		if (p[0] == '-' && p[1] && p[1] != ']') {
			p++;
			high = element(&p, flags);
		}
		if (low < 0 || high < 0)
			return NULL;
		found |= (low <= c && c <= high) ||
			 ((flags & FNM_CASEFOLD) && ((low <= tolower(c) && tolower(c) <= high) ||
						     (low <= toupper(c) && toupper(c) <= high)));
	}
	*matches = found != inverted;
	return p + 1;
}

static int is_leading(const char *s, const char *start, int flags)
{
	return s == start || ((flags & FNM_PATHNAME) && s[-1] == '/');
}

/* Matches one pattern element that is not a star against *s; NULL: it does not. */
static const char *match_one(const char *p, const char *s, const char *start, int flags)
{
	int c = (unsigned char)*s, matches;
	int hidden = c == '.' && (flags & FNM_PERIOD) && is_leading(s, start, flags);
	int slash = c == '/' && (flags & FNM_PATHNAME);
	const char *end;

	switch (*p) {
	case '?':
		return hidden || slash ? NULL : p + 1;
	case '[':
		end = bracket(p + 1, c, flags, &matches);
		if (end)
			return matches && !hidden && !slash ? end : NULL;
		break;
	case '\\':
		if (!(flags & FNM_NOESCAPE)) {
			if (!p[1])
				return NULL;
			p++;
		}
		break;
	}
	return fold((unsigned char)*p, flags) == fold(c, flags) ? p + 1 : NULL;
}

int fnmatch(const char *p, const char *s, int flags)
{
	const char *start = s, *star = NULL, *star_s = NULL;

	for (;;) {
		if (*p == '*') {
			if (*s == '.' && (flags & FNM_PERIOD) && is_leading(s, start, flags))
				return FNM_NOMATCH;
			while (*p == '*')
				p++;
			star = p;
			star_s = s;
			continue;
		}
		if (!*p && (!*s || ((flags & FNM_LEADING_DIR) && *s == '/')))
			return 0;
		const char *after = *s && *p ? match_one(p, s, start, flags) : NULL;

		if (after) {
			if (*s == '/' && (flags & FNM_PATHNAME))
				star = NULL;
			p = after;
			s++;
			continue;
		}
		if (!star || !*star_s || (*star_s == '/' && (flags & FNM_PATHNAME)))
			return FNM_NOMATCH;
		p = star;
		s = ++star_s;
	}
}
