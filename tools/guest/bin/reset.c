/* reset: bring the terminal back to a sane state */
#include <stdio.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("");

int main(int argc, char **argv)
{
	program_start(argv);
	/*
	 * Character set, attributes, whole-screen scrolling, cursor, wrapping; then the line
	 * discipline.
	 */
	fputs("\033c\033(B\033[m\033[r\033[?25h\033[?7h\033[H\033[2J", stdout);
	fflush(stdout);
	execlp("stty", "stty", "sane", (char *)NULL);
	die_errno(1, "stty");
}
