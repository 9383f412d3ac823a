/* signame: the one table of signal names. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "signame.h"

static const struct {
	const char *name;
	int number;
} signals[] = {
	{ "EXIT", 0 },	     { "HUP", SIGHUP },	      { "INT", SIGINT },   { "QUIT", SIGQUIT },
	{ "ILL", SIGILL },   { "TRAP", SIGTRAP },     { "ABRT", SIGABRT }, { "BUS", SIGBUS },
	{ "FPE", SIGFPE },   { "KILL", SIGKILL },     { "USR1", SIGUSR1 }, { "SEGV", SIGSEGV },
	{ "USR2", SIGUSR2 }, { "PIPE", SIGPIPE },     { "ALRM", SIGALRM }, { "TERM", SIGTERM },
	{ "CHLD", SIGCHLD }, { "CONT", SIGCONT },     { "STOP", SIGSTOP }, { "TSTP", SIGTSTP },
	{ "TTIN", SIGTTIN }, { "TTOU", SIGTTOU },     { "URG", SIGURG },   { "XCPU", SIGXCPU },
	{ "XFSZ", SIGXFSZ }, { "VTALRM", SIGVTALRM }, { "PROF", SIGPROF }, { "WINCH", SIGWINCH },
	{ "IO", SIGIO },     { "PWR", SIGPWR },	      { "SYS", SIGSYS },
};

#define COUNT (sizeof(signals) / sizeof(signals[0]))

int signal_number(const char *name)
{
	char *end;
	long number = strtol(name, &end, 10);

	if (*name && !*end)
		return number >= 0 && number <= 64 ? (int)number : -1;
	if (!strncasecmp(name, "SIG", 3))
		name += 3;
	for (size_t i = 0; i < COUNT; i++)
		if (!strcasecmp(signals[i].name, name))
			return signals[i].number;
	return -1;
}

const char *signal_name(int number)
{
	for (size_t i = 0; i < COUNT; i++)
		if (signals[i].number == number)
			return signals[i].name;
	return NULL;
}

void signal_names_print(struct strbuf *out, char **args)
{
	if (!*args) {
		for (size_t i = 1; i < COUNT; i++)
			strbuf_printf(out, "%2d %-8s%s", signals[i].number, signals[i].name,
				      i % 6 && i + 1 < COUNT ? "" : "\n");
		return;
	}
	for (; *args; args++) {
		int number = signal_number(*args);
		const char *name = signal_name(number > 128 ? number - 128 : number);

		if (**args >= '0' && **args <= '9' && atoi(*args) > 128)
			name = signal_name(atoi(*args) - 128);
		if (name && **args >= '0' && **args <= '9')
			strbuf_printf(out, "%s\n", name);
		else if (number >= 0)
			strbuf_printf(out, "%d\n", number);
	}
}
