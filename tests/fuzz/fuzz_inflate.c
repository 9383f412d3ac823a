// SOURCES: kernel/lib/inflate.c kernel/lib/crc.c
/* Any bytes as a gzip file and as a deflate stream: exact heap blocks show each byte read or written too far. */
#include <stdlib.h>
#include <string.h>
#include "lib/inflate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t read, written, room = size ? data[0] * 64u : 0;
	uint8_t *in = malloc(size), *out = malloc(room);
	uint32_t length;

	memcpy(in, data, size);
	inflate_stream(in, size, out, room, &read, &written);
	if (read > size || written > room)
		abort();
	gzip_length(in, size, &length);
	gzip_unpack(in, size, out, room, &written);
	free(in);
	free(out);
	return 0;
}
