/* cp: copy files */
#include <stdlib.h>
#include <unistd.h>
#include "../lib/copy.h"
#include "../lib/path.h"
#include "../lib/program.h"

USAGE("[-adfHilLnpPrRTuv] [-t FOLDER] FROM... TO");

int main(int argc, char **argv)
{
	struct copy_options options = { .follow = true };
	const char *to = NULL;
	bool no_folder = false, into;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "adfHilLnpPrRt:Tuv")) != -1) {
		switch (c) {
		case 'a':
			options.recursive = options.preserve = true;
			options.follow = false;
			break;
		case 'd':
		case 'P':
			options.follow = options.follow_top = false;
			break;
		case 'f':
			options.force = true;
			break;
		case 'H':
			options.follow_top = true;
			options.follow = false;
			break;
		case 'i':
			options.interactive = true;
			break;
		case 'l':
			options.links = true;
			break;
		case 'L':
			options.follow = true;
			break;
		case 'n':
			options.keep = true;
			break;
		case 'p':
			options.preserve = true;
			break;
		case 'r':
		case 'R':
			options.recursive = true;
			options.follow = false;
			break;
		case 't':
			to = optarg;
			break;
		case 'T':
			no_folder = true;
			break;
		case 'u':
			options.update = true;
			break;
		case 'v':
			options.verbose = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	argc -= optind;
	if (!to && argc >= 2)
		to = argv[--argc];
	if (!to || !argc)
		die_usage(1);
	into = !no_folder && path_is_folder(to);
	if (!into && argc > 1)
		die(1, "%s: is not a folder", to);
	for (int i = 0; i < argc; i++) {
		char *target = path_target(argv[i], to, into);

		if (!copy_path(argv[i], target, &options))
			program_status = 1;
		free(target);
	}
	return program_finish(program_status);
}
