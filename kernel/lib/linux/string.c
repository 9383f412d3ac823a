/*
 * Strings and memory blocks under the C library's and Linux's names.
 *
 * Blocks use the CPU's string instructions, whole words first where that can be: for the sizes a kernel copies (tens of
 * bytes to a page) they need the fewest instructions. Overlapping copies go backwards where they must.
 */
#include <linux/string.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>

#undef memcpy
#undef memset
#undef memcmp

void *memcpy(void *dst, const void *src, size_t n)
{
	void *d = dst;
	size_t words = n >> 2;

	__asm__ volatile("rep movsl" : "+D"(d), "+S"(src), "+c"(words) : : "memory");
	n &= 3;
	__asm__ volatile("rep movsb" : "+D"(d), "+S"(src), "+c"(n) : : "memory");
	return dst;
}
EXPORT_SYMBOL(memcpy);

void *memmove(void *dst, const void *src, size_t n)
{
	char *d = (char *)dst + n;
	const char *s = (const char *)src + n;

	if ((unsigned long)dst - (unsigned long)src >= n)
		return memcpy(dst, src, n);
	while (n & 3) {
		*--d = *--s;
		n--;
	}
	d -= 4;
	s -= 4;
	n >>= 2;
	__asm__ volatile("std; rep movsl; cld" : "+D"(d), "+S"(s), "+c"(n) : : "memory");
	return dst;
}
EXPORT_SYMBOL(memmove);

void *memset(void *dst, int c, size_t n)
{
	void *d = dst;
	size_t words = n >> 2;

	__asm__ volatile("rep stosl"
			 : "+D"(d), "+c"(words)
			 : "a"((unsigned char)c * 0x01010101u)
			 : "memory");
	n &= 3;
	__asm__ volatile("rep stosb" : "+D"(d), "+c"(n) : "a"(c) : "memory");
	return dst;
}
EXPORT_SYMBOL(memset);

void *memset16(u16 *s, u16 v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		s[i] = v;
	return s;
}
EXPORT_SYMBOL(memset16);

void *memset32(u32 *s, u32 v, size_t n)
{
	void *d = s;

	__asm__ volatile("rep stosl" : "+D"(d), "+c"(n) : "a"(v) : "memory");
	return s;
}
EXPORT_SYMBOL(memset32);

void memzero_explicit(void *s, size_t n)
{
	memset(s, 0, n);
	__asm__ volatile("" : : "r"(s) : "memory");
}
EXPORT_SYMBOL(memzero_explicit);

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a, *y = b;
	bool equal;

	__asm__("cmpl %0, %0; repe cmpsb" : "+S"(x), "+D"(y), "+c"(n), "=@cce"(equal) : : "memory");
	return equal ? 0 : x[-1] - y[-1];
}
EXPORT_SYMBOL(memcmp);

void *memchr(const void *s, int c, size_t n)
{
	const char *p = s;
	bool found;

	if (!n)
		return NULL;
	__asm__("repne scasb" : "+D"(p), "+c"(n), "=@cce"(found) : "a"(c) : "memory");
	return found ? (void *)(p - 1) : NULL;
}
EXPORT_SYMBOL(memchr);

void *memscan(void *addr, int c, size_t n)
{
	return memchr(addr, c, n) ?: (char *)addr + n;
}
EXPORT_SYMBOL(memscan);

void *memchr_inv(const void *s, int c, size_t n)
{
	for (const unsigned char *p = s; n; n--, p++)
		if (*p != (unsigned char)c)
			return (void *)p;
	return NULL;
}
EXPORT_SYMBOL(memchr_inv);

size_t strlen(const char *s)
{
	const char *end = s;
	size_t left = SIZE_MAX;

	__asm__("repne scasb" : "+D"(end), "+c"(left) : "a"(0) : "memory", "cc");
	return (size_t)(end - s) - 1;
}
EXPORT_SYMBOL(strlen);

size_t strnlen(const char *s, size_t max)
{
	const char *end = memchr(s, 0, max);

	return end ? (size_t)(end - s) : max;
}
EXPORT_SYMBOL(strnlen);

int strcmp(const char *a, const char *b)
{
	unsigned char c;

	do
		c = (unsigned char)*a++;
	while (c == (unsigned char)*b++ && c);
	return c - (unsigned char)b[-1];
}
EXPORT_SYMBOL(strcmp);

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++)
		if (*a != *b || !*a)
			return (unsigned char)*a - (unsigned char)*b;
	return 0;
}
EXPORT_SYMBOL(strncmp);

int strncasecmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		int d = tolower((unsigned char)*a) - tolower((unsigned char)*b);

		if (d || !*a)
			return d;
	}
	return 0;
}
EXPORT_SYMBOL(strncasecmp);

int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, SIZE_MAX);
}
EXPORT_SYMBOL(strcasecmp);

char *stpcpy(char *dst, const char *src)
{
	size_t length = strlen(src);

	memcpy(dst, src, length + 1);
	return dst + length;
}
EXPORT_SYMBOL(stpcpy);

char *strcpy(char *dst, const char *src)
{
	memcpy(dst, src, strlen(src) + 1);
	return dst;
}
EXPORT_SYMBOL(strcpy);

char *strncpy(char *dst, const char *src, size_t n)
{
	size_t length = strnlen(src, n);

	memcpy(dst, src, length);
	memset(dst + length, 0, n - length);
	return dst;
}
EXPORT_SYMBOL(strncpy);

