/* kill: send a signal to processes */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../lib/program.h"
#include "../lib/signame.h"

USAGE("[-s SIGNAL | -SIGNAL] PID... | -l [SIGNAL]...");

int main(int argc, char **argv)
{
	int number = SIGTERM;
	char **arg = argv + 1;

	program_start(argv);
	if (*arg && (!strcmp(*arg, "-l") || !strcmp(*arg, "-L"))) {
		struct strbuf text = { 0 };

		signal_names_print(&text, arg + 1);
		fputs(strbuf_text(&text), stdout);
		return program_finish(0);
	}
	if (*arg && !strcmp(*arg, "-s") && arg[1]) {
		number = signal_number(arg[1]);
		arg += 2;
	} else if (*arg && (*arg)[0] == '-' && (*arg)[1] && strcmp(*arg, "--")) {
		number = signal_number(*arg + 1);
		arg++;
	}
	if (number < 0)
		die(1, "%s: no such signal (kill -l lists them)", arg[-1]);
	if (*arg && !strcmp(*arg, "--"))
		arg++;
	if (!*arg)
		die_usage(1);
	for (; *arg; arg++) {
		char *end;
		long pid = strtol(*arg, &end, 10);

		if (!**arg || *end)
			warn_text("%s: not a process", *arg);
		else if (kill((pid_t)pid, number))
			warn_errno(*arg);
	}
	return program_status;
}
