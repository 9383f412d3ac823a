/*
 * Stage 2, symbols: binding, order, type, section and range of each.
 *
 * Refused with a reason of their own: COMMON (-fno-common), thread-local and indirect-function symbols, none of which
 * a kernel module can have.
 */
#include "lib/checked.h"
#include "lib/string.h"
#include "link/check.h"

static enum link_status fail_symbol(const struct link_object *object, struct link_error *error,
				    enum link_status status, uint32_t index, uint32_t value)
{
	uint32_t offset = object->sections[object->symtab].offset +
			  index * (uint32_t)sizeof(struct elf_symbol);

	return link_fail(error, status, object->symtab, index, offset, value);
}

static enum link_status check_binding(const struct link_object *object,
				      const struct elf_symbol *symbol, uint32_t index,
				      struct link_error *error)
{
	unsigned int binding = elf_symbol_binding(symbol);
	bool local = index < object->sections[object->symtab].info;

	if (binding != ELF_LOCAL && binding != ELF_GLOBAL && binding != ELF_WEAK)
		return fail_symbol(object, error, LINK_SYMBOL_BINDING, index, binding);
	if ((binding == ELF_LOCAL) != local)
		return fail_symbol(object, error, LINK_SYMBOL_ORDER, index, binding);
	if (symbol->other > 3)
		return fail_symbol(object, error, LINK_SYMBOL_OTHER, index, symbol->other);
	return LINK_OK;
}

static enum link_status check_type(const struct link_object *object,
				   const struct elf_symbol *symbol, uint32_t index,
				   struct link_error *error)
{
	unsigned int type = elf_symbol_type(symbol);

	switch (type) {
	case ELF_SYMBOL_NOTYPE:
	case ELF_SYMBOL_OBJECT:
	case ELF_SYMBOL_FUNC:
		return LINK_OK;
	case ELF_SYMBOL_SECTION:
		if (!symbol->value && !symbol->size && symbol->section < ELF_INDEX_RESERVED &&
		    symbol->section)
			return LINK_OK;
		return fail_symbol(object, error, LINK_SYMBOL_RANGE, index, symbol->value);
	case ELF_SYMBOL_FILE:
		if (symbol->section == ELF_INDEX_ABSOLUTE && !symbol->value && !symbol->size)
			return LINK_OK;
		return fail_symbol(object, error, LINK_SYMBOL_SECTION, index, symbol->section);
	case ELF_SYMBOL_COMMON:
		return fail_symbol(object, error, LINK_SYMBOL_COMMON, index, symbol->size);
	case ELF_SYMBOL_TLS:
		return fail_symbol(object, error, LINK_SYMBOL_TLS, index, type);
	case ELF_SYMBOL_IFUNC:
		return fail_symbol(object, error, LINK_SYMBOL_IFUNC, index, type);
	default:
		return fail_symbol(object, error, LINK_SYMBOL_TYPE, index, type);
	}
}

static enum link_status check_undefined(const struct link_object *object,
					const struct elf_symbol *symbol, uint32_t index,
					struct link_error *error)
{
	if (elf_symbol_binding(symbol) == ELF_LOCAL || symbol->value || symbol->size)
		return fail_symbol(object, error, LINK_SYMBOL_UNDEFINED, index, symbol->value);
	if (!object->symbol_names[symbol->name])
		return fail_symbol(object, error, LINK_SYMBOL_NAMELESS, index, symbol->name);
	return LINK_OK;
}

static enum link_status check_section(const struct link_object *object,
				      const struct elf_symbol *symbol, uint32_t index,
				      struct link_error *error)
{
	if (symbol->section == ELF_INDEX_UNDEFINED)
		return check_undefined(object, symbol, index, error);
	if (symbol->section == ELF_INDEX_ABSOLUTE)
		return LINK_OK;
	if (symbol->section == ELF_INDEX_COMMON)
		return fail_symbol(object, error, LINK_SYMBOL_COMMON, index, symbol->size);
	if (symbol->section >= object->section_count)
		return fail_symbol(object, error, LINK_SYMBOL_SECTION, index, symbol->section);
	if (!range_inside(symbol->value, symbol->size, object->sections[symbol->section].size))
		return fail_symbol(object, error, LINK_SYMBOL_RANGE, index, symbol->value);
	return LINK_OK;
}

/* What most symbols of a file with debug data are: one per section, which says nothing else. */
static inline bool is_plain_section(const struct link_object *object,
				    const struct elf_symbol *symbol, uint32_t index)
{
	return symbol->info == ELF_SYMBOL_SECTION && !symbol->value && !symbol->size &&
	       !symbol->other && symbol->section && symbol->section < object->section_count &&
	       index < object->sections[object->symtab].info;
}

static enum link_status check_symbol(const struct link_object *object, uint32_t index,
				     struct link_error *error)
{
	const struct elf_symbol *symbol = &object->symbols[index];
	enum link_status status;

	if (!link_name_valid(symbol->name, object->symbol_names_size))
		return fail_symbol(object, error, LINK_NAME, index, symbol->name);
	if (is_plain_section(object, symbol, index))
		return LINK_OK;
	status = check_binding(object, symbol, index, error);
	if (!status)
		status = check_type(object, symbol, index, error);
	if (!status)
		status = check_section(object, symbol, index, error);
	return status;
}

enum link_status link_check_symbols(struct link_object *object, struct link_error *error)
{
	static const struct elf_symbol zero;
	const struct elf_section *table = &object->sections[object->symtab];
	const struct elf_section *names = &object->sections[table->link];

	object->symbols = (const void *)(object->bytes + table->offset);
	object->symbol_count = table->size / (uint32_t)sizeof(struct elf_symbol);
	object->symbol_names = (const char *)object->bytes + names->offset;
	object->symbol_names_size = names->size;
	if (!bytes_equal(&object->symbols[0], &zero, sizeof(zero)))
		return fail_symbol(object, error, LINK_SYMBOL_ZERO, 0, 0);
	for (uint32_t i = 1; i < object->symbol_count; i++) {
		enum link_status status = check_symbol(object, i, error);

		if (status)
			return status;
	}
	return LINK_OK;
}
