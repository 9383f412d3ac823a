/*
 * Stage 2, relocations: each patches one whole word inside its section, neighbours in the table do not overlap (tables
 * are runs of ascending places: as writes jumps behind the rest), the type is one that is applied, the symbol exists
 * and lies in something that is loaded. Relocations of sections that are not loaded (debug data) are checked for place
 * and symbol.
 *
 * A large module has tens of thousands, and neighbours often refer to the same symbol in the same way: what was found
 * good for one reference is not looked up again for the next.
 */
#include "lib/checked.h"
#include "link/check.h"

static enum link_status check_symbol(const struct link_object *object,
				     const struct link_section *sections, uint32_t index)
{
	const struct elf_symbol *symbol;

	if (index >= object->symbol_count)
		return LINK_RELOC_SYMBOL;
	symbol = &object->symbols[index];
	if (!index || symbol->section == ELF_INDEX_UNDEFINED ||
	    symbol->section >= ELF_INDEX_RESERVED)
		return LINK_OK;
	return sections[symbol->section].region == LINK_NOT_LOADED ? LINK_RELOC_UNLOADED : LINK_OK;
}

/* What a relocation says, apart from its place. */
static enum link_status check_info(const struct link_object *object,
				   const struct link_section *sections,
				   const struct elf_reloc *reloc, bool loaded)
{
	if (!loaded)
		return elf_reloc_symbol(reloc) < object->symbol_count ? LINK_OK : LINK_RELOC_SYMBOL;
	if (!link_reloc_supported(elf_reloc_type(reloc)))
		return LINK_RELOC_TYPE;
	return check_symbol(object, sections, elf_reloc_symbol(reloc));
}

static enum link_status fail(struct link_error *error, enum link_status status, uint32_t table,
			     const struct elf_reloc *relocs, const struct elf_reloc *reloc)
{
	uint32_t value = reloc->info;

	if (status == LINK_RELOC_TYPE)
		value = elf_reloc_type(reloc);
	else if (status == LINK_RELOC_SYMBOL || status == LINK_RELOC_UNLOADED)
		value = elf_reloc_symbol(reloc);
	return link_fail(error, status, table, (uint32_t)(reloc - relocs), reloc->offset, value);
}

/* Whether two words have a byte in common: less than 4 bytes apart. */
static inline bool words_overlap(uint32_t a, uint32_t b)
{
	return a - b + 3 <= 6;
}

/*
 * Skips relocations that need no further look: same symbol and type as the last one that was found good, each behind
 * the word before it. Such places ascend, so that none lies outside if the last does not; NULL: one does.
 * next: behind the last word.
 */
static const struct elf_reloc *skip_run(const struct elf_reloc *reloc, const struct elf_reloc *end,
					uint32_t good, uint32_t limit, uint32_t *next)
{
	const struct elf_reloc *r = reloc;
	uint32_t behind = *next, any = 0;

#define STEP(n)                                          \
	if (r[n].offset < behind || r[n].info != good) { \
		r += n;                                  \
		break;                                   \
	}                                                \
	behind = r[n].offset + 4;                        \
	any |= r[n].offset

	for (; end - r >= 4; r += 4) {
		STEP(0);
		STEP(1);
		STEP(2);
		STEP(3);
	}
#undef STEP
	if (r > reloc && (any > INT32_MAX || behind > limit + 3))
		return NULL;
	*next = behind;
	return r;
}

static enum link_status check_table(struct link_object *object, const struct link_section *sections,
				    uint32_t section, struct link_error *error)
{
	uint32_t table = sections[section].reloc, size = object->sections[section].size;
	const struct elf_section *header = &object->sections[table];
	const struct elf_reloc *relocs = (const void *)(object->bytes + header->offset);
	const struct elf_reloc *end = relocs + header->size / sizeof(*relocs);
	bool loaded = sections[section].region != LINK_NOT_LOADED;
	uint32_t limit = size < 4 ? 0 : size - 3, next = 0;
	uint32_t good = 0; /* R_386_NONE against symbol 0 */

	for (const struct elf_reloc *reloc = relocs, *skipped = relocs; reloc < end; reloc++) {
		enum link_status status = LINK_OK;

		if (reloc->offset >= limit)
			return fail(error, LINK_RELOC_OFFSET, table, relocs, reloc);
		if (loaded && reloc > relocs && words_overlap(reloc->offset, next - 4) &&
		    elf_reloc_type(reloc))
			return fail(error, LINK_RELOC_OVERLAP, table, relocs, reloc);
		if (reloc->info != good)
			status = check_info(object, sections, reloc, loaded);
		if (status)
			return fail(error, status, table, relocs, reloc);
		if (loaded && reloc->info != good)
			link_got_note(object, reloc);
		good = reloc->info;
		next = reloc->offset + 4;
		if (skipped)
			skipped = skip_run(reloc + 1, end, good, limit, &next);
		if (skipped)
			reloc = skipped - 1;
	}
	return LINK_OK;
}

enum link_status link_check_relocs(struct link_object *object, struct link_section *sections,
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
