/*
 * The smallest module file with one of everything the linker reads, as a C struct: a test changes one field and says
 * what must come out. Sections lie in the file in the order of the struct.
 */
#ifndef LINK_IMAGE_H
#define LINK_IMAGE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "link/link.h"

enum image_section {
	S_ZERO,
	S_TEXT,
	S_TEXT_REL,
	S_DATA,
	S_DATA_REL,
	S_BSS,
	S_INIT,
	S_RODATA,
	S_MODINFO,
	S_DEBUG,
	S_DEBUG_REL,
	S_SYMTAB,
	S_STRTAB,
	S_NAMES,
	S_COUNT
};

enum image_symbol {
	Y_ZERO,
	Y_FILE,
	Y_TEXT_SECTION,
	Y_LOCAL,
	Y_GLOBAL,
	Y_OBJECT,
	Y_ABSOLUTE,
	Y_UNDEFINED,
	Y_WEAK,
	Y_COUNT
};

struct image {
	struct elf_header header;
	uint8_t text[32];
	struct elf_reloc text_rel[4];
	uint32_t data[4];
	struct elf_reloc data_rel[2];
	uint8_t init[8];
	char rodata[16];
	char modinfo[32];
	uint32_t debug[2];
	struct elf_reloc debug_rel[1];
	struct elf_symbol symbols[Y_COUNT];
	char strtab[64];
	char names[128];
	struct elf_section sections[S_COUNT];
};

static uint32_t image_text(char *table, size_t size, uint32_t *end, const char *text)
{
	uint32_t at = *end;

	if (at + strlen(text) + 1 < size)
		strcpy(table + at, text);
	*end = at + (uint32_t)strlen(text) + 1;
	return at;
}

#define IMAGE_SECTION(index, title, kind, flag, field, alignment)                        \
	image->sections[index] = (struct elf_section)                                    \
	{                                                                                \
		.name = image_text(image->names, sizeof(image->names) - 1, &end, title), \
		.type = kind, .flags = flag, .offset = offsetof(struct image, field),    \
		.size = sizeof(image->field), .align = alignment                         \
	}

static void image_sections(struct image *image)
{
	uint32_t end = 1;

	IMAGE_SECTION(S_TEXT, ".text", ELF_SECTION_PROGBITS, ELF_FLAG_ALLOC | ELF_FLAG_EXEC, text,
		      16);
	IMAGE_SECTION(S_TEXT_REL, ".rel.text", ELF_SECTION_REL, ELF_FLAG_INFO_LINK, text_rel, 4);
	IMAGE_SECTION(S_DATA, ".data", ELF_SECTION_PROGBITS, ELF_FLAG_ALLOC | ELF_FLAG_WRITE, data,
		      4);
	IMAGE_SECTION(S_DATA_REL, ".rel.data", ELF_SECTION_REL, ELF_FLAG_INFO_LINK, data_rel, 4);
	IMAGE_SECTION(S_BSS, ".bss", ELF_SECTION_NOBITS, ELF_FLAG_ALLOC | ELF_FLAG_WRITE, init, 64);
	IMAGE_SECTION(S_INIT, ".init.text", ELF_SECTION_PROGBITS, ELF_FLAG_ALLOC | ELF_FLAG_EXEC,
		      init, 1);
	IMAGE_SECTION(S_RODATA, ".rodata.str1.1", ELF_SECTION_PROGBITS,
		      ELF_FLAG_ALLOC | ELF_FLAG_MERGE | ELF_FLAG_STRINGS, rodata, 1);
	IMAGE_SECTION(S_MODINFO, ".modinfo", ELF_SECTION_PROGBITS, ELF_FLAG_ALLOC, modinfo, 1);
	IMAGE_SECTION(S_DEBUG, ".debug_info", ELF_SECTION_PROGBITS, 0, debug, 1);
	IMAGE_SECTION(S_DEBUG_REL, ".rel.debug_info", ELF_SECTION_REL, ELF_FLAG_INFO_LINK,
		      debug_rel, 4);
	IMAGE_SECTION(S_SYMTAB, ".symtab", ELF_SECTION_SYMTAB, 0, symbols, 4);
	IMAGE_SECTION(S_STRTAB, ".strtab", ELF_SECTION_STRTAB, 0, strtab, 1);
	IMAGE_SECTION(S_NAMES, ".shstrtab", ELF_SECTION_STRTAB, 0, names, 1);
	for (int i = 0; i < S_COUNT; i++) {
		if (image->sections[i].type != ELF_SECTION_REL)
			continue;
		image->sections[i].link = S_SYMTAB;
		image->sections[i].info = (uint32_t)i - 1;
		image->sections[i].entry_size = sizeof(struct elf_reloc);
	}
	image->sections[S_BSS].size = 100;
	image->sections[S_RODATA].entry_size = 1;
	image->sections[S_SYMTAB].link = S_STRTAB;
	image->sections[S_SYMTAB].info = Y_GLOBAL;
	image->sections[S_SYMTAB].entry_size = sizeof(struct elf_symbol);
}

