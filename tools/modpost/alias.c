/*
 * Aliases of the devices a module drives. MODULE_DEVICE_TABLE(type, table) leaves a symbol
 * __mod_TYPE__table_device_table; each entry of the table becomes one MODULE_ALIAS line, in the form that the bus
 * code uses when it asks for a driver. Layouts: linux/mod_devicetable.h, 32 bits.
 */
#include <string.h>
#include "lib/string.h"
#include "modpost.h"

/* Writes the alias of one entry; false for the empty entry that ends a table. */
typedef bool entry_fn(const uint8_t *entry, FILE *out);

static uint32_t word_at(const uint8_t *bytes, unsigned int index)
{
	uint32_t word;

	memcpy(&word, bytes + 4 * index, sizeof(word));
	return word;
}

static void put_id(FILE *out, const char *letters, uint32_t id, int width)
{
	if (id == UINT32_MAX)
		fprintf(out, "%s*", letters);
	else
		fprintf(out, "%s%0*X", letters, width, id);
}

/* One byte of a PCI class code, * where the mask leaves it open. */
static void put_class(FILE *out, const char *letters, uint32_t class, uint32_t mask, int shift)
{
	if ((mask >> shift & 0xff) == 0xff)
		fprintf(out, "%s%02X", letters, class >> shift & 0xff);
	else
		fprintf(out, "%s*", letters);
}

/* u32 vendor, device, subvendor, subdevice, class, class_mask; ulong driver_data */
static bool entry_pci(const uint8_t *entry, FILE *out)
{
	uint32_t class = word_at(entry, 4), mask = word_at(entry, 5);

	if (!word_at(entry, 0) && !word_at(entry, 2) && !mask)
		return false;
	put_id(out, "MODULE_ALIAS(\"pci:v", word_at(entry, 0), 8);
	put_id(out, "d", word_at(entry, 1), 8);
	put_id(out, "sv", word_at(entry, 2), 8);
	put_id(out, "sd", word_at(entry, 3), 8);
	put_class(out, "bc", class, mask, 16);
	put_class(out, "sc", class, mask, 8);
	put_class(out, "i", class, mask, 0);
	fputs("*\");\n", out);
	return true;
}

/* char name[20]; ulong driver_data */
static bool entry_platform(const uint8_t *entry, FILE *out)
{
	if (entry[0])
		fprintf(out, "MODULE_ALIAS(\"platform:%.20s\");\n", (const char *)entry);
	return entry[0];
}

/* u8 id[8]; ulong driver_data */
static bool entry_pnp(const uint8_t *entry, FILE *out)
{
	if (entry[0])
		fprintf(out, "MODULE_ALIAS(\"pnp:d%.8s*\");\nMODULE_ALIAS(\"acpi*:%.8s:*\");\n",
			(const char *)entry, (const char *)entry);
	return entry[0];
}

/* u8 id[9]; ulong driver_data; u32 cls, cls_msk */
static bool entry_acpi(const uint8_t *entry, FILE *out)
{
	if (entry[0])
		fprintf(out, "MODULE_ALIAS(\"acpi*:%.9s:*\");\n", (const char *)entry);
	return entry[0];
}

static const struct table_type {
	const char *prefix;
	uint32_t entry_size;
	entry_fn *write;
} table_types[] = {
	{ "__mod_pci__", 28, entry_pci },
	{ "__mod_platform__", 24, entry_platform },
	{ "__mod_pnp__", 12, entry_pnp },
	{ "__mod_acpi__", 24, entry_acpi },
};

static void table_write(const struct object *object, uint32_t symbol, const struct table_type *type,
			FILE *out)
{
	const struct elf_symbol *table = &object->elf.symbols[symbol];
	uint32_t size;
	const uint8_t *bytes = link_section_bytes(&object->elf, table->section, &size);

	if (!bytes || table->size % type->entry_size || !table->size)
		die("%s: %s: size %u is no multiple of %u", object->path,
		    link_symbol_name(&object->elf, symbol), table->size, type->entry_size);
	for (uint32_t at = 0; at < table->size; at += type->entry_size)
		if (!type->write(bytes + table->value + at, out))
			return;
	warn("%s: %s is not ended by an empty entry", object->path,
	     link_symbol_name(&object->elf, symbol));
}

void alias_write(const struct object *object, FILE *out)
{
	for (uint32_t i = 1; i < object->elf.symbol_count; i++) {
		uint16_t section = object->elf.symbols[i].section;

		if (!section || section >= object->elf.section_count)
			continue;
		for (size_t t = 0; t < sizeof(table_types) / sizeof(table_types[0]); t++)
			if (text_begins(link_symbol_name(&object->elf, i), table_types[t].prefix))
				table_write(object, i, &table_types[t], out);
	}
}
