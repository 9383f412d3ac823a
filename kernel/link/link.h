/*
 * The linker: turns a relocatable i386 ELF file (a .ko) into an image that runs at a given address.
 *
 * Stages, to be called in this order; each fills the caller's structs and touches nothing else:
 *
 *	link_parse      header and section table lie in the file; how many sections and symbols there are
 *	link_validate   every field of every table is checked; after it, offsets and indices are trusted
 *	link_layout     which section goes where, as offsets into one block of memory
 *	link_place      the block's address is known: sections get theirs, their bytes are copied
 *	link_bind       every symbol gets its value; undefined ones are asked of the caller
 *	link_relocate   the references are patched; cannot fail
 *
 * Pure code: no globals, no allocation, no output. An address is a number (uint32_t), a pointer is where the bytes
 * are now: the same code links in the kernel, in a loader program and on a 64-bit build machine. The host is
 * little-endian and the file lies at an address that is a multiple of 4.
 */
#ifndef LINK_LINK_H
#define LINK_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "link/elf.h"

#define LINK_PAGE 4096u
/* No module is larger than this in memory, no file has more sections. */
#define LINK_MAX_SIZE (64u << 20)
#define LINK_MAX_SECTIONS 16384u

/* Behind the file: a checksum of it (a little-endian word), then this text without its NUL (trailer.c). */
#define LINK_TRAILER_MAGIC "~Module checksum appended~\n"
#define LINK_TRAILER_SIZE (4u + sizeof(LINK_TRAILER_MAGIC) - 1)

/* What can be wrong; texts and remedies are in describe.c. */
enum link_status {
	LINK_OK,
	LINK_TRUNCATED,	 /* the file ends before its header or section table does */
	LINK_MISALIGNED, /* the caller's buffer is */
	LINK_NOT_ELF,
	LINK_BAD_CLASS,
	LINK_BAD_DATA,
	LINK_BAD_VERSION,
	LINK_BAD_OSABI,
	LINK_BAD_PADDING, /* ident[8..15] */
	LINK_BAD_TYPE,
	LINK_BAD_MACHINE,
	LINK_BAD_ENTRY,
	LINK_BAD_FLAGS,
	LINK_BAD_HEADER_SIZE,
	LINK_HAS_SEGMENTS,
	LINK_SECTION_TABLE, /* its place or entry size */
	LINK_SECTION_COUNT,
	LINK_SECTION_ZERO, /* entry 0 is not empty */
	LINK_NAMES_INDEX,  /* the section name table is no string table */
	LINK_STRING_TABLE, /* a string table does not begin and end with NUL */
	LINK_NAME,	   /* a name lies outside its string table */
	LINK_SECTION_TYPE,
	LINK_SECTION_RELA,
	LINK_SECTION_INIT_ARRAY,
	LINK_SECTION_FLAGS,
	LINK_SECTION_WX,
	LINK_SECTION_TLS,
	LINK_SECTION_COMPRESSED,
	LINK_SECTION_ADDRESS,
	LINK_SECTION_ALIGN,
	LINK_SECTION_RANGE, /* lies outside the file */
	LINK_SECTION_OVERLAP,
	LINK_SECTION_LINK,
	LINK_SECTION_INFO,
	LINK_SECTION_ENTRY_SIZE,
	LINK_SECTION_NAME, /* two sections of a name the loader knows */
	LINK_GROUP,
	LINK_NO_SYMTAB,
	LINK_TWO_SYMTABS,
	LINK_SYMBOL_ZERO, /* entry 0 is not empty */
	LINK_SYMBOL_BINDING,
	LINK_SYMBOL_ORDER, /* local among the global or the reverse */
	LINK_SYMBOL_TYPE,
	LINK_SYMBOL_TLS,
	LINK_SYMBOL_IFUNC,
	LINK_SYMBOL_OTHER,
	LINK_SYMBOL_SECTION,
	LINK_SYMBOL_COMMON,
	LINK_SYMBOL_RANGE,     /* value or size point outside its section */
	LINK_SYMBOL_UNDEFINED, /* an undefined symbol that is local or has a value */
	LINK_SYMBOL_NAMELESS,
	LINK_RELOC_TARGET, /* the section to be patched has no bytes in the file */
	LINK_RELOC_TWICE,  /* two relocation sections for one section */
	LINK_RELOC_TYPE,
	LINK_RELOC_OFFSET,  /* the patched word lies outside the section */
	LINK_RELOC_OVERLAP, /* two relocations patch the same bytes */
	LINK_RELOC_SYMBOL,
	LINK_RELOC_UNLOADED, /* refers to a section that is not loaded */
	LINK_TOO_LARGE,
	LINK_UNRESOLVED,
	LINK_MODINFO,  /* .modinfo is no list of tag=text */
	LINK_TRAILING, /* bytes behind the last section that are no checksum */
	LINK_CHECKSUM, /* the checksum is not that of the file */
	LINK_STATUS_COUNT
};

