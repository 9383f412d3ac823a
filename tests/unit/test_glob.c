// SOURCES: kernel/lib/glob.c
/* Wildcards, against fnmatch where both mean the same. */
#include <fnmatch.h>
#include "unit.h"
#include "lib/glob.h"

static void test_same(void)
{
	static const char *const patterns[] = { "",	   "*",	      "a",	"a*",
						"*a",	   "a*b*c",   "?",	"??",
						"[a-c]",   "[!a-c]x", "*[0-9]", "pci:v*d*sv*",
						"a\\*b",   "a[]]b",   "[a-]",	"**a",
						"*a*a*a*b" };
	static const char *const texts[] = { "",    "a",
					     "b",   "aa",
					     "abc", "axbyc",
					     "dx",  "ax",
					     "z9",  "pci:v00008086d00001237sv1",
					     "a*b", "a]b",
					     "-",   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac" };

	for (size_t p = 0; p < sizeof(patterns) / sizeof(patterns[0]); p++)
		for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++)
			CHECK_EQ(glob_text(patterns[p], texts[t]),
				 !fnmatch(patterns[p], texts[t], 0));
}

static void test_unclosed(void)
{
	CHECK(glob_text("a[bc", "a[bc"));
	CHECK(!glob_text("a[bc", "ab"));
	CHECK(glob_text("[", "["));
}

int main(void)
{
	RUN(test_same);
	RUN(test_unclosed);
	UNIT_END();
}
