/*
 * Stage 2, relocations: each patches one whole word inside its section, the words of a section ascend and do not
 * overlap (as every assembler and `ld -r` write them), the type is one that is applied, the symbol exists and lies in
 * something that is loaded. Relocations of sections that are not loaded (debug data) are checked for place and symbol.
 */
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

static enum link_status check_table(const struct link_object *object, const struct link_section *sections,
				    uint32_t section, struct link_error *error)
{
	uint32_t table = sections[section].reloc;
	const struct elf_section *header = &object->sections[table];
	const struct elf_section *target = &object->sections[section];
	const struct elf_reloc *relocs = (const void *)(object->bytes + header->offset);
	bool loaded = sections[section].region != LINK_NOT_LOADED;
	uint32_t next = 0;

	for (uint32_t i = 0; i < header->size / sizeof(*relocs); i++) {
		const struct elf_reloc *reloc = &relocs[i];
		struct link_error at = { LINK_OK, table, i, reloc->offset, reloc->info };

		if (target->size < 4 || reloc->offset > target->size - 4)
			at.status = LINK_RELOC_OFFSET;
		else if (loaded && reloc->offset < next)
			at.status = LINK_RELOC_ORDER;
		else if (loaded)
			check_loaded(object, sections, reloc, &at);
		else if (elf_reloc_symbol(reloc) >= object->symbol_count)
			at.status = LINK_RELOC_SYMBOL;
		if (at.status) {
			*error = at;
			return at.status;
		}
		next = reloc->offset + 4;
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
