// SOURCES: kernel/lib/inflate.c kernel/lib/crc.c
/* Any bytes: decompressed or refused, within bounds, in bounded time. */
#include <stdlib.h>
#include <string.h>
#include "lib/inflate.h"

static struct inflate state;

static bool sink(void *context, const uint8_t *bytes, uint32_t n)
{
	uint32_t *total = context;

	*total += n;
	return *total < (16u << 20);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t header[10] = { 0x1f, 0x8b, 8 };
	uint8_t *file = malloc(size + 10);
	uint32_t consumed, total = 0;

	memcpy(file, header, 10);
	memcpy(file + 10, data, size);
	inflate_gzip(&state, file, (uint32_t)size + 10, sink, &total, &consumed);
	if (consumed > size + 10)
		abort();
	free(file);
	return 0;
}
