/* mkfifo: make named pipes */
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/mode.h"
#include "../lib/program.h"

USAGE("[-m MODE] NAME...");

int main(int argc, char **argv)
{
	mode_t mode = 0666;
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
	if (!*argv)
		die_usage(1);
	for (; *argv; argv++)
		if (mkfifo(*argv, mode))
			warn_errno(*argv);
	return program_status;
}
