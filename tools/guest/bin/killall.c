/* killall: send a signal to all processes of a name */
/* pkill: send a signal to all processes whose name matches a pattern */
/* pidof: print the process numbers of programs */
/* pgrep: print the process numbers of programs whose name matches a pattern */
#include <regex.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/process.h"
#include "../lib/program.h"
#include "../lib/signame.h"

USAGE("[-SIGNAL | -s SIGNAL] [-fqx] NAME...   (pidof and pgrep: without a signal; -s: only one; "
      "-l: with the name)");

static bool by_pattern, sending, quiet, full, exact, only_one, with_name;
static int number = SIGTERM;
static const char *name;
static regex_t regex;
static unsigned long found;

static bool matches(const struct process *p)
{
	const char *base = strrchr(p->command, '/');
	const char *text = full ? p->command : p->name;
	regmatch_t match;
	size_t n;

	if (by_pattern)
		return !regexec(&regex, text, 1, &match, 0) &&
		       (!exact || (match.rm_so == 0 && (size_t)match.rm_eo == strlen(text)));
	/* The kernel cuts names at 15 characters: compare with the program's path as well. */
	n = strcspn(base ? base + 1 : p->command, " ");
	return !strcmp(p->name, name) ||
	       (strlen(name) == n && !strncmp(base ? base + 1 : p->command, name, n));
}

static bool visit(const struct process *p, void *data)
{
	if (p->pid == getpid() || !matches(p) || (only_one && found))
		return true;
	found++;
	if (!sending && with_name)
		printf("%ld %s\n", (long)p->pid, p->name);
	else if (!sending)
		printf(by_pattern ? "%ld\n" : found > 1 ? " %ld" : "%ld", (long)p->pid);
	else if (kill(p->pid, number))
		warn_errno(p->name);
	return true;
}

static char **options_read(char **arg)
{
	for (; *arg && (*arg)[0] == '-' && (*arg)[1]; arg++) {
		if (!strcmp(*arg, "--"))
			return arg + 1;
		if (sending && !strcmp(*arg, "-s") && arg[1])
			number = signal_number(*++arg);
		else if (!strcmp(*arg, "-q"))
			quiet = true;
		else if (!strcmp(*arg, "-f"))
			full = true;
		else if (!strcmp(*arg, "-x"))
			exact = true;
		else if (!strcmp(*arg, "-l") && !sending)
			with_name = true;
		else if (!strcmp(*arg, "-s"))
			only_one = true;
		else if (sending)
			number = signal_number(*arg + 1);
		else
			die_usage(2);
		if (number < 0)
			die(2, "%s: no such signal", *arg);
	}
	return arg;
}

int main(int argc, char **argv)
{
	int status = 1;
	char **arg;

	program_start(argv);
	by_pattern = program_name[1] == 'g' || !strcmp(program_name, "pkill");
	sending = !strcmp(program_name, "pkill") || !strcmp(program_name, "killall");
	arg = options_read(argv + 1);
	if (!*arg)
		die_usage(2);
	for (; *arg; arg++) {
		unsigned long before = found;

		name = *arg;
		if (by_pattern && regcomp(&regex, name, REG_EXTENDED))
			die(2, "%s: not a regular expression", name);
		if (!process_each(visit, NULL))
			return 2;
		if (found > before)
			status = 0;
		else if (sending && !by_pattern && !quiet)
			warn_text("%s: no process found", name);
	}
	if (!sending && !by_pattern && found)
		putchar('\n');
	return program_finish(program_status ? program_status : status);
}
