/* What the build tools say: to the error output, under their name. */
#include <stdarg.h>
#include <stdlib.h>
#include "modpost.h"

const char *tool_name = "modpost";

static void message(const char *kind, const char *format, va_list args)
{
	fprintf(stderr, "%s: %s", tool_name, kind);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message("error: ", format, args);
	va_end(args);
	exit(1);
}

void warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message("warning: ", format, args);
	va_end(args);
}

bool complained;

void complain(bool only_warn, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(only_warn ? "warning: " : "error: ", format, args);
	va_end(args);
	complained |= !only_warn;
}
