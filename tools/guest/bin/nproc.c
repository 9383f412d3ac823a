/* nproc: print the number of processors */
#include <stdio.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("");

int main(int argc, char **argv)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);

	program_start(argv);
	printf("%ld\n", count > 0 ? count : 1);
	return program_finish(0);
}
