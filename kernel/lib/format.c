/*
 * Formatting: a format is read directive by directive, each of which appends to a sink that counts what it cannot
 * hold. Supported: flags - + space # 0, width and precision (also *), lengths hh h l ll L q z t j, conversions
 * d i u o x X c s p %. %n is not: it would write where a format says. An unknown directive is printed as it stands.
 */
#include "lib/divide.h"
#include "lib/format.h"
#include "lib/string.h"

enum length { LENGTH_CHAR, LENGTH_SHORT, LENGTH_INT, LENGTH_LONG, LENGTH_LLONG, LENGTH_SIZE };

void format_char(struct format_sink *sink, char c)
{
	if (sink->length < sink->size)
		sink->text[sink->length] = c;
	sink->length++;
}

static void put_repeated(struct format_sink *sink, char c, int count)
{
	while (count-- > 0)
		format_char(sink, c);
}

/* n characters at once. */
static void put_block(struct format_sink *sink, const char *s, size_t n)
{
	size_t room = sink->length < sink->size ? sink->size - sink->length : 0;

	if (room)
		bytes_copy(sink->text + sink->length, s, n < room ? n : room);
	sink->length += n;
}

void format_string(struct format_sink *sink, const struct format_spec *spec, const char *s)
{
	int length = 0;

	if (!s)
		s = "(null)";
	if (spec->precision < 0)
		length = (int)text_length(s);
	while (length < spec->precision && s[length])
		length++;
	if (!(spec->flags & FORMAT_LEFT))
		put_repeated(sink, ' ', spec->width - length);
	put_block(sink, s, (size_t)length);
	if (spec->flags & FORMAT_LEFT)
		put_repeated(sink, ' ', spec->width - length);
}

/* Digits of value, last first; returns their number. */
static int number_digits(char *digits, uint64_t value, unsigned int base, bool upper)
{
	const char *symbols = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	uint32_t low;
	int count = 0;

	while (value > UINT32_MAX)
		digits[count++] = symbols[divide_u64(&value, base)];
	for (low = (uint32_t)value; low; low /= base)
		digits[count++] = symbols[low % base];
	return count;
}

/* Sign and radix mark. */
static int number_prefix(char *prefix, const struct format_spec *spec, uint64_t value)
{
	int length = 0;

	if (spec->flags & FORMAT_NEGATIVE)
		prefix[length++] = '-';
	else if (spec->flags & FORMAT_PLUS)
		prefix[length++] = '+';
	else if (spec->flags & FORMAT_SPACE)
		prefix[length++] = ' ';
	if ((spec->flags & FORMAT_ALTERNATE) && spec->base == 16 && value) {
		prefix[length++] = '0';
		prefix[length++] = spec->flags & FORMAT_UPPER ? 'X' : 'x';
	}
	return length;
}

void format_number(struct format_sink *sink, const struct format_spec *spec, uint64_t value)
{
	char digits[24], prefix[4];
	int count = number_digits(digits, value, spec->base, spec->flags & FORMAT_UPPER);
	int marks = number_prefix(prefix, spec, value);
	int least = spec->precision >= 0 ? spec->precision : 1, zeros;

	if ((spec->flags & FORMAT_ALTERNATE) && spec->base == 8 && least <= count)
		least = count + 1;
	if (spec->precision < 0 && (spec->flags & (FORMAT_ZERO | FORMAT_LEFT)) == FORMAT_ZERO &&
	    spec->width - marks > least)
		least = spec->width - marks;
	zeros = least > count ? least - count : 0;
	if (!(spec->flags & FORMAT_LEFT))
		put_repeated(sink, ' ', spec->width - marks - zeros - count);
	for (int i = 0; i < marks; i++)
		format_char(sink, prefix[i]);
	put_repeated(sink, '0', zeros);
	for (int i = count; i > 0;)
		format_char(sink, digits[--i]);
	if (spec->flags & FORMAT_LEFT)
		put_repeated(sink, ' ', spec->width - marks - zeros - count);
}

static const char *read_flags(const char *f, struct format_spec *spec)
{
	for (;; f++) {
		switch (*f) {
		case '-':
			spec->flags |= FORMAT_LEFT;
			break;
		case '+':
			spec->flags |= FORMAT_PLUS;
			break;
		case ' ':
			spec->flags |= FORMAT_SPACE;
			break;
		case '#':
			spec->flags |= FORMAT_ALTERNATE;
			break;
		case '0':
			spec->flags |= FORMAT_ZERO;
			break;
		default:
			return f;
		}
	}
}

/* Digits, limited so that no arithmetic on widths can overflow. */
static const char *read_digits(const char *f, int *value)
{
	for (*value = 0; *f >= '0' && *f <= '9'; f++)
		if (*value < 100000)
			*value = *value * 10 + (*f - '0');
	return f;
}

static const char *read_length(const char *f, enum length *length)
{
	*length = LENGTH_INT;
	switch (*f) {
	case 'h':
		*length = f[1] == 'h' ? LENGTH_CHAR : LENGTH_SHORT;
		return f[1] == 'h' ? f + 2 : f + 1;
	case 'l':
		*length = f[1] == 'l' ? LENGTH_LLONG : LENGTH_LONG;
		return f[1] == 'l' ? f + 2 : f + 1;
	case 'L':
	case 'q':
	case 'j':
		*length = LENGTH_LLONG;
		return f + 1;
	case 'z':
	case 'Z':
	case 't':
		*length = LENGTH_SIZE;
		return f + 1;
	}
	return f;
}

