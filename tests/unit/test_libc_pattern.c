// CFLAGS: -Ilibc -Wno-shadow
// SOURCES: tests/unit/libc_host_regex.c
/* libc's regular expressions, shell patterns, options and path parts against the host's, on random input. */
#include "../../libc/include/regex.h"
#include <fnmatch.h>
#include <getopt.h>
#include <libgen.h>
#include <unistd.h>
#include "libc_random.h"
#include "unit.h"

#define regcomp our_regcomp
#define regexec our_regexec
#define regerror our_regerror
#define regfree our_regfree
#define fail regex_fail
#include "../../libc/regex/compile.c"
#undef fail
#include "../../libc/regex/match.c"
#undef regcomp
#undef regexec
#undef regfree
#define fnmatch our_fnmatch
#include "../../libc/pattern/fnmatch.c"
#undef fnmatch
#define optarg our_optarg
#define optind our_optind
#define opterr our_opterr
#define optopt our_optopt
#define getopt our_getopt
#define getopt_long our_getopt_long
#define getopt_long_only our_getopt_long_only
#include "../../libc/text/option.c"
#undef optarg
#undef optind
#undef opterr
#undef optopt
#undef getopt_long
#undef basename
#define basename our_basename
#define dirname our_dirname
#include "../../libc/text/path.c"
#undef basename
#undef dirname

/* libc_host_regex.c: compiles, matches; the result of regcomp, or 100 + that of regexec; offsets of the match. */
int host_regex(const char *pattern, int flags, const char *text, int match_flags, int *start,
	       int *end);

static int our_regex(const char *pattern, int flags, const char *text, int match_flags, int *start,
		     int *end)
{
	regex_t regex;
	regmatch_t match[4];
	int result = our_regcomp(&regex, pattern, flags);

	if (result)
		return result;
	result = our_regexec(&regex, text, 4, match, match_flags);
	if (result == 0) {
		*start = match[0].rm_so;
		*end = match[0].rm_eo;
	}
	our_regfree(&regex);
	return 100 + result;
}

static void compare_regex(const char *pattern, int flags, const char *text, int match_flags)
{
	int a = -1, b = -1, c = -1, d = -1;
	int ours = our_regex(pattern, flags, text, match_flags, &a, &b);
	int theirs = host_regex(pattern, flags, text, match_flags, &c, &d);

	CHECK_EQ(ours < 100, theirs < 100);
	if (ours >= 100 && theirs >= 100) {
		CHECK_EQ(ours, theirs);
		CHECK_EQ(a, c);
		CHECK_EQ(b, d);
	}
	if (ours != theirs || a != c || b != d)
		printf("# '%s' flags %d on '%s': %d [%d,%d), not %d [%d,%d)\n", pattern, flags,
		       text, ours, a, b, theirs, c, d);
}

/* A pattern that every implementation must take: built by the grammar, not of random characters. */
static char *random_pattern(char *p, int extended, int depth)
{
	int pieces = 1 + random_below(3);

	for (int i = 0; i < pieces; i++) {
		switch (random_below(depth > 0 ? 9 : 6)) {
		case 0:
			*p++ = '.';
			break;
		case 1:
			p += sprintf(p, "%s", random_below(2) ? "[ab]" : "[^a]");
			break;
		case 2:
			p += sprintf(p, "%s", random_below(2) ? "[[:alpha:]]" : "[a-b1]");
			break;
		case 6:
		case 7:
		case 8:
			p += sprintf(p, extended ? "(" : "\\(");
			p = random_pattern(p, extended, depth - 1);
			if (random_below(2)) {
				p += sprintf(p, extended ? "|" : "\\|");
				p = random_pattern(p, extended, depth - 1);
			}
			p += sprintf(p, extended ? ")" : "\\)");
			break;
		default:
			*p++ = "abc1"[random_below(4)];
		}
		switch (random_below(6)) {
		case 0:
			*p++ = '*';
			break;
		case 1:
			p += sprintf(p, extended ? "+" : "\\+");
			break;
		case 2:
			p += sprintf(p, extended ? "?" : "\\?");
			break;
		case 3:
			p += sprintf(p, extended ? "{%d,%d}" : "\\{%d,%d\\}", random_below(2),
				     1 + random_below(3));
			break;
		}
	}
	*p = 0;
	return p;
}

