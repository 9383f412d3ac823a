/* depmod: write the indexes of /lib/modules */
/*
 * depmod: reads all modules under /lib/modules/RELEASE and writes what modprobe looks up there: modules.dep, .alias,
 * .symbols, .softdep, .devname, and the binary forms of the first three and of the built-ins' lists that kmod's own
 * modprobe reads. modules.order and modules.builtin are the build's and stay as they are.
 * The same file is a program of the guest and of the build machine.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <ctype.h>
#include "guest/sbin/depmod/depmod.h"

static const struct option longs[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "quick", no_argument, NULL, 'A' },
	{ "errsyms", no_argument, NULL, 'e' },
	{ "dry-run", no_argument, NULL, 'n' },
	{ "show", no_argument, NULL, 'n' },
	{ "config", required_argument, NULL, 'C' },
	{ "symbol-prefix", required_argument, NULL, 'P' },
	{ "basedir", required_argument, NULL, 'b' },
	{ "filesyms", required_argument, NULL, 'F' },
	{ "symvers", required_argument, NULL, 'E' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "warn", no_argument, NULL, 'w' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static void help(void)
{
	printf("Usage:\n"
	       "\tdepmod -[aA] [options] [forced_version]\n"
	       "\n"
	       "If no arguments (except options) are given, \"depmod -a\" is assumed\n"
	       "\n"
	       "depmod will output a dependency list suitable for the modprobe utility.\n"
	       "\n"
	       "Options:\n"
	       "\t-a, --all            Probe all modules\n"
	       "\t-A, --quick          Only does the work if there's a new module\n"
	       "\t-e, --errsyms        Report not supplied symbols\n"
	       "\t-n, --show           Write the dependency file on stdout only\n"
	       "\t-P, --symbol-prefix  Architecture symbol prefix\n"
	       "\t-C, --config=PATH    Read configuration from PATH\n"
	       "\t-v, --verbose        Enable verbose mode\n"
	       "\t-w, --warn           Warn on duplicates\n"
	       "\t-V, --version        show version\n"
	       "\t-h, --help           show this help\n"
	       "\n"
	       "The following options are useful for people managing distributions:\n"
	       "\t-b, --basedir=DIR    Use an image of a module tree.\n"
	       "\t-F, --filesyms=FILE  Use the file instead of the\n"
	       "\t                     current kernel symbols.\n"
	       "\t-E, --symvers=FILE   Use Module.symvers file to check\n"
	       "\t                     symbol versions.\n");
}

/* Whether modules.dep is younger than every module. */
static bool is_up_to_date(const struct tree *tree)
{
	struct stat dep, file;

	if (stat(kmod_text("%s/modules.dep", kmod_directory), &dep)) {
		kmod_error("could not fstatat(%s, modules.dep): %s\n", kmod_directory,
			   strerror(errno));
		return false;
	}
	for (size_t i = 0; i < tree->count; i++)
		if (stat(tree->list[i].file.path, &file) == 0 && file.st_mtime > dep.st_mtime)
			return false;
	return true;
}

/* A release begins with a number: "5.10.0-rakit". */
static bool is_release(const char *text)
{
	return isdigit((unsigned char)text[0]) && text[strspn(text, "0123456789")] == '.';
}

/* What the command line asks for. */
struct wish {
	const char *root, *release, *map, *symvers, *config;
	char prefix; /* of symbols; 0: none */
	bool dry, errors, quick, warn;
};

static int take_option(struct wish *wish, int c)
{
	switch (c) {
	case 'a':
		break;
	case 'A':
		wish->quick = true;
		break;
	case 'b':
		wish->root = optarg;
		break;
	case 'C':
		wish->config = optarg;
		break;
	case 'e':
		wish->errors = true;
		break;
	case 'E':
		wish->symvers = optarg;
		break;
	case 'F':
		wish->map = optarg;
		break;
	case 'n':
		wish->dry = true;
		break;
	case 'P':
		if (strlen(optarg) != 1) {
			kmod_fatal("-P only takes a single char\n");
			return 1;
		}
		wish->prefix = *optarg;
		break;
	case 'v':
		kmod_loudness++;
		break;
	case 'w':
		wish->warn = true;
		break;
	default:
		return 1;
	}
	return 0;
}

static int parse_options(struct wish *wish, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "aAb:C:E:F:euqrvnP:wmVh", longs, NULL)) != -1) {
		if (c == 'V' || c == 'h') {
			if (c == 'V')
				kmod_version();
			else
				help();
			exit(0);
		}
		if (c != 'u' && c != 'q' && c != 'r' && c != 'm' && take_option(wish, c))
			return 1;
	}
	return 0;
}

static int scan_and_write(const struct wish *wish, const struct config *config, char **files,
			  const struct kernel_symbols *kernel)
{
	struct symbols symbols = { NULL, 0, 0 };
	struct tree tree = { NULL, 0 };

	tree_scan(&tree, config, files);
	if (wish->quick && is_up_to_date(&tree))
		return 0;
	symbols_make(&symbols, &tree);
	graph_resolve(&tree, &symbols, wish->errors, kernel);
	if (kmod_loudness > KMOD_WARNING)
		graph_show(&tree, &symbols);
	if (graph_sort(&tree))
		return 1;
	return output_all(&tree, &symbols, wish->dry, wish->warn);
}

/* What stands behind the options: a release, then files. False (said): it is neither. */
static bool take_arguments(struct wish *wish, int argc, char **argv)
{
	if (optind < argc && is_release(argv[optind])) {
		wish->release = argv[optind++];
	} else if (optind < argc && (*argv[optind] != '/' || access(argv[optind], R_OK))) {
		kmod_error("Bad version passed %s\n", argv[optind]);
		return false;
	}
	for (int i = optind; i < argc; i++)
		if (*argv[i] != '/') {
			kmod_fatal("%s: not absolute path.\n", argv[i]);
			return false;
		}
	return true;
}

int main(int argc, char **argv)
{
	struct kernel_symbols kernel = { NULL, 0, 0, false };
	struct config config = { NULL, NULL, NULL, NULL };
	struct wish wish = { 0 };
	struct stat facts;

	kmod_program = "depmod";
	if (parse_options(&wish, argc, argv) || !take_arguments(&wish, argc, argv))
		return 1;
	kmod_tree_set(wish.root, wish.release);
	if (wish.errors && !wish.map && !wish.symvers) {
		kmod_warning("-e needs -E or -F\n");
		wish.errors = false;
	}
	config_read(&config, wish.config, strrchr(kmod_directory, '/') + 1);
	if (optind >= argc && stat(kmod_directory, &facts)) {
		kmod_error("could not open directory %s: %s\n", kmod_directory, strerror(errno));
		kmod_fatal("could not search modules: %s\n", strerror(errno));
		return 1;
	}
	if ((wish.map && kernel_symbols_read(&kernel, wish.map, true, wish.prefix)) ||
	    (wish.symvers && kernel_symbols_read(&kernel, wish.symvers, false, wish.prefix)))
		return 1;
	return scan_and_write(&wish, &config, optind < argc ? argv + optind : NULL, &kernel);
}
