/* logger: write a line into the kernel's log */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-s] [-p LEVEL] [-t NAME] [TEXT]...   LEVEL: 0 (emergency) to 7 (debug)");

static const char *tag = "user";
static int level = 5, also_stderr;

static void line_log(const char *text)
{
	struct strbuf line = { 0 };
	int fd = open("/dev/kmsg", O_WRONLY);

	strbuf_printf(&line, "<%d>%s: %s\n", level, tag, text);
	if (fd < 0 || fd_write(fd, line.data, line.length) < 0)
		warn_errno("/dev/kmsg");
	if (fd >= 0)
		close(fd);
	if (also_stderr)
		fprintf(stderr, "%s: %s\n", tag, text);
	strbuf_free(&line);
}

static void lines_log(FILE *in, const char *name)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while ((n = getline(&line, &room, in)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		line_log(line);
	}
	free(line);
}

int main(int argc, char **argv)
{
	struct strbuf text = { 0 };
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "p:st:")) != -1) {
		switch (c) {
		case 'p':
			level = atoi(optarg) & 7;
			break;
		case 's':
			also_stderr = 1;
			break;
		case 't':
			tag = optarg;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (!*argv) {
		lines_log(stdin, "-");
		return program_status;
	}
	for (; *argv; argv++)
		strbuf_printf(&text, "%s%s", text.length ? " " : "", *argv);
	line_log(strbuf_text(&text));
	return program_status;
}
