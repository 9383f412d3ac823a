/* whoami: print the name of the user */
#include <stdio.h>
#include <unistd.h>
#include "../lib/owner.h"
#include "../lib/program.h"

USAGE("");

int main(int argc, char **argv)
{
	program_start(argv);
	puts(user_name(geteuid()));
	return program_finish(0);
}
