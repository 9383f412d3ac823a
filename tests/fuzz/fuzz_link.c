// SOURCES: kernel/link/*.c kernel/lib/checksum.c
// CFLAGS: -Itests/unit
/*
 * Any bytes: the linker refuses them or links them, and reads and writes nothing outside the file and the image. The
 * file and the image are exact heap blocks, so the address sanitizer sees each byte too far.
 */
#include <stdlib.h>
#include <string.h>
#include "link/link.h"

#define FUZZ_MAX_IMAGE (4u << 20)

static bool resolve(void *context, const char *name, bool weak, uint32_t *value)
{
	*value = 0xc0100000u + (uint32_t)strlen(name);
	return !weak;
}

static void read_everything(const struct link_object *object)
{
	volatile size_t sum = 0;
	uint32_t section, offset;

	for (uint32_t i = 0; i < object->section_count; i++)
		sum += strlen(link_section_name(object, i));
	for (uint32_t i = 0; i < object->symbol_count && i < 64; i++) {
		sum += strlen(link_symbol_name(object, i));
		if (link_first_use(object, i, &section, &offset))
			sum += link_symbol_at(object, section, offset) != NULL;
	}
	for (const char *s = NULL; (s = link_modinfo_next(object, s));)
		sum += strlen(s);
	sum += link_modinfo(object, "license") != NULL;
}

static void link_valid(struct link_object *object, struct link_section *sections,
		       struct link_error *error)
{
	struct link_resolver resolver = { resolve, NULL, NULL };
	struct link_layout layout;
	uint32_t *values;
	uint8_t *image;

	read_everything(object);
	if (link_layout(object, sections, &layout, error) || layout.size > FUZZ_MAX_IMAGE)
		return;
	image = malloc(layout.size);
	values = malloc(object->symbol_count * sizeof(*values));
	link_place(object, sections, &layout, 0xf0800000, image);
	if (!link_bind(object, sections, &resolver, values, error))
		link_relocate(object, sections, values);
	free(values);
	free(image);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *file = malloc(size);
	struct link_section *sections = NULL;
	struct link_object object;
	struct link_error error;
	char text[300];

	memcpy(file, data, size);
	if (!link_parse(file, size, &object, &error)) {
		sections = malloc(object.section_count * sizeof(*sections));
		if (!link_validate(&object, sections, &error))
			link_valid(&object, sections, &error);
	}
	if (error.status && link_describe(&object, &error, text, sizeof(text)) > 4096)
		abort();
	free(sections);
	free(file);
	return 0;
}
