/* mknod: make device files */
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "../lib/mode.h"
#include "../lib/number.h"
#include "../lib/program.h"

USAGE("[-m MODE] NAME b|c MAJOR MINOR | NAME p");

int main(int argc, char **argv)
{
	mode_t mode = 0666;
	dev_t device = 0;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "m:")) != -1) {
		if (c != 'm')
			die_usage(1);
		if (!mode_change(optarg, 0666, 0, &mode))
			die(1, "%s: not a mode", optarg);
		umask(0);
	}
	argv += optind;
	argc -= optind;
	if (argc == 4 && (!strcmp(argv[1], "b") || !strcmp(argv[1], "c") || !strcmp(argv[1], "u")))
		device = makedev((unsigned int)number_or_die(argv[2]),
				 (unsigned int)number_or_die(argv[3]));
	else if (argc != 2 || strcmp(argv[1], "p"))
		die_usage(1);
	mode |= *argv[1] == 'b' ? S_IFBLK : *argv[1] == 'p' ? S_IFIFO : S_IFCHR;
	if (mknod(argv[0], mode, device))
		warn_errno(argv[0]);
	return program_status;
}
