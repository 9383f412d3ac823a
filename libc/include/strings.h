/* Case-insensitive comparison, bit search, and the old BSD names. */
#ifndef _STRINGS_H
#define _STRINGS_H
#include <features.h>
#include <stddef.h>
__BEGIN_DECLS
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t most);
int ffs(int i); /* number of the lowest bit set, from 1; 0: none */
void bzero(void *to, size_t size);
void bcopy(const void *from, void *to, size_t size);
int bcmp(const void *a, const void *b, size_t size);
char *index(const char *s, int c);
char *rindex(const char *s, int c);
__END_DECLS
#endif
