/*
 * The C library's block and string functions as the pure code uses them. The compiler expands short ones and calls
 * whatever the image it is linked into provides: the kernel's, our libc's or the build machine's.
 */
#ifndef LIB_STRING_H
#define LIB_STRING_H

#include <stdbool.h>
#include <stddef.h>

#define bytes_copy(dst, src, n) ((void)__builtin_memcpy(dst, src, n))
#define bytes_clear(dst, n) ((void)__builtin_memset(dst, 0, n))
#define bytes_equal(a, b, n) (__builtin_memcmp(a, b, n) == 0)
#define text_length(s) __builtin_strlen(s)
#define text_equal(a, b) (__builtin_strcmp(a, b) == 0)

/* Whether s begins with prefix. */
static inline bool text_begins(const char *s, const char *prefix)
{
	while (*prefix && *s == *prefix) {
		s++;
		prefix++;
	}
	return !*prefix;
}

#endif