static void test_regex_random(void)
{
	char pattern[512], text[24];

	for (int i = 0; i < 20000 && !unit_test_failures; i++) {
		int extended = random_below(2), flags = extended ? REG_EXTENDED : 0;
		char *p = pattern;

		if (random_below(4) == 0)
			flags |= REG_ICASE;
		if (random_below(4) == 0)
			flags |= REG_NEWLINE;
		if (random_below(5) == 0)
			*p++ = '^';
		p = random_pattern(p, extended, 2);
		if (random_below(5) == 0)
			*p++ = '$';
		*p = 0;
		random_text(text, 12, "abcA1\n", 6);
		compare_regex(pattern, flags, text, random_below(8) == 0 ? REG_NOTBOL : 0);
	}
}

static void test_regex_cases(void)
{
	static const char *const both[][2] = {
		{ "a*", "" },	     { "", "abc" },
		{ "[]a]*", "]a]b" }, { "[a-]*", "a-b" },
		{ "[^]]*", "ab]" },  { "a\\.b", "a.b" },
		{ "a.b", "axb" },    { "\\<b", "a b" },
		{ "a\\>", "ab a" },  { "[[:digit:][:upper:]]*", "A1b" },
		{ "[[.a.]]", "a" },  { "x$", "ax" },
		{ "^a", "ba" },
	};
	static const char *const basic[][2] = {
		{ "*a", "*a" },
		{ "^*a", "*a" },
		{ "\\(*a\\)", "*a" },
		{ "a\\{2\\}", "aaa" },
		{ "a^b", "a^b" },
		{ "a$b", "a$b" },
		{ "\\(a\\)\\1", "aba a" },
		{ "\\(a*\\)b\\1", "aabaa" },
		{ "(a)", "(a)" },
		{ "a+", "a+" },
		{ "\\(^a\\)", "ab" },
		{ "\\(a$\\)", "ba" },
		{ "a|b", "a|b" },
	};
	static const char *const extended[][2] = {
		{ "(a|ab)(c|bcd)(d*)", "abcd" },
		{ "a{,2}", "aaa" },
		{ "(a*)+", "aab" },
		{ "(a|b)*abb", "ababb" },
		{ "a||b", "b" },
		{ "()", "a" },
		{ "(a)(b)?\\2x", "ax" },
		{ "x(y|)z", "xz" },
		{ "^$", "" },
		{ "a**", "aa" },
		{ "(^|b)c", "bc" },
	};
	static const char *const wrong[] = { "[",	  "[a",	   "\\(",	 "\\)",
					     "\\",	  "a\\{1", "a\\{2,1\\}", "[b-a]",
					     "[[:foo:]]", "\\1",   "a\\{999\\}" };
	static const char *const wrong_extended[] = { "(",	   ")",	 "[", "a{2,1}",
						      "[[:foo:]]", "(a", "\\" };

	for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
		compare_regex(both[i][0], 0, both[i][1], 0);
		compare_regex(both[i][0], REG_EXTENDED, both[i][1], 0);
	}
	for (size_t i = 0; i < sizeof(basic) / sizeof(basic[0]); i++)
		compare_regex(basic[i][0], 0, basic[i][1], 0);
	for (size_t i = 0; i < sizeof(extended) / sizeof(extended[0]); i++)
		compare_regex(extended[i][0], REG_EXTENDED, extended[i][1], 0);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		compare_regex(wrong[i], 0, "a", 0);
	for (size_t i = 0; i < sizeof(wrong_extended) / sizeof(wrong_extended[0]); i++)
		compare_regex(wrong_extended[i], REG_EXTENDED, "a", 0);
}

/* What makes backtracking explode elsewhere. */
static void test_regex_bounded(void)
{
	char text[3001];
	int start, end;

	memset(text, 'a', 3000);
	text[3000] = 0;
	CHECK_EQ(our_regex("(a*)*b", REG_EXTENDED, text, 0, &start, &end), 100 + REG_NOMATCH);
	CHECK_EQ(our_regex("(a|aa)*$", REG_EXTENDED, text, 0, &start, &end), 100);
	CHECK_EQ(end, 3000);
}

