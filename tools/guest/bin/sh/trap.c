/*
 * trap: what the shell does on signals.
 *
 * A handler only notes the signal; commands of traps run between commands (trap_run_pending). An
 * interactive shell catches SIGINT itself. A signal that was ignored when the shell began stays
 * ignored (POSIX.1-2017, XCU 2.11).
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../../lib/signame.h"
#include "sh.h"

#define SIGNALS 65

static char *commands[SIGNALS]; /* "" ignores */
static volatile sig_atomic_t noted[SIGNALS];
static volatile sig_atomic_t any_noted, interrupt_noted;
static bool ignored_at_start[SIGNALS];
static bool running_exit;

static void note(int number)
{
	if (number == SIGINT)
		interrupt_noted = 1;
	if (commands[number]) {
		noted[number] = 1;
		any_noted = 1;
	}
}

static void handle(int number, void (*handler)(int))
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	sigaction(number, &action, NULL);
}

/* What a signal does when no trap is set. */
static void handle_default(int number)
{
	if (ignored_at_start[number])
		return;
	if (sh.interactive && number == SIGINT)
		handle(number, note);
	else if (sh.interactive && (number == SIGQUIT || number == SIGTERM))
		handle(number, SIG_IGN);
	else
		handle(number, SIG_DFL);
}

void trap_init(void)
{
	struct sigaction old;

	if (sh.interactive) {
		handle(SIGINT, note);
		handle(SIGQUIT, SIG_IGN);
		handle(SIGTERM, SIG_IGN);
		return;
	}
	for (int number = 1; number < 32; number++)
		if (!sigaction(number, NULL, &old) && old.sa_handler == SIG_IGN)
			ignored_at_start[number] = true;
}

void trap_subshell(void)
{
	static const int own[] = { SIGINT, SIGQUIT, SIGTERM };

	for (int number = 0; number < SIGNALS; number++) {
		if (!commands[number] || !*commands[number])
			continue;
		free(commands[number]);
		commands[number] = NULL;
		if (number)
			handle(number, SIG_DFL);
	}
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (!commands[own[i]])
			handle_default(own[i]);
	running_exit = false;
	any_noted = interrupt_noted = 0;
}

void signals_default(void)
{
	for (int number = 1; number < SIGNALS; number++)
		if (commands[number] && *commands[number])
			handle(number, SIG_DFL);
	if (sh.interactive) {
		handle(SIGINT, SIG_DFL);
		handle(SIGQUIT, SIG_DFL);
		handle(SIGTERM, SIG_DFL);
		handle(SIGTSTP, SIG_DFL);
		handle(SIGTTIN, SIG_DFL);
		handle(SIGTTOU, SIG_DFL);
	}
}

bool interrupted(void)
{
	bool was = interrupt_noted;

	interrupt_noted = 0;
	return was;
}

bool trap_pending(void)
{
	return any_noted || (interrupt_noted && sh.interactive);
}

int trap_pending_signal(void)
{
	for (int number = 1; number < SIGNALS; number++)
		if (noted[number])
			return number;
	return SIGINT;
}

static void command_run(const char *text)
{
	char *copy = memory_copy(text);
	int status = sh.status;

	run_text(copy, strlen(copy));
	if (sh.unwind != UNWIND_EXIT)
		sh.status = status;
	free(copy);
}

bool trap_interrupt_take(void)
{
	bool was = interrupt_noted && sh.interactive && !commands[SIGINT];

	if (was)
		interrupt_noted = 0;
	return was;
}

void trap_run_pending(void)
{
	if (interrupt_noted && sh.interactive && !commands[SIGINT]) {
		interrupt_noted = 0;
		write_all(2, "\n", 1);
		sh.unwind = UNWIND_ABORT;
		sh.status = 128 + SIGINT;
	}
	if (!any_noted)
		return;
	any_noted = 0;
	for (int number = 1; number < SIGNALS; number++) {
		if (!noted[number])
			continue;
		noted[number] = 0;
		if (number == SIGINT)
			interrupt_noted = 0;
		if (commands[number] && *commands[number])
			command_run(commands[number]);
	}
}

void trap_run_exit(void)
{
	char *command = commands[0];

	if (!command || running_exit)
		return;
	running_exit = true;
	commands[0] = NULL;
	sh.unwind = UNWIND_NONE;
	command_run(command);
	free(command);
}

static void trap_set(int number, const char *command)
{
	free(commands[number]);
	commands[number] = command ? memory_copy(command) : NULL;
	if (!number || (ignored_at_start[number] && !sh.interactive))
		return;
	if (!command)
		handle_default(number);
	else
		handle(number, *command ? note : SIG_IGN);
}

static void traps_print(void)
{
	for (int number = 0; number < SIGNALS; number++) {
		const char *name = signal_name(number);

		if (!commands[number])
			continue;
		strbuf_puts(&sh.out, "trap -- ");
		quoted_print(commands[number]);
		if (name)
			strbuf_printf(&sh.out, " %s\n", name);
		else
			strbuf_printf(&sh.out, " %d\n", number);
	}
}

int builtin_trap(int argc, char **argv)
{
	const char *command = NULL;
	int i = 1, status = 0;

	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	if (i >= argc || (i == argc - 1 && !strcmp(argv[i], "-p"))) {
		traps_print();
		return 0;
	}
	/* `trap 2 3` resets, as does `trap - INT`. */
	if (argv[i][0] < '0' || argv[i][0] > '9' || argv[i][strspn(argv[i], "0123456789")]) {
		command = strcmp(argv[i], "-") ? argv[i] : NULL;
		i++;
	}
	for (; i < argc; i++) {
		int number = signal_number(argv[i]);

		if (number < 0 || number >= SIGNALS) {
			sh_warn("trap: %s: no such signal", argv[i]);
			status = 1;
		} else {
			trap_set(number, command);
		}
	}
	return status;
}
