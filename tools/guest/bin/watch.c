/* watch: run a command again and again and show its output */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "../lib/number.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-t] [-n SECONDS] COMMAND [ARGUMENT]...");

/* The output of the command, cut to the screen. */
static void show(const char *command, long long interval, bool title)
{
	struct winsize size;
	int rows, line = 0, c;
	time_t now = time(NULL);
	char when[32];
	FILE *in;

	rows = !ioctl(1, TIOCGWINSZ, &size) && size.ws_row ? size.ws_row : 24;
	fputs("\033[H\033[2J", stdout);
	if (title) {
		strftime(when, sizeof(when), "%H:%M:%S", localtime(&now));
		printf("Every %lld.%lld s: %s   %s\n\n", interval / 1000, interval % 1000 / 100,
		       command, when);
		line = 2;
	}
	fflush(stdout);
	in = popen(command, "r");
	if (!in)
		die_errno(1, command);
	while ((c = getc(in)) != EOF) {
		line += c == '\n';
		if (line < rows - 1 || (line == rows - 1 && c != '\n'))
			putchar(c);
	}
	pclose(in);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	struct strbuf command = { 0 };
	long long interval = 2000;
	struct timespec pause;
	bool title = true;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "+n:t")) != -1) {
		switch (c) {
		case 'n':
			interval = duration_or_die(optarg);
			break;
		case 't':
			title = false;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (!*argv)
		die_usage(1);
	for (; *argv; argv++)
		strbuf_printf(&command, "%s%s", command.length ? " " : "", *argv);
	interval = interval < 100 ? 100 : interval;
	pause.tv_sec = (time_t)(interval / 1000);
	pause.tv_nsec = (long)(interval % 1000) * 1000000;
	for (;;) {
		show(strbuf_text(&command), interval, title);
		nanosleep(&pause, NULL);
	}
}
