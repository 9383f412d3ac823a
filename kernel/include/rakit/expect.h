/*
 * Tests inside the kernel. A test module lists its cases and runs them in its init; results are a
 * TAP 14 document that is read at /sys/kernel/rakit/test/<suite> (and never mixed with the log).
 *
 * 	static void adds(struct test *test) { EXPECT(test, 1 + 1 == 2); EXPECT_EQ(test, add(2, 2), 4); }
 * 	static const struct test_case cases[] = { TEST_CASE(adds), {} };
 * 	TEST_SUITE(arithmetic, cases);
 *
 * Context: cases run in the thread that loads the module and may sleep. EXPECT_* may be used by one
 * thread at a time, in any context.
 */
#ifndef _RAKIT_EXPECT_H
#define _RAKIT_EXPECT_H

#include <linux/module.h>
#include <linux/types.h>

struct test;

struct test_case {
	const char *name;
	void (*run)(struct test *test); /* NULL ends the list */
};
#define TEST_CASE(function)         \
	{                           \
#function, function \
	}

/* Runs the cases and publishes the document; 0 (also when cases fail), or -ENOMEM, -EEXIST. */
int test_suite_run(const char *suite, const struct test_case *cases, struct module *owner);
/* Takes the document away. */
void test_suite_remove(const char *suite);

/* A module that is one suite. */
#define TEST_SUITE(suite, cases)                                   \
	static int __init suite##_init(void)                       \
	{                                                          \
		return test_suite_run(#suite, cases, THIS_MODULE); \
	}                                                          \
	static void __exit suite##_exit(void)                      \
	{                                                          \
		test_suite_remove(#suite);                         \
	}                                                          \
	module_init(suite##_init);                                 \
	module_exit(suite##_exit)

/*
 * Record a failure (with file, line and text) unless the condition holds; the case goes on. Value:
 * did it hold.
 */
bool test_expect(struct test *test, bool ok, const char *file, int line, const char *fmt, ...)
	__printf(5, 6);
#define EXPECT(test, condition) \
	test_expect(test, !!(condition), __FILE__, __LINE__, "%s", #condition)
#define __EXPECT_OP(test, a, op, b)                                                    \
	({                                                                             \
		typeof(a) __left = (a);                                                \
		typeof(b) __right = (b);                                               \
		test_expect(test, __left op __right, __FILE__, __LINE__,               \
			    "%s " #op " %s: %lld and %lld", #a, #b, (long long)__left, \
			    (long long)__right);                                       \
	})
#define EXPECT_EQ(test, a, b) __EXPECT_OP(test, a, ==, b)
#define EXPECT_NE(test, a, b) __EXPECT_OP(test, a, !=, b)
#define EXPECT_LT(test, a, b) __EXPECT_OP(test, a, <, b)
#define EXPECT_LE(test, a, b) __EXPECT_OP(test, a, <=, b)
#define EXPECT_GT(test, a, b) __EXPECT_OP(test, a, >, b)
#define EXPECT_GE(test, a, b) __EXPECT_OP(test, a, >=, b)
bool test_expect_text(struct test *test, const char *a, const char *b, const char *file, int line);
#define EXPECT_STREQ(test, a, b) test_expect_text(test, a, b, __FILE__, __LINE__)
/* As EXPECT(), but a failure ends the case at once. */
#define REQUIRE(test, condition)              \
	do {                                  \
		if (!EXPECT(test, condition)) \
			return;               \
	} while (0)
/* Mark the case as skipped, with the reason. */
void test_skip(struct test *test, const char *fmt, ...) __printf(2, 3);
/* A comment line in the document. */
void test_note(struct test *test, const char *fmt, ...) __printf(2, 3);

#endif
