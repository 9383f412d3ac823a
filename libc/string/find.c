/* Searching in strings, and splitting them. */
#include <string.h>

char *strchrnul(const char *s, int c)
{
	while (*s && *s != (char)c)
		s++;
	return (char *)s;
}

char *strchr(const char *s, int c)
{
	char *p = strchrnul(s, c);

	return *p == (char)c ? p : NULL;
}

char *index(const char *s, int c)
{
	return strchr(s, c);
}

char *strrchr(const char *s, int c)
{
	const char *found = NULL;

	do
		if (*s == (char)c)
			found = s;
	while (*s++);
	return (char *)found;
}

char *rindex(const char *s, int c)
{
	return strrchr(s, c);
}

size_t strspn(const char *s, const char *accept)
{
	size_t n = 0;

	while (s[n] && strchr(accept, s[n]))
		n++;
	return n;
}

size_t strcspn(const char *s, const char *reject)
{
	size_t n = 0;

	while (s[n] && !strchr(reject, s[n]))
		n++;
	return n;
}

char *strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return *s ? (char *)s : NULL;
}

char *strstr(const char *in, const char *what)
{
	size_t n = strlen(what);

	do {
		if (strncmp(in, what, n) == 0)
			return (char *)in;
	} while (*in++);
	return NULL;
}

char *strcasestr(const char *in, const char *what)
{
	size_t n = strlen(what);

	do {
		if (strncasecmp(in, what, n) == 0)
			return (char *)in;
	} while (*in++);
	return NULL;
}

char *strtok_r(char *restrict s, const char *restrict separators, char **restrict state)
{
	if (!s)
		s = *state;
	if (!s)
		return NULL;
	s += strspn(s, separators);
	if (!*s) {
		*state = NULL;
		return NULL;
	}
	char *end = s + strcspn(s, separators);

	if (*end)
		*end++ = 0;
	else
		end = NULL;
	*state = end;
	return s;
}

char *strtok(char *restrict s, const char *restrict separators)
{
	static char *state;

	return strtok_r(s, separators, &state);
}

char *strsep(char **restrict s, const char *restrict separators)
{
	char *token = *s;

	if (token) {
		char *end = token + strcspn(token, separators);

		*s = *end ? end + 1 : NULL;
		*end = 0;
	}
	return token;
}

int ffs(int i)
{
	return i ? __builtin_ctz(i) + 1 : 0;
}
