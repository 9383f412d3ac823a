/*
 * Stage 6: the words that refer to symbols are patched. Everything was checked by stage 2; nothing can fail here.
 */
#include "link/link.h"

static void relocate_section(const struct link_object *object, const struct link_section *section,
			     const uint32_t *values)
{
	const struct elf_section *header = &object->sections[section->reloc];
	const struct elf_reloc *reloc = (const void *)(object->bytes + header->offset);
	const struct elf_reloc *end = reloc + header->size / sizeof(*reloc);

	for (; reloc < end; reloc++)
		link_reloc_apply(elf_reloc_type(reloc), section->bytes + reloc->offset,
				 section->address + reloc->offset, values[elf_reloc_symbol(reloc)]);
}

void link_relocate(const struct link_object *object, const struct link_section *sections, const uint32_t *values)
{
	for (uint32_t i = 1; i < object->section_count; i++)
		if (sections[i].reloc && sections[i].bytes)
			relocate_section(object, &sections[i], values);
}
