/*
 * What the kernel exports, read from the linked image: the symbols __ksymtab_NAME between __start___ksymtab_gpl and
 * __stop___ksymtab_gpl are for GPL-compatible modules, the others for all. The image is our own build's; it is
 * checked only so far that a broken one gives a message.
 */
#include <stdlib.h>
#include <string.h>
#include "lib/checked.h"
#include "lib/string.h"
#include "modpost.h"

#define ENTRY_SIZE 12 /* of struct kernel_symbol */

struct image {
	const uint8_t *bytes;
	size_t size;
	const struct elf_section *sections;
	uint32_t section_count;
	const struct elf_symbol *symbols;
	uint32_t symbol_count;
	const char *names;
};

static const void *part(const struct image *image, uint32_t offset, uint32_t size)
{
	if (!range_inside(offset, size, (uint32_t)image->size))
		die("kernel image is damaged");
	return image->bytes + offset;
}

static void image_load(struct image *image, const char *path)
{
	const struct elf_header *header;

	image->bytes = read_file(path, &image->size);
	header = part(image, 0, sizeof(*header));
	if (memcmp(header->ident, "\177ELF\1\1", 6))
		die("%s: not a 32-bit ELF file", path);
	image->section_count = header->section_count;
	image->sections = part(image, header->section_offset,
			       image->section_count * sizeof(*image->sections));
	for (uint32_t i = 0; i < image->section_count; i++) {
		const struct elf_section *section = &image->sections[i];

		if (section->type != ELF_SECTION_SYMTAB || section->link >= image->section_count)
			continue;
		image->symbols = part(image, section->offset, section->size);
		image->symbol_count = section->size / sizeof(struct elf_symbol);
		section = &image->sections[section->link];
		image->names = part(image, section->offset, section->size);
	}
	if (!image->symbols)
		die("%s: no symbol table", path);
}

static uint32_t address_of(const struct image *image, const char *name)
{
	for (uint32_t i = 0; i < image->symbol_count; i++)
		if (!strcmp(image->names + image->symbols[i].name, name))
			return image->symbols[i].value;
	die("kernel image has no %s", name);
}

/* The bytes that will be at an address, or NULL. */
static const void *bytes_at(const struct image *image, uint32_t address, uint32_t size)
{
	for (uint32_t i = 1; i < image->section_count; i++) {
		const struct elf_section *section = &image->sections[i];

		if (section->type == ELF_SECTION_PROGBITS && (section->flags & ELF_FLAG_ALLOC) &&
		    address >= section->address &&
		    range_inside(address - section->address, size, section->size))
			return part(image, section->offset + (address - section->address), size);
	}
	return NULL;
}

static const char *namespace_of(const struct image *image, uint32_t entry)
{
	const uint32_t *words = bytes_at(image, entry, 12);
	const char *text = words && words[2] ? bytes_at(image, words[2], 1) : NULL;

	return text ? text : "";
}

/* The CRC beside the symbol that stands so many bytes behind the first of its table. */
static uint32_t crc_of(const struct image *image, const char *table, uint32_t offset)
{
	const uint32_t *crc = bytes_at(image, address_of(image, table) + offset / ENTRY_SIZE * 4,
				       4);

	return crc ? *crc : 0;
}

static bool is_entry(const struct image *image, const struct elf_symbol *symbol)
{
	return symbol->section && text_begins(image->names + symbol->name, "__ksymtab_");
}

struct listed {
	const char *name;
	uint32_t entry;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct listed *)a)->name, ((const struct listed *)b)->name);
}

void kernel_write(const char *path, FILE *out)
{
	struct image image = { 0 };
	uint32_t first, gpl_first, gpl_end, count = 0;
	struct listed *list;

	image_load(&image, path);
	first = address_of(&image, "__start___ksymtab");
	gpl_first = address_of(&image, "__start___ksymtab_gpl");
	gpl_end = address_of(&image, "__stop___ksymtab_gpl");
	list = allocate(image.symbol_count * sizeof(*list));
	for (uint32_t i = 0; i < image.symbol_count; i++) {
		const struct elf_symbol *symbol = &image.symbols[i];

		if (is_entry(&image, symbol))
			list[count++] = (struct listed){
				image.names + symbol->name + strlen("__ksymtab_"), symbol->value
			};
	}
	qsort(list, count, sizeof(*list), by_name);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t entry = list[i].entry;
		bool gpl = entry >= gpl_first && entry < gpl_end;

		symvers_write(out,
			      gpl ? crc_of(&image, "__start___kcrctab_gpl", entry - gpl_first)
				  : crc_of(&image, "__start___kcrctab", entry - first),
			      list[i].name, "vmlinux", gpl, namespace_of(&image, entry));
	}
}
