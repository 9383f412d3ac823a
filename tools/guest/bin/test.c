/* test: test a condition on files, strings or numbers */
/* [: test a condition (with a closing ]) */
#include <string.h>
#include "../lib/program.h"
#include "../lib/test.h"

USAGE("EXPRESSION");

int main(int argc, char **argv)
{
	program_start(argv);
	if (!strcmp(program_name, "[")) {
		if (strcmp(argv[argc - 1], "]"))
			die(2, "] is missing");
		argv[--argc] = NULL;
	}
	return test_evaluate(argc - 1, argv + 1);
}
