/*
 * Code or data that stays must not refer to what is given back after init: a late reference faults. Named here with
 * both functions, since at run time only an address would be left.
 */
#include <string.h>
#include "lib/string.h"
#include "modpost.h"

static bool is_init(const struct object *object, uint32_t section)
{
	return object->sections[section].region >= LINK_INIT_TEXT &&
	       object->sections[section].region < LINK_REGIONS;
}

/* The tables of parameters and of the module itself are read while init memory is there; .discard is never linked. */
static bool is_exempt(const char *section)
{
	return text_begins(section, ".gnu.linkonce") || text_begins(section, ".exit") ||
	       text_begins(section, "__ex_table") || text_begins(section, "__bug_table") ||
	       text_begins(section, ".data..ref") || text_begins(section, ".discard");
}

static void report(const struct object *object, const char *name, uint32_t section,
		   const struct elf_reloc *reloc)
{
	const struct link_object *elf = &object->elf;
	const struct elf_symbol *from = link_symbol_at(elf, section, reloc->offset);

	warn("%s: %s (%s+0x%x) refers to %s, which is gone after init; mark both __init, or "
	     "neither",
	     name, from ? elf->symbol_names + from->name : "?", link_section_name(elf, section),
	     reloc->offset, link_symbol_name(elf, elf_reloc_symbol(reloc)));
}

void mismatch_check(const struct object *object, const char *name)
{
	const struct link_object *elf = &object->elf;

	for (uint32_t i = 1; i < elf->section_count; i++) {
		uint32_t size, table = object->sections[i].reloc;
		const struct elf_reloc *reloc = table ? link_section_bytes(elf, table, &size)
						      : NULL;

		if (!reloc || object->sections[i].region >= LINK_INIT_TEXT ||
		    is_exempt(link_section_name(elf, i)))
			continue;
		for (size /= sizeof(*reloc); size; size--, reloc++) {
			uint16_t target = elf->symbols[elf_reloc_symbol(reloc)].section;

			if (target && target < elf->section_count && is_init(object, target))
				report(object, name, i, reloc);
		}
	}
}
