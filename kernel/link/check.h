/* Shared by the stages that check: how a failure is recorded, and which checks follow each other. */
#ifndef LINK_CHECK_H
#define LINK_CHECK_H

#include "link/link.h"

static inline enum link_status link_fail(struct link_error *error, enum link_status status,
					 uint32_t section, uint32_t index, uint32_t offset,
					 uint32_t value)
{
	*error = (struct link_error){ status, section, index, offset, value };
	return status;
}

/* Whether a name offset leads to a text inside a table that is known to end with NUL. */
static inline bool link_name_valid(uint32_t name, uint32_t table_size)
{
	return name < table_size;
}

/* Which part of the image a section belongs to (layout.c). */
enum link_region link_region_of(const struct link_object *object, uint32_t section);

/* All names that the loader knows begin with one of three pairs of characters, few others do. */
static inline bool link_may_be_known(const char *name)
{
	if (name[0] == '_')
		return name[1] == '_';
	return name[0] == '.' && (name[1] == 'm' || name[1] == 'g');
}

/* Notes a section whose name the loader knows (known.c). */
enum link_status link_note_known(struct link_object *object, uint32_t section,
				 struct link_error *error);

enum link_status link_check_sections(struct link_object *object, struct link_section *sections,
				     struct link_error *error);
enum link_status link_check_overlaps(const struct link_object *object,
				     struct link_section *sections, struct link_error *error);
/*
 * got.c: the global offset table. Notes that a relocation needs it; its size; its slot of a symbol, as an offset; fills
 * it; whether a name is its own.
 */
void link_got_note(struct link_object *object, const struct elf_reloc *reloc);
uint32_t link_got_size(const struct link_object *object);
uint32_t link_got_slot(const struct link_object *object, uint32_t symbol);
void link_got_fill(const struct link_object *object, const struct link_section *sections,
		   const uint32_t *values);
bool link_got_named(const char *name);

/* trailer.c: takes the trailer off object->size; nothing else lies behind end; the checksum, if any, is right. */
void link_trailer_find(struct link_object *object);
enum link_status link_check_end(const struct link_object *object, uint32_t end,
				struct link_error *error);
enum link_status link_check_checksum(const struct link_object *object, struct link_error *error);

enum link_status link_check_symbols(struct link_object *object, struct link_error *error);
enum link_status link_check_relocs(struct link_object *object, struct link_section *sections,
				   bool intact, struct link_error *error);

#endif
