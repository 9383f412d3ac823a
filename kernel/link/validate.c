/*
 * Stage 2: every field of every table is checked before anything is done with it.
 *
 * Afterwards the other stages index and add without looking: section names and symbol names end inside their tables,
 * each section's bytes lie in the file and overlap no other's, each symbol lies in its section, each relocation
 * patches a word inside a section that is loaded and refers to a symbol that has a value.
 */
#include "lib/checked.h"
#include "lib/string.h"
#include "link/check.h"

static enum link_status check_zero(const struct link_object *object, struct link_error *error)
{
	static const struct elf_section zero;

	if (!bytes_equal(&object->sections[0], &zero, sizeof(zero)))
		return link_fail(error, LINK_SECTION_ZERO, 0, 0, object->header->section_offset, 0);
	return LINK_OK;
}

/* The section name table comes first: messages name sections. */
static enum link_status find_names(struct link_object *object, struct link_error *error)
{
	uint32_t index = object->header->names_index;
	const struct elf_section *names = &object->sections[index];

	if (names->type != ELF_SECTION_STRTAB)
		return link_fail(error, LINK_NAMES_INDEX, index, 0, 0, names->type);
	if (!range_inside(names->offset, names->size, object->size))
		return link_fail(error, LINK_SECTION_RANGE, index, 0, names->offset, names->size);
	if (!names->size || object->bytes[names->offset] ||
	    object->bytes[names->offset + names->size - 1])
		return link_fail(error, LINK_STRING_TABLE, index, 0, names->offset, names->size);
	for (uint32_t i = 0; i < object->section_count; i++)
		if (!link_name_valid(object->sections[i].name, names->size))
			return link_fail(error, LINK_NAME, i, 0, 0, object->sections[i].name);
	object->section_names = (const char *)object->bytes + names->offset;
	object->section_names_size = names->size;
	return LINK_OK;
}

/* What remains to be seen when each section has its place. intact: the checksum says so. */
static enum link_status check_contents(struct link_object *object, struct link_section *sections,
				       bool intact, struct link_error *error)
{
	enum link_status status = link_check_symbols(object, error);

	if (!status)
		status = link_check_relocs(object, sections, intact, error);
	if (!status)
		status = link_modinfo_validate(object, error);
	sections[0].region = object->has_got ? LINK_RODATA : LINK_NOT_LOADED;
	return status;
}

/* What an earlier validation of the same file has filled in. */
static void forget(struct link_object *object)
{
	bytes_clear(object->known, sizeof(object->known));
	object->symtab = 0;
	object->has_got = false;
	object->got_first = object->got_end = 0;
}

/* A wrong checksum is an answer only when nothing says where the damage is. */
enum link_status link_validate(struct link_object *object, struct link_section *sections,
			       struct link_error *error)
{
	struct link_error damage = { 0 };
	enum link_status status;

	*error = damage;
	forget(object);
	bytes_clear(sections, object->section_count * sizeof(*sections));
	status = check_zero(object, error);
	if (!status)
		status = find_names(object, error);
	if (!status)
		status = link_check_sections(object, sections, error);
	if (!status)
		status = link_check_overlaps(object, sections, error);
	if (status)
		return status;
	link_check_checksum(object, &damage);
	status = check_contents(object, sections, object->has_checksum && !damage.status, error);
	if (!status)
		*error = damage;
	return error->status;
}
