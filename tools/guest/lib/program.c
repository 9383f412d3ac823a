/*
 * program: name, usage and error texts of the small programs.
 *
 * Messages are put together in a fixed buffer and go out in one write(2), so that those of several
 * programs on one terminal do not mix; stdio is not used here because the shell links this without
 * it.
 */
#define _STDIO_NO_FLOAT_LINK /* no text of ours has a floating-point number */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "program.h"
#include "strbuf.h"

#define HELP_FILE "/usr/share/rakit/help"

const char *program_name = "?";
int program_status;

static void message(const char *format, va_list args, const char *reason)
{
	char text[1024];
	int n, size = snprintf(text, sizeof(text), "%s: ", program_name);

	n = vsnprintf(text + size, sizeof(text) - (size_t)size, format, args);
	size = n > 0 ? size + n : size;
	if (size > (int)sizeof(text) - 100)
		size = (int)sizeof(text) - 100;
	size += snprintf(text + size, sizeof(text) - (size_t)size, "%s%s\n", reason ? ": " : "",
			 reason ? reason : "");
	if (write(2, text, (size_t)size) < 0)
		program_status = 1;
	program_status = 1;
}

static void message_reason(const char *reason, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(format, args, reason);
	va_end(args);
}

void warn_errno(const char *subject)
{
	message_reason(strerror(errno), "%s", subject);
}

void warn_text(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(format, args, NULL);
	va_end(args);
}

void die_errno(int status, const char *subject)
{
	warn_errno(subject);
	exit(status);
}

void die(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(format, args, NULL);
	va_end(args);
	exit(status);
}

static void usage_print(int fd)
{
	struct strbuf text = { 0 };

	strbuf_printf(&text, "usage: %s %s\n", program_name, program_usage);
	if (write(fd, text.data, text.length) < 0)
		program_status = 1;
	strbuf_free(&text);
}

void die_usage(int status)
{
	usage_print(2);
	exit(status);
}

/* Print the line `name: description` from the help table that the build made. */
static void description_print(void)
{
	struct strbuf table = { 0 };
	size_t name_size = strlen(program_name);
	char chunk[512], *line, *end;
	ssize_t n;
	int fd = open(HELP_FILE, O_RDONLY);

	if (fd < 0)
		return;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		strbuf_add(&table, chunk, (size_t)n);
	close(fd);
	for (line = strbuf_text(&table); (end = strchr(line, '\n')); line = end + 1) {
		char *tab = memchr(line, '\t', (size_t)(end - line));
		char *stop = tab ? memchr(tab + 1, '\t', (size_t)(end - tab - 1)) : NULL;

		if (!stop || (size_t)(tab - line) != name_size ||
		    strncmp(line, program_name, name_size))
			continue;
		*tab = ':';
		*stop = '\n';
		if (write(1, line, (size_t)(stop + 1 - line)) < 0)
			program_status = 1;
		break;
	}
	strbuf_free(&table);
}

void program_start(char **argv)
{
	const char *slash;

	if (argv[0]) {
		slash = strrchr(argv[0], '/');
		program_name = slash ? slash + 1 : argv[0];
	}
	if (argv[0] && argv[1] && !argv[2] && !strcmp(argv[1], "--help")) {
		description_print();
		usage_print(1);
		exit(0);
	}
}
