/*
 * The engine of the printf family: parses a format and hands text to a sink. Floating point is in
 * another file and is called only if it was linked (see stdio.h).
 */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include "stdio/stream.h"

void sink_fill(struct sink *sink, char c, int count)
{
	char run[16];

	memset(run, c, sizeof(run));
	for (; count > 0; count -= sizeof(run))
		sink->write(sink, run, count < (int)sizeof(run) ? count : (int)sizeof(run));
}

void format_padded(struct sink *sink, const struct conversion *c, const char *prefix, size_t zeros,
		   const char *body, size_t size)
{
	size_t sign = strlen(prefix);
	int pad = c->width - (int)(sign + zeros + size);

	if (!c->left && !c->zero)
		sink_fill(sink, ' ', pad);
	sink->write(sink, prefix, sign);
	if (!c->left && c->zero)
		sink_fill(sink, '0', pad);
	sink_fill(sink, '0', zeros);
	sink->write(sink, body, size);
	if (c->left)
		sink_fill(sink, ' ', pad);
}

/* Digits backwards from end; returns the first. */
static char *digits(char *end, unsigned long long value, unsigned int base, char letters)
{
	while (value >> 32) {
		unsigned int digit = value % base;

		*--end = digit < 10 ? '0' + digit : letters + digit - 10;
		value /= base;
	}
	for (uint32_t low = value; low; low /= base) {
		unsigned int digit = low % base;

		*--end = digit < 10 ? '0' + digit : letters + digit - 10;
	}
	return end;
}

static void format_integer(struct sink *sink, struct conversion *c, uintmax_t value, int minus)
{
	char text[24];
	const char *prefix = "";
	char letters = c->type == 'X' ? 'A' : 'a';
	unsigned int base = 10;
	size_t zeros = 0;

	if (c->type == 'o')
		base = 8;
	else if ((c->type | 32) == 'x' || c->type == 'p')
		base = 16;
	char *first = digits(text + sizeof(text), value, base, letters);
	size_t size = text + sizeof(text) - first;

	if (c->precision >= 0)
		c->zero = 0;
	else
		c->precision = 1;
	if (size < (size_t)c->precision)
		zeros = c->precision - size;
	if (c->type == 'd')
		prefix = minus ? "-" : c->plus ? "+" : c->space ? " " : "";
	else if (base == 8 && c->alternate && zeros == 0 && (size == 0 || *first != '0'))
		zeros = 1;
	else if (base == 16 && ((c->alternate && value) || c->type == 'p'))
		prefix = c->type == 'X' ? "0X" : "0x";
	format_padded(sink, c, prefix, zeros, first, size);
}

static void format_string(struct sink *sink, const struct conversion *c, const char *s)
{
	if (!s)
		s = "(null)";
	struct conversion plain = { .left = c->left, .width = c->width };

	format_padded(sink, &plain, "", 0, s,
		      c->precision >= 0 ? strnlen(s, c->precision) : strlen(s));
}

enum length { INT, CHAR, SHORT, LONG, LONGLONG, LONGDOUBLE };

static enum length parse_length(const char **p)
{
	enum length length = INT;

	switch (**p) {
	case 'h':
		length = (*p)[1] == 'h' ? CHAR : SHORT;
		break;
	case 'l':
		length = (*p)[1] == 'l' ? LONGLONG : LONG;
		break;
	case 'q':
	case 'j':
		length = LONGLONG;
		break;
	case 'z':
	case 't':
		length = sizeof(size_t) == sizeof(long) ? LONG : INT;
		break;
	case 'L':
		length = LONGDOUBLE;
		break;
	default:
		return INT;
	}
	*p += length == CHAR || (length == LONGLONG && **p == 'l') ? 2 : 1;
	return length;
}

static int parse_number(const char **p)
{
	int n = 0;

	for (; **p >= '0' && **p <= '9'; ++*p)
		if (n <= (INT_MAX - 9) / 10)
			n = n * 10 + **p - '0';
		else
			n = INT_MAX;
	return n;
}

static const char *parse_flags(const char *p, struct conversion *c)
{
	for (;; p++)
		switch (*p) {
		case '-':
			c->left = 1;
			break;
		case '+':
			c->plus = 1;
			break;
		case ' ':
			c->space = 1;
			break;
		case '#':
			c->alternate = 1;
			break;
		case '0':
			c->zero = 1;
			break;
		default:
			return p;
		}
}

/* va_list in a struct: an array type cannot be passed by address portably. */
struct arguments {
	va_list ap;
};

