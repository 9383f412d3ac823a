/*
 * builtins: the table, sorted by name, and the commands that are about the shell's own control
 * flow.
 *
 * A builtin prints into sh.out, which is sent when it returns. Others are in the files named in
 * sh.h, variables in builtins_vars.c, those that are also programs in builtins_programs.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "builtins.h"

const struct builtin builtins[] = {
	{ ".", builtin_source, true, "run the commands of a file in this shell" },
	{ ":", builtin_true, true, "do nothing" },
	{ "[", builtin_test, false, "test a condition (with a closing ])" },
	{ "alias", builtin_alias, false, "give a name to command text, or show the names" },
	{ "bg", builtin_bg, false, "let a stopped job go on in the background" },
	{ "break", builtin_break, true, "leave a loop" },
	{ "cd", builtin_cd, false, "change the current folder" },
	{ "command", builtin_command, false,
	  "run a command that is no function; -v: say what a name is" },
	{ "continue", builtin_continue, true, "go on with the next turn of a loop" },
	{ "echo", builtin_echo, false, "print the arguments" },
	{ "eval", builtin_eval, true, "run the arguments as a command line" },
	{ "exec", builtin_exec, true, "replace the shell by a program, or redirect it for good" },
	{ "exit", builtin_exit, true, "leave the shell" },
	{ "export", builtin_export, true, "give variables to the programs that are started" },
	{ "false", builtin_false, false, "fail" },
	{ "fg", builtin_fg, false, "bring a job to the foreground" },
	{ "getopts", builtin_getopts, false, "take the next option of a script's arguments" },
	{ "hash", builtin_hash, false, "show or forget (-r) where programs were found" },
	{ "help", builtin_help, false, "list the commands, or say what one does" },
	{ "history", builtin_history, false, "list the lines that were typed" },
	{ "jobs", builtin_jobs, false, "list the jobs" },
	{ "kill", builtin_kill, false, "send a signal to a process or job" },
	{ "local", builtin_local, false, "make variables local to the function" },
	{ "printf", builtin_printf, false, "print the arguments under a format" },
	{ "pwd", builtin_pwd, false, "print the current folder" },
	{ "read", builtin_read, false, "read a line into variables" },
	{ "readonly", builtin_readonly, true, "make variables unchangeable" },
	{ "return", builtin_return, true, "leave a function or sourced file" },
	{ "set", builtin_set, true,
	  "set options and positional parameters, or list the variables" },
	{ "shift", builtin_shift, true, "drop the first positional parameters" },
	{ "source", builtin_source, false, "run the commands of a file in this shell" },
	{ "test", builtin_test, false, "test a condition" },
	{ "times", builtin_times, true, "print the processor time used so far" },
	{ "trap", builtin_trap, true, "run a command on a signal or at exit" },
	{ "true", builtin_true, false, "succeed" },
	{ "type", builtin_type, false, "say what names mean as commands" },
	{ "ulimit", builtin_ulimit, false, "show or set the limits of processes" },
	{ "umask", builtin_umask, false, "show or set which permissions new files do not get" },
	{ "unalias", builtin_unalias, false, "remove aliases; -a: all" },
	{ "unset", builtin_unset, true, "remove variables or functions (-f)" },
	{ "wait", builtin_wait, false, "wait for background jobs" },
	{ NULL, NULL, false, NULL },
};

const struct builtin *builtin_find(const char *name)
{
	int low = 0, high = (int)(sizeof(builtins) / sizeof(builtins[0])) - 2;

	while (low <= high) {
		int middle = (low + high) / 2, order = strcmp(name, builtins[middle].name);

		if (!order)
			return &builtins[middle];
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return NULL;
}

int builtin_true(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

int builtin_false(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return 1;
}

/* A number argument; -1 with a message if it is none. */
static int number_argument(const char *command, const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*text && !*end && n >= 0 && n < 1 << 30)
		return (int)n;
	sh_error(2, "%s: %s: bad number", command, text);
	return -1;
}

static int leave_loop(int argc, char **argv, enum unwind unwind)
{
	int levels = argc > 1 ? number_argument(argv[0], argv[1]) : 1;

	if (levels < 0)
		return 2;
	if (!levels)
		return sh_error(2, "%s: 0: bad number", argv[0]);
	if (!sh.loops)
		return 0;
	sh.unwind = unwind;
	sh.unwind_levels = levels < sh.loops ? levels : sh.loops;
	return 0;
}

