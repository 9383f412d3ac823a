/* The scanf family: one engine over a stream; strings are read through a stream on memory. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "stdio/stream.h"

struct scan {
	FILE *stream;
	size_t count; /* bytes read */
};

static int next(struct scan *s)
{
	int c = fgetc(s->stream);

	if (c != EOF)
		s->count++;
	return c;
}

static void back(struct scan *s, int c)
{
	if (c != EOF) {
		ungetc(c, s->stream);
		s->count--;
	}
}

static void skip_space(struct scan *s)
{
	int c;

	do
		c = next(s);
	while (c != EOF && isspace(c));
	back(s, c);
}

struct wanted {
	int skip, allocate;
	size_t width; /* 0: none given */
	int length;   /* bytes of the target */
	char type;
};

/* Collects what can be part of a number; the conversion proper is strto*'s. 0: nothing fits. */
static size_t collect_number(struct scan *s, const struct wanted *w, char *text, size_t room)
{
	int floating = strchr("aefg", w->type | 32) != NULL;
	size_t n = 0, most = w->width && w->width < room - 1 ? w->width : room - 1;
	int c = 0, digits = 0, hex = w->type == 'x' || w->type == 'X' || w->type == 'p';
	int octal = w->type == 'o', prefix_at = -1, exponent = 0, point = 0;

	while (n < most && (c = next(s)) != EOF) {
		int ok;

		if (c == '+' || c == '-')
			ok = n == 0 || (exponent && strchr("eEpP", text[n - 1]));
		else if (c == 'x' || c == 'X')
			ok = (hex || w->type == 'i' || floating) && prefix_at < 0 && digits == 1 &&
			     text[n - 1] == '0';
		else if (floating && c == '.')
			ok = !point++ && !exponent;
		else if (floating && digits && !exponent && prefix_at < 0 && (c | 32) == 'e')
			ok = exponent = 1;
		else if (floating && digits && !exponent && prefix_at >= 0 && (c | 32) == 'p')
			ok = exponent = 1;
		else if (floating && prefix_at < 0 && isalpha(c))
			ok = digits == 0 && strchr("infatyINFATY", c) != NULL;
		else if ((hex || prefix_at >= 0) && !exponent)
			ok = isxdigit(c);
		else if (octal || (w->type == 'i' && n && text[0] == '0' && digits))
			ok = c >= '0' && c <= '7';
		else
			ok = isdigit(c);
		if (!ok) {
			back(s, c);
			break;
		}
		if ((c | 32) == 'x')
			prefix_at = n;
		if (isdigit(c) || (isxdigit(c) && (hex || prefix_at >= 0)))
			digits++;
		text[n++] = c;
	}
	text[n] = 0;
	return n;
}

static void store_integer(void *to, int length, uintmax_t value)
{
	switch (length) {
	case 1:
		*(uint8_t *)to = value;
		break;
	case 2:
		*(uint16_t *)to = value;
		break;
	case 4:
		*(uint32_t *)to = value;
		break;
	default:
		*(uint64_t *)to = value;
	}
}

static int scan_integer(struct scan *s, const struct wanted *w, void *to)
{
	char text[72], *end;
	int base = w->type == 'd' || w->type == 'u' ? 10
		   : w->type == 'i'		    ? 0
		   : w->type == 'o'		    ? 8
						    : 16;

	if (!collect_number(s, w, text, sizeof(text)))
		return 0;
	uintmax_t value = w->type == 'd' || w->type == 'i' ? (uintmax_t)strtoll(text, &end, base)
							   : strtoull(text, &end, base);

	if (end == text)
		return 0;
	if (to)
		store_integer(to, w->length, value);
	return 1;
}

/* Weak: a program that never names strtod scans no floating point. */
double strtod(const char *s, char **end) __attribute__((__weak__));

static int scan_floating(struct scan *s, const struct wanted *w, void *to)
{
	char text[400], *end;

	if (!strtod || !collect_number(s, w, text, sizeof(text)))
		return 0;
	double value = strtod(text, &end);

	if (end == text)
		return 0;
	if (!to)
		return 1;
	if (w->length == 4)
		*(float *)to = value;
	else if (w->length == 8)
		*(double *)to = value;
	else
		*(long double *)to = value;
	return 1;
}

/* The set of a %[ ]: a bit per byte. Returns what follows it in the format. */
static const char *parse_set(const char *p, uint32_t set[8])
{
	int inverted = *p == '^';

	memset(set, 0, 32);
	p += inverted;
	for (const char *first = p; *p && (*p != ']' || p == first); p++) {
		unsigned int low = (unsigned char)*p, high = low;

		if (p[1] == '-' && p[2] && p[2] != ']') {
			high = (unsigned char)p[2];
			p += 2;
		}
		for (unsigned int i = low; i <= high; i++)
			set[i / 32] |= 1u << i % 32;
	}
	for (int i = 0; inverted && i < 8; i++)
		set[i] = ~set[i];
	return *p ? p + 1 : p;
}

