/*
 * Stage 5: the value of every symbol.
 *
 * A defined symbol's is its section's address plus its offset; an undefined one's is what the caller finds under its
 * name. All undefined symbols are asked for, so that one report can list every missing one. A weak undefined symbol
 * that nobody exports is 0. The address of the global offset table is known here.
 */
#include "link/check.h"

/* The value of a defined symbol. One in a section that is not loaded has none, and nothing loaded refers to it. */
static uint32_t value_defined(const struct link_section *sections, const struct elf_symbol *symbol)
{
	if (symbol->section == ELF_INDEX_ABSOLUTE)
		return symbol->value;
	if (sections[symbol->section].region == LINK_NOT_LOADED)
		return 0;
	return sections[symbol->section].address + symbol->value;
}

static bool bind_undefined(const struct link_object *object, const struct link_section *sections,
			   const struct link_resolver *resolver, uint32_t index, uint32_t *value)
{
	const struct elf_symbol *symbol = &object->symbols[index];
	const char *name = object->symbol_names + symbol->name;
	bool weak = elf_symbol_binding(symbol) == ELF_WEAK;

	*value = sections[0].address;
	if (object->has_got && link_got_named(name))
		return true;
	*value = 0;
	if (resolver->resolve(resolver->context, name, weak, value))
		return true;
	*value = 0;
	if (weak)
		return true;
	if (resolver->missing)
		resolver->missing(resolver->context, index, name);
	return false;
}

enum link_status link_bind(const struct link_object *object, const struct link_section *sections,
			   const struct link_resolver *resolver, uint32_t *values,
			   struct link_error *error)
{
	uint32_t missing = 0, first = 0;

	values[0] = 0;
	for (uint32_t i = 1; i < object->symbol_count; i++) {
		const struct elf_symbol *symbol = &object->symbols[i];

		if (symbol->section != ELF_INDEX_UNDEFINED)
			values[i] = value_defined(sections, symbol);
		else if (!bind_undefined(object, sections, resolver, i, &values[i]) && !missing++)
			first = i;
	}
	if (missing)
		return link_fail(error, LINK_UNRESOLVED, object->symtab, first, 0, missing);
	return LINK_OK;
}
