// SOURCES: kernel/link/*.c kernel/lib/checksum.c kernel/lib/args.c
/*
 * Any bytes as a section .modinfo, and as what stands behind a module file: refused, or read within bounds. What the
 * build appends is always found again. The parameters' splitter gets every text. Exact heap blocks show each byte too
 * far.
 */
#include <stdlib.h>
#include <string.h>
#include "lib/args.h"
#include "lib/checksum.h"
#include "link/link.h"

static void split(const char *text)
{
	char *copy = strdup(text), *s = copy, *name, *value;

	while (*s)
		s = args_next(s, &name, &value);
	free(copy);
}

static void read_modinfo(const uint8_t *bytes, size_t size)
{
	struct elf_section sections[2] = {
		{ 0 }, { .type = ELF_SECTION_PROGBITS, .size = (uint32_t)size }
	};
	struct link_object object = { .bytes = bytes, .sections = sections, .section_count = 2 };
	struct link_error error;
	size_t total = 0;

	object.known[LINK_S_MODINFO] = 1;
	if (link_modinfo_validate(&object, &error))
		return;
	for (const char *s = NULL; (s = link_modinfo_next(&object, s));) {
		char tag[64] = "";

		total += strlen(s) + 1;
		split(strchr(s, '=') + 1);
		if (strcspn(s, "=") < sizeof(tag)) {
			memcpy(tag, s, strcspn(s, "="));
			if (!link_modinfo(&object, tag))
				abort();
		}
	}
	if (total > size)
		abort();
}

/* The file is no ELF, and says so; its trailer is read before that. */
static void read_trailer(const uint8_t *bytes, size_t size)
{
	uint8_t *file = malloc(size + LINK_TRAILER_SIZE);
	struct link_object object;
	struct link_error error;

	memcpy(file, bytes, size);
	link_parse(file, size, &object, &error);
	link_trailer_make(file, (uint32_t)size, file + size);
	link_parse(file, size + LINK_TRAILER_SIZE, &object, &error);
	if (size + LINK_TRAILER_SIZE >= sizeof(struct elf_header) &&
	    (!object.has_checksum || object.size != size ||
	     object.checksum != checksum(bytes, size)))
		abort();
	free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *bytes = malloc(size ? size : 1);

	memcpy(bytes, data, size);
	read_modinfo(bytes, size);
	read_trailer(bytes, size);
	free(bytes);
	return 0;
}
