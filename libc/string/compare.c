/* Comparing strings. */
#include <ctype.h>
#include <string.h>

int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return (unsigned char)*a - (unsigned char)*b;
}

int strcoll(const char *a, const char *b)
{
	return strcmp(a, b);
}

int strncmp(const char *a, const char *b, size_t most)
{
	for (; most; most--, a++, b++)
		if (*a != *b || !*a)
			return (unsigned char)*a - (unsigned char)*b;
	return 0;
}

int strncasecmp(const char *a, const char *b, size_t most)
{
	for (; most; most--, a++, b++) {
		int x = tolower((unsigned char)*a), y = tolower((unsigned char)*b);

		if (x != y || !x)
			return x - y;
	}
	return 0;
}

int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, -1);
}

/*
 * Runs of digits compare as numbers; a run with leading zeros is a fraction and sorts before one
 * without (000 < 00 < 01 < 010 < 09 < 0 < 1 < 9 < 10).
 */
int strverscmp(const char *a, const char *b)
{
	const unsigned char *p = (const unsigned char *)a, *q = (const unsigned char *)b;
	size_t run = 0, i = 0;
	int zeros = 1;

	/* run: start of the digit run that the first difference is in or follows */
	for (; p[i] == q[i]; i++) {
		if (!p[i])
			return 0;
		if (!isdigit(p[i]))
			run = i + 1, zeros = 1;
		else if (p[i] != '0')
			zeros = 0;
	}
	if (p[run] - '1' < 9U && q[run] - '1' < 9U) {
		size_t j = i;

		while (isdigit(p[j])) {
			if (!isdigit(q[j]))
				return 1;
			j++;
		}
		if (isdigit(q[j]))
			return -1;
	} else if (zeros && run < i && (isdigit(p[i]) || isdigit(q[i]))) {
		return (unsigned char)(p[i] - '0') - (unsigned char)(q[i] - '0');
	}
	return p[i] - q[i];
}
