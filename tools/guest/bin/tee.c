/* tee: copy standard input to files and to standard output */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-ai] [FILE]...");

int main(int argc, char **argv)
{
	bool append = false;
	char block[4096];
	int c, *fds;
	ssize_t n;

	program_start(argv);
	while ((c = getopt(argc, argv, "ai")) != -1) {
		switch (c) {
		case 'a':
			append = true;
			break;
		case 'i':
			signal(SIGINT, SIG_IGN);
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	argc -= optind;
	fds = memory_get((size_t)(argc + 1) * sizeof(*fds));
	for (int i = 0; i < argc; i++) {
		fds[i] = open(argv[i], O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0666);
		if (fds[i] < 0)
			warn_errno(argv[i]);
	}
	while ((n = read(0, block, sizeof(block))) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		if (fd_write(1, block, (size_t)n) < 0)
			warn_errno("standard output");
		for (int i = 0; i < argc; i++)
			if (fds[i] >= 0 && fd_write(fds[i], block, (size_t)n) < 0) {
				warn_errno(argv[i]);
				fds[i] = -1;
			}
	}
	if (n < 0)
		warn_errno("standard input");
	return program_status;
}
