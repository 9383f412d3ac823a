// SOURCES: tools/guest/lib/pattern.c
/* Shell patterns: fixed cases, and random ones against the C library's fnmatch. */
#include <fnmatch.h>
#include <stdbool.h>
#include "guest/lib/pattern.h"
#include "unit.h"

static bool match(const char *pattern, const char *text)
{
	return pattern_match(pattern, text, strlen(text));
}

static void test_fixed(void)
{
	CHECK(match("", "") && !match("", "a") && match("*", "") && match("a*c", "abbc"));
	CHECK(match("[a-c]x", "bx") && !match("[!a-c]x", "bx") && match("[]]", "]"));
	CHECK(match("[[:digit:]_]", "_") && match("[[:digit:]_]", "7") &&
	      !match("[[:alpha:]]", "7"));
	CHECK(match("\\*", "*") && !match("\\*", "x") && match("[", "[") && match("[a", "[a"));
	CHECK(match("*.*.c", "a.b.c") && !match("*.h", "a.c") && match("a\\", "a\\"));
	CHECK(pattern_match("ab", "abc", 2) && !pattern_match("abc", "abc", 2));
	CHECK(pattern_special("a*") && !pattern_special("a\\*") && pattern_special("[x]"));
}

static void test_long(void)
{
	char text[2001];

	memset(text, 'a', 2000);
	text[2000] = '\0';
	CHECK(!match("*a*a*a*a*a*a*a*a*b", text) && match("*a*a*a*a*a*a*a*a", text));
}

static void test_against_fnmatch(void)
{
	static const char letters[] = "ab*?[]!-";
	int differ = 0;

	srand(1);
	for (int i = 0; i < 200000; i++) {
		char pattern[8] = "", text[6] = "";

		for (int n = rand() % 7; n--;)
			pattern[n] = letters[rand() % 8];
		for (int n = rand() % 5; n--;)
			text[n] = letters[rand() % 2];
		/* `[b-a]` and `[--x]` are undefined; leave ranges to the fixed cases. */
		if (strlen(pattern) != strcspn(pattern, "-"))
			continue;
		if (match(pattern, text) != !fnmatch(pattern, text, 0) && !differ++)
			printf("# \"%s\" on \"%s\"\n", pattern, text);
	}
	CHECK_EQ(differ, 0);
}

int main(void)
{
	RUN(test_fixed);
	RUN(test_long);
	RUN(test_against_fnmatch);
	UNIT_END();
}
