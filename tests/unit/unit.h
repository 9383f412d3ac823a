/*
 * Host unit tests: a test is a function `static void test_NAME(void)` listed in main() by RUN(test_NAME); CHECKs inside
 * report and go on. Output is TAP 14. The first line of a test file names what it links: // SOURCES: a.c b.c
 */
#ifndef RAKIT_UNIT_H
#define RAKIT_UNIT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int unit_number, unit_failures, unit_test_failures;

#define CHECK(cond)                                                                \
	do {                                                                       \
		if (!(cond)) {                                                     \
			unit_test_failures++;                                      \
			printf("# %s:%d: CHECK(%s)\n", __FILE__, __LINE__, #cond); \
		}                                                                  \
	} while (0)

#define CHECK_EQ(a, b)                                                                        \
	do {                                                                                  \
		long long unit_a = (long long)(a), unit_b = (long long)(b);                   \
		if (unit_a != unit_b) {                                                       \
			unit_test_failures++;                                                 \
			printf("# %s:%d: %s is %lld (%#llx), %s is %lld (%#llx)\n", __FILE__, \
			       __LINE__, #a, unit_a, unit_a, #b, unit_b, unit_b);             \
		}                                                                             \
	} while (0)

#define CHECK_STR(a, b)                                                                       \
	do {                                                                                  \
		const char *unit_a = (a), *unit_b = (b);                                      \
		if (strcmp(unit_a, unit_b)) {                                                 \
			unit_test_failures++;                                                 \
			printf("# %s:%d: %s is \"%s\", not \"%s\"\n", __FILE__, __LINE__, #a, \
			       unit_a, unit_b);                                               \
		}                                                                             \
	} while (0)

#define RUN(test)                                                                                 \
	do {                                                                                      \
		unit_test_failures = 0;                                                           \
		test();                                                                           \
		printf("%sok %d - %s\n", unit_test_failures ? "not " : "", ++unit_number, #test); \
		unit_failures += unit_test_failures != 0;                                         \
		fflush(stdout);                                                                   \
	} while (0)

/* Ends main(): the plan and the exit status. */
#define UNIT_END()                              \
	do {                                    \
		printf("1..%d\n", unit_number); \
		return unit_failures ? 1 : 0;   \
	} while (0)

#endif
