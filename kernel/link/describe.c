/*
 * What went wrong, in words: one line with the section, the entry and the offset, and how to mend it where that is
 * known.
 */
#include "lib/string.h"
#include "link/link.h"

static const char *const status_texts[LINK_STATUS_COUNT] = {
	[LINK_OK] = "no error",
	[LINK_TRUNCATED] = "file is truncated",
	[LINK_MISALIGNED] = "file buffer is not aligned to 4 bytes",
	[LINK_NOT_ELF] = "not an ELF file",
	[LINK_BAD_CLASS] = "not a 32-bit file; compile with -m32",
	[LINK_BAD_DATA] = "not a little-endian file",
	[LINK_BAD_VERSION] = "unknown ELF version",
	[LINK_BAD_OSABI] = "made for another operating system ABI",
	[LINK_BAD_PADDING] = "padding of the ELF header is not zero",
	[LINK_BAD_TYPE] = "not a relocatable file; link with ld -r",
	[LINK_BAD_MACHINE] = "made for another machine than the i386",
	[LINK_BAD_ENTRY] = "a relocatable file has no entry point",
	[LINK_BAD_FLAGS] = "unknown ELF header flags",
	[LINK_BAD_HEADER_SIZE] = "wrong ELF header size",
	[LINK_HAS_SEGMENTS] = "a relocatable file has no program headers",
	[LINK_SECTION_TABLE] = "bad section table",
	[LINK_SECTION_COUNT] = "no sections or too many",
	[LINK_SECTION_ZERO] = "section 0 is not empty",
	[LINK_NAMES_INDEX] = "bad index of the section names",
	[LINK_STRING_TABLE] = "string table does not begin and end with NUL",
	[LINK_NAME] = "name lies outside its string table",
	[LINK_SECTION_TYPE] = "unknown section type",
	[LINK_SECTION_RELA] = "RELA relocations are not used on i386",
	[LINK_SECTION_INIT_ARRAY] =
		"constructors are not run; call the function from module_init()",
	[LINK_SECTION_FLAGS] = "section flags are unknown or do not fit its type",
	[LINK_SECTION_WX] = "section is writable and executable",
	[LINK_SECTION_TLS] = "thread-local data; a module can have none, remove __thread",
	[LINK_SECTION_COMPRESSED] = "compressed section is to be loaded",
	[LINK_SECTION_ADDRESS] = "section has an address before it is linked",
	[LINK_SECTION_ALIGN] = "bad alignment",
	[LINK_SECTION_RANGE] = "section lies outside the file or ends amid an entry",
	[LINK_SECTION_OVERLAP] = "section overlaps another or a header",
	[LINK_SECTION_LINK] = "bad sh_link",
	[LINK_SECTION_INFO] = "bad sh_info",
	[LINK_SECTION_ENTRY_SIZE] = "bad entry size",
	[LINK_SECTION_NAME] = "second section of this name",
	[LINK_GROUP] = "bad section group",
	[LINK_NO_SYMTAB] = "no symbol table; strip with --strip-debug only",
	[LINK_TWO_SYMTABS] = "second symbol table",
	[LINK_SYMBOL_ZERO] = "symbol 0 is not empty",
	[LINK_SYMBOL_BINDING] = "unknown symbol binding",
	[LINK_SYMBOL_ORDER] = "local symbol among the global ones or the reverse",
	[LINK_SYMBOL_TYPE] = "unknown symbol type",
	[LINK_SYMBOL_TLS] = "thread-local symbol; a module can have none, remove __thread",
	[LINK_SYMBOL_IFUNC] = "indirect function; a module can have none",
	[LINK_SYMBOL_OTHER] = "bad symbol visibility",
	[LINK_SYMBOL_SECTION] = "symbol lies in no section of the file",
	[LINK_SYMBOL_COMMON] = "common symbol; compile with -fno-common",
	[LINK_SYMBOL_RANGE] = "symbol lies outside its section",
	[LINK_SYMBOL_UNDEFINED] = "undefined symbol is local or has a value",
	[LINK_SYMBOL_NAMELESS] = "undefined symbol without a name",
	[LINK_RELOC_TARGET] = "relocations for a section that has none",
	[LINK_RELOC_TWICE] = "second relocation table for one section",
	[LINK_RELOC_TYPE] = "relocation type cannot be applied",
	[LINK_RELOC_OFFSET] = "relocation lies outside its section",
	[LINK_RELOC_OVERLAP] = "relocation overlaps the one before it",
	[LINK_RELOC_SYMBOL] = "relocation refers to no symbol of the file",
	[LINK_RELOC_UNLOADED] = "relocation refers to a section that is not loaded",
	[LINK_TOO_LARGE] = "image is larger than 64 MiB",
	[LINK_UNRESOLVED] = "unresolved symbols",
	[LINK_MODINFO] = ".modinfo is not a list of tag=text",
	[LINK_TRAILING] = "bytes behind the last section that are no checksum",
	[LINK_CHECKSUM] = "checksum is not that of the file, which was changed or damaged",
};

