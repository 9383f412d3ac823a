/* mktemp: make a file or folder with a name of its own */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../lib/path.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-dqtu] [-p FOLDER] [TEMPLATE]");

int main(int argc, char **argv)
{
	const char *folder = NULL, *template = "tmp.XXXXXX";
	int c, is_folder = 0, quiet = 0, dry = 0, fd = 0;
	char *path;

	program_start(argv);
	while ((c = getopt(argc, argv, "dp:qtu")) != -1) {
		switch (c) {
		case 'd':
			is_folder = 1;
			break;
		case 'p':
			folder = optarg;
			break;
		case 'q':
			quiet = 1;
			break;
		case 't':
			folder = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
			break;
		case 'u':
			dry = 1;
			break;
		default:
			die_usage(1);
		}
	}
	if (argv[optind])
		template = argv[optind];
	else if (!folder)
		folder = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
	path = folder ? path_join(folder, template) : memory_copy(template);
	if (is_folder ? !mkdtemp(path) : (fd = mkstemp(path)) < 0) {
		if (quiet)
			return 1;
		die_errno(1, path);
	}
	if (dry && (is_folder ? rmdir(path) : unlink(path)))
		warn_errno(path);
	puts(path);
	return program_finish(program_status);
}
