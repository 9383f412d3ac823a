/*
 * The global offset table (GOT), which position-independent code addresses its data by: three words that belong to a
 * dynamic linker (and are 0 here), then a slot with the value of each symbol in the range of those that are referred to
 * through it. Its address is `_GLOBAL_OFFSET_TABLE_`; it lies behind the read-only sections.
 *
 * A module has its final address when it is linked and would need none; but object files that were compiled for a
 * shared library or a position-independent program can then be linked into one. Source: System V ABI, i386, 5.2.
 */
#include "lib/string.h"
#include "link/check.h"

#define RESERVED_SLOTS 3

static bool has_slot(unsigned int type)
{
	return type == ELF_R_386_GOT32 || type == ELF_R_386_GOT32X;
}

void link_got_note(struct link_object *object, const struct elf_reloc *reloc)
{
	unsigned int type = elf_reloc_type(reloc);
	uint32_t symbol = elf_reloc_symbol(reloc);

	if (!has_slot(type) && type != ELF_R_386_GOTOFF && type != ELF_R_386_GOTPC)
		return;
	object->has_got = true;
	if (!has_slot(type))
		return;
	if (!object->got_end || symbol < object->got_first)
		object->got_first = symbol;
	if (symbol >= object->got_end)
		object->got_end = symbol + 1;
}

uint32_t link_got_slot(const struct link_object *object, uint32_t symbol)
{
	return 4 * (RESERVED_SLOTS + symbol - object->got_first);
}

uint32_t link_got_size(const struct link_object *object)
{
	return object->has_got ? link_got_slot(object, object->got_end) : 0;
}

void link_got_fill(const struct link_object *object, const struct link_section *sections,
		   const uint32_t *values)
{
	uint8_t *got = sections[0].bytes;

	if (!object->has_got)
		return;
	bytes_clear(got, 4 * RESERVED_SLOTS);
	bytes_copy(got + 4 * RESERVED_SLOTS, values + object->got_first,
		   4 * (object->got_end - object->got_first));
}

bool link_got_named(const char *name)
{
	return name[0] == '_' && name[1] == 'G' && text_equal(name, "_GLOBAL_OFFSET_TABLE_");
}
