/* sleep: wait for some time */
#include <time.h>
#include "../lib/number.h"
#include "../lib/program.h"

USAGE("NUMBER[smhd]...");

int main(int argc, char **argv)
{
	struct timespec left;
	long long total = 0;

	program_start(argv);
	if (argc < 2)
		die_usage(1);
	for (argv++; *argv; argv++)
		total += duration_or_die(*argv);
	left.tv_sec = (time_t)(total / 1000);
	left.tv_nsec = (long)(total % 1000) * 1000000;
	while (nanosleep(&left, &left))
		;
	return 0;
}