static void image_symbol(struct image *image, int index, uint32_t *end, const char *name,
			 int binding, int type, uint16_t section, uint32_t value, uint32_t size)
{
	image->symbols[index] = (struct elf_symbol){ .value = value,
						     .size = size,
						     .section = section,
						     .info = (uint8_t)(binding << 4 | type) };
	if (name)
		image->symbols[index].name = image_text(image->strtab, sizeof(image->strtab) - 1,
							end, name);
}

static void image_symbols(struct image *image)
{
	uint32_t end = 1;

	image_symbol(image, Y_FILE, &end, "a.c", ELF_LOCAL, ELF_SYMBOL_FILE, ELF_INDEX_ABSOLUTE, 0,
		     0);
	image_symbol(image, Y_TEXT_SECTION, &end, NULL, ELF_LOCAL, ELF_SYMBOL_SECTION, S_TEXT, 0,
		     0);
	image_symbol(image, Y_LOCAL, &end, "local", ELF_LOCAL, ELF_SYMBOL_FUNC, S_TEXT, 4, 8);
	image_symbol(image, Y_GLOBAL, &end, "global", ELF_GLOBAL, ELF_SYMBOL_FUNC, S_INIT, 0, 8);
	image_symbol(image, Y_OBJECT, &end, "object", ELF_GLOBAL, ELF_SYMBOL_OBJECT, S_BSS, 96, 4);
	image_symbol(image, Y_ABSOLUTE, &end, "absolute", ELF_GLOBAL, ELF_SYMBOL_NOTYPE,
		     ELF_INDEX_ABSOLUTE, 0x1234, 0);
	image_symbol(image, Y_UNDEFINED, &end, "printk", ELF_GLOBAL, ELF_SYMBOL_NOTYPE,
		     ELF_INDEX_UNDEFINED, 0, 0);
	image_symbol(image, Y_WEAK, &end, "perhaps", ELF_WEAK, ELF_SYMBOL_NOTYPE,
		     ELF_INDEX_UNDEFINED, 0, 0);
}

static struct elf_reloc image_reloc(uint32_t offset, uint32_t symbol, uint32_t type)
{
	return (struct elf_reloc){ offset, symbol << 8 | type };
}

static void image_init(struct image *image)
{
	static const uint8_t ident[16] = { 0x7f, 'E', 'L', 'F', 1, 1, 1 };

	memset(image, 0, sizeof(*image));
	memcpy(image->header.ident, ident, sizeof(ident));
	image->header.type = ELF_TYPE_RELOCATABLE;
	image->header.machine = ELF_MACHINE_386;
	image->header.version = ELF_VERSION;
	image->header.section_offset = offsetof(struct image, sections);
	image->header.header_size = sizeof(struct elf_header);
	image->header.section_size = sizeof(struct elf_section);
	image->header.section_count = S_COUNT;
	image->header.names_index = S_NAMES;
	image_sections(image);
	image_symbols(image);
	memcpy(image->modinfo, "license=GPL\0\0\0name=a", 20);
	memcpy(image->rodata, "hello", 5);
	image->text_rel[0] = image_reloc(0, Y_LOCAL, ELF_R_386_PC32);
	image->text_rel[1] = image_reloc(4, Y_UNDEFINED, ELF_R_386_PLT32);
	image->text_rel[2] = image_reloc(8, Y_OBJECT, ELF_R_386_32);
	image->text_rel[3] = image_reloc(28, Y_WEAK, ELF_R_386_32);
	image->data_rel[0] = image_reloc(0, Y_ABSOLUTE, ELF_R_386_32);
	image->data_rel[1] = image_reloc(12, 0, ELF_R_386_32);
	image->debug_rel[0] = image_reloc(0, Y_TEXT_SECTION, ELF_R_386_32);
	image->data[0] = 1;
	image->data[3] = 77;
}

#endif