static const char *parse(const char *p, struct conversion *c, struct arguments *a)
{
	*c = (struct conversion){ .precision = -1 };
	p = parse_flags(p, c);
	if (*p == '*') {
		p++;
		c->width = va_arg(a->ap, int);
		if (c->width < 0) {
			c->left = 1;
			c->width = -c->width;
		}
	} else {
		c->width = parse_number(&p);
	}
	if (*p == '.') {
		p++;
		if (*p == '*') {
			p++;
			c->precision = va_arg(a->ap, int);
			if (c->precision < 0)
				c->precision = -1;
		} else {
			c->precision = parse_number(&p);
		}
	}
	return p;
}

static intmax_t signed_argument(struct arguments *a, enum length length)
{
	switch (length) {
	case CHAR:
		return (signed char)va_arg(a->ap, int);
	case SHORT:
		return (short)va_arg(a->ap, int);
	case LONG:
		return va_arg(a->ap, long);
	case LONGLONG:
	case LONGDOUBLE:
		return va_arg(a->ap, long long);
	default:
		return va_arg(a->ap, int);
	}
}

static uintmax_t unsigned_argument(struct arguments *a, enum length length)
{
	switch (length) {
	case CHAR:
		return (unsigned char)va_arg(a->ap, int);
	case SHORT:
		return (unsigned short)va_arg(a->ap, int);
	case LONG:
		return va_arg(a->ap, unsigned long);
	case LONGLONG:
	case LONGDOUBLE:
		return va_arg(a->ap, unsigned long long);
	default:
		return va_arg(a->ap, unsigned int);
	}
}

static void store_count(struct arguments *a, enum length length, size_t count)
{
	void *to = va_arg(a->ap, void *);

	switch (length) {
	case CHAR:
		*(signed char *)to = count;
		break;
	case SHORT:
		*(short *)to = count;
		break;
	case LONG:
		*(long *)to = count;
		break;
	case LONGLONG:
	case LONGDOUBLE:
		*(long long *)to = count;
		break;
	default:
		*(int *)to = count;
	}
}

static void format_character(struct sink *sink, struct conversion *c, char character)
{
	c->zero = 0;
	format_padded(sink, c, "", 0, &character, 1);
}

static void format_floating(struct sink *sink, struct conversion *c, struct arguments *a,
			    enum length length)
{
	long double value = length == LONGDOUBLE ? va_arg(a->ap, long double)
						 : va_arg(a->ap, double);

	if (format_float)
		format_float(sink, c, value);
	else
		format_string(sink, c, "(float)");
}

/* 0, or -1 for a conversion that does not exist */
static int convert(struct sink *sink, struct conversion *c, struct arguments *a, enum length length,
		   int error)
{
	intmax_t value;

	switch (c->type) {
	case 'd':
	case 'i':
		c->type = 'd';
		value = signed_argument(a, length);
		format_integer(sink, c, value < 0 ? -(uintmax_t)value : (uintmax_t)value,
			       value < 0);
		return 0;
	case 'u':
	case 'o':
	case 'x':
	case 'X':
		format_integer(sink, c, unsigned_argument(a, length), 0);
		return 0;
	case 'p':
		format_integer(sink, c, (uintptr_t)va_arg(a->ap, void *), 0);
		return 0;
	case 's':
		format_string(sink, c, va_arg(a->ap, const char *));
		return 0;
	case 'm':
		format_string(sink, c, strerror(error));
		return 0;
	case 'c':
		format_character(sink, c, va_arg(a->ap, int));
		return 0;
	case '%':
		sink->write(sink, "%", 1);
		return 0;
	case 'n':
		store_count(a, length, sink->count);
		return 0;
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		format_floating(sink, c, a, length);
		return 0;
	default:
		return -1;
	}
}

int format(struct sink *sink, const char *text, va_list ap)
{
	struct arguments a;
	int error = errno, result = 0;

	va_copy(a.ap, ap);
	while (*text) {
		size_t n = strcspn(text, "%");

		sink->write(sink, text, n);
		text += n;
		if (!*text)
			break;
		struct conversion c;

		text = parse(text + 1, &c, &a);
		enum length length = parse_length(&text);

		c.type = *text;
		if (convert(sink, &c, &a, length, error)) {
			errno = EINVAL;
			result = -1;
			break;
		}
		text++;
	}
	va_end(a.ap);
	if (result == 0 && sink->count > INT_MAX) {
		errno = EOVERFLOW;
		result = -1;
	}
	return result;
}
