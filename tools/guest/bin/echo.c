/* echo: print the arguments */
#include <stdio.h>
#include "../lib/echo.h"
#include "../lib/program.h"

USAGE("[-neE] [TEXT]...");

int main(int argc, char **argv)
{
	struct strbuf out = { 0 };

	program_start(argv);
	echo_print(&out, argv + 1);
	fwrite(strbuf_text(&out), 1, out.length, stdout);
	return program_finish(0);
}
