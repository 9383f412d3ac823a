/* uname: print the name of the system */
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-amnoprsv]");

int main(int argc, char **argv)
{
	static const char order[] = "snrvmo";
	const char *values[6];
	struct utsname u;
	unsigned int wanted = 0;
	int c, any = 0;

	program_start(argv);
	while ((c = getopt(argc, argv, "amnoiprsv")) != -1) {
		switch (c) {
		case 'a':
			wanted = 63;
			break;
		case 'i':
		case 'p':
			wanted |= 16;
			break;
		case '?':
			die_usage(1);
		default:
			for (int i = 0; i < 6; i++)
				wanted |= order[i] == c ? 1u << i : 0;
		}
	}
	if (uname(&u))
		die_errno(1, "uname");
	values[0] = u.sysname;
	values[1] = u.nodename;
	values[2] = u.release;
	values[3] = u.version;
	values[4] = u.machine;
	values[5] = u.sysname;
	wanted = wanted ? wanted : 1;
	for (int i = 0; i < 6; i++)
		if (wanted & 1u << i)
			printf("%s%s", any++ ? " " : "", values[i]);
	putchar('\n');
	return program_finish(0);
}
