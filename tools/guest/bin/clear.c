/* clear: clear the screen */
#include <stdio.h>
#include "../lib/program.h"

USAGE("");

int main(int argc, char **argv)
{
	program_start(argv);
	fputs("\033[H\033[2J\033[3J", stdout);
	return program_finish(0);
}
