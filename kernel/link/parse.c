/*
 * Stage 1: is this a relocatable i386 ELF file, and where is its section table?
 *
 * Every field of the ELF header has exactly one right value or range in a relocatable file, and is held to it: a
 * file that differs was damaged or made for something else. What the header leads to is checked by the next stage.
 */
#include "lib/checked.h"
#include "lib/string.h"
#include "link/check.h"

static enum link_status fail_header(struct link_error *error, enum link_status status,
				    uint32_t offset, uint32_t value)
{
	return link_fail(error, status, 0, 0, offset, value);
}

#define HEADER_OFFSET(field) ((uint32_t)offsetof(struct elf_header, field))

static enum link_status check_ident(const struct elf_header *header, struct link_error *error)
{
	static const uint8_t magic[4] = { 0x7f, 'E', 'L', 'F' };
	const uint8_t *ident = header->ident;

	if (!bytes_equal(ident, magic, sizeof(magic)))
		return fail_header(error, LINK_NOT_ELF, 0, ident[0]);
	if (ident[ELF_CLASS] != ELF_CLASS_32)
		return fail_header(error, LINK_BAD_CLASS, ELF_CLASS, ident[ELF_CLASS]);
	if (ident[ELF_DATA] != ELF_DATA_LITTLE)
		return fail_header(error, LINK_BAD_DATA, ELF_DATA, ident[ELF_DATA]);
	if (ident[ELF_IDENT_VERSION] != ELF_VERSION)
		return fail_header(error, LINK_BAD_VERSION, ELF_IDENT_VERSION,
				   ident[ELF_IDENT_VERSION]);
	if (ident[ELF_OSABI] && ident[ELF_OSABI] != ELF_OSABI_GNU)
		return fail_header(error, LINK_BAD_OSABI, ELF_OSABI, ident[ELF_OSABI]);
	for (uint32_t i = ELF_PADDING; i < sizeof(header->ident); i++)
		if (ident[i])
			return fail_header(error, LINK_BAD_PADDING, i, ident[i]);
	return LINK_OK;
}

static enum link_status check_kind(const struct elf_header *header, struct link_error *error)
{
	if (header->type != ELF_TYPE_RELOCATABLE)
		return fail_header(error, LINK_BAD_TYPE, HEADER_OFFSET(type), header->type);
	if (header->machine != ELF_MACHINE_386)
		return fail_header(error, LINK_BAD_MACHINE, HEADER_OFFSET(machine),
				   header->machine);
	if (header->version != ELF_VERSION)
		return fail_header(error, LINK_BAD_VERSION, HEADER_OFFSET(version),
				   header->version);
	if (header->entry)
		return fail_header(error, LINK_BAD_ENTRY, HEADER_OFFSET(entry), header->entry);
	if (header->flags)
		return fail_header(error, LINK_BAD_FLAGS, HEADER_OFFSET(flags), header->flags);
	if (header->header_size != sizeof(*header))
		return fail_header(error, LINK_BAD_HEADER_SIZE, HEADER_OFFSET(header_size),
				   header->header_size);
	if (header->program_offset)
		return fail_header(error, LINK_HAS_SEGMENTS, HEADER_OFFSET(program_offset),
				   header->program_offset);
	if (header->program_size)
		return fail_header(error, LINK_HAS_SEGMENTS, HEADER_OFFSET(program_size),
				   header->program_size);
	if (header->program_count)
		return fail_header(error, LINK_HAS_SEGMENTS, HEADER_OFFSET(program_count),
				   header->program_count);
	return LINK_OK;
}

static enum link_status check_table(const struct elf_header *header, uint32_t size,
				    struct link_error *error)
{
	uint32_t table_size = header->section_count * (uint32_t)sizeof(struct elf_section);

	if (header->section_size != sizeof(struct elf_section))
		return fail_header(error, LINK_SECTION_TABLE, HEADER_OFFSET(section_size),
				   header->section_size);
	if (header->section_count < 2 || header->section_count > LINK_MAX_SECTIONS)
		return fail_header(error, LINK_SECTION_COUNT, HEADER_OFFSET(section_count),
				   header->section_count);
	if (header->section_offset < sizeof(*header) || header->section_offset % 4)
		return fail_header(error, LINK_SECTION_TABLE, HEADER_OFFSET(section_offset),
				   header->section_offset);
	if (!range_inside(header->section_offset, table_size, size))
		return fail_header(error, LINK_TRUNCATED, HEADER_OFFSET(section_offset),
				   header->section_offset);
	if (!header->names_index || header->names_index >= header->section_count)
		return fail_header(error, LINK_NAMES_INDEX, HEADER_OFFSET(names_index),
				   header->names_index);
	return LINK_OK;
}

enum link_status link_parse(const void *bytes, size_t size, struct link_object *object,
			    struct link_error *error)
{
	const struct elf_header *header = bytes;
	enum link_status status;

	*object = (struct link_object){ 0 };
	*error = (struct link_error){ 0 };
	if ((uintptr_t)bytes % 4)
		return fail_header(error, LINK_MISALIGNED, 0, 0);
	if (size < sizeof(*header) || size > UINT32_MAX)
		return fail_header(error, LINK_TRUNCATED, 0, (uint32_t)size);
	object->bytes = bytes;
	object->size = (uint32_t)size;
	link_trailer_find(object);
	status = check_ident(header, error);
	if (!status)
		status = check_kind(header, error);
	if (!status)
		status = check_table(header, object->size, error);
	if (status)
		return status;
	object->header = header;
	object->sections = (const void *)((const uint8_t *)bytes + header->section_offset);
	object->section_count = header->section_count;
	return LINK_OK;
}

/* A section symbol goes by its section's name. */
const char *link_symbol_name(const struct link_object *object, uint32_t symbol)
{
	const struct elf_symbol *entry = &object->symbols[symbol];

	if (elf_symbol_type(entry) == ELF_SYMBOL_SECTION && !entry->name)
		return link_section_name(object, entry->section);
	return object->symbol_names + entry->name;
}

uint32_t link_find_section(const struct link_object *object, const char *name)
{
	for (uint32_t i = 1; i < object->section_count; i++)
		if (text_equal(link_section_name(object, i), name))
			return i;
	return 0;
}

bool link_first_use(const struct link_object *object, uint32_t symbol, uint32_t *section,
		    uint32_t *offset)
{
	for (uint32_t i = 1; i < object->section_count; i++) {
		const struct elf_section *header = &object->sections[i];
		const struct elf_reloc *reloc = (const void *)(object->bytes + header->offset);

		if (header->type != ELF_SECTION_REL ||
		    !(object->sections[header->info].flags & ELF_FLAG_ALLOC))
			continue;
		for (uint32_t n = header->size / sizeof(*reloc); n; n--, reloc++) {
			if (elf_reloc_symbol(reloc) != symbol)
				continue;
			*section = header->info;
			*offset = reloc->offset;
			return true;
		}
	}
	return false;
}

const struct elf_symbol *link_symbol_at(const struct link_object *object, uint32_t section,
					uint32_t offset)
{
	const struct elf_symbol *best = NULL;

	for (uint32_t i = 1; i < object->symbol_count; i++) {
		const struct elf_symbol *symbol = &object->symbols[i];

		if (symbol->section != section || !symbol->name || symbol->value > offset)
			continue;
		if (elf_symbol_type(symbol) == ELF_SYMBOL_SECTION)
			continue;
		if (!best || symbol->value > best->value)
			best = symbol;
	}
	return best;
}
