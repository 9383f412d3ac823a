/* true: succeed */
#include "../lib/program.h"

USAGE("");

int main(int argc, char **argv)
{
	program_start(argv);
	return 0;
}
