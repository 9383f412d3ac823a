/* hostname: print or set the name of the machine */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-s] [NAME]");

int main(int argc, char **argv)
{
	char name[256];
	int c, short_form = 0;

	program_start(argv);
	while ((c = getopt(argc, argv, "s")) != -1) {
		if (c != 's')
			die_usage(1);
		short_form = 1;
	}
	if (argv[optind]) {
		if (sethostname(argv[optind], strlen(argv[optind])))
			die_errno(1, argv[optind]);
		return 0;
	}
	if (gethostname(name, sizeof(name)))
		die_errno(1, "name");
	if (short_form)
		name[strcspn(name, ".")] = '\0';
	puts(name);
	return program_finish(0);
}