/* Where it is wrong. Fields that do not apply are 0. */
struct link_error {
	enum link_status status;
	uint32_t section; /* index of the section (header) concerned */
	uint32_t index;	  /* entry in it: symbol or relocation number */
	uint32_t offset;  /* place in the file, or (relocations) in the patched section */
	uint32_t value;	  /* the offending value */
};

/* Sections with a meaning for modules; each occurs at most once. */
enum link_known {
	LINK_S_MODINFO,	    /* .modinfo: tag=text strings */
	LINK_S_VERSIONS,    /* __versions: CRCs of the symbols used */
	LINK_S_THIS_MODULE, /* .gnu.linkonce.this_module: struct module */
	LINK_S_KSYMTAB,	    /* __ksymtab: exported symbols */
	LINK_S_KSYMTAB_GPL,
	LINK_S_KCRCTAB, /* __kcrctab: their CRCs */
	LINK_S_KCRCTAB_GPL,
	LINK_S_PARAM,	  /* __param: struct kernel_param */
	LINK_S_EX_TABLE,  /* __ex_table: fault fix-ups */
	LINK_S_BUG_TABLE, /* __bug_table */
	LINK_KNOWN
};

/* A parsed file. Pointers lead into the file, which has to stay where it is. */
struct link_object {
	const uint8_t *bytes;
	uint32_t size;	   /* without the trailer */
	bool has_checksum; /* there is a trailer */
	uint32_t checksum; /* what it says; 0 without one */
	const struct elf_header *header;
	const struct elf_section *sections;
	uint32_t section_count;
	const char *section_names;
	uint32_t section_names_size;
	const struct elf_symbol *symbols;
	uint32_t symbol_count;
	uint32_t symtab; /* index of the symbol table section */
	const char *symbol_names;
	uint32_t symbol_names_size;
	/* Filled by link_validate. */
	uint16_t known[LINK_KNOWN]; /* section indices, 0: none */
	bool has_got;		    /* there is position-independent code: the image gets a GOT */
	uint32_t got_first;	    /* it has a slot for each symbol from this one … */
	uint32_t got_end;	    /* … to before this one */
};

/* The parts of the image, in the order in which they lie; each begins on a page. */
enum link_region {
	LINK_TEXT,
	LINK_RODATA,
	LINK_RO_AFTER_INIT, /* written by init only */
	LINK_DATA,
	LINK_INIT_TEXT, /* from here on: gone when init has returned */
	LINK_INIT_RODATA,
	LINK_INIT_DATA,
	LINK_REGIONS,
	LINK_NOT_LOADED = LINK_REGIONS
};

/*
 * What the linker remembers of one section; the caller gives an array of object->section_count. Entry 0, which is no
 * section of the file, is the global offset table.
 */
struct link_section {
	uint32_t address; /* where it runs; before link_place: offset in the image */
	uint8_t *bytes;	  /* where its bytes are; NULL: not loaded */
	uint16_t region;  /* enum link_region */
	uint16_t reloc;	  /* index of its relocation section, 0: none */
	uint32_t order;	  /* work space: section indices by file offset */
};

