/*
 * Stage 2, relocations: each patches one whole word inside its section, neighbours in the table do not overlap (tables
 * are runs of ascending places: as writes jumps behind the rest), the type is one that is applied, the symbol exists
 * and lies in something that is loaded. Relocations of sections that are not loaded (debug data) are checked for place and symbol.
 */
#include "lib/checked.h"
#include "link/check.h"

static enum link_status check_symbol(const struct link_object *object, const struct link_section *sections,
				     const struct elf_reloc *reloc, struct link_error *at)
{
	uint32_t index = elf_reloc_symbol(reloc);
	const struct elf_symbol *symbol;

	at->value = index;
	if (index >= object->symbol_count)
		return at->status = LINK_RELOC_SYMBOL;
	symbol = &object->symbols[index];
	if (!index || symbol->section == ELF_INDEX_UNDEFINED || symbol->section >= ELF_INDEX_RESERVED)
		return LINK_OK;
	if (sections[symbol->section].region == LINK_NOT_LOADED)
		return at->status = LINK_RELOC_UNLOADED;
	return LINK_OK;
}

static enum link_status check_loaded(const struct link_object *object, const struct link_section *sections,
				     const struct elf_reloc *reloc, struct link_error *at)
{
	if (!link_reloc_supported(elf_reloc_type(reloc))) {
		at->value = elf_reloc_type(reloc);
		return at->status = LINK_RELOC_TYPE;
	}
	return check_symbol(object, sections, reloc, at);
}

static bool overlaps(const struct elf_reloc *a, const struct elf_reloc *b)
{
	return elf_reloc_type(a) && elf_reloc_type(b) &&
	       range_overlaps(a->offset, a->offset + 3, b->offset, b->offset + 3);
}

static enum link_status check_table(const struct link_object *object, const struct link_section *sections,
				    uint32_t section, struct link_error *error)
{
	uint32_t table = sections[section].reloc;
	const struct elf_section *header = &object->sections[table];
	const struct elf_section *target = &object->sections[section];
	const struct elf_reloc *relocs = (const void *)(object->bytes + header->offset);
	bool loaded = sections[section].region != LINK_NOT_LOADED;

	for (uint32_t i = 0; i < header->size / sizeof(*relocs); i++) {
		const struct elf_reloc *reloc = &relocs[i];
		struct link_error at = { LINK_OK, table, i, reloc->offset, reloc->info };

		if (target->size < 4 || reloc->offset > target->size - 4)
			at.status = LINK_RELOC_OFFSET;
		else if (loaded && i && overlaps(reloc, reloc - 1))
			at.status = LINK_RELOC_OVERLAP;
		else if (loaded)
			check_loaded(object, sections, reloc, &at);
		else if (elf_reloc_symbol(reloc) >= object->symbol_count)
			at.status = LINK_RELOC_SYMBOL;
		if (at.status) {
			*error = at;
			return at.status;
		}
	}
	return LINK_OK;
}

enum link_status link_check_relocs(const struct link_object *object, struct link_section *sections,
				   struct link_error *error)
{
	for (uint32_t i = 1; i < object->section_count; i++) {
		enum link_status status = LINK_OK;

		if (sections[i].reloc)
			status = check_table(object, sections, i, error);
		if (status)
			return status;
	}
	return LINK_OK;
}
