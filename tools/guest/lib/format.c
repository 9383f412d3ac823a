/*
 * format: the printf command.
 *
 * The format is cut at its conversions; each is rebuilt with the length modifier that fits and
 * given to the C library's printf. Missing arguments are empty or 0; a bad number is reported and
 * printed as far as it was read.
 */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "echo.h"
#include "escape.h"
#include "program.h"

struct format {
	struct strbuf *out;
	char **args; /* the next one */
	int status;
	bool stop; /* \c was met */
};

static const char *argument(struct format *f)
{
	return *f->args ? *f->args++ : NULL;
}

static void number_check(struct format *f, const char *text, const char *end)
{
	if (end == text)
		warn_text("%s: not a number", text);
	else if (*end)
		warn_text("%s: not completely a number", text);
	else if (errno)
		warn_errno(text);
	else
		return;
	f->status = 1;
}

static long long integer(struct format *f, bool is_signed)
{
	const char *text = argument(f);
	long long value;
	char *end;

	if (!text)
		return 0;
	if (*text == '\'' || *text == '"')
		return (unsigned char)text[1];
	errno = 0;
	value = is_signed || *text == '-' ? strtoll(text, &end, 0)
					  : (long long)strtoull(text, &end, 0);
	if (!*text)
		return 0;
	number_check(f, text, end);
	return value;
}

static double floating(struct format *f)
{
	const char *text = argument(f);
	double value;
	char *end;

	if (!text || !*text)
		return 0;
	errno = 0;
	value = strtod(text, &end);
	number_check(f, text, end);
	return value;
}

static void quoted(struct strbuf *out, const char *text)
{
	strbuf_putc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			strbuf_puts(out, "'\\''");
		else
			strbuf_putc(out, *text);
	}
	strbuf_putc(out, '\'');
}

/*
 * Flags, width and precision of a conversion, with * replaced by its argument. Returns what
 * follows.
 */
static const char *modifiers(struct format *f, const char *p, struct strbuf *spec)
{
	for (; *p && strchr("-+ #0", *p); p++)
		strbuf_putc(spec, *p);
	for (int i = 0; i < 2; i++) {
		if (i && *p != '.')
			break;
		if (i)
			strbuf_putc(spec, *p++);
		if (*p == '*') {
			strbuf_printf(spec, "%d", (int)integer(f, true));
			p++;
		}
		for (; isdigit((unsigned char)*p); p++)
			strbuf_putc(spec, *p);
	}
	while (*p && strchr("hlLjzt", *p))
		p++;
	return p;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* Print one conversion; p is behind the %. Returns what follows it. */
static const char *conversion(struct format *f, const char *p)
{
	struct strbuf spec = { 0 }, text = { 0 };
	const char *string;

	strbuf_putc(&spec, '%');
	p = modifiers(f, p, &spec);
	switch (*p) {
	case 'd':
	case 'i':
		strbuf_puts(&spec, "lld");
		strbuf_printf(f->out, strbuf_text(&spec), integer(f, true));
		break;
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		strbuf_puts(&spec, "ll");
		strbuf_putc(&spec, *p);
		strbuf_printf(f->out, strbuf_text(&spec), integer(f, false));
		break;
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		strbuf_putc(&spec, *p);
		strbuf_printf(f->out, strbuf_text(&spec), floating(f));
		break;
	case 'c':
	case 's':
	case 'b':
	case 'q':
		string = argument(f);
		string = string ? string : "";
		if (*p == 'b')
			f->stop = !escape_expand(&text, string, ESCAPE_ECHO);
		else if (*p == 'q')
			quoted(&text, string);
		else
			strbuf_add(&text, string, *p == 's' ? strlen(string) : *string != '\0');
		strbuf_putc(&spec, 's');
		if (spec.length == 2)
			strbuf_add(f->out, strbuf_text(&text), text.length);
		else
			strbuf_printf(f->out, strbuf_text(&spec), strbuf_text(&text));
		break;
	default:
		warn_text("%%%c: no such conversion", *p);
		f->status = 1;
		f->stop = true;
	}
	strbuf_free(&spec);
	strbuf_free(&text);
	return *p ? p + 1 : p;
}

#pragma GCC diagnostic pop

/* The format once through. */
static void format_once(struct format *f, const char *p)
{
	while (*p && !f->stop) {
		int c = *p++;

		if (c == '%' && *p == '%') {
			strbuf_putc(f->out, *p++);
		} else if (c == '%') {
			p = conversion(f, p);
		} else if (c == '\\' && *p == 'c') {
			f->stop = true;
		} else if (c == '\\' && (c = escape_byte(&p, ESCAPE_C)) < 0) {
			strbuf_putc(f->out, '\\');
		} else {
			strbuf_putc(f->out, c);
		}
	}
}

int printf_run(struct strbuf *out, char **args)
{
	struct format f = { .out = out };
	const char *format = *args;

	if (format && !strcmp(format, "--"))
		format = *++args;
	if (!format) {
		warn_text("usage: printf FORMAT [ARGUMENT]...");
		return 2;
	}
	f.args = args + 1;
	for (;;) {
		char **before = f.args;

		format_once(&f, format);
		if (f.stop || !*f.args || f.args == before)
			return f.status;
	}
}
