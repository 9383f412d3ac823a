/* lsres: show what modules hold */
/*
 * lsres [-m MODULE]: what modules hold, by the kernel's ledger: kind, key, size, name, and where in the source it was
 * acquired. Without -m: all modules. 0, 1 if the module is not loaded.
 */
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LEDGER "/sys/kernel/rakit/ledger"

static int show(const char *module, int titled)
{
	char path[PATH_MAX], line[512];

	snprintf(path, sizeof(path), LEDGER "/%s", module);
	FILE *file = fopen(path, "re");

	if (!file) {
		if (errno == ENOENT)
			warnx("%s: not loaded, or the kernel keeps no ledger", module);
		else
			warn("%s", path);
		return 1;
	}
	if (titled)
		printf("%s:\n", module);
	while (fgets(line, sizeof(line), file))
		printf("%s%s", titled ? "  " : "", line);
	fclose(file);
	return 0;
}

int main(int argc, char **argv)
{
	struct dirent **list;
	const char *module = NULL;
	int c, failed = 0;

	while ((c = getopt(argc, argv, "m:")) != -1) {
		if (c != 'm')
			return 1;
		module = optarg;
	}
	if (optind < argc)
		errx(1, "usage: lsres [-m MODULE]");
	if (module)
		return show(module, 0);
	int count = scandir(LEDGER, &list, NULL, alphasort);

	if (count < 0)
		err(1, LEDGER);
	for (int i = 0; i < count; i++)
		if (list[i]->d_name[0] != '.')
			failed |= show(list[i]->d_name, 1);
	return failed;
}
