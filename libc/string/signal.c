/* Texts of signals. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

const char *const sys_siglist[] = {
	NULL,
	"Hangup",
	"Interrupt",
	"Quit",
	"Illegal instruction",
	"Trace/breakpoint trap",
	"Aborted",
	"Bus error",
	"Floating point exception",
	"Killed",
	"User defined signal 1",
	"Segmentation fault",
	"User defined signal 2",
	"Broken pipe",
	"Alarm clock",
	"Terminated",
	"Stack fault",
	"Child exited",
	"Continued",
	"Stopped (signal)",
	"Stopped",
	"Stopped (tty input)",
	"Stopped (tty output)",
	"Urgent I/O condition",
	"CPU time limit exceeded",
	"File size limit exceeded",
	"Virtual timer expired",
	"Profiling timer expired",
	"Window changed",
	"I/O possible",
	"Power failure",
	"Bad system call",
};

char *strsignal(int signal)
{
	static char other[sizeof("Unknown signal -2147483648")];

	if (signal > 0 && signal < (int)(sizeof(sys_siglist) / sizeof(sys_siglist[0])))
		return (char *)sys_siglist[signal];
	if (signal >= SIGRTMIN && signal <= SIGRTMAX)
		sprintf(other, "Real-time signal %d", signal - SIGRTMIN);
	else
		sprintf(other, "Unknown signal %d", signal);
	return other;
}

void psignal(int signal, const char *prefix)
{
	fprintf(stderr, "%s%s%s\n", prefix ? prefix : "", prefix && *prefix ? ": " : "",
		strsignal(signal));
}
