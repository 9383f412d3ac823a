/* insmod: load a module file */
/*
 * insmod [OPTIONS] FILE [PARAMETER=VALUE…]: loads one module file, without looking for what it needs.
 * What the kernel says about a refusal is shown behind the error. 0 loaded, 1 not.
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include "guest/lib/kmod.h"

static const struct option longs[] = {
	{ "force", no_argument, NULL, 'f' },
	{ "syslog", no_argument, NULL, 's' },
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
	       "\t-V, --version     show version\n"
	       "\t-h, --help        show this help\n");
}

int main(int argc, char **argv)
{
	int force = 0, c;

	kmod_program = "insmod";
	while ((c = getopt_long(argc, argv, "+fsVh", longs, NULL)) != -1)
		switch (c) {
		case 'f':
			force = KMOD_FORCE_VERMAGIC | KMOD_FORCE_MODVERSION;
			break;
		case 's':
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
	int error = -kmod_insert(path, options, force);

	if (!error)
		return 0;
	kmod_error("could not insert module %s: %s\n", path, kmod_insert_reason(error));
	kmod_explain();
	return 1;
}
