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

#define APPLIED_SMALL \
	(1u << ELF_R_386_NONE | 1u << ELF_R_386_32 | 1u << ELF_R_386_PC32 | 1u << ELF_R_386_PLT32)

struct table {
	struct link_object *object;
	const struct link_section *sections;
	const struct elf_reloc *relocs, *end;
	uint32_t index; /* of the relocation section */
	uint32_t limit; /* no word begins here or later */
	bool loaded;	/* the section that is patched is */
};

static bool symbol_is_loaded(const struct table *table, uint32_t index)
{
	uint32_t section = table->object->symbols[index].section;

	return section == ELF_INDEX_UNDEFINED || section >= ELF_INDEX_RESERVED ||
	       table->sections[section].region != LINK_NOT_LOADED;
}

/* What a relocation says, apart from its place. The types that compilers write into modules come first. */
static inline enum link_status check_info(const struct table *table, const struct elf_reloc *reloc)
{
	uint32_t symbol = elf_reloc_symbol(reloc), type = elf_reloc_type(reloc);

	if (symbol >= table->object->symbol_count)
		return LINK_RELOC_SYMBOL;
	if (!table->loaded)
		return LINK_OK;
	if (type >= 32 || !(1u << type & APPLIED_SMALL)) {
		if (!link_reloc_supported(type))
			return LINK_RELOC_TYPE;
		link_got_note(table->object, reloc);
	}
	return !symbol || symbol_is_loaded(table, symbol) ? LINK_OK : LINK_RELOC_UNLOADED;
}

/*
 * Skips relocations that need no further look: same symbol and type as the one before reloc, each behind the word before
 * it. Such places ascend, so that none lies outside if the last does not; NULL: one does. next: behind the last word.
 */
static const struct elf_reloc *skip_run(const struct table *table, const struct elf_reloc *reloc,
					uint32_t *next)
{
	const struct elf_reloc *r = reloc, *last = table->end - 7;
	uint32_t behind = *next, any = 0, good = reloc[-1].info;

#define STEP(n)                                          \
	if (r[n].offset < behind || r[n].info != good) { \
		r += n;                                  \
		break;                                   \
	}                                                \
	behind = r[n].offset + 4;                        \
	any |= r[n].offset

	for (; r < last; r += 8) {
		STEP(0);
		STEP(1);
		STEP(2);
		STEP(3);
		STEP(4);
		STEP(5);
		STEP(6);
		STEP(7);
	}
#undef STEP
	if (r > reloc && (any > INT32_MAX || behind > table->limit + 3))
		return NULL;
	*next = behind;
	return r;
}

static enum link_status fail(struct link_error *error, enum link_status status,
			     const struct table *table, const struct elf_reloc *reloc)
{
	uint32_t value = reloc->info;

	if (status == LINK_RELOC_TYPE)
		value = elf_reloc_type(reloc);
	else if (status == LINK_RELOC_SYMBOL || status == LINK_RELOC_UNLOADED)
		value = elf_reloc_symbol(reloc);
	return link_fail(error, status, table->index, (uint32_t)(reloc - table->relocs),
			 reloc->offset, value);
}

/* Whether a word has a byte in common with the one that ends before next. */
static inline bool word_overlaps(uint32_t offset, uint32_t next)
{
	return offset - next + 7 <= 6;
}

/* A word that does not fit at the end of a section; of a type that is refused, that says more. */
static enum link_status outside(const struct table *table, const struct elf_reloc *reloc)
{
	enum link_status status = check_info(table, reloc);

	return status == LINK_RELOC_TYPE ? status : LINK_RELOC_OFFSET;
}

static enum link_status check_table(const struct table *table, struct link_error *error)
{
	uint32_t good = 0; /* R_386_NONE against symbol 0 */
	uint32_t next = 0;
	bool runs = true; /* none of them can have a place outside */

	for (const struct elf_reloc *reloc = table->relocs; reloc < table->end; reloc++) {
		enum link_status status;

		if (reloc->offset >= table->limit)
			return fail(error, outside(table, reloc), table, reloc);
		if (reloc->offset < next && word_overlaps(reloc->offset, next) && table->loaded &&
		    elf_reloc_type(reloc))
			return fail(error, LINK_RELOC_OVERLAP, table, reloc);
		next = reloc->offset + 4;
		if (reloc->info != good) {
			status = check_info(table, reloc);
			if (status)
				return fail(error, status, table, reloc);
			good = reloc->info;
		} else if (runs) {
			const struct elf_reloc *behind = skip_run(table, reloc + 1, &next);

			runs = behind != NULL;
			reloc = runs ? behind - 1 : reloc;
		}
	}
	return LINK_OK;
}

/* Relocations of what is not loaded are nobody's concern when the checksum shows that they are as they were made. */
enum link_status link_check_relocs(struct link_object *object, struct link_section *sections,
				   bool intact, struct link_error *error)
{
	for (uint32_t i = 1; i < object->section_count; i++) {
		const struct elf_section *header = &object->sections[sections[i].reloc];
		struct table table = { .object = object, .sections = sections };
		enum link_status status;

		table.loaded = sections[i].region != LINK_NOT_LOADED;
		if (!sections[i].reloc || (intact && !table.loaded))
			continue;
		table.index = sections[i].reloc;
		table.relocs = (const void *)(object->bytes + header->offset);
		table.end = table.relocs + header->size / sizeof(*table.relocs);
		table.limit = object->sections[i].size < 4 ? 0 : object->sections[i].size - 3;
		status = check_table(&table, error);
		if (status)
			return status;
	}
	return LINK_OK;
}
