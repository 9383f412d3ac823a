/* err.h: messages with the program's name. */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "stdio/stream.h"

static void say(int error, const char *text, va_list ap)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	if (text)
		vfprintf(stderr, text, ap);
	if (error)
		fprintf(stderr, "%s%s", text ? ": " : "", strerror(error));
	fputc('\n', stderr);
}

void vwarn(const char *text, va_list ap)
{
	say(errno, text, ap);
}

void vwarnx(const char *text, va_list ap)
{
	say(0, text, ap);
}

void verr(int status, const char *text, va_list ap)
{
	vwarn(text, ap);
	exit(status);
}

void verrx(int status, const char *text, va_list ap)
{
	vwarnx(text, ap);
	exit(status);
}

void warn(const char *text, ...)
{
	va_list ap;

	va_start(ap, text);
	vwarn(text, ap);
	va_end(ap);
}

void warnx(const char *text, ...)
{
	va_list ap;

	va_start(ap, text);
	vwarnx(text, ap);
	va_end(ap);
}

void err(int status, const char *text, ...)
{
	va_list ap;

	va_start(ap, text);
	vwarn(text, ap);
	va_end(ap);
	exit(status);
}

void errx(int status, const char *text, ...)
{
	va_list ap;

	va_start(ap, text);
	vwarnx(text, ap);
	va_end(ap);
	exit(status);
}
