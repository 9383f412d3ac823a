/*
 * Stage 6: the words that refer to symbols are patched. Everything was checked by stage 2; nothing can fail here.
 */
#include "link/link.h"

/*
 * Each word becomes word + value - (its own address, where the type is relative). Neighbours with the same type and
 * symbol are patched in one run.
 */
static void relocate_section(const struct link_object *object, const struct link_section *section,
			     const uint32_t *values)
{
	const struct elf_section *header = &object->sections[section->reloc];
	const struct elf_reloc *reloc = (const void *)(object->bytes + header->offset);
	const struct elf_reloc *end = reloc + header->size / sizeof(*reloc);
	uint32_t address = section->address;
	uint8_t *bytes = section->bytes;

	while (reloc < end) {
		uint32_t info = reloc->info;
		struct link_patch patch = link_reloc_patch(elf_reloc_type(reloc),
							   values[elf_reloc_symbol(reloc)]);

		do
			link_patch_word(bytes + reloc->offset,
					patch.value - ((address + reloc->offset) & patch.relative));
		while (++reloc < end && reloc->info == info);
	}
}

void link_relocate(const struct link_object *object, const struct link_section *sections,
		   const uint32_t *values)
{
	for (uint32_t i = 1; i < object->section_count; i++)
		if (sections[i].reloc && sections[i].bytes)
			relocate_section(object, &sections[i], values);
}
