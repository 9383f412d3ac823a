/*
 * escape: backslash escapes to bytes. Sources: POSIX.1-2017 XBD 5, XCU echo, printf; C11 6.4.4.4.
 */
#include <ctype.h>
#include <string.h>
#include "escape.h"

static int octal(const char **at, int digits)
{
	int value = 0;

	for (; digits && **at >= '0' && **at <= '7'; digits--)
		value = value * 8 + *(*at)++ - '0';
	return value & 0xff;
}

static int hexadecimal(const char **at)
{
	int value = 0;

	for (int i = 0; i < 2 && isxdigit((unsigned char)**at); i++) {
		int c = tolower((unsigned char)*(*at)++);

		value = value * 16 + (isdigit(c) ? c - '0' : c - 'a' + 10);
	}
	return value;
}

int escape_byte(const char **at, enum escape_kind kind)
{
	static const char letters[] = "abfnrtve\\", bytes[] = "\a\b\f\n\r\t\v\033\\";
	const char *p = *at, *found;
	int c;

	if (!*p)
		return -1;
	found = strchr(letters, *p);
	if (found) {
		c = bytes[found - letters];
		p++;
	} else if (*p == 'x' && isxdigit((unsigned char)p[1])) {
		p++;
		c = hexadecimal(&p);
	} else if (*p >= '0' && *p <= '7') {
		c = octal(&p, kind == ESCAPE_ECHO && *p == '0' ? 4 : 3);
	} else if (kind == ESCAPE_C && strchr("'\"?", *p)) {
		c = *p++;
	} else {
		return -1;
	}
	*at = p;
	return c;
}

bool escape_expand(struct strbuf *out, const char *text, enum escape_kind kind)
{
	while (*text) {
		int c = *text++;

		if (c == '\\') {
			if (kind == ESCAPE_ECHO && *text == 'c')
				return false;
			c = escape_byte(&text, kind);
			if (c < 0)
				c = '\\';
		}
		strbuf_putc(out, c);
	}
	return true;
}
