/* cksum: print check sums and sizes of files */
#include <stdio.h>
#include "../lib/digest.h"
#include "../lib/input.h"
#include "../lib/program.h"

USAGE("[FILE]...");

static void print(FILE *in, const char *name)
{
	unsigned char block[4096];
	unsigned long long size = 0;
	uint32_t crc = 0;
	size_t n;

	while ((n = fread(block, 1, sizeof(block), in)) > 0) {
		crc = cksum_add(crc, block, n);
		size += n;
	}
	for (unsigned long long left = size; left; left >>= 8) {
		unsigned char byte = (unsigned char)left;

		crc = cksum_add(crc, &byte, 1);
	}
	printf("%lu %llu", (unsigned long)~crc & 0xffffffff, size);
	if (in != stdin)
		printf(" %s", name);
	putchar('\n');
}

int main(int argc, char **argv)
{
	program_start(argv);
	input_each(argv + 1, print);
	return program_finish(program_status);
}
