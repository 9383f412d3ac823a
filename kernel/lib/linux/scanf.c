/*
 * sscanf: directive by directive over the input. %d %i %u %x %X %o %s %c %[set] %n %% with widths, * and the lengths
 * hh h l ll L z t j; white space in the format matches any amount.
 */
#include <linux/kernel.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/string.h>

struct scan {
	const char *input;
	const char *start;
	bool discard; /* %*d */
	int width;    /* 0: unlimited */
	int length;   /* -2 hh, -1 h, 0 int, 1 l z t, 2 ll L j */
};

static void store_integer(struct scan *scan, unsigned long long value, void *target)
{
	switch (scan->length) {
	case -2:
		*(u8 *)target = (u8)value;
		break;
	case -1:
		*(u16 *)target = (u16)value;
		break;
	case 2:
		*(u64 *)target = value;
		break;
	default:
		*(u32 *)target = (u32)value;
		break;
	}
}

/* A number of at most width characters; false when there is none. */
static bool scan_number(struct scan *scan, unsigned int base, bool is_signed,
			unsigned long long *value)
{
	char text[72], *end;
	size_t n = 0, max = scan->width && scan->width < 71 ? (size_t)scan->width : 71;
	bool negative;

	scan->input = skip_spaces(scan->input);
	while (n < max && (isalnum((unsigned char)scan->input[n]) ||
			   (!n && scan->input[0] && strchr("+-", scan->input[0])))) {
		text[n] = scan->input[n];
		n++;
	}
	text[n] = '\0';
	negative = text[0] == '-' && is_signed;
	*value = simple_strtoull(text + (negative || text[0] == '+'), &end, base);
	if (end == text + (negative || text[0] == '+'))
		return false;
	if (negative)
		*value = -*value;
	scan->input += end - text;
	return true;
}

static const char *read_spec(const char *f, struct scan *scan)
{
	scan->discard = *f == '*';
	f += scan->discard;
	scan->width = 0;
	scan->length = 0;
	while (isdigit(*f))
		scan->width = min(scan->width * 10 + (*f++ - '0'), 1 << 20);
	for (;; f++) {
		if (*f == 'h')
			scan->length--;
		else if (*f == 'l')
			scan->length++;
		else if (*f == 'L' || *f == 'j' || *f == 'q')
			scan->length = 2;
		else if (*f == 'z' || *f == 't')
			scan->length = 1;
		else
			return f;
	}
}

/* Copies characters while they are (not) in the set; NUL-terminated when text is not NULL. */
static size_t scan_text(struct scan *scan, const char *set, size_t set_length, bool inverted,
			char *text)
{
	size_t n = 0, max = scan->width ? (size_t)scan->width : SIZE_MAX;

	while (n < max && scan->input[n] &&
	       (memchr(set, scan->input[n], set_length) != NULL) != inverted) {
		if (text)
			text[n] = scan->input[n];
		n++;
	}
	if (text && n)
		text[n] = '\0';
	scan->input += n;
	return n;
}

/* The set behind [; ranges are written out. Returns what is behind the ]. */
static const char *read_set(const char *f, char *set, size_t *length, bool *inverted)
{
	const char *begin;

	*inverted = *f == '^';
	f += *inverted;
	*length = 0;
	for (begin = f; *f && (*f != ']' || f == begin); f++) {
		if (*f == '-' && f > begin && f[1] && f[1] != ']') {
			for (int c = (unsigned char)f[-1] + 1;
			     c <= (unsigned char)f[1] && *length < 256; c++)
				set[(*length)++] = (char)c;
			f++;
		} else if (*length < 256) {
			set[(*length)++] = *f;
		}
	}
	return *f ? f + 1 : f;
}

static const char white_space[] = " \t\n\v\f\r";

/* One conversion; 1 stored, 0 matched without storing, -1 no match. */
static int scan_directive(struct scan *scan, const char **format, va_list *args)
{
	const char *f = read_spec(*format, scan);
	unsigned int base = 10;
	bool inverted = true, is_signed = false;
	unsigned long long value;
	char set[256];
	size_t set_length;

	*format = f + 1;
	switch (*f) {
	case '%':
		return *scan->input == '%' && scan->input++ ? 0 : -1;
	case 'n':
		*va_arg(*args, int *) = (int)(scan->input - scan->start);
		return 0;
	case 'c':
		for (int n = scan->width ?: 1; n; n--, scan->input++) {
			if (!*scan->input)
				return -1;
			set[0] = *scan->input;
			if (!scan->discard && n == (scan->width ?: 1))
				memcpy(va_arg(*args, char *), scan->input,
				       strnlen(scan->input, (size_t)n));
		}
		return !scan->discard;
	case 's':
		scan->input = skip_spaces(scan->input);
		if (!scan_text(scan, white_space, 6, true,
			       scan->discard ? NULL : va_arg(*args, char *)))
			return -1;
		return !scan->discard;
	case '[':
		*format = read_set(f + 1, set, &set_length, &inverted);
		if (!scan_text(scan, set, set_length, inverted,
			       scan->discard ? NULL : va_arg(*args, char *)))
			return -1;
		return !scan->discard;
	case 'o':
		base = 8;
		break;
	case 'x':
	case 'X':
	case 'p':
		base = 16;
		break;
	case 'i':
		base = 0;
		is_signed = true;
		break;
	case 'd':
		is_signed = true;
		break;
	case 'u':
		break;
	default:
		return -1;
	}
	if (!scan_number(scan, base, is_signed, &value))
		return -1;
	if (!scan->discard)
		store_integer(scan, value, va_arg(*args, void *));
	return !scan->discard;
}

int vsscanf(const char *buf, const char *fmt, va_list args)
{
	struct scan scan = { .input = buf, .start = buf };
	va_list copy;
	int stored = 0;

	va_copy(copy, args);
	while (*fmt) {
		int result;

		if (isspace((unsigned char)*fmt)) {
			fmt = skip_spaces(fmt);
			scan.input = skip_spaces(scan.input);
			continue;
		}
		if (*fmt != '%') {
			if (*fmt++ != *scan.input++)
				break;
			continue;
		}
		fmt++;
		result = scan_directive(&scan, &fmt, &copy);
		if (result < 0)
			break;
		stored += result;
	}
	va_end(copy);
	return stored;
}
EXPORT_SYMBOL(vsscanf);

int sscanf(const char *buf, const char *fmt, ...)
{
	va_list args;
	int stored;

	va_start(args, fmt);
	stored = vsscanf(buf, fmt, args);
	va_end(args);
	return stored;
}
EXPORT_SYMBOL(sscanf);
