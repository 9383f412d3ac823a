/* printf: print the arguments under a format */
#include <stdio.h>
#include "../lib/echo.h"
#include "../lib/program.h"

USAGE("FORMAT [ARGUMENT]...");

int main(int argc, char **argv)
{
	struct strbuf out = { 0 };
	int status;

	program_start(argv);
	status = printf_run(&out, argv + 1);
	fwrite(strbuf_text(&out), 1, out.length, stdout);
	return program_finish(status);
}
