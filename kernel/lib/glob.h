/* Shell wildcards. */
#ifndef LIB_GLOB_H
#define LIB_GLOB_H
#include <stdbool.h>
/* Whether the whole text matches: ? one character, * any, [a-z] a set, [!a-z] its complement, \c the character c. */
bool glob_text(const char *pattern, const char *text);
#endif
