/*
 * Stage 2, sections: type, flags, place, alignment, link, info and entry size of each, and that no two share bytes.
 *
 * One rule per type says what its fields may be. Sections that are not loaded (debug data) are held to the same
 * rules for their place, but may have flags and types that do not concern the loader.
 */
#include "lib/checked.h"
#include "lib/string.h"
#include "link/check.h"

#define KNOWN_FLAGS                                                                            \
	(ELF_FLAG_WRITE | ELF_FLAG_ALLOC | ELF_FLAG_EXEC | ELF_FLAG_MERGE | ELF_FLAG_STRINGS | \
	 ELF_FLAG_INFO_LINK | ELF_FLAG_LINK_ORDER | ELF_FLAG_GROUP | ELF_FLAG_TLS |            \
	 ELF_FLAG_COMPRESSED | ELF_FLAG_EXCLUDE)

static const struct elf_section *section_at(const struct link_object *object, uint32_t index)
{
	return &object->sections[index];
}

static enum link_status check_flags(const struct elf_section *section, uint32_t index,
				    struct link_error *error)
{
	uint32_t flags = section->flags;

	if (flags & ~KNOWN_FLAGS)
		return link_fail(error, LINK_SECTION_FLAGS, index, 0, 0, flags);
	if (flags & ELF_FLAG_TLS)
		return link_fail(error, LINK_SECTION_TLS, index, 0, 0, flags);
	if (!(flags & ELF_FLAG_ALLOC))
		return LINK_OK;
	if (flags & ELF_FLAG_COMPRESSED)
		return link_fail(error, LINK_SECTION_COMPRESSED, index, 0, 0, flags);
	if ((flags & ELF_FLAG_WRITE) && (flags & ELF_FLAG_EXEC))
		return link_fail(error, LINK_SECTION_WX, index, 0, 0, flags);
	if (flags & (ELF_FLAG_INFO_LINK | ELF_FLAG_EXCLUDE))
		return link_fail(error, LINK_SECTION_FLAGS, index, 0, 0, flags);
	return LINK_OK;
}

static enum link_status check_place(const struct link_object *object,
				    const struct elf_section *section, uint32_t index,
				    struct link_error *error)
{
	uint32_t size = section->type == ELF_SECTION_NOBITS ? 0 : section->size;

	if (section->address)
		return link_fail(error, LINK_SECTION_ADDRESS, index, 0, 0, section->address);
	if (section->align & (section->align - 1) || section->align > LINK_PAGE)
		return link_fail(error, LINK_SECTION_ALIGN, index, 0, 0, section->align);
	if (!range_inside(section->offset, size, object->size) ||
	    section->offset < sizeof(struct elf_header))
		return link_fail(error, LINK_SECTION_RANGE, index, 0, section->offset,
				 section->size);
	return LINK_OK;
}

/* Program data: no link, no info; an entry size only for mergeable data, which it then divides. */
static enum link_status check_program(const struct elf_section *section, uint32_t index,
				      struct link_error *error)
{
	if (section->link && !(section->flags & ELF_FLAG_LINK_ORDER))
		return link_fail(error, LINK_SECTION_LINK, index, 0, 0, section->link);
	if (section->info)
		return link_fail(error, LINK_SECTION_INFO, index, 0, 0, section->info);
	if (section->entry_size &&
	    (!(section->flags & ELF_FLAG_MERGE) || section->size % section->entry_size))
		return link_fail(error, LINK_SECTION_ENTRY_SIZE, index, 0, 0, section->entry_size);
	if ((section->flags & ELF_FLAG_MERGE) && (section->flags & ELF_FLAG_ALLOC) &&
	    !section->entry_size)
		return link_fail(error, LINK_SECTION_ENTRY_SIZE, index, 0, 0, section->entry_size);
	return LINK_OK;
}

static enum link_status check_strings(const struct link_object *object,
				      const struct elf_section *section, uint32_t index,
				      struct link_error *error)
{
	if (section->flags & ~(ELF_FLAG_MERGE | ELF_FLAG_STRINGS))
		return link_fail(error, LINK_SECTION_FLAGS, index, 0, 0, section->flags);
	if (section->link)
		return link_fail(error, LINK_SECTION_LINK, index, 0, 0, section->link);
	if (section->info)
		return link_fail(error, LINK_SECTION_INFO, index, 0, 0, section->info);
	if (section->entry_size)
		return link_fail(error, LINK_SECTION_ENTRY_SIZE, index, 0, 0, section->entry_size);
	if (!section->size || object->bytes[section->offset] ||
	    object->bytes[section->offset + section->size - 1])
		return link_fail(error, LINK_STRING_TABLE, index, 0, section->offset,
				 section->size);
	return LINK_OK;
}

