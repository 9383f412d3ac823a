/*
 * The guest's side of `tools/rakit exec`. The command is in /run/rakit/command; its output goes to the second
 * serial port as it is; its status and the files that the host asked for (one path per line in
 * /run/rakit/get) go to the third, where nothing else writes:
 *
 *	RAKIT1 status N                  0..255; 128 + signal
 *	RAKIT1 file PATH MODE SIZE       then SIZE bytes
 *	RAKIT1 nofile PATH ERRNO
 *	RAKIT1 end
 *
 * then the machine is turned off.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include "guest/sbin/init/init.h"

/* A serial port without translation; -1 when there is none. */
static int port_open(const char *path)
{
	struct termios raw;
	int fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	if (tcgetattr(fd, &raw) == 0) {
		cfmakeraw(&raw);
		raw.c_cflag |= CLOCAL | CREAD;
		tcsetattr(fd, TCSANOW, &raw);
	}
	return fd;
}

static void write_all(int fd, const char *from, size_t size)
{
	while (size) {
		ssize_t n = write(fd, from, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		from += n;
		size -= n;
	}
}

static int run_command(int output)
{
	char *command = file_read("/run/rakit/command", NULL);
	char *argv[] = { "sh", "-c", command, NULL };
	int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (!command) {
		dprintf(output, "init: /run/rakit/command: %s\n", strerror(errno));
		return 127;
	}
	if (nothing < 0)
		nothing = 0;
	pid_t pid = spawn("/bin/sh", argv, nothing, output, 0);
	int status = pid < 0 ? -1 : wait_for(pid);

	if (status == -1) {
		dprintf(output, "init: /bin/sh: %s\n", strerror(errno));
		return 126;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/*
 * The size is said first, so the file is read whole before: one that changes meanwhile, or says a wrong
 * size, as those of /proc do, does no harm.
 */
static void send_file(int results, const char *path)
{
	struct stat facts;
	size_t size;
	char *text;

	if (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode)) {
		dprintf(results, "RAKIT1 nofile %s %d\n", path, EISDIR);
		return;
	}
	text = file_read(path, &size);
	if (!text) {
		dprintf(results, "RAKIT1 nofile %s %d\n", path, errno);
		return;
	}
	dprintf(results, "RAKIT1 file %s %o %zu\n", path, facts.st_mode & 07777, size);
	write_all(results, text, size);
	free(text);
}

static void send_files(int results)
{
	char *list = file_read("/run/rakit/get", NULL), *rest = list, *path;

	while ((path = strsep(&rest, "\n")))
		if (*path)
			send_file(results, path);
	free(list);
}

void harness_run(void)
{
	int output = port_open("/dev/ttyS1");
	int results = port_open("/dev/ttyS2");

	if (output < 0 || results < 0)
		say("/dev/ttyS1, /dev/ttyS2: %s; results go to the console", strerror(errno));
	if (output < 0)
		output = 1;
	if (results < 0)
		results = 1;
	int status = run_command(output);

	tcdrain(output);
	dprintf(results, "RAKIT1 status %d\n", status);
	send_files(results);
	dprintf(results, "RAKIT1 end\n");
	tcdrain(results);
	sync();
	reboot(RB_POWER_OFF);
	shutdown_machine(RB_POWER_OFF);
}
