/*
 * From the kernel's stack image to main(), and back to exit(). Nothing else is set up before main:
 * streams and the heap initialise themselves at first use, so a program pays for what it calls.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv, char **envp);
void __libc_start(long *stack) __libc_noreturn;

char **environ;
char **__environ_initial; /* stays where the kernel put it: the auxiliary vector follows */
char *program_invocation_name = "";
char *program_invocation_short_name = "";

typedef void function(int, char **, char **);
extern function *__init_array_start[] __attribute__((__weak__, __visibility__("hidden")));
extern function *__init_array_end[] __attribute__((__weak__, __visibility__("hidden")));

static void name_set(char *path)
{
	program_invocation_name = program_invocation_short_name = path;
	for (; *path; path++)
		if (*path == '/' && path[1])
			program_invocation_short_name = path + 1;
}

void __libc_start(long *stack)
{
	int argc = *stack;
	char **argv = (char **)(stack + 1);

	environ = __environ_initial = argv + argc + 1;
	if (argc > 0)
		name_set(argv[0]);
	for (function **f = __init_array_start; f < __init_array_end; f++)
		(*f)(argc, argv, environ);
	exit(main(argc, argv, environ));
}