/* %s %c %[: bytes of the set, up to the width. 1, 0: nothing fits, -1: no memory. */
static int scan_bytes(struct scan *s, const struct wanted *w, void *to, const uint32_t set[8])
{
	size_t most = w->width ? w->width : w->type == 'c' ? 1 : SIZE_MAX, n = 0, room = 0;
	char *text = w->allocate ? NULL : to;
	int c;

	while (n < most && (c = next(s)) != EOF) {
		if (w->type != 'c' && !(set[c / 32] >> c % 32 & 1)) {
			back(s, c);
			break;
		}
		if (w->allocate && to && n + 2 > room) {
			char *grown = realloc(text, room = room * 2 + 32);

			if (!grown) {
				free(text);
				return -1;
			}
			text = grown;
		}
		if (text)
			text[n] = c;
		n++;
	}
	if (n == 0 || (w->type == 'c' && n < most)) {
		if (w->allocate)
			free(text);
		return 0;
	}
	if (text && w->type != 'c')
		text[n] = 0;
	if (w->allocate && to)
		*(char **)to = text;
	return 1;
}

static const char *parse_wanted(const char *p, struct wanted *w)
{
	int floating;

	*w = (struct wanted){ .length = 4 };
	if (*p == '*')
		w->skip = 1, p++;
	for (; isdigit((unsigned char)*p); p++)
		w->width = w->width * 10 + *p - '0';
	if (*p == 'm')
		w->allocate = 1, p++;
	const char *length = p;

	while (*p && strchr("hlLqjzt", *p))
		p++;
	w->type = *p;
	floating = *p && strchr("aAeEfFgG", *p);
	switch (*length) {
	case 'h':
		w->length = length[1] == 'h' ? 1 : 2;
		break;
	case 'l':
		w->length = length[1] == 'l' || floating ? 8 : sizeof(long);
		break;
	case 'q':
	case 'j':
		w->length = 8;
		break;
	case 'L':
		w->length = floating ? 16 : 8;
		break;
	case 'z':
	case 't':
		w->length = sizeof(size_t);
		break;
	}
	if (*p == 'p')
		w->length = sizeof(void *);
	return *p ? p + 1 : p;
}

/* 1: stored, 0: does not match, -1: no memory */
static int scan_one(struct scan *s, const struct wanted *w, void *to, const uint32_t set[8])
{
	switch (w->type) {
	case 'd':
	case 'i':
	case 'u':
	case 'o':
	case 'x':
	case 'X':
	case 'p':
		return scan_integer(s, w, to);
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		return scan_floating(s, w, to);
	case 's':
	case 'c':
	case '[':
		return scan_bytes(s, w, to, set);
	default:
		return 0;
	}
}

int vfscanf(FILE *restrict stream, const char *restrict p, va_list ap)
{
	struct scan s = { stream, 0 };
	uint32_t set[8];
	int stored = 0, c;

	while (*p) {
		if (isspace((unsigned char)*p)) {
			skip_space(&s);
			p++;
			continue;
		}
		if (*p != '%' || p[1] == '%') {
			if (*p == '%') {
				skip_space(&s);
				p++;
			}
			c = next(&s);
			if (c != (unsigned char)*p) {
				back(&s, c);
				return c == EOF && !stored ? EOF : stored;
			}
			p++;
			continue;
		}
		struct wanted w;

		p = parse_wanted(p + 1, &w);
		if (w.type == '[')
			p = parse_set(p, set);
		else if (w.type == 's')
			parse_set("^ \t\n\v\f\r", set);
		void *to = w.skip ? NULL : va_arg(ap, void *);

		if (w.type == 'n') {
			if (to)
				store_integer(to, w.length, s.count);
			continue;
		}
		if (w.type != 'c' && w.type != '[')
			skip_space(&s);
		c = next(&s);
		back(&s, c);
		if (c == EOF)
			return stored ? stored : EOF;
		int result = scan_one(&s, &w, to, set);

		if (result <= 0)
			return result < 0 && !stored ? EOF : stored;
		stored += !w.skip;
	}
	return stored;
}

static ssize_t nothing(FILE *stream, void *to, size_t size)
{
	(void)stream, (void)to, (void)size;
	return 0;
}

int vsscanf(const char *restrict from, const char *restrict text, va_list ap)
{
	static const struct stream_ops ops = { .read = nothing };
	unsigned char room[UNGET + 1];
	FILE stream = {
		.fd = -1,
		.flags = STREAM_READ | STREAM_READING | STREAM_ACTIVE,
		.buffer = room + UNGET,
		.size = 1,
		.get = (unsigned char *)from,
		.get_end = (unsigned char *)from + strlen(from),
		.ops = &ops,
	};

	return vfscanf(&stream, text, ap);
}

int vscanf(const char *restrict text, va_list ap)
{
	return vfscanf(stdin, text, ap);
}

int scanf(const char *restrict text, ...)
{
	va_list ap;

	va_start(ap, text);
	int n = vfscanf(stdin, text, ap);

	va_end(ap);
	return n;
}

int fscanf(FILE *restrict stream, const char *restrict text, ...)
{
	va_list ap;

	va_start(ap, text);
	int n = vfscanf(stream, text, ap);

	va_end(ap);
	return n;
}

int sscanf(const char *restrict from, const char *restrict text, ...)
{
	va_list ap;

	va_start(ap, text);
	int n = vsscanf(from, text, ap);

	va_end(ap);
	return n;
}
