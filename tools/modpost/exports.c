/*
 * What a module exports: each EXPORT_SYMBOL has left a struct kernel_symbol named __ksymtab_NAME, in a section
 * ___ksymtab+NAME or ___ksymtab_gpl+NAME (before the final link) or in __ksymtab, __ksymtab_gpl (after it).
 */
#include <string.h>
#include "lib/string.h"
#include "modpost.h"

#define NAMESPACE_OFFSET 8 /* of struct kernel_symbol's field */

/* The text that a relocated word points to, or "". */
static const char *text_at(const struct link_object *elf, const struct link_section *sections,
			   uint32_t section, uint32_t offset)
{
	uint32_t size, word, table = sections[section].reloc;
	const struct elf_reloc *reloc = table ? link_section_bytes(elf, table, &size) : NULL;

	for (size = reloc ? size / sizeof(*reloc) : 0; size; size--, reloc++) {
		const struct elf_symbol *symbol = &elf->symbols[elf_reloc_symbol(reloc)];
		const uint8_t *bytes;

		if (reloc->offset != offset || !symbol->section ||
		    symbol->section >= elf->section_count)
			continue;
		memcpy(&word, elf->bytes + elf->sections[section].offset + offset, sizeof(word));
		bytes = link_section_bytes(elf, symbol->section, &size);
		if (bytes && symbol->value + word < size && !bytes[size - 1])
			return (const char *)bytes + symbol->value + word;
		break;
	}
	return "";
}

void exports_each(const struct object *object,
		  void (*fn)(const char *name, bool gpl, const char *namespace, void *data),
		  void *data)
{
	const struct link_object *elf = &object->elf;

	for (uint32_t i = 1; i < elf->symbol_count; i++) {
		const struct elf_symbol *symbol = &elf->symbols[i];
		const char *name = link_symbol_name(elf, i), *section;

		if (elf_symbol_type(symbol) == ELF_SYMBOL_SECTION ||
		    !text_begins(name, "__ksymtab_"))
			continue;
		if (!symbol->section || symbol->section >= elf->section_count)
			continue;
		section = link_section_name(elf, symbol->section);
		if (text_begins(section, "___ksymtab") || text_begins(section, "__ksymtab"))
			fn(name + strlen("__ksymtab_"), strstr(section, "ksymtab_gpl") != NULL,
			   text_at(elf, object->sections, symbol->section,
				   symbol->value + NAMESPACE_OFFSET),
			   data);
	}
}

struct writing {
	const struct request *request;
	FILE *out;
};

static void write_one(const char *name, bool gpl, const char *namespace, void *data)
{
	const struct writing *writing = data;
	const struct export *type = symvers_find(&writing->request->types, name);

	symvers_write(writing->out, type ? type->crc : 0, name, writing->request->name, gpl,
		      namespace);
}

void exports_write(const struct request *request, const struct object *object, FILE *out)
{
	struct writing writing = { request, out };

	exports_each(object, write_one, &writing);
}
