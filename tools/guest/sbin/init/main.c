/* init: process 1: boot, shells on the console, shutdown */
/*
 * init, process 1. In this order: the pseudo filesystems, the host name, kmodd and modules-load.d, /etc/rc, then either the command
 * of the test harness (rakit.exec on the kernel's command line) or a shell on the console, again and again.
 * "single" on the command line skips modules and /etc/rc. init itself starts as few programs as it can: the time from
 * power-on to the prompt is spent on what the user asked for.
 *
 * It survives: signals but the four of shutdown.c are blocked or ignored, every orphan is buried, a shell
 * that cannot start is replaced by a prompt of its own, and no failure of anything is fatal.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "guest/sbin/init/init.h"

void say(const char *format, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	dprintf(2, "init: %s\n", text);
}

char *file_read(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t used = 0, room = 0;
	char *text = NULL;

	if (fd < 0)
		return NULL;
	for (;;) {
		if (used + 1 >= room) {
			char *grown = realloc(text, room = room * 2 + 2048);

			if (!grown)
				break;
			text = grown;
		}
		ssize_t n = read(fd, text + used, room - used - 1);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			close(fd);
			text[used] = 0;
			if (size)
				*size = used;
			return text;
		}
		used += n;
	}
	free(text);
	close(fd);
	return NULL;
}

const char *boot_option(const char *name, char *text, size_t size)
{
	static char *line;
	size_t n = strlen(name);
	const char *found = NULL;

	if (!line)
		line = file_read("/proc/cmdline", NULL);
	for (const char *p = line; p && *p;) {
		p += strspn(p, " \n");
		size_t word = strcspn(p, " \n");

		/* the last one counts, as for the kernel */
		if (word >= n && strncmp(p, name, n) == 0 && (word == n || p[n] == '=')) {
			size_t value = word == n ? 0 : word - n - 1;

			if (value >= size)
				value = size - 1;
			memcpy(text, p + word - value, value);
			text[value] = 0;
			found = text;
		}
		p += word;
	}
	return found;
}

pid_t spawn(const char *path, char *const argv[], int in, int out, int terminal)
{
	pid_t pid = vfork();

	if (pid)
		return pid;
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
	if (terminal)
		ioctl(in, TIOCSCTTY, 1);
	dup2(in, 0);
	dup2(out, 1);
	dup2(out, 2);
	execve(path, argv, environ);
	_exit(errno == ENOENT ? 127 : 126);
}

int wait_for(pid_t pid)
{
	for (;;) {
		int status;
		pid_t got = wait(&status);

		if (got == pid)
			return status;
		if (got < 0 && errno == ECHILD)
			return -1;
		shutdown_check();
	}
}

int main(void)
{
	char text[64];

	if (getpid() != 1) {
		say("is process 1 only; poweroff, reboot and halt stop the machine");
		return 1;
	}
	shutdown_signals();
	umask(022);
	setenv("PATH", "/bin:/sbin", 1);
	setenv("HOME", "/root", 1);
	setenv("USER", "root", 1);
	setenv("SHELL", "/bin/sh", 1);
	setenv("TERM", "linux", 0);
	if (chdir("/"))
		say("/: %s", strerror(errno));
	boot_mounts();
	boot_hostname();
	if (!boot_option("single", text, sizeof(text))) {
		boot_modules();
		boot_script();
	}
	if (boot_option("rakit.exec", text, sizeof(text)) && strcmp(text, "0"))
		harness_run();
	console_run();
}
