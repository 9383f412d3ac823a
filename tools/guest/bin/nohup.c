/* nohup: run a program that goes on when the terminal is gone */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("PROGRAM [ARGUMENT]...");

int main(int argc, char **argv)
{
	program_start(argv);
	if (argc < 2)
		die_usage(125);
	signal(SIGHUP, SIG_IGN);
	if (isatty(1)) {
		int fd = open("nohup.out", O_WRONLY | O_CREAT | O_APPEND, 0600);

		if (fd < 0)
			die_errno(125, "nohup.out");
		warn_text("output goes to nohup.out");
		dup2(fd, 1);
		if (isatty(2))
			dup2(fd, 2);
		close(fd);
	}
	execvp(argv[1], argv + 1);
	die_errno(errno == ENOENT ? 127 : 126, argv[1]);
}
