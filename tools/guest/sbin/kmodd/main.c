/* kmodd: load modules when the kernel asks for them, remove idle ones */
/*
 * kmodd [-f] [-C FILE]: the daemon at /dev/kmod (kernel/module/request_daemon.c tells the language). When a process needs a
 * driver, filesystem, protocol or binary format that is not there, the kernel holds it and asks here; a modprobe of its
 * own works on each request. Modules loaded so that nobody uses any more are removed at the second look, or at
 * once when memory runs short. Returns when it serves; -f: stays in the foreground. SIGHUP: read the settings
 * again. 1: another daemon is there, or no right.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "guest/lib/kmod.h"
#include "guest/sbin/kmodd/kmodd.h"

#define LINE 2048 /* no line of the kernel is longer */

static const struct option longs[] = {
	{ "foreground", no_argument, NULL, 'f' },
	{ "config", required_argument, NULL, 'C' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

int device = -1;
static int signals[2];

void say(const char *format, ...)
{
	char text[512];
	va_list ap;
	int fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC),
	    n = snprintf(text, sizeof(text), "kmodd: ");

	va_start(ap, format);
	vsnprintf(text + n, sizeof(text) - n - 1, format, ap);
	va_end(ap);
	strcat(text, "\n");
	write(fd < 0 ? 2 : fd, text, strlen(text));
	if (fd >= 0)
		close(fd);
}

void tell(const char *format, ...)
{
	char text[64];
	va_list ap;

	va_start(ap, format);
	int n = vsnprintf(text, sizeof(text), format, ap);

	va_end(ap);
	/* ESRCH: the request is over meanwhile */
	if (write(device, text, n) < 0 && errno != ESRCH)
		say("%s: %s", text, strerror(errno));
}

static void caught(int signal)
{
	int saved = errno;
	char c = signal;

	write(signals[1], &c, 1);
	errno = saved;
}

static void catch_signals(void)
{
	static const int which[] = { SIGCHLD, SIGHUP, SIGTERM, SIGINT };
	struct sigaction action = { .sa_handler = caught };

	for (size_t i = 0; i < sizeof(which) / sizeof(which[0]); i++)
		sigaction(which[i], &action, NULL);
}

static void obey(char *line)
{
	unsigned int id;

	line[strcspn(line, "\n")] = 0;
	char *alias = strstr(line, " alias ");

	if (sscanf(line, "request %u", &id) == 1 && alias)
		work_add(id, alias + strlen(" alias "));
	else if (sscanf(line, "cancel %u", &id) == 1)
		work_cancel(id);
	else if (strcmp(line, "pressure") == 0)
		tell("look now");
	else if (strncmp(line, "idle ", 5) == 0 && !settings_keep(line + 5))
		work_remove(line + 5);
}

static void read_device(void)
{
	char line[LINE];
	ssize_t n = read(device, line, sizeof(line) - 1);

	if (n > 0) {
		line[n] = 0;
		obey(line);
	}
}

static void read_signals(const char *config)
{
	char which[32];
	ssize_t n = read(signals[0], which, sizeof(which));

	for (ssize_t i = 0; i < n; i++)
		if (which[i] == SIGTERM || which[i] == SIGINT)
			exit(0);
		else if (which[i] == SIGHUP)
			settings_read(config);
	work_bury();
}

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

_Noreturn static void serve(const char *config)
{
	struct pollfd from[] = { { device, POLLIN, 0 }, { signals[0], POLLIN, 0 } };
	long long last = now_ms();

	for (;;) {
		long long left = settings.sweep ? last + settings.sweep * 1000LL - now_ms() : -1;

		if (settings.sweep && left <= 0) {
			tell("look");
			last = now_ms();
			continue;
		}
		if (poll(from, 2, left) <= 0)
			continue;
		if (from[1].revents)
			read_signals(config);
		if (from[0].revents)
			read_device();
	}
}

/* The parent returns, the child goes on without the caller's terminal. */
static void leave(void)
{
	if (fork())
		_exit(0);
	setsid();
	int nothing = open("/dev/null", O_RDWR);

	for (int fd = 0; fd < 3 && nothing >= 0; fd++)
		dup2(nothing, fd);
	if (nothing > 2)
		close(nothing);
}

static int open_device(void)
{
	device = open("/dev/kmod", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (device >= 0)
		return 0;
	fprintf(stderr, "kmodd: /dev/kmod: %s\n",
		errno == EBUSY ? "another daemon has it open" : strerror(errno));
	return 1;
}

int main(int argc, char **argv)
{
	const char *config = "/etc/kmodd.conf";
	bool foreground = false;
	int c;

	kmod_program = "kmodd";
	while ((c = getopt_long(argc, argv, "fC:Vh", longs, NULL)) != -1)
		switch (c) {
		case 'f':
			foreground = true;
			break;
		case 'C':
			config = optarg;
			break;
		case 'V':
			kmod_version();
			return 0;
		case 'h':
			puts("Usage: kmodd [-f] [-C FILE]");
			return 0;
		default:
			return 1;
		}
	if (open_device())
		return 1;
	settings_read(config);
	if (!foreground)
		leave();
	if (chdir("/") || pipe2(signals, O_CLOEXEC | O_NONBLOCK)) {
		say("%s", strerror(errno));
		return 1;
	}
	catch_signals();
	if (settings.coldplug)
		work_coldplug();
	serve(config);
}
