/*
 * Stages 3 and 4: where each section goes.
 *
 * The image is one block. Its regions follow each other by protection (code, read-only data, data) and then once more
 * for what init needs only; each begins on a page, so that each has its own protection and the init part can be given
 * back. Inside a region sections keep the order of the file. The layout depends on the file alone: a loader program
 * and the kernel come to the same.
 */
#include "lib/checked.h"
#include "lib/string.h"
#include "link/check.h"

/* Read from the file at load time, of no use afterwards. */
static bool is_file_only(const struct link_object *object, uint32_t section)
{
	return section == object->known[LINK_S_MODINFO] ||
	       section == object->known[LINK_S_VERSIONS];
}

enum link_region link_region_of(const struct link_object *object, uint32_t section)
{
	const struct elf_section *header = &object->sections[section];
	const char *name = link_section_name(object, section);

	if (!(header->flags & ELF_FLAG_ALLOC) || is_file_only(object, section))
		return LINK_NOT_LOADED;
	if (text_begins(name, ".init")) {
		if (header->flags & ELF_FLAG_EXEC)
			return LINK_INIT_TEXT;
		return header->flags & ELF_FLAG_WRITE ? LINK_INIT_DATA : LINK_INIT_RODATA;
	}
	if (header->flags & ELF_FLAG_EXEC)
		return LINK_TEXT;
	if (!(header->flags & ELF_FLAG_WRITE))
		return LINK_RODATA;
	return text_equal(name, ".data..ro_after_init") ? LINK_RO_AFTER_INIT : LINK_DATA;
}

/* Appends a section to its region; false when the image grows too large. */
static bool region_append(struct link_layout *layout, uint32_t bytes, uint32_t align,
			  struct link_section *section)
{
	uint32_t *size = &layout->region[section->region].size;
	if (!checked_align(*size, align ? align : 1, &section->address) ||
	    !checked_add(section->address, bytes, size))
		return false;
	return *size <= LINK_MAX_SIZE;
}

enum link_status link_layout(const struct link_object *object, struct link_section *sections,
			     struct link_layout *layout, struct link_error *error)
{
	uint32_t end = 0;

	*layout = (struct link_layout){ 0 };
	for (uint32_t i = 1; i < object->section_count; i++) {
		if (sections[i].region == LINK_NOT_LOADED)
			continue;
		if (!region_append(layout, object->sections[i].size, object->sections[i].align,
				   &sections[i]))
			return link_fail(error, LINK_TOO_LARGE, i, 0, 0, object->sections[i].size);
	}
	if (object->has_got && !region_append(layout, link_got_size(object), 4, &sections[0]))
		return link_fail(error, LINK_TOO_LARGE, 0, 0, 0, link_got_size(object));
	for (uint32_t r = 0; r < LINK_REGIONS; r++) {
		if (r == LINK_INIT_TEXT)
			layout->core_size = end;
		layout->region[r].offset = end;
		end += (layout->region[r].size + LINK_PAGE - 1) & ~(LINK_PAGE - 1);
	}
	layout->size = end;
	if (end > LINK_MAX_SIZE)
		return link_fail(error, LINK_TOO_LARGE, 0, 0, 0, end);
	for (uint32_t i = 0; i < object->section_count; i++)
		if (sections[i].region != LINK_NOT_LOADED)
			sections[i].address += layout->region[sections[i].region].offset;
	return LINK_OK;
}

/* Copies a section, clearing what lies between the end of the one before it and its beginning. */
static uint32_t place_section(const struct link_object *object, uint32_t index,
			      struct link_section *section, uint32_t base, uint8_t *image,
			      uint32_t end)
{
	const struct elf_section *header = &object->sections[index];
	uint32_t offset = section->address;

	bytes_clear(image + end, offset - end);
	section->bytes = image + offset;
	section->address = base + offset;
	if (header->type == ELF_SECTION_NOBITS)
		bytes_clear(section->bytes, header->size);
	else
		bytes_copy(section->bytes, object->bytes + header->offset, header->size);
	return offset + header->size;
}

/* Behind the last read-only section; its slots are filled when symbols have values. */
static void place_got(struct link_section *got, uint32_t base, uint8_t *image, uint32_t end)
{
	bytes_clear(image + end, got->address - end);
	got->bytes = image + got->address;
	got->address += base;
}

void link_place(const struct link_object *object, struct link_section *sections,
		const struct link_layout *layout, uint32_t base, uint8_t *image)
{
	uint32_t end[LINK_REGIONS];

	for (uint32_t r = 0; r < LINK_REGIONS; r++)
		end[r] = layout->region[r].offset;
	for (uint32_t i = 1; i < object->section_count; i++) {
		uint32_t region = sections[i].region;

		if (region != LINK_NOT_LOADED)
			end[region] = place_section(object, i, &sections[i], base, image,
						    end[region]);
	}
	if (object->has_got)
		place_got(&sections[0], base, image, end[LINK_RODATA]);
}
