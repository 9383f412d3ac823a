/*
 * builtins_programs: commands that exist as programs as well; what they do is in tools/guest/lib.
 */
#include <string.h>
#include "../../lib/echo.h"
#include "../../lib/program.h"
#include "../../lib/test.h"
#include "builtins.h"

/* Messages of code shared with programs begin with program_name. */
static int with_name(const char *name, int (*run)(struct strbuf *, char **), char **args)
{
	int status;

	program_name = name;
	status = run(&sh.out, args);
	program_name = "sh";
	return status;
}

int builtin_echo(int argc, char **argv)
{
	(void)argc;
	echo_print(&sh.out, argv + 1);
	return 0;
}

int builtin_printf(int argc, char **argv)
{
	(void)argc;
	return with_name("printf", printf_run, argv + 1);
}

static int test_args(struct strbuf *out, char **args)
{
	int count = 0;

	(void)out;
	while (args[count])
		count++;
	return test_evaluate(count, args);
}

int builtin_test(int argc, char **argv)
{
	if (!strcmp(argv[0], "[")) {
		if (strcmp(argv[argc - 1], "]")) {
			sh_warn("[: ] is missing");
			return 2;
		}
		argv[argc - 1] = NULL;
	}
	return with_name(argv[0], test_args, argv + 1);
}
