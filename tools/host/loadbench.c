/*
 * Runs in the guest: loadbench FILE NAME ROUNDS loads and unloads a module and prints "NAME LOAD UNLOAD", the fewest
 * instructions that each took. Under QEMU's -icount the time stamp counter advances by the same for each instruction.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/module.h>
#include <unistd.h>

#define LOOPS 100000u

static uint64_t now(void)
{
	uint64_t count;

	__asm__ volatile("rdtsc" : "=A"(count) : : "memory");
	return count;
}

/* What the counter advances by in one instruction. */
static uint32_t ticks_per_instruction(void)
{
	uint32_t loops = LOOPS;
	uint64_t start = now();

	__asm__ volatile("1: decl %0; jnz 1b" : "+r"(loops));
	return (uint32_t)(now() - start) / (2 * LOOPS);
}

static void keep_least(uint32_t *least, uint64_t value)
{
	if (!*least || value < *least)
		*least = (uint32_t)value;
}

int main(int argc, char **argv)
{
	uint32_t load = 0, unload = 0, ticks = ticks_per_instruction();
	int fd = open(argv[1], O_RDONLY), rounds = atoi(argv[3]);

	for (int i = 0; i < rounds; i++) {
		uint64_t start = now(), loaded;

		if (finit_module(fd, "", 0)) {
			perror(argv[1]);
			return 1;
		}
		loaded = now();
		if (delete_module(argv[2], O_NONBLOCK)) {
			perror(argv[2]);
			return 1;
		}
		keep_least(&unload, now() - loaded);
		keep_least(&load, loaded - start);
	}
	printf("%s %u %u\n", argv[2], (unsigned int)(load / ticks), (unsigned int)(unload / ticks));
	return 0;
}
