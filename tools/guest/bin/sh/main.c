/* sh: run commands, typed or from a script */
/*
 * main: how the shell starts, the loop that reads and runs commands, and how it ends.
 *
 * Nothing is looked for at start but what was asked for: no PATH is scanned, no file read except
 * the script, and $ENV and (for a login shell) /etc/profile. usage: sh [-OPTIONS] [-c COMMAND |
 * SCRIPT] [ARGUMENT]...
 */
#define _STDIO_NO_FLOAT_LINK /* no text of ours has a floating-point number */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../../lib/program.h"
#include "sh.h"

USAGE("[-aCefimnuvxs] [-o OPTION] [-c COMMAND | SCRIPT] [ARGUMENT]...");

struct shell sh;

void write_all(int fd, const char *bytes, size_t size)
{
	while (size) {
		ssize_t n = write(fd, bytes, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		bytes += n;
		size -= (size_t)n;
	}
}

bool out_flush(void)
{
	const char *at = sh.out.data;
	size_t left = sh.out.length;

	while (left) {
		ssize_t n = write(1, at, left);

		if (n < 0 && errno == EINTR && !trap_pending())
			continue;
		if (n < 0) {
			sh_warn("write error: %s", strerror(errno));
			break;
		}
		at += n;
		left -= (size_t)n;
	}
	strbuf_reset(&sh.out);
	return !left;
}

static void message(const char *prefix, const char *format, va_list args, const char *end)
{
	char text[512];
	int n = snprintf(text, sizeof(text), "%s", prefix);
	int more = vsnprintf(text + n, sizeof(text) - (size_t)n, format, args);

	n = more < 0 ? n : n + more;
	if (n > (int)sizeof(text) - 2)
		n = (int)sizeof(text) - 2;
	n += snprintf(text + n, sizeof(text) - (size_t)n, "%s", end);
	write_all(2, text, (size_t)n);
}

void sh_notice(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message("", format, args, "");
	va_end(args);
}

static void warn(const char *format, va_list args)
{
	char prefix[128];

	if (sh.line_known && sh.line)
		snprintf(prefix, sizeof(prefix), "%.100s: line %d: ", sh.name, sh.line);
	else
		snprintf(prefix, sizeof(prefix), "%.100s: ", sh.name);
	message(prefix, format, args, "\n");
}

void sh_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	warn(format, args);
	va_end(args);
}

int sh_error(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	warn(format, args);
	va_end(args);
	return sh_leave(status);
}

int sh_leave(int status)
{
	sh.status = status;
	sh.unwind = sh.interactive ? UNWIND_ABORT : UNWIND_EXIT;
	return status;
}

/* ---- running ---- */

/* Back at the prompt after an error or ^C. */
static void recover(struct parser *p)
{
	sh.unwind = UNWIND_NONE;
	sh.tested = sh.loops = sh.functions = 0;
	p->source->at = p->source->end;
	interrupted();
}

static bool leave_at_end(struct parser *p)
{
	if (!p->at_end || !sh.options[OPTION_IGNOREEOF])
		return p->at_end;
	sh_notice("Use \"exit\" to leave the shell.\n");
	p->at_end = false;
	return false;
}

int run_source(struct source *source, bool interactive)
{
	struct parser p;

	parser_start(&p, source, NULL);
	p.keep_text = sh.interactive;
	while (!sh.unwind) {
		struct node *node;

		if (interactive)
			jobs_notify();
		p.arena = arena_new();
		node = parse_command(&p);
		if (node)
			exec_node(node, 0);
		arena_drop(p.arena);
		if (p.failed) {
			sh.status = source->interrupted ? 130 : 2;
			if (!interactive) {
				sh.unwind = sh.interactive ? UNWIND_ABORT : UNWIND_EXIT;
				break;
			}
		}
		if (interactive && (sh.unwind == UNWIND_ABORT || p.failed))
			recover(&p);
		source->interrupted = false;
		if (leave_at_end(&p))
			break;
	}
	parser_finish(&p);
	return sh.status;
}

int run_text(const char *text, size_t size)
{
	struct source source;

	source_string(&source, text, size);
	run_source(&source, false);
	return sh.status;
}

int run_file(const char *path, int fd)
{
	struct source source;

	(void)path;
	source_file(&source, fd);
	run_source(&source, false);
	strbuf_free(&source.buffer);
	close(fd);
	return sh.status;
}

void sh_exit(void)
{
	trap_run_exit();
	out_flush();
	_exit(sh.status);
}

/* ---- starting ---- */

static void start_file(const char *path)
{
	int fd = fd_move_up(open(path, O_RDONLY));

	if (fd < 0)
		return;
	run_file(path, fd);
	if (sh.unwind != UNWIND_EXIT)
		sh.unwind = UNWIND_NONE;
}

static int script_open(const char *path)
{
	int fd = fd_move_up(open(path, O_RDONLY));

	if (fd < 0) {
		sh_warn("%s: %s", path, strerror(errno));
		exit(errno == ENOENT ? 127 : 126);
	}
	return fd;
}

/* A -c string that is one command can replace the shell. */
static void run_command_string(const char *text)
{
	struct source source;
	struct parser p;
	struct node *node;

	source_string(&source, text, strlen(text));
	parser_start(&p, &source, arena_new());
	while (!sh.unwind && !p.at_end) {
		node = parse_command(&p);
		if (p.failed) {
			sh.status = 2;
			return;
		}
		if (node)
			exec_node(node, source.at == source.end ? EXEC_LAST : 0);
		p.at_end |= source.at == source.end;
	}
}

static void run_interactive(bool login)
{
	struct source source;
	const char *env;

	job_set_monitor(true);
	history_load();
	if (login)
		start_file("/etc/profile");
	env = var_get("ENV");
	if (env && *env)
		start_file(env);
	source_string(&source, "", 0);
	source.fd = 0;
	source.refill = terminal_refill;
	run_source(&source, true);
}

static void run_input(bool login)
{
	struct source source;

	if (sh.interactive) {
		run_interactive(login);
		return;
	}
	source_file(&source, 0);
	sh.line_known = true;
	run_source(&source, false);
}

int main(int argc, char **argv)
{
	extern char **environ;
	const char *command = NULL;
	bool end, script = false, login = argv[0] && argv[0][0] == '-';
	int used, fd;

	program_start(argv);
	program_name = "sh";
	sh.name = "sh";
	used = options_parse(argv + (argc > 0), true, &command, &end);
	if (used < 0)
		die_usage(2);
	argv += used + 1;
	if (command) {
		command = *argv;
		if (!command)
			die(2, "-c needs a command");
		argv++;
	}
	sh.interactive = sh.options[OPTION_INTERACTIVE] ||
			 (!command && (!*argv || sh.options[OPTION_STDIN]) && isatty(0) &&
			  isatty(2));
	sh.options[OPTION_INTERACTIVE] = sh.interactive;
	sh.pid = getpid();
	vars_init(environ);
	trap_init();
	if (*argv && !sh.options[OPTION_STDIN]) {
		script = !command;
		sh.name = *argv++;
	}
	for (sh.args = argv; argv[sh.arg_count];)
		sh.arg_count++;
	if (command) {
		run_command_string(command);
	} else if (script) {
		fd = script_open(sh.name);
		sh.line_known = true;
		run_file(sh.name, fd);
	} else {
		run_input(login);
	}
	sh_exit();
}