char *strcat(char *dst, const char *src)
{
	strcpy(dst + strlen(dst), src);
	return dst;
}
EXPORT_SYMBOL(strcat);

char *strncat(char *dst, const char *src, size_t n)
{
	char *end = dst + strlen(dst);
	size_t length = strnlen(src, n);

	memcpy(end, src, length);
	end[length] = '\0';
	return dst;
}
EXPORT_SYMBOL(strncat);

size_t strlcpy(char *dst, const char *src, size_t size)
{
	size_t length = strlen(src);

	if (size) {
		size_t n = length < size ? length : size - 1;

		memcpy(dst, src, n);
		dst[n] = '\0';
	}
	return length;
}
EXPORT_SYMBOL(strlcpy);

size_t strlcat(char *dst, const char *src, size_t size)
{
	size_t used = strnlen(dst, size);

	return used + strlcpy(dst + used, src, size - used);
}
EXPORT_SYMBOL(strlcat);

ssize_t strscpy(char *dst, const char *src, size_t size)
{
	size_t n;

	if (!size || size > INT_MAX)
		return -E2BIG;
	n = strnlen(src, size);
	if (n == size) {
		memcpy(dst, src, n - 1);
		dst[n - 1] = '\0';
		return -E2BIG;
	}
	memcpy(dst, src, n + 1);
	return (ssize_t)n;
}
EXPORT_SYMBOL(strscpy);

ssize_t strscpy_pad(char *dst, const char *src, size_t size)
{
	ssize_t n = strscpy(dst, src, size);

	if (n >= 0)
		memset(dst + n + 1, 0, size - (size_t)n - 1);
	return n;
}
EXPORT_SYMBOL(strscpy_pad);

char *strchrnul(const char *s, int c)
{
	while (*s && *s != (char)c)
		s++;
	return (char *)s;
}
EXPORT_SYMBOL(strchrnul);

char *strchr(const char *s, int c)
{
	s = strchrnul(s, c);
	return *s == (char)c ? (char *)s : NULL;
}
EXPORT_SYMBOL(strchr);

char *strnchr(const char *s, size_t n, int c)
{
	return memchr(s, c, strnlen(s, n));
}
EXPORT_SYMBOL(strnchr);

char *strrchr(const char *s, int c)
{
	const char *last = NULL;

	do
		if (*s == (char)c)
			last = s;
	while (*s++);
	return (char *)last;
}
EXPORT_SYMBOL(strrchr);

char *strnstr(const char *s, const char *what, size_t n)
{
	size_t length = strlen(what);

	for (n = strnlen(s, n); n >= length; n--, s++)
		if (!memcmp(s, what, length))
			return (char *)s;
	return NULL;
}
EXPORT_SYMBOL(strnstr);

char *strstr(const char *s, const char *what)
{
	return strnstr(s, what, SIZE_MAX);
}
EXPORT_SYMBOL(strstr);

size_t strspn(const char *s, const char *accept)
{
	size_t n = 0;

	while (s[n] && strchr(accept, s[n]))
		n++;
	return n;
}
EXPORT_SYMBOL(strspn);

size_t strcspn(const char *s, const char *reject)
{
	size_t n = 0;

	while (s[n] && !strchr(reject, s[n]))
		n++;
	return n;
}
EXPORT_SYMBOL(strcspn);

char *strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return *s ? (char *)s : NULL;
}
EXPORT_SYMBOL(strpbrk);

char *strsep(char **s, const char *delimiters)
{
	char *begin = *s, *end;

	if (!begin)
		return NULL;
	end = strpbrk(begin, delimiters);
	if (end)
		*end++ = '\0';
	*s = end;
	return begin;
}
EXPORT_SYMBOL(strsep);

char *skip_spaces(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return (char *)s;
}
EXPORT_SYMBOL(skip_spaces);

char *strim(char *s)
{
	size_t n = strlen(s);

	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	s[n] = '\0';
	return skip_spaces(s);
}
EXPORT_SYMBOL(strim);

char *strreplace(char *s, char old, char new)
{
	for (; *s; s++)
		if (*s == old)
			*s = new;
	return s;
}
EXPORT_SYMBOL(strreplace);

size_t str_has_prefix(const char *s, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(s, prefix, n) ? 0 : n;
}
EXPORT_SYMBOL(str_has_prefix);

bool strstarts(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}
EXPORT_SYMBOL(strstarts);

bool sysfs_streq(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a == *b)
		return true;
	return (!*a && *b == '\n' && !b[1]) || (*a == '\n' && !a[1] && !*b);
}
EXPORT_SYMBOL(sysfs_streq);

static int match(const char *const *array, size_t n, const char *string, bool newline)
{
	for (size_t i = 0; i < n && array[i]; i++)
		if (newline ? sysfs_streq(array[i], string) : !strcmp(array[i], string))
			return (int)i;
	return -EINVAL;
}

int match_string(const char *const *array, size_t n, const char *string)
{
	return match(array, n, string, false);
}
EXPORT_SYMBOL(match_string);

int __sysfs_match_string(const char *const *array, size_t n, const char *string)
{
	return match(array, n, string, true);
}
EXPORT_SYMBOL(__sysfs_match_string);

const char *kbasename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
EXPORT_SYMBOL(kbasename);
