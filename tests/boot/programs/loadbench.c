/*
 * loadbench FILE NAME [ROUNDS]: loads and unloads a module and prints the fewest instructions that each took. The time
 * stamp counter counts instructions when QEMU runs with -icount shift=0.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static uint64_t now(void)
{
	uint64_t count;

	__asm__ volatile("rdtsc" : "=A"(count) : : "memory");
	return count;
}

static void keep_least(uint64_t *least, uint64_t value)
{
	if (!*least || value < *least)
		*least = value;
}

int main(int argc, char **argv)
{
	uint64_t load = 0, unload = 0;
	int fd = open(argv[1], O_RDONLY), rounds = argc > 3 ? atoi(argv[3]) : 8;

	for (int i = 0; i < rounds; i++) {
		uint64_t start = now(), loaded;

		if (syscall(SYS_finit_module, fd, "", 0)) {
			perror(argv[1]);
			return 1;
		}
		loaded = now();
		if (syscall(SYS_delete_module, argv[2], 0)) {
			perror(argv[2]);
			return 1;
		}
		keep_least(&unload, now() - loaded);
		keep_least(&load, loaded - start);
	}
	printf("%s load %u unload %u\n", argv[2], (unsigned int)load, (unsigned int)unload);
	return 0;
}
