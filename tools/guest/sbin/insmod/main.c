/* insmod: load a module file */
/*
 * insmod [OPTIONS] FILE [PARAMETER=VALUE…]: loads one module file, without looking for what it needs.
 * With --two-stage the module is linked here, at an address that the kernel reserves (create_module).
 * What the kernel says about a refusal is shown behind the error. 0 loaded, 1 not.
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include "guest/lib/kmod.h"
#include "two_stage.h"

static const struct option longs[] = {
	{ "force", no_argument, NULL, 'f' },
	{ "syslog", no_argument, NULL, 's' },
	{ "two-stage", no_argument, NULL, '2' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static void help(void)
{
	printf("Usage:\n"
	       "\tinsmod [options] filename [args]\n"
	       "Options:\n"
	       "\t-f, --force       Ignore version magic and symbol versions\n"
	       "\t    --two-stage   Link here, and have the kernel check and install the image\n"
	       "\t-v, --verbose     Tell what the stages do\n"
	       "\t-V, --version     show version\n"
	       "\t-h, --help        show this help\n");
}

int main(int argc, char **argv)
{
	bool two_stage = false, verbose = false;
	int force = 0, c;

	kmod_program = "insmod";
	while ((c = getopt_long(argc, argv, "+fsvVh", longs, NULL)) != -1)
		switch (c) {
		case 'f':
			force = KMOD_FORCE_VERMAGIC | KMOD_FORCE_MODVERSION;
			break;
		case 's':
			break;
		case '2':
			two_stage = true;
			break;
		case 'v':
			verbose = true;
			break;
		case 'V':
			kmod_version();
			return 0;
		case 'h':
			help();
			return 0;
		default:
			return 1;
		}
	if (optind >= argc) {
		kmod_error("missing filename.\n");
		return 1;
	}
	const char *path = argv[optind++];
	char *options = "";

	for (; optind < argc; optind++)
		options = *options ? kmod_text("%s %s", options, argv[optind]) : argv[optind];
	FILE *file = fopen(path, "r");

	if (!file) {
		kmod_error("could not load module %s: %m\n", path);
		return 1;
	}
	fclose(file);
	int error = two_stage ? -two_stage_insert(path, options, verbose)
			      : -kmod_insert(path, options, force);

	if (!error)
		return 0;
	kmod_error("could not insert module %s: %s\n", path, kmod_insert_reason(error));
	kmod_explain();
	return 1;
}
