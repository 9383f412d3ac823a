/* sync: write what is still in memory to the disks */
#include <fcntl.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[FILE]...");

int main(int argc, char **argv)
{
	program_start(argv);
	if (argc < 2)
		sync();
	for (argv++; *argv; argv++) {
		int fd = open(*argv, O_RDONLY);

		if (fd < 0 || fsync(fd))
			warn_errno(*argv);
		if (fd >= 0)
			close(fd);
	}
	return program_status;
}
