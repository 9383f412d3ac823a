/*
 * ELF for 32-bit little-endian files as structs and numbers, under names that clash with no system header: the pure
 * code is compiled for the kernel, for the guest and for the build machine. Source: System V ABI, gABI 4.1 and its
 * i386 supplement.
 */
#ifndef LINK_ELF_H
#define LINK_ELF_H

#include <stdint.h>

struct elf_header {
	uint8_t ident[16];
	uint16_t type;
	uint16_t machine;
	uint32_t version;
	uint32_t entry;
	uint32_t program_offset;
	uint32_t section_offset;
	uint32_t flags;
	uint16_t header_size;
	uint16_t program_size;
	uint16_t program_count;
	uint16_t section_size;
	uint16_t section_count;
	uint16_t names_index;
};

struct elf_section {
	uint32_t name;
	uint32_t type;
	uint32_t flags;
	uint32_t address;
	uint32_t offset;
	uint32_t size;
	uint32_t link;
	uint32_t info;
	uint32_t align;
	uint32_t entry_size;
};

struct elf_symbol {
	uint32_t name;
	uint32_t value;
	uint32_t size;
	uint8_t info;
	uint8_t other;
	uint16_t section;
};

struct elf_reloc {
	uint32_t offset;
	uint32_t info;
};

struct elf_note {
	uint32_t name_size;
	uint32_t desc_size;
	uint32_t type;
};

_Static_assert(sizeof(struct elf_header) == 52, "ELF header");
_Static_assert(sizeof(struct elf_section) == 40, "section header");
_Static_assert(sizeof(struct elf_symbol) == 16, "symbol");
_Static_assert(sizeof(struct elf_reloc) == 8, "relocation");

enum {
	ELF_CLASS = 4,
	ELF_DATA = 5,
	ELF_IDENT_VERSION = 6,
	ELF_OSABI = 7,
	ELF_PADDING = 8,
	ELF_CLASS_32 = 1,
	ELF_DATA_LITTLE = 1,
	ELF_VERSION = 1,
	ELF_OSABI_GNU = 3, /* set by as when a symbol is unique or an IFUNC */
};

enum { ELF_TYPE_RELOCATABLE = 1, ELF_TYPE_EXECUTABLE = 2, ELF_MACHINE_386 = 3 };

enum {
	ELF_SECTION_NULL = 0,
	ELF_SECTION_PROGBITS = 1,
	ELF_SECTION_SYMTAB = 2,
	ELF_SECTION_STRTAB = 3,
	ELF_SECTION_RELA = 4,
	ELF_SECTION_NOTE = 7,
	ELF_SECTION_NOBITS = 8,
	ELF_SECTION_REL = 9,
	ELF_SECTION_INIT_ARRAY = 14,
	ELF_SECTION_FINI_ARRAY = 15,
	ELF_SECTION_PREINIT_ARRAY = 16,
	ELF_SECTION_GROUP = 17,
	ELF_SECTION_SYMTAB_SHNDX = 18,
	ELF_SECTION_LLVM_ADDRSIG = 0x6fff4c03,
};

#define ELF_FLAG_WRITE 0x1u
#define ELF_FLAG_ALLOC 0x2u
#define ELF_FLAG_EXEC 0x4u
#define ELF_FLAG_MERGE 0x10u
#define ELF_FLAG_STRINGS 0x20u
#define ELF_FLAG_INFO_LINK 0x40u
#define ELF_FLAG_LINK_ORDER 0x80u
#define ELF_FLAG_GROUP 0x200u
#define ELF_FLAG_TLS 0x400u
#define ELF_FLAG_COMPRESSED 0x800u
#define ELF_FLAG_EXCLUDE 0x80000000u

#define ELF_INDEX_UNDEFINED 0u
#define ELF_INDEX_RESERVED 0xff00u
#define ELF_INDEX_ABSOLUTE 0xfff1u
#define ELF_INDEX_COMMON 0xfff2u
#define ELF_INDEX_EXTENDED 0xffffu

enum { ELF_LOCAL = 0, ELF_GLOBAL = 1, ELF_WEAK = 2, ELF_UNIQUE = 10 };
enum {
	ELF_SYMBOL_NOTYPE = 0,
	ELF_SYMBOL_OBJECT = 1,
	ELF_SYMBOL_FUNC = 2,
	ELF_SYMBOL_SECTION = 3,
	ELF_SYMBOL_FILE = 4,
	ELF_SYMBOL_COMMON = 5,
	ELF_SYMBOL_TLS = 6,
	ELF_SYMBOL_IFUNC = 10,
};

enum {
	ELF_R_386_NONE = 0,
	ELF_R_386_32 = 1,
	ELF_R_386_PC32 = 2,
	ELF_R_386_GOT32 = 3,
	ELF_R_386_PLT32 = 4,
	ELF_R_386_GOTOFF = 9,
	ELF_R_386_GOTPC = 10,
	ELF_R_386_GOT32X = 43,
};

static inline unsigned int elf_symbol_binding(const struct elf_symbol *symbol)
{
	return symbol->info >> 4;
}

static inline unsigned int elf_symbol_type(const struct elf_symbol *symbol)
{
	return symbol->info & 0xf;
}

static inline uint32_t elf_reloc_symbol(const struct elf_reloc *reloc)
{
	return reloc->info >> 8;
}

static inline unsigned int elf_reloc_type(const struct elf_reloc *reloc)
{
	return reloc->info & 0xff;
}

#endif
