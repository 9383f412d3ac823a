/* xargs: run a program with arguments read from standard input */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../lib/number.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-0rt] [-d CHAR] [-I TEXT] [-L LINES] [-n COUNT] [-s SIZE] [PROGRAM [ARGUMENT]...]");

static bool no_empty, trace, newline_seen;
static int delimiter = -1; /* -1: blanks and newlines, with quotes */
static const char *place;
static size_t max_count = ~(size_t)0, max_size = 100000, max_lines;

static struct {
	char **items;
	size_t count, room, size;
} args;

static void arg_add(char *text)
{
	if (args.count + 1 >= args.room)
		args.items = memory_resize(args.items,
					   (args.room = args.room ? args.room * 2 : 32) *
						   sizeof(*args.items));
	args.items[args.count++] = text;
	args.items[args.count] = NULL;
	args.size += strlen(text) + 1;
}

/* Inside quotes: up to the closing one. */
static void quoted_read(struct strbuf *text, int quote)
{
	int c;

	while ((c = getchar()) != quote) {
		if (c == EOF || c == '\n')
			die(1, "unmatched %s quote", quote == '"' ? "double" : "single");
		strbuf_putc(text, c);
	}
}

/* The next item of the input; NULL at its end. */
static char *item_read(void)
{
	struct strbuf text = { 0 };
	bool any = false;
	int c;

	newline_seen = false;
	while ((c = getchar()) != EOF) {
		if (delimiter >= 0) {
			if (c == delimiter)
				return strbuf_take(&text);
			strbuf_putc(&text, c);
			any = true;
		} else if (c == '\n' || (!place && (c == ' ' || c == '\t'))) {
			if (any) {
				newline_seen = c == '\n';
				return strbuf_take(&text);
			}
		} else if (place && !any && (c == ' ' || c == '\t')) {
			continue;
		} else {
			any = true;
			if (c == '"' || c == '\'')
				quoted_read(&text, c);
			else if (c != '\\')
				strbuf_putc(&text, c);
			else if ((c = getchar()) != EOF)
				strbuf_putc(&text, c);
		}
	}
	if (any)
		return strbuf_take(&text);
	strbuf_free(&text);
	return NULL;
}

static void run(char **argv)
{
	int status;
	pid_t pid;

	if (trace) {
		for (char **arg = argv; *arg; arg++)
			fprintf(stderr, "%s%s", *arg, arg[1] ? " " : "\n");
	}
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		die_errno(1, "fork");
	if (!pid) {
		execvp(argv[0], argv);
		status = errno == ENOENT ? 127 : 126;
		warn_errno(argv[0]);
		_exit(status);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status))
		die(125, "%s: killed by signal %d", argv[0], WTERMSIG(status));
	if (WEXITSTATUS(status) == 255)
		die(124, "%s: exited with status 255", argv[0]);
	if (WEXITSTATUS(status) >= 126)
		exit(WEXITSTATUS(status));
	if (WEXITSTATUS(status))
		program_status = 123;
}

/* -I: the program once for each line, which stands where `place` is in its arguments. */
static void run_replaced(char **argv, const char *item)
{
	struct strbuf text = { 0 };
	size_t n = strlen(place);
	char **copy;
	int count = 0;

	while (argv[count])
		count++;
	copy = memory_get((size_t)(count + 1) * sizeof(*copy));
	for (int i = 0; i < count; i++) {
		const char *p = argv[i], *found;

		while ((found = strstr(p, place))) {
			strbuf_add(&text, p, (size_t)(found - p));
			strbuf_puts(&text, item);
			p = found + n;
		}
		strbuf_puts(&text, p);
		copy[i] = strbuf_take(&text);
	}
	copy[count] = NULL;
	run(copy);
	while (count--)
		free(copy[count]);
	free(copy);
}

static void run_collected(size_t fixed)
{
	run(args.items);
	while (args.count > fixed) {
		char *item = args.items[--args.count];

		args.size -= strlen(item) + 1;
		free(item);
	}
	args.items[args.count] = NULL;
}

int main(int argc, char **argv)
{
	static char *echo[] = { (char *)"echo", NULL };
	size_t fixed, lines = 0;
	bool ran = false;
	char *item;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "+0d:I:L:n:P:rs:tx")) != -1) {
		switch (c) {
		case '0':
			delimiter = 0;
			break;
		case 'd':
			delimiter = !strcmp(optarg, "\\n")   ? '\n'
				    : !strcmp(optarg, "\\0") ? 0
							     : (unsigned char)*optarg;
			break;
		case 'I':
			place = optarg;
			break;
		case 'L':
			max_lines = (size_t)number_or_die(optarg);
			break;
		case 'n':
			max_count = (size_t)number_or_die(optarg);
			break;
		case 'r':
			no_empty = true;
			break;
		case 's':
			max_size = (size_t)number_or_die(optarg);
			break;
		case 't':
			trace = true;
			break;
		case 'P':
		case 'x':
			break;
		default:
			die_usage(1);
		}
	}
	argv = argv[optind] ? argv + optind : echo;
	if (place) {
		while ((item = item_read())) {
			run_replaced(argv, item);
			free(item);
		}
		return program_status;
	}
	for (; *argv; argv++)
		arg_add(*argv);
	fixed = args.count;
	while ((item = item_read())) {
		if (args.count > fixed && args.size + strlen(item) + 1 > max_size) {
			run_collected(fixed);
			ran = true;
		}
		arg_add(item);
		lines += newline_seen;
		if (args.count - fixed >= max_count || (max_lines && lines >= max_lines)) {
			run_collected(fixed);
			ran = true;
			lines = 0;
		}
	}
	if (args.count > fixed || (!ran && !no_empty))
		run_collected(fixed);
	return program_status;
}
