/* mknod [-m MODE] PATH p | PATH {b|c|u} MAJOR MINOR: makes a fifo, a block or a character device node. */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static unsigned long number(const char *text, unsigned long most)
{
	char *end;
	unsigned long value = strtoul(text, &end, 0);

	if (!*text || *end || value > most)
		errx(1, "invalid device number '%s': 0 to %lu", text, most);
	return value;
}

int main(int argc, char **argv)
{
	mode_t mode = 0666;
	int given = 0, c;

	while ((c = getopt(argc, argv, "m:")) != -1) {
		char *end;

		if (c != 'm')
			return 1;
		mode = strtoul(optarg, &end, 8);
		given = 1;
		if (*end || mode > 07777)
			errx(1, "invalid mode '%s'", optarg);
	}
	argc -= optind;
	argv += optind;
	if (argc < 2 || argc != (strcmp(argv[1], "p") ? 4 : 2) || strlen(argv[1]) != 1 ||
	    !strchr("pbcu", argv[1][0]))
		errx(1, "usage: mknod [-m MODE] PATH p | PATH {b|c|u} MAJOR MINOR");
	mode_t type = argv[1][0] == 'p' ? S_IFIFO : argv[1][0] == 'b' ? S_IFBLK : S_IFCHR;
	dev_t device = argc == 4 ? makedev(number(argv[2], 4095), number(argv[3], 1048575)) : 0;

	if (given)
		umask(0);
	if (mknod(argv[0], mode | type, device))
		err(1, "%s", argv[0]);
	return 0;
}
