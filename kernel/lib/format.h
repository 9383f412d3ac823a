/*
 * printf-style formatting without floating point, as pure code. %p and what follows it is the caller's: the kernel
 * prints symbols, addresses and the like there.
 */
#ifndef LIB_FORMAT_H
#define LIB_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the text goes: what does not fit is counted, not written. */
struct format_sink {
	char *text;
	size_t size;
	size_t length; /* of the whole text so far */
};

enum {
	FORMAT_LEFT = 1,
	FORMAT_PLUS = 2,
	FORMAT_SPACE = 4,
	FORMAT_ALTERNATE = 8, /* # */
	FORMAT_ZERO = 16,
	FORMAT_UPPER = 32,
	FORMAT_NEGATIVE = 64, /* set by the caller of format_number */
};

struct format_spec {
	unsigned int flags;
	int width;     /* 0: none */
	int precision; /* -1: none */
	unsigned int base;
};

/* Formats a pointer; rest is the format behind the p. Returns what of rest it has not taken for itself. */
typedef const char *format_pointer_fn(struct format_sink *sink, struct format_spec *spec,
				      const char *rest, const void *pointer);

/* Appends to the sink; the text is not ended with NUL. pointer NULL: %p prints 8 hex digits or more. */
void format_append(struct format_sink *sink, const char *format, va_list args,
		   format_pointer_fn *pointer);
/* As vsnprintf: writes at most size bytes, NUL included; returns the length of the whole text. */
size_t format_text(char *text, size_t size, const char *format, va_list args,
		   format_pointer_fn *pointer);

/* For format_pointer_fn: one character; a text (max: at most so many characters); a number. */
void format_char(struct format_sink *sink, char c);
void format_string(struct format_sink *sink, const struct format_spec *spec, const char *s);
void format_number(struct format_sink *sink, const struct format_spec *spec, uint64_t value);

#endif
