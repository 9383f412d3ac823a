// SOURCES: kernel/lib/cpio.c
/* Any bytes, cut at any places: the reader touches nothing outside the piece and hands over no more than it was given. */
#include <stdlib.h>
#include <string.h>
#include "lib/cpio.h"

static uint64_t handed;

static bool on_entry(void *context, const struct cpio_entry *e)
{
	if (strlen(e->name) >= CPIO_NAME_MAX)
		abort();
	return true;
}

static bool on_data(void *context, const uint8_t *bytes, uint32_t n)
{
	volatile uint8_t last = bytes[n - 1];

	(void)last;
	handed += n;
	return true;
}

static bool on_end(void *context)
{
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct cpio_ops ops = { on_entry, on_data, on_end };
	static struct cpio_reader reader;
	size_t at = 0, piece;

	handed = 0;
	cpio_start(&reader, &ops, NULL);
	while (at < size) {
		uint32_t used;
		uint8_t *copy;
		enum cpio_status status;

		piece = 1 + data[at] % 200;
		if (piece > size - at)
			piece = size - at;
		copy = malloc(piece);
		memcpy(copy, data + at, piece);
		status = cpio_feed(&reader, copy, (uint32_t)piece, &used);
		free(copy);
		if (used > piece)
			abort();
		at += used;
		if (status == CPIO_END)
			cpio_start(&reader, &ops, NULL);
		else if (status != CPIO_OK)
			break;
	}
	if (handed > size)
		abort();
	return 0;
}
