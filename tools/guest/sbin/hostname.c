/* hostname [-s] [NAME]: shows the machine's name (-s: up to the first dot), or sets it. */
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	char name[65];
	int brief = argc > 1 && strcmp(argv[1], "-s") == 0;

	argc -= brief;
	argv += brief;
	if (argc > 2 || (argc == 2 && argv[1][0] == '-'))
		errx(1, "usage: hostname [-s] [NAME]");
	if (argc == 2) {
		if (sethostname(argv[1], strlen(argv[1])))
			err(1, "%s", argv[1]);
		return 0;
	}
	if (gethostname(name, sizeof(name)))
		err(1, NULL);
	if (brief)
		name[strcspn(name, ".")] = 0;
	puts(name);
	return 0;
}
