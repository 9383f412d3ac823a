/*
 * The C library's block and string functions as the pure code uses them: whatever the image it is linked into
 * provides, the kernel's, our libc's or the build machine's. (Compilers that do not know a block's size would copy it
 * byte by byte themselves.)
 */
#ifndef LIB_STRING_H
#define LIB_STRING_H

#include <stdbool.h>
#include <stddef.h>

void *(memcpy)(void *dst, const void *src, size_t n);
void *(memset)(void *dst, int c, size_t n);
int(memcmp)(const void *a, const void *b, size_t n);
int(strcmp)(const char *a, const char *b);
size_t(strlen)(const char *s);

#define bytes_copy(dst, src, n) ((void)(memcpy)(dst, src, n))
#define bytes_clear(dst, n) ((void)(memset)(dst, 0, n))
#define bytes_equal(a, b, n) ((memcmp)(a, b, n) == 0)
#define text_length(s) (strlen)(s)
#define text_equal(a, b) ((strcmp)(a, b) == 0)

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
