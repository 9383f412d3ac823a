/*
 * Shells on the console. Each is the leader of a session whose controlling terminal the console is, so that
 * job control works. One that ends is followed by another; if several end at once, init waits before the next,
 * and if there is no shell at all, its own prompt takes over.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "guest/sbin/init/init.h"

#define QUICK 1	      /* a shell that lives no longer, in seconds, … */
#define QUICK_MOST 4  /* … so often in a row */
#define QUICK_PAUSE 5 /* is followed by a pause, in seconds */

/* /dev/console itself is no terminal to own: the one that it stands for is. */
static int terminal_open(void)
{
	char name[32], path[48];
	int fd;

	if (boot_option("console", name, sizeof(name))) {
		name[strcspn(name, ",")] = 0;
		snprintf(path, sizeof(path), "/dev/%s", strcmp(name, "tty0") ? name : "tty1");
		fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
		if (fd >= 0)
			return fd;
	}
	fd = open("/dev/console", O_RDWR | O_NOCTTY | O_CLOEXEC);
	return fd >= 0 ? fd : 0;
}

static void greet(int terminal)
{
	size_t size;
	char *text = file_read("/etc/motd", &size);

	if (text)
		write(terminal, text, size);
	free(text);
}

/* 127 or 126: it could not be started */
static int shell_run(int terminal)
{
	char *argv[] = { "-sh", NULL };

	if (chdir("/root") && chdir("/"))
		say("/: %s", strerror(errno));
	int status = wait_for(spawn("/bin/sh", argv, terminal, terminal, 1));

	if (chdir("/"))
		say("/: %s", strerror(errno));
	return status == -1 ? 126 : WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

void console_run(void)
{
	int terminal = terminal_open(), quick = 0;

	greet(terminal);
	for (;;) {
		time_t start = time(NULL);
		int status = shell_run(terminal);

		shutdown_check();
		quick = time(NULL) - start <= QUICK ? quick + 1 : 0;
		if ((status == 126 || status == 127) && quick) {
			say("/bin/sh does not start (status %d)", status);
			rescue_prompt(terminal);
		} else if (quick >= QUICK_MOST) {
			say("the shell ends at once; the next one in %d s", QUICK_PAUSE);
			sleep(QUICK_PAUSE);
			quick = 0;
		}
	}
}
