/*
 * corrupt FILE: tries every structured damage to a module file (tests/harness/corrupt.h) on the running kernel. None
 * may load; what loads is reported and unloaded. Afterwards the undamaged file loads, and the machine has the memory
 * that it had. Exit status 0: all as it should be.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "../../harness/corrupt.h"

#define TRAILER 31
#define FILE_MAX (256 * 1024)

static const char *name;
static unsigned int tried, loaded;

static long load(const uint8_t *file, size_t size)
{
	return syscall(SYS_init_module, file, size, "");
}

static void try(void *context, const uint8_t *file, size_t size, const struct damage *damage)
{
	tried++;
	if (load(file, size))
		return;
	loaded++;
	printf("loaded: %s %s, section %u, index %u, at %u: %#x became %#x\n", damage->table,
	       damage->field, damage->section, damage->index, damage->at, damage->old, damage->new);
	if (syscall(SYS_delete_module, name, 0))
		printf("and does not unload\n");
}

static long free_kilobytes(void)
{
	char line[128];
	long value = -1;
	FILE *file = fopen("/proc/meminfo", "r");

	while (file && value < 0 && fgets(line, sizeof(line), file))
		if (!strncmp(line, "MemFree:", 8))
			value = strtol(line + 8, NULL, 10);
	if (file)
		fclose(file);
	return value;
}

static void cycle(const uint8_t *file, size_t size)
{
	if (load(file, size) || syscall(SYS_delete_module, name, 0)) {
		printf("the undamaged file does not load or unload\n");
		exit(1);
	}
}

int main(int argc, char **argv)
{
	static uint8_t file[FILE_MAX];
	FILE *in = fopen(argv[1], "r");
	struct corrupter corrupter = { file, 0, try, NULL };
	long before, after;

	name = argv[2];
	corrupter.size = in ? fread(file, 1, sizeof(file), in) : 0;
	cycle(file, corrupter.size);
	damage_lengths(&corrupter, TRAILER); /* a first round fills caches */
	before = free_kilobytes();
	damage_everything(&corrupter, TRAILER);
	after = free_kilobytes();
	cycle(file, corrupter.size);
	printf("%s: %u damaged files, %u loaded; free memory %ld kB before, %ld kB after\n", name,
	       tried, loaded, before, after);
	return loaded || before != after;
}