static void test_fnmatch(void)
{
	static const int flags[] = { 0,
				     FNM_PATHNAME,
				     FNM_PERIOD,
				     FNM_PATHNAME | FNM_PERIOD,
				     FNM_NOESCAPE,
				     FNM_CASEFOLD,
				     FNM_LEADING_DIR };
	char pattern[16], text[12];

	for (int i = 0; i < 300000 && !unit_test_failures; i++) {
		int f = flags[random_below(7)];

		random_text(pattern, 8, "ab*?.A/[]!-", random_below(2) ? 7 : 11);
		random_text(text, 8, "abA./", 5);
		/* an unclosed bracket is undefined */
		if (strchr(pattern, '[') &&
		    (f & FNM_PATHNAME || !strchr(strchr(pattern, '['), ']')))
			continue;
		if (strstr(pattern, "[-") || strstr(pattern, "--") || strstr(pattern, "[."))
			continue;
		CHECK_EQ(our_fnmatch(pattern, text, f) != 0, fnmatch(pattern, text, f) != 0);
		if (unit_test_failures)
			printf("# '%s' '%s' flags %d\n", pattern, text, f);
	}
	CHECK_EQ(our_fnmatch("pci:v00001[0-9]*d*", "pci:v000010ECd1", 0), 0);
	CHECK_EQ(our_fnmatch("[[:alpha:]]\\*", "x*", 0), 0);
}

static void test_getopt(void)
{
	static const struct option longs[] = { { "alpha", 0, NULL, 'a' },
					       { "beta", 1, NULL, 'b' },
					       { "be", 2, NULL, 'e' },
					       { "gamma", 2, NULL, 'g' },
					       { NULL, 0, NULL, 0 } };
	static const char *const words[] = {
		"x",	   "-a",     "-b",     "-bx",	    "-ab",     "--",	  "-",
		"--alpha", "--beta", "--be=y", "--al",	    "--gamma", "--g=1",	  "-z",
		"y",	   "--none", "-aa",    "--alpha=1", "-gx",     "--beta=q"
	};
	static const char *const options[] = { "ab:g::", "+ab:g::", "-ab:g::", ":ab:g::" };

	for (int i = 0; i < 100000 && !unit_test_failures; i++) {
		char *a[8] = { "prog" }, *b[8] = { "prog" };
		const char *o = options[random_below(4)];
		int argc = 1 + random_below(6), x, y;

		for (int k = 1; k < argc; k++)
			a[k] = b[k] = (char *)words[random_below(sizeof(words) / sizeof(words[0]))];
		opterr = our_opterr = 0;
		optind = our_optind = 0;
		do {
			x = our_getopt_long(argc, a, o, longs, NULL);
			y = getopt_long(argc, b, o, longs, NULL);
			CHECK_EQ(x, y);
			CHECK_EQ(our_optind, optind);
			if (x == 'b' || x == 'e' || x == 'g' || x == 1)
				CHECK(our_optarg == optarg);
			if (x == '?' || x == ':')
				CHECK_EQ(our_optopt, optopt);
		} while (x == y && x != -1 && !unit_test_failures);
		for (int k = 0; k < argc; k++)
			CHECK_STR(a[k], b[k]);
		if (unit_test_failures) {
			printf("# options '%s'; ours now:", o);
			for (int k = 0; k < argc; k++)
				printf(" %s", a[k]);
			printf("; theirs:");
			for (int k = 0; k < argc; k++)
				printf(" %s", b[k]);
			printf("\n");
		}
	}
}

static void test_path(void)
{
	char a[16], b[16];

	for (int i = 0; i < 20000; i++) {
		random_text(a, 8, "ab//.", 5);
		strcpy(b, a);
		CHECK_STR(our_basename(a), __xpg_basename(b));
		random_text(a, 8, "ab//.", 5);
		strcpy(b, a);
		char *theirs = dirname(b);

		/* two slashes at the start are the implementation's */
		CHECK_STR(our_dirname(a), strcmp(theirs, "//") ? theirs : "/");
	}
}

int main(void)
{
	RUN(test_regex_cases);
	RUN(test_regex_random);
	RUN(test_regex_bounded);
	RUN(test_fnmatch);
	RUN(test_getopt);
	RUN(test_path);
	UNIT_END();
}
