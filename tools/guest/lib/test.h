/* Conditions of test and [. */
#ifndef GUEST_TEST_H
#define GUEST_TEST_H

/*
 * Evaluate `count` words. Returns 0 true, 1 false, 2 not an expression (with a message through
 * program.h). Source: POSIX.1-2017, XCU test; -nt, -ot, -ef, -a, -o and parentheses as its
 * extensions say.
 */
int test_evaluate(int count, char **args);

#endif
