/* What somebody without privileges can do about modules: nothing, and see no address. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char text[1 << 16];

/* Errors are shown as numbers. */
static void try(const char *name, long result)
{
	printf("%s: %d\n", name, result ? errno : 0);
}

/* Prints the sum of the hexadecimal numbers in a field of each line: 0 when all are zeros. */
static void sum_addresses(const char *path, int field)
{
	unsigned long sum = 0;
	FILE *file = fopen(path, "r");
	char line[512];

	while (file && fgets(line, sizeof(line), file)) {
		char *word = strtok(line, " ");

		for (int i = 0; i < field && word; i++)
			word = strtok(NULL, " ");
		sum |= word ? strtoul(word, NULL, 16) : 1;
	}
	printf("%s: %lu\n", path, sum);
}

int main(void)
{
	int fd = open("/tmp/hello.ko", O_RDONLY);
	long size = read(fd, text, sizeof(text));

	if (setgid(1000) || setuid(1000))
		return 1;
	try("init_module", syscall(__NR_init_module, text, size, ""));
	try("finit_module", syscall(__NR_finit_module, fd, "", 0));
	try("delete_module", syscall(__NR_delete_module, "hello", 0));
	sum_addresses("/proc/modules", 5);
	sum_addresses("/proc/kallsyms", 0);
	puts(open("/sys/module/hello/sections/.text", O_RDONLY) < 0 ? "sections: denied"
								    : "sections: open");
	return 0;
}