struct line {
	char *text;
	size_t size;
	size_t length; /* what the whole line needs */
};

static void put_char(struct line *line, char c)
{
	if (line->length + 1 < line->size)
		line->text[line->length] = c;
	line->length++;
}

/* Control characters of a damaged file do not reach the log. */
static void put_text(struct line *line, const char *text, size_t max)
{
	for (; *text && max; text++, max--)
		put_char(line, *text < ' ' || *text > '~' ? '?' : *text);
}

static void put_number(struct line *line, uint32_t value, unsigned int base)
{
	char digits[10];
	unsigned int n = 0;

	do
		digits[n++] = "0123456789abcdef"[value % base];
	while ((value /= base));
	if (base == 16)
		put_text(line, "0x", 2);
	while (n)
		put_char(line, digits[--n]);
}

static void put_field(struct line *line, const char *name, uint32_t value, unsigned int base)
{
	put_text(line, name, 64);
	put_number(line, value, base);
}

static void put_section(struct line *line, const struct link_object *object, uint32_t section)
{
	put_field(line, ": section ", section, 10);
	if (!object || !object->section_names || section >= object->section_count)
		return;
	put_text(line, " (", 2);
	put_text(line, link_section_name(object, section), 64);
	put_char(line, ')');
}

static bool concerns_symbol(enum link_status status)
{
	return status >= LINK_SYMBOL_ZERO && status <= LINK_SYMBOL_NAMELESS;
}

static bool concerns_reloc(enum link_status status)
{
	return status >= LINK_RELOC_TYPE && status <= LINK_RELOC_UNLOADED;
}

static void put_entry(struct line *line, const struct link_object *object,
		      const struct link_error *error)
{
	if (concerns_symbol(error->status)) {
		put_field(line, ", symbol ", error->index, 10);
		if (object && object->symbols && error->index < object->symbol_count &&
		    object->symbols[error->index].name < object->symbol_names_size) {
			put_text(line, " (", 2);
			put_text(line, object->symbol_names + object->symbols[error->index].name,
				 128);
			put_char(line, ')');
		}
	} else if (concerns_reloc(error->status)) {
		put_field(line, ", relocation ", error->index, 10);
	} else if (error->index) {
		put_field(line, ", entry ", error->index, 10);
	}
}

const char *link_status_text(enum link_status status)
{
	return (unsigned int)status < LINK_STATUS_COUNT ? status_texts[status] : "unknown error";
}

size_t link_describe(const struct link_object *object, const struct link_error *error, char *text,
		     size_t size)
{
	struct line line = { text, size, 0 };

	put_text(&line, link_status_text(error->status), 128);
	if (error->section)
		put_section(&line, object, error->section);
	put_entry(&line, object, error);
	put_field(&line, ", offset ", error->offset, 16);
	put_field(&line, ", value ", error->value, 16);
	if (error->status == LINK_RELOC_TYPE) {
		put_text(&line, ": ", 2);
		put_text(&line, link_reloc_name(error->value), 32);
		put_text(&line, ": ", 2);
		put_text(&line, link_reloc_advice(error->value), 96);
	}
	if (size)
		text[line.length < size ? line.length : size - 1] = '\0';
	return line.length;
}