/* Tables of records that the linker reads where they lie: flags, entry size, whole records, natural alignment. */
static enum link_status check_records(const struct elf_section *section, uint32_t index,
				      uint32_t entry_size, uint32_t flags, struct link_error *error)
{
	if (section->flags & ~flags)
		return link_fail(error, LINK_SECTION_FLAGS, index, 0, 0, section->flags);
	if (section->entry_size != entry_size)
		return link_fail(error, LINK_SECTION_ENTRY_SIZE, index, 0, 0, section->entry_size);
	if (section->size % entry_size)
		return link_fail(error, LINK_SECTION_RANGE, index, 0, section->offset,
				 section->size);
	if (section->align != 4 || section->offset % 4)
		return link_fail(error, LINK_SECTION_ALIGN, index, 0, section->offset,
				 section->align);
	return LINK_OK;
}

static enum link_status check_symtab(struct link_object *object, const struct elf_section *section,
				     uint32_t index, struct link_error *error)
{
	enum link_status status = check_records(section, index, sizeof(struct elf_symbol), 0,
						error);

	if (status)
		return status;
	if (object->symtab)
		return link_fail(error, LINK_TWO_SYMTABS, index, object->symtab, 0, 0);
	if (!section->size || section->info > section->size / sizeof(struct elf_symbol) ||
	    !section->info)
		return link_fail(error, LINK_SECTION_INFO, index, 0, 0, section->info);
	if (section->link >= object->section_count ||
	    section_at(object, section->link)->type != ELF_SECTION_STRTAB)
		return link_fail(error, LINK_SECTION_LINK, index, 0, 0, section->link);
	object->symtab = index;
	return LINK_OK;
}

static enum link_status check_rel(const struct link_object *object, struct link_section *sections,
				  const struct elf_section *section, uint32_t index,
				  struct link_error *error)
{
	enum link_status status = check_records(section, index, sizeof(struct elf_reloc),
						ELF_FLAG_INFO_LINK | ELF_FLAG_GROUP, error);
	const struct elf_section *target;

	if (status)
		return status;
	if (section->info >= object->section_count || !section->info)
		return link_fail(error, LINK_SECTION_INFO, index, 0, 0, section->info);
	if (section->link >= object->section_count ||
	    section_at(object, section->link)->type != ELF_SECTION_SYMTAB)
		return link_fail(error, LINK_SECTION_LINK, index, 0, 0, section->link);
	target = section_at(object, section->info);
	if (target->type != ELF_SECTION_PROGBITS && target->type != ELF_SECTION_NOTE)
		return link_fail(error, LINK_RELOC_TARGET, index, 0, 0, section->info);
	if (sections[section->info].reloc)
		return link_fail(error, LINK_RELOC_TWICE, index, sections[section->info].reloc, 0,
				 section->info);
	sections[section->info].reloc = (uint16_t)index;
	return LINK_OK;
}

/* A group: a word of flags and the indices of sections that belong together. */
static enum link_status check_group(const struct link_object *object,
				    const struct elf_section *section, uint32_t index,
				    struct link_error *error)
{
	const uint32_t *words = (const void *)(object->bytes + section->offset);
	enum link_status status = check_records(section, index, 4, 0, error);

	if (status)
		return status;
	if (section->link >= object->section_count ||
	    section_at(object, section->link)->type != ELF_SECTION_SYMTAB)
		return link_fail(error, LINK_SECTION_LINK, index, 0, 0, section->link);
	if (section->info >= section_at(object, section->link)->size / sizeof(struct elf_symbol))
		return link_fail(error, LINK_SECTION_INFO, index, 0, 0, section->info);
	if (!section->size || words[0] > 1)
		return link_fail(error, LINK_GROUP, index, 0, section->offset, section->size);
	for (uint32_t i = 1; i < section->size / 4; i++)
		if (!words[i] || words[i] >= object->section_count)
			return link_fail(error, LINK_GROUP, index, i, section->offset + 4 * i,
					 words[i]);
	return LINK_OK;
}

static enum link_status check_section(struct link_object *object, struct link_section *sections,
				      uint32_t index, struct link_error *error)
{
	const struct elf_section *section = section_at(object, index);

	switch (section->type) {
	case ELF_SECTION_PROGBITS:
	case ELF_SECTION_NOBITS:
	case ELF_SECTION_NOTE:
		return check_program(section, index, error);
	case ELF_SECTION_STRTAB:
		return check_strings(object, section, index, error);
	case ELF_SECTION_SYMTAB:
		return check_symtab(object, section, index, error);
	case ELF_SECTION_REL:
		return check_rel(object, sections, section, index, error);
	case ELF_SECTION_GROUP:
		return check_group(object, section, index, error);
	case ELF_SECTION_RELA:
		return link_fail(error, LINK_SECTION_RELA, index, 0, 0, section->type);
	case ELF_SECTION_INIT_ARRAY:
	case ELF_SECTION_FINI_ARRAY:
	case ELF_SECTION_PREINIT_ARRAY:
		return link_fail(error, LINK_SECTION_INIT_ARRAY, index, 0, 0, section->type);
	case ELF_SECTION_LLVM_ADDRSIG:
		if (!(section->flags & ELF_FLAG_ALLOC))
			return LINK_OK;
		break;
	}
	return link_fail(error, LINK_SECTION_TYPE, index, 0, 0, section->type);
}

