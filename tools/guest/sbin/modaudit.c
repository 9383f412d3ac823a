/* modaudit: look for modules that hide and for tables that lead astray */
/*
 * modaudit [-q] [-p SECONDS]: has the kernel look at every page of the module area and at every function in the interrupt
 * table, the system calls and the registry, and prints what it finds, a line each. -p: it looks by itself every so many
 * seconds and logs what it finds; 0: no more. -q: only the exit status.
 * 0 nothing found, 1 something found, 2 the kernel could not be asked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VIEW "/sys/kernel/rakit/modaudit"
#define PERIOD "/proc/sys/kernel/modaudit_period"

static int set_period(const char *seconds)
{
	FILE *file = fopen(PERIOD, "w");

	if (file && fprintf(file, "%s\n", seconds) > 0 && fclose(file) == 0)
		return 0;
	perror("modaudit: " PERIOD);
	return 2;
}

/* Lines with # are no findings. */
static int look(int quiet)
{
	FILE *file = fopen(VIEW, "r");
	char line[400];
	int found = 0;

	if (!file) {
		perror("modaudit: " VIEW);
		return 2;
	}
	while (fgets(line, sizeof(line), file)) {
		found |= line[0] != '#';
		if (!quiet)
			fputs(line[0] == '#' ? line + 2 : line, stdout);
	}
	fclose(file);
	return found;
}

int main(int argc, char **argv)
{
	int quiet = 0;

	for (int option; (option = getopt(argc, argv, "qp:")) != -1;) {
		switch (option) {
		case 'q':
			quiet = 1;
			break;
		case 'p':
			return set_period(optarg);
		default:
			fputs("usage: modaudit [-q] [-p SECONDS]\n", stderr);
			return 2;
		}
	}
	return look(quiet);
}
