/* Shell patterns: `*`, `?`, `[a-z]`, `[!...]`, `[[:alpha:]]`, `\c`. */
#ifndef GUEST_PATTERN_H
#define GUEST_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Does the whole of the first `size` bytes of `text` match `pattern`? A backslash makes the next
 * pattern byte stand for itself. A `[` without its `]` stands for itself. `/` and a leading `.` are
 * nothing special here. Time is O(pattern * text). Source: POSIX.1-2017, XCU 2.13.
 */
bool pattern_match(const char *pattern, const char *text, size_t size);

/* Has `pattern` an active `*`, `?` or `[`? */
bool pattern_special(const char *pattern);

#endif