int builtin_break(int argc, char **argv)
{
	return leave_loop(argc, argv, UNWIND_BREAK);
}

int builtin_continue(int argc, char **argv)
{
	return leave_loop(argc, argv, UNWIND_CONTINUE);
}

int builtin_return(int argc, char **argv)
{
	int status = argc > 1 ? number_argument("return", argv[1]) : sh.status;

	if (status < 0)
		return 2;
	sh.unwind = sh.functions ? UNWIND_RETURN : UNWIND_EXIT;
	sh.status = status & 0xff;
	return sh.status;
}

int builtin_exit(int argc, char **argv)
{
	static bool warned;
	int status = argc > 1 ? number_argument("exit", argv[1]) : sh.status;

	if (status < 0)
		return 2;
	if (sh.interactive && jobs_stopped() && !warned) {
		sh_warn("there are stopped jobs; exit again to leave them");
		warned = true;
		return 1;
	}
	sh.unwind = UNWIND_EXIT;
	return status & 0xff;
}

int builtin_eval(int argc, char **argv)
{
	struct strbuf text = { 0 };
	int status;

	for (int i = 1; i < argc; i++) {
		if (i > 1)
			strbuf_putc(&text, ' ');
		strbuf_puts(&text, argv[i]);
	}
	status = text.length ? run_text(strbuf_text(&text), text.length) : 0;
	strbuf_free(&text);
	return status;
}

/* Where `.` finds its file: as named, or in PATH without having to be executable. */
static const char *source_path(const char *name)
{
	const char *path = var_get_or("PATH", "");
	struct strbuf text = { 0 };
	const char *found = name;

	if (strchr(name, '/'))
		return name;
	for (;;) {
		size_t n = strcspn(path, ":");

		strbuf_reset(&text);
		strbuf_add(&text, path, n);
		strbuf_printf(&text, "%s%s", n ? "/" : "", name);
		if (!access(strbuf_text(&text), R_OK)) {
			found = arena_copy(&sh.scratch, text.data, text.length);
			break;
		}
		path += n;
		if (!*path++)
			break;
	}
	strbuf_free(&text);
	return found;
}

int builtin_source(int argc, char **argv)
{
	char **args = sh.args, **owned = sh.args_owned;
	int count = sh.arg_count, status, fd;

	if (argc < 2)
		return sh_error(2, "%s: a file name is missing", argv[0]);
	fd = fd_move_up(open(source_path(argv[1]), O_RDONLY));
	if (fd < 0)
		return sh_error(2, "%s: %s: %s", argv[0], argv[1], strerror(errno));
	if (argc > 2) {
		sh.args = argv + 2;
		sh.arg_count = argc - 2;
		sh.args_owned = NULL;
	}
	sh.functions++;
	status = run_file(argv[1], fd);
	sh.functions--;
	if (sh.unwind == UNWIND_RETURN) {
		sh.unwind = UNWIND_NONE;
		status = sh.status;
	}
	if (argc > 2)
		args_set(args, count, owned);
	return status;
}

int builtin_exec(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "--")) {
		argv++;
		argc--;
	}
	if (argc < 2)
		return 0;
	if (strchr(argv[1], '/') ? access(argv[1], F_OK) : !path_find(argv[1])) {
		sh_warn("exec: %s: not found", argv[1]);
		sh.unwind = sh.interactive ? UNWIND_ABORT : UNWIND_EXIT;
		return 127;
	}
	job_set_monitor(false);
	path_exec(argv + 1);
}

int builtin_command(int argc, char **argv)
{
	const char *path = NULL;
	int i = 1;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		if (!strcmp(argv[i], "--")) {
			i++;
			break;
		}
		if (!strcmp(argv[i], "-v") || !strcmp(argv[i], "-V"))
			return names_explain(argv + i + 1, argv[i][1] == 'V');
		if (!strcmp(argv[i], "-p")) {
			path = "/bin:/sbin:/usr/bin:/usr/sbin";
		} else {
			sh_warn("command: %s: no such option", argv[i]);
			return 2;
		}
	}
	if (i >= argc)
		return 0;
	if (path && !builtin_find(argv[i]) && !strchr(argv[i], '/')) {
		const char *found = path_find_in(argv[i], path);

		if (found)
			argv[i] = (char *)found;
	}
	return exec_argv(argv + i, 0);
}