/* A wrapper, since a va_list that is an array type loses its type as a parameter. */
struct arguments {
	va_list list;
};

static uint64_t next_unsigned(struct arguments *args, enum length length)
{
	switch (length) {
	case LENGTH_LLONG:
		return va_arg(args->list, unsigned long long);
	case LENGTH_LONG:
		return va_arg(args->list, unsigned long);
	case LENGTH_SIZE:
		return va_arg(args->list, size_t);
	case LENGTH_CHAR:
		return (unsigned char)va_arg(args->list, unsigned int);
	case LENGTH_SHORT:
		return (unsigned short)va_arg(args->list, unsigned int);
	default:
		return va_arg(args->list, unsigned int);
	}
}

static int64_t next_signed(struct arguments *args, enum length length)
{
	switch (length) {
	case LENGTH_LLONG:
		return va_arg(args->list, long long);
	case LENGTH_LONG:
		return va_arg(args->list, long);
	case LENGTH_SIZE:
		return va_arg(args->list, ptrdiff_t);
	case LENGTH_CHAR:
		return (signed char)va_arg(args->list, int);
	case LENGTH_SHORT:
		return (short)va_arg(args->list, int);
	default:
		return va_arg(args->list, int);
	}
}

static void put_signed(struct format_sink *sink, struct format_spec *spec, int64_t value)
{
	if (value < 0)
		spec->flags |= FORMAT_NEGATIVE;
	format_number(sink, spec, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

static void put_unsigned(struct format_sink *sink, struct format_spec *spec, unsigned int base,
			 uint64_t value)
{
	spec->base = base;
	spec->flags &= ~(unsigned int)(FORMAT_PLUS | FORMAT_SPACE);
	format_number(sink, spec, value);
}

static const char *put_pointer(struct format_sink *sink, struct format_spec *spec, const char *rest,
			       const void *pointer, format_pointer_fn *extension)
{
	if (extension)
		return extension(sink, spec, rest, pointer);
	spec->base = 16;
	spec->precision = 8;
	format_number(sink, spec, (uintptr_t)pointer);
	return rest;
}

static const char *read_spec(const char *f, struct format_spec *spec, struct arguments *args,
			     enum length *length)
{
	*spec = (struct format_spec){ .precision = -1, .base = 10 };
	f = read_flags(f, spec);
	if (*f == '*') {
		spec->width = va_arg(args->list, int);
		if (spec->width < 0) {
			spec->flags |= FORMAT_LEFT;
			spec->width = -spec->width;
		}
		f++;
	} else {
		f = read_digits(f, &spec->width);
	}
	if (*f == '.') {
		if (f[1] == '*') {
			spec->precision = va_arg(args->list, int);
			f += 2;
		} else {
			f = read_digits(f + 1, &spec->precision);
		}
	}
	return read_length(f, length);
}

/* One directive; f is behind the percent sign. Returns what follows it. */
static const char *put_directive(struct format_sink *sink, const char *f, struct arguments *args,
				 format_pointer_fn *pointer)
{
	const char *start = f;
	struct format_spec spec;
	enum length length;
	char text[2] = { 0 };

	f = read_spec(f, &spec, args, &length);
	switch (*f) {
	case 'd':
	case 'i':
		put_signed(sink, &spec, next_signed(args, length));
		break;
	case 'u':
		put_unsigned(sink, &spec, 10, next_unsigned(args, length));
		break;
	case 'o':
		put_unsigned(sink, &spec, 8, next_unsigned(args, length));
		break;
	case 'X':
		spec.flags |= FORMAT_UPPER;
		put_unsigned(sink, &spec, 16, next_unsigned(args, length));
		break;
	case 'x':
		put_unsigned(sink, &spec, 16, next_unsigned(args, length));
		break;
	case 'c':
		text[0] = (char)va_arg(args->list, int);
		put_repeated(sink, ' ', spec.flags & FORMAT_LEFT ? 0 : spec.width - 1);
		format_char(sink, text[0]);
		put_repeated(sink, ' ', spec.flags & FORMAT_LEFT ? spec.width - 1 : 0);
		break;
	case 's':
		format_string(sink, &spec, va_arg(args->list, const char *));
		break;
	case 'p':
		return put_pointer(sink, &spec, f + 1, va_arg(args->list, void *), pointer);
	case '%':
		format_char(sink, '%');
		break;
	default:
		format_char(sink, '%');
		return start;
	}
	return f + 1;
}

void format_append(struct format_sink *sink, const char *format, va_list args,
		   format_pointer_fn *pointer)
{
	struct arguments arguments;

	va_copy(arguments.list, args);
	while (*format) {
		const char *start = format;

		while (*format && *format != '%')
			format++;
		put_block(sink, start, (size_t)(format - start));
		if (*format == '%')
			format = put_directive(sink, format + 1, &arguments, pointer);
	}
	va_end(arguments.list);
}

size_t format_text(char *text, size_t size, const char *format, va_list args,
		   format_pointer_fn *pointer)
{
	struct format_sink sink = { text, size, 0 };

	format_append(&sink, format, args, pointer);
	if (size)
		text[sink.length < size ? sink.length : size - 1] = '\0';
	return sink.length;
}