enum link_status link_check_sections(struct link_object *object, struct link_section *sections,
				     struct link_error *error)
{
	for (uint32_t i = 1; i < object->section_count; i++) {
		const struct elf_section *section = section_at(object, i);
		enum link_status status = check_flags(section, i, error);

		if (!status)
			status = check_place(object, section, i, error);
		if (!status)
			status = check_section(object, sections, i, error);
		if (!status && link_may_be_known(object->section_names + section->name))
			status = link_note_known(object, i, error);
		if (status)
			return status;
		sections[i].region = section->flags & ELF_FLAG_ALLOC ? link_region_of(object, i)
								     : LINK_NOT_LOADED;
	}
	if (!object->symtab)
		return link_fail(error, LINK_NO_SYMTAB, 0, 0, 0, 0);
	return LINK_OK;
}

static bool has_bytes(const struct elf_section *section)
{
	return section->type != ELF_SECTION_NOBITS && section->size;
}

/*
 * The sections with bytes by their place in the file, in sections[].order. A linker writes two ascending sequences that
 * alternate in the section table: the sections, and behind them their relocations. One is kept from the front of the
 * array on, the other from its back, and the least is taken of the two.
 */
struct order {
	uint32_t front, front_end; /* ascending: [front, front_end) */
	uint32_t back, back_end;   /* [back, back_end) from its end on */
};

static uint32_t offset_at(const struct link_object *object, const struct link_section *sections,
			  uint32_t position)
{
	return section_at(object, sections[position].order)->offset;
}

/* False when the file has another order. */
static bool order_collect(const struct link_object *object, struct link_section *sections,
			  struct order *order)
{
	uint32_t front = 0, back = 0; /* the last offset of each */

	*order = (struct order){ 0, 0, object->section_count, object->section_count };
	for (uint32_t i = 1; i < object->section_count; i++) {
		uint32_t offset = section_at(object, i)->offset;

		if (!has_bytes(section_at(object, i)))
			continue;
		if (offset >= front && (front >= back || offset < back)) {
			sections[order->front_end++].order = i;
			front = offset;
		} else if (offset >= back) {
			sections[--order->back].order = i;
			back = offset;
		} else {
			return false;
		}
	}
	return true;
}

/* Shell sort by file offset: what is nearly in order, as files are, costs little, and no order costs n squared. */
static void order_sort(const struct link_object *object, struct link_section *sections,
		       uint32_t count)
{
	uint32_t gap = 1;

	while (gap < count / 3)
		gap = 3 * gap + 1;
	for (; gap; gap /= 3) {
		for (uint32_t i = gap; i < count; i++) {
			uint32_t moved = sections[i].order,
				 offset = section_at(object, moved)->offset, j = i;

			for (; j >= gap &&
			       section_at(object, sections[j - gap].order)->offset > offset;
			     j -= gap)
				sections[j].order = sections[j - gap].order;
			sections[j].order = moved;
		}
	}
}

static void order_any(const struct link_object *object, struct link_section *sections,
		      struct order *order)
{
	*order = (struct order){ 0 };
	for (uint32_t i = 1; i < object->section_count; i++)
		if (has_bytes(section_at(object, i)))
			sections[order->front_end++].order = i;
	order_sort(object, sections, order->front_end);
}

#define NONE UINT32_MAX /* no section begins there */

/* Both heads' places in the file. */
struct heads {
	uint32_t front, back;
};

static uint32_t head_front(const struct link_object *object, const struct link_section *sections,
			   const struct order *order)
{
	return order->front < order->front_end ? offset_at(object, sections, order->front) : NONE;
}

static uint32_t head_back(const struct link_object *object, const struct link_section *sections,
			  const struct order *order)
{
	return order->back < order->back_end ? offset_at(object, sections, order->back_end - 1)
					     : NONE;
}

/* The next section in the file; 0 behind the last. */
static uint32_t order_take(const struct link_object *object, const struct link_section *sections,
			   struct order *order, struct heads *heads)
{
	uint32_t taken;

	if (heads->front <= heads->back) {
		if (heads->front == NONE)
			return 0;
		taken = sections[order->front++].order;
		heads->front = head_front(object, sections, order);
		return taken;
	}
	taken = sections[--order->back_end].order;
	heads->back = head_back(object, sections, order);
	return taken;
}

enum link_status link_check_overlaps(const struct link_object *object,
				     struct link_section *sections, struct link_error *error)
{
	uint32_t table_first = object->header->section_offset;
	uint32_t table_last = table_first +
			      object->section_count * (uint32_t)sizeof(struct elf_section) - 1;
	uint32_t end = sizeof(struct elf_header), i;
	struct heads heads;
	struct order order;

	if (!order_collect(object, sections, &order))
		order_any(object, sections, &order);
	heads.front = head_front(object, sections, &order);
	heads.back = head_back(object, sections, &order);
	while ((i = order_take(object, sections, &order, &heads))) {
		const struct elf_section *section = section_at(object, i);
		uint32_t last = section->offset + section->size - 1;

		if (section->offset < end ||
		    range_overlaps(section->offset, last, table_first, table_last))
			return link_fail(error, LINK_SECTION_OVERLAP, i, 0, section->offset,
					 section->size);
		end = last + 1;
	}
	return link_check_end(object, end > table_last ? end : table_last + 1, error);
}
