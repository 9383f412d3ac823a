/* chmod: change the permissions of files */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "../lib/mode.h"
#include "../lib/program.h"
#include "../lib/tree.h"

USAGE("[-Rv] MODE FILE...");

static bool recursive, verbose;
static const char *spec;
static mode_t mask;

static enum tree_answer change(struct tree_entry *entry, void *data)
{
	mode_t mode;
	char text[12];

	if (entry->event == TREE_LEAVE || S_ISLNK(entry->st.st_mode))
		return TREE_GO;
	mode_change(spec, entry->st.st_mode, mask, &mode);
	if (chmod(entry->path, mode)) {
		warn_errno(entry->path);
	} else if (verbose) {
		mode_format(text, mode | (entry->st.st_mode & S_IFMT));
		printf("mode of '%s' is now %04o (%s)\n", entry->path, (unsigned int)mode,
		       text + 1);
	}
	return recursive ? TREE_GO : TREE_SKIP;
}

int main(int argc, char **argv)
{
	mode_t mode;
	int i = 1;

	program_start(argv);
	/* Not getopt: -x, -w and the like are modes. */
	for (; i < argc && argv[i][0] == '-' && argv[i][1] &&
	       strspn(argv[i] + 1, "Rvf") == strlen(argv[i] + 1);
	     i++) {
		recursive |= strchr(argv[i], 'R') != NULL;
		verbose |= strchr(argv[i], 'v') != NULL;
	}
	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	if (i + 1 >= argc)
		die_usage(1);
	spec = argv[i++];
	mask = umask(0);
	umask(mask);
	if (!mode_change(spec, 0, mask, &mode))
		die(1, "%s: not a mode", spec);
	for (; i < argc; i++)
		tree_walk(argv[i], TREE_FOLLOW_TOP, change, NULL);
	return program_finish(program_status);
}
