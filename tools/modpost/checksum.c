/* The last step of a module's build: the checksum of the finished file is appended to it (kernel/link/trailer.c). */
#include <stdlib.h>
#include <string.h>
#include "modpost.h"

/* Where the ELF file ends: a trailer that the linker left there from a build before is not part of it. */
static size_t elf_size(const uint8_t *bytes, size_t size)
{
	const size_t text = sizeof(LINK_TRAILER_MAGIC) - 1;

	if (size >= LINK_TRAILER_SIZE && !memcmp(bytes + size - text, LINK_TRAILER_MAGIC, text))
		return size - LINK_TRAILER_SIZE;
	return size;
}

void checksum_append(const char *path)
{
	uint8_t trailer[LINK_TRAILER_SIZE];
	size_t size;
	uint8_t *bytes = read_file(path, &size);
	FILE *file = fopen(path, "r+b");

	size = elf_size(bytes, size);
	link_trailer_make(bytes, (uint32_t)size, trailer);
	if (!file || fseek(file, (long)size, SEEK_SET) ||
	    fwrite(trailer, sizeof(trailer), 1, file) != 1 || fclose(file))
		die("%s: cannot be written", path);
	free(bytes);
}