struct link_layout {
	struct {
		uint32_t offset; /* a multiple of the page */
		uint32_t size;	 /* bytes used */
	} region[LINK_REGIONS];
	uint32_t core_size; /* bytes up to the first init region, a multiple of the page */
	uint32_t size;	    /* all, a multiple of the page */
};

/* How undefined symbols find their values. */
struct link_resolver {
	/* The value of name into *value and true, or false when nobody exports it. */
	bool (*resolve)(void *context, const char *name, bool weak, uint32_t *value);
	/* Told of each symbol that stays unresolved; may be NULL. */
	void (*missing)(void *context, uint32_t symbol, const char *name);
	void *context;
};

/* All return LINK_OK or what is in error->status. */
enum link_status link_parse(const void *bytes, size_t size, struct link_object *object,
			    struct link_error *error);
enum link_status link_validate(struct link_object *object, struct link_section *sections,
			       struct link_error *error);
enum link_status link_layout(const struct link_object *object, struct link_section *sections,
			     struct link_layout *layout, struct link_error *error);
/*
 * image: layout->size bytes that will run at base (a multiple of the page). Copies sections and clears between them;
 * what lies behind the end of a region on its last page is left alone.
 */
void link_place(const struct link_object *object, struct link_section *sections,
		const struct link_layout *layout, uint32_t base, uint8_t *image);
/* values: one per symbol. LINK_UNRESOLVED: error->value is how many, error->index the first. */
enum link_status link_bind(const struct link_object *object, const struct link_section *sections,
			   const struct link_resolver *resolver, uint32_t *values,
			   struct link_error *error);
void link_relocate(const struct link_object *object, const struct link_section *sections,
		   const uint32_t *values);
/* The same for a copy of one section, which lies at bytes: what the image would have at that section's place. */
void link_relocate_copy(const struct link_object *object, const struct link_section *sections,
			const uint32_t *values, uint32_t section, uint8_t *bytes);

/* The trailer for a file of size bytes: what the build appends to a module. */
void link_trailer_make(const void *bytes, uint32_t size, uint8_t trailer[LINK_TRAILER_SIZE]);

/* Name of a section; of a symbol. Valid after link_validate. */
static inline const char *link_section_name(const struct link_object *object, uint32_t section)
{
	return object->section_names + object->sections[section].name;
}
const char *link_symbol_name(const struct link_object *object, uint32_t symbol);
/* Index of the section with this name, 0 when there is none. */
uint32_t link_find_section(const struct link_object *object, const char *name);
/* The bytes of a section in the file and their number; NULL for one without. */
static inline const void *link_section_bytes(const struct link_object *object, uint32_t section,
					     uint32_t *size)
{
	const struct elf_section *header = &object->sections[section];

	*size = header->size;
	return section && header->type != ELF_SECTION_NOBITS ? object->bytes + header->offset
							     : NULL;
}
/* First relocation that uses symbol: its place. false: it is not used. */
bool link_first_use(const struct link_object *object, uint32_t symbol, uint32_t *section,
		    uint32_t *offset);
/* The named function or object that contains this place, or NULL. */
const struct elf_symbol *link_symbol_at(const struct link_object *object, uint32_t section,
					uint32_t offset);

/*
 * .modinfo: `tag=text` strings. link_modinfo_next gives the one behind `previous` (NULL: the first), NULL at the end;
 * link_modinfo the text of the first with this tag.
 */
enum link_status link_modinfo_validate(const struct link_object *object, struct link_error *error);
const char *link_modinfo_next(const struct link_object *object, const char *previous);
const char *link_modinfo(const struct link_object *object, const char *tag);

/* Relocation types: "R_386_PC32"; whether it is applied; if not, why and what to do. */
const char *link_reloc_name(unsigned int type);
bool link_reloc_supported(unsigned int type);
const char *link_reloc_advice(unsigned int type);

/* One line about an error, with section, index and offset; returns its length. object may be NULL (not parsed). */
size_t link_describe(const struct link_object *object, const struct link_error *error, char *text,
		     size_t size);
const char *link_status_text(enum link_status status);

#endif
