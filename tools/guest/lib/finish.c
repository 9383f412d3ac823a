/*
 * finish: the end of a program that wrote with stdio. Output that could not be written is an error
 * (full disk, closed pipe).
 */
#include <stdio.h>
#include "program.h"

int program_finish(int status)
{
	int bad = ferror(stdout);

	if (fflush(stdout) || bad) {
		warn_errno("write error");
		return 1;
	}
	return status;
}
