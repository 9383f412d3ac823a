/* Memory and strings (C11 7.24, POSIX, and the usual BSD and GNU additions). Sizes in bytes. */
#ifndef _STRING_H
#define _STRING_H

#include <features.h>
#include <stddef.h>

__BEGIN_DECLS
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *mempcpy(void *to, const void *from, size_t size); /* returns the end of the copy */
void *memccpy(void *to, const void *from, int c, size_t size);
void *memset(void *to, int c, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memchr(const void *in, int c, size_t size);
void *memrchr(const void *in, int c, size_t size);
void *memmem(const void *in, size_t in_size, const void *what, size_t what_size);
void explicit_bzero(void *to, size_t size);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t most);
char *strcpy(char *to, const char *from);
char *stpcpy(char *to, const char *from); /* returns the end of the copy */
char *strncpy(char *to, const char *from, size_t size);
char *stpncpy(char *to, const char *from, size_t size);
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, size_t most);
size_t strlcpy(char *to, const char *from,
	       size_t size); /* always ends with NUL; returns strlen(from) */
size_t strlcat(char *to, const char *from, size_t size);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t most);
int strcoll(const char *a, const char *b);
size_t strxfrm(char *to, const char *from, size_t size);
int strverscmp(const char *a, const char *b); /* digit runs compare as numbers */
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strchrnul(const char *s, int c); /* the end instead of NULL */
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
char *strpbrk(const char *s, const char *accept);
char *strstr(const char *in, const char *what);
char *strcasestr(const char *in, const char *what);
char *strtok(char *s, const char *separators);
char *strtok_r(char *s, const char *separators, char **state);
char *strsep(char **s, const char *separators);
char *strdup(const char *s); /* NULL and ENOMEM when there is no memory; free() it */
char *strndup(const char *s, size_t most);
char *strerror(int error); /* static text; "Unknown error N" for what has none */
int strerror_r(int error, char *text, size_t size); /* 0 or ERANGE */
char *strsignal(int signal);			    /* static text */
__END_DECLS
#include <strings.h>
#endif
