/*
 * Strings and memory blocks. Any context unless a gfp_t is taken (then as that says) or user memory is read
 * (process context, may fault). Source: ISO C for the standard names, Linux 5.10 string.h for the others.
 */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/types.h>
#include <linux/errno.h>
#include <linux/stdarg.h>

void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);
/*
 * Short blocks of constant size become a few instructions; of others compilers make `rep movsb`, which moves one byte
 * at a time.
 */
#define __string_short(n) (__builtin_constant_p(n) && (n) <= 64)
#define memcpy(dst, src, n) \
	(__string_short(n) ? __builtin_memcpy(dst, src, n) : (memcpy)(dst, src, n))
#define memset(dst, c, n) (__string_short(n) ? __builtin_memset(dst, c, n) : (memset)(dst, c, n))
#define memcmp(a, b, n) (__string_short(n) ? __builtin_memcmp(a, b, n) : (memcmp)(a, b, n))

/* n elements of 16 or 32 bits. */
void *memset16(u16 *s, u16 v, size_t n);
void *memset32(u32 *s, u32 v, size_t n);
/* Address of the first byte c, or addr + n. */
void *memscan(void *addr, int c, size_t n);
/* First byte that differs from c, or NULL. */
void *memchr_inv(const void *s, int c, size_t n);
/* As memset(s, 0, n), never optimised away. */
void memzero_explicit(void *s, size_t n);

char *strcpy(char *dst, const char *src);
char *strncpy(char *dst, const char *src, size_t n);
char *strcat(char *dst, const char *src);
char *strncat(char *dst, const char *src, size_t n);
/* Copy what fits and end it with NUL; the length of src, resp. (strscpy) the length copied or -E2BIG when it was cut. */
size_t strlcpy(char *dst, const char *src, size_t size);
size_t strlcat(char *dst, const char *src, size_t size);
ssize_t strscpy(char *dst, const char *src, size_t size);
ssize_t strscpy_pad(char *dst, const char *src, size_t size);
/* As strcpy, returning the end. */
char *stpcpy(char *dst, const char *src);

size_t strnlen(const char *s, size_t max);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
/* As strchr, but the end of s when there is none. */
char *strchrnul(const char *s, int c);
char *strnchr(const char *s, size_t n, int c);
char *strstr(const char *s, const char *what);
char *strnstr(const char *s, const char *what, size_t n);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
char *strpbrk(const char *s, const char *accept);
char *strsep(char **s, const char *delimiters);
char *skip_spaces(const char *s);
/* Cuts white space off the end, returns the first character that is none. */
char *strim(char *s);
#define strstrip(s) strim(s)
/* Replaces each old by new; returns the end. */
char *strreplace(char *s, char old, char new);
/* Length of prefix when s begins with it, else 0. */
size_t str_has_prefix(const char *s, const char *prefix);
bool strstarts(const char *s, const char *prefix);
/* Equal but for one newline at the end of either. */
bool sysfs_streq(const char *a, const char *b);
/* Index of string in array (n entries or up to NULL), else -EINVAL. */
int match_string(const char *const *array, size_t n, const char *string);
int __sysfs_match_string(const char *const *array, size_t n, const char *string);
#define sysfs_match_string(array, s) __sysfs_match_string(array, ARRAY_SIZE(array), s)
/* The part behind the last slash. */
const char *kbasename(const char *path);

/* Copies on the heap, freed with kfree(); NULL when there is no memory (or s is NULL). */
char *kstrdup(const char *s, gfp_t gfp);
char *kstrndup(const char *s, size_t max, gfp_t gfp);
void *kmemdup(const void *src, size_t n, gfp_t gfp);
char *kmemdup_nul(const char *s, size_t n, gfp_t gfp);
/* As kstrdup, but s itself when it lies in the kernel's read-only data; freed with kfree_const(). */
const char *kstrdup_const(const char *s, gfp_t gfp);
void kfree_const(const void *s);
/* Copies of user memory on the heap; ERR_PTR: -EFAULT, -ENOMEM, strndup_user -EINVAL when longer than n - 1. */
void *memdup_user(const void __user *src, size_t n);
void *vmemdup_user(const void __user *src, size_t n);
void *memdup_user_nul(const void __user *src, size_t n);
char *strndup_user(const char __user *s, long n);

/* Splits at white space; freed with argv_free(). */
char **argv_split(gfp_t gfp, const char *s, int *argcp);
void argv_free(char **argv);

/* "3,4-7,9": one number; 0 none, 1 int, 2 followed by a comma, 3 by a range's hyphen. */
int get_option(char **str, int *pint);
/* Numbers into ints[1..n - 1], their count into ints[0]; returns where it stopped. */
char *get_options(const char *str, int n, int *ints);

/* Formatting into a buffer that is known to be large enough is in linux/kernel.h. */

#endif
