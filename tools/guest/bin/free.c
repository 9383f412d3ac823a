/* free: show how much memory is used */
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>
#include "../lib/number.h"
#include "../lib/process.h"
#include "../lib/program.h"

USAGE("[-bhkm]");

static unsigned int unit = 1024;
static bool human;

static void print(unsigned long long bytes)
{
	char room[24];

	if (human)
		printf(" %11s", size_human(room, bytes));
	else
		printf(" %11llu", bytes / unit);
}

int main(int argc, char **argv)
{
	unsigned long long total, unused, buffers, cached, shared, available, swap_total, swap_free;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "bhkm")) != -1) {
		switch (c) {
		case 'b':
			unit = 1;
			break;
		case 'h':
			human = true;
			break;
		case 'k':
			unit = 1024;
			break;
		case 'm':
			unit = 1 << 20;
			break;
		default:
			die_usage(1);
		}
	}
	total = memory_fact("MemTotal");
	if (!total)
		die_errno(1, "/proc/meminfo");
	unused = memory_fact("MemFree");
	buffers = memory_fact("Buffers");
	cached = memory_fact("Cached") + memory_fact("SReclaimable");
	shared = memory_fact("Shmem");
	available = memory_fact("MemAvailable");
	swap_total = memory_fact("SwapTotal");
	swap_free = memory_fact("SwapFree");
	printf("%18s %11s %11s %11s %11s %11s\n", "total", "used", "free", "shared", "buff/cache",
	       "available");
	printf("Mem:  ");
	print(total);
	print(total - unused - buffers - cached < total ? total - unused - buffers - cached
							: total - unused);
	print(unused);
	print(shared);
	print(buffers + cached);
	print(available ? available : unused);
	printf("\nSwap: ");
	print(swap_total);
	print(swap_total - swap_free);
	print(swap_free);
	putchar('\n');
	return program_finish(0);
}
