/* Multibyte characters of the C locale: a byte is a character. */
#include <stdlib.h>
#include <string.h>

int mblen(const char *s, size_t most)
{
	return s && most ? *s != 0 : 0;
}

int mbtowc(wchar_t *restrict to, const char *restrict s, size_t most)
{
	if (!s || !most)
		return s ? -1 : 0;
	if (to)
		*to = (unsigned char)*s;
	return *s != 0;
}

int wctomb(char *to, wchar_t c)
{
	if (!to)
		return 0;
	if (c < 0 || c > 255)
		return -1;
	*to = c;
	return 1;
}

size_t mbstowcs(wchar_t *restrict to, const char *restrict s, size_t most)
{
	size_t n = strlen(s);

	for (size_t i = 0; to && i < most && i <= n; i++)
		to[i] = (unsigned char)s[i];
	return to && n > most ? most : n;
}

size_t wcstombs(char *restrict to, const wchar_t *restrict s, size_t most)
{
	size_t n = 0;

	for (; s[n] && (!to || n < most); n++)
		if (s[n] < 0 || s[n] > 255)
			return -1;
		else if (to)
			to[n] = s[n];
	if (to && n < most)
		to[n] = 0;
	return n;
}
