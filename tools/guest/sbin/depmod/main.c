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
	       "\t-v, --verbose        Enable verbose mode\n"
	       "\t-w, --warn           Warn on duplicates\n"
	       "\t-V, --version        show version\n"
	       "\t-h, --help           show this help\n"
	       "\t-b, --basedir=DIR    Use an image of a module tree.\n"
	       "\t-F, --filesyms=FILE  Use the file instead of the\n"
	       "\t                     current kernel symbols.\n"
	       "\t-E, --symvers=FILE   Use Module.symvers file to check\n"
	       "\t                     symbol versions.\n");
}

/* System.map: "ADDRESS TYPE SYMBOL"; Module.symvers: "CRC\tSYMBOL\tMODULE…". The symbols, or with __ksymtab_ those. */
static int read_symbols(struct kmod_list *symbols, const char *path, bool is_map)
{
	char *text = kmod_read(path, NULL), *state;

	if (!text) {
		kmod_fatal("could not open %s: %s\n", path, strerror(errno));
		return -1;
	}
	for (char *line = strtok_r(text, "\n", &state); line; line = strtok_r(NULL, "\n", &state)) {
		char *p = line;

		for (int skip = is_map ? 2 : 1; skip > 0; skip--) {
			p += strcspn(p, " \t");
			p += strspn(p, " \t");
		}
		p[strcspn(p, " \t")] = 0;
		if (!is_map)
			kmod_list_add(symbols, p);
		else if (strncmp(p, "__ksymtab_", 10) == 0)
			kmod_list_add(symbols, p + 10);
	}
	return 0;
}

/* Whether modules.dep is younger than every module. */
static bool is_up_to_date(const struct tree *tree)
{
	struct stat dep, file;

	if (stat(kmod_text("%s/modules.dep", kmod_directory), &dep))
		return false;
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

int main(int argc, char **argv)
{
	const char *root = NULL, *release = NULL, *map = NULL, *symvers = NULL;
	bool dry = false, errors = false, quick = false;
	struct kmod_list symbols = { NULL, 0, 0 };
	struct tree tree = { NULL, 0 };
	struct stat facts;
	int c;

	kmod_program = "depmod";
	while ((c = getopt_long(argc, argv, "aAb:C:eE:F:nP:vwVh", longs, NULL)) != -1)
		switch (c) {
		case 'a':
			break;
		case 'A':
			quick = true;
			break;
		case 'b':
			root = optarg;
			break;
		case 'e':
			errors = true;
			break;
		case 'E':
			symvers = optarg;
			break;
		case 'F':
			map = optarg;
			break;
		case 'n':
			dry = true;
			break;
		case 'v':
			kmod_loudness = KMOD_INFO;
			break;
		case 'C':
		case 'P':
		case 'w':
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
	if (optind < argc)
		release = argv[optind];
	if (release && !is_release(release)) {
		kmod_error("Bad version passed %s\n", release);
		return 1;
	}
	kmod_tree_set(root, release);
	if (stat(kmod_directory, &facts)) {
		kmod_error("could not open directory %s: %s\n", kmod_directory, strerror(errno));
		kmod_fatal("could not search modules: %s\n", strerror(errno));
		return 1;
	}
	if ((map && read_symbols(&symbols, map, true)) ||
	    (symvers && read_symbols(&symbols, symvers, false)))
		return 1;
	int failed = tree_scan(&tree);

	if (quick && is_up_to_date(&tree))
		return 0;
	graph_resolve(&tree, errors && (map || symvers), &symbols);
	if (graph_sort(&tree))
		return 1;
	return output_all(&tree, dry) || failed;
}
