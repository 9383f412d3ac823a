/* trigger UID open PATH | mount TYPE | socket FAMILY TYPE PROTOCOL | hog MIB: as that user; prints 0 or the error's name. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

static int hog(int mib)
{
	for (; mib > 0; mib--) {
		char *p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			       -1, 0);

		if (p == MAP_FAILED)
			return -1;
		for (int i = 0; i < 1 << 20; i += 4096)
			p[i] = 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	int result = -1;

	if (argc < 4 || setgid(atoi(argv[1])) || setuid(atoi(argv[1])))
		return 2;
	if (strcmp(argv[2], "open") == 0)
		result = open(argv[3], O_RDONLY);
	else if (strcmp(argv[2], "mount") == 0)
		result = mount("none", "/mnt", argv[3], 0, NULL);
	else if (strcmp(argv[2], "socket") == 0 && argc > 5)
		result = socket(atoi(argv[3]), atoi(argv[4]), atoi(argv[5]));
	else if (strcmp(argv[2], "hog") == 0)
		result = hog(atoi(argv[3]));
	puts(result < 0 ? strerror(errno) : "0");
	return 0;
}
