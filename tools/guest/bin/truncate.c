/* truncate: make files a certain size */
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/number.h"
#include "../lib/program.h"

USAGE("[-c] -s [+|-]SIZE FILE...");

int main(int argc, char **argv)
{
	unsigned long long size = 0;
	bool create = true, given = false;
	char sign = 0;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "cs:")) != -1) {
		switch (c) {
		case 'c':
			create = false;
			break;
		case 's':
			sign = *optarg == '+' || *optarg == '-' ? *optarg++ : 0;
			size = number_or_die(optarg);
			given = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (!*argv || !given)
		die_usage(1);
	for (; *argv; argv++) {
		int fd = open(*argv, O_WRONLY | (create ? O_CREAT : 0), 0666);
		unsigned long long wanted = size;
		struct stat st;

		if (fd < 0) {
			if (create)
				warn_errno(*argv);
			continue;
		}
		if (sign && !fstat(fd, &st)) {
			unsigned long long now = (unsigned long long)st.st_size;

			wanted = sign == '+' ? now + size : now > size ? now - size : 0;
		}
		if (ftruncate(fd, (off_t)wanted))
			warn_errno(*argv);
		close(fd);
	}
	return program_status;
}
