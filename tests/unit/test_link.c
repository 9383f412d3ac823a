// SOURCES: kernel/link/*.c kernel/lib/checksum.c
/* The linker on a file made field by field: each thing it refuses, where it says so, and what it makes of a good one. */
#include "unit.h"
#include "link_image.h"

static struct image image;
static struct link_object object;
static struct link_section sections[64];
static struct link_error error;

static enum link_status check(void)
{
	enum link_status status = link_parse(&image, sizeof(image), &object, &error);

	if (!status)
		status = link_validate(&object, sections, &error);
	CHECK_EQ(status, error.status);
	return status;
}

/* One field is set to a value; the status it must give, and the section and entry that must be named. */
#define REFUSES(field, bad, expected, in_section, at_index)                                \
	do {                                                                               \
		char text[256];                                                            \
		image_init(&image);                                                        \
		image.field = bad;                                                         \
		CHECK_EQ(check(), expected);                                               \
		CHECK_EQ(error.section, in_section);                                       \
		CHECK_EQ(error.index, at_index);                                           \
		CHECK(link_describe(&object, &error, text, sizeof(text)) == strlen(text)); \
		CHECK(strstr(text, link_status_text(expected)) == text);                   \
	} while (0)

static void test_good(void)
{
	image_init(&image);
	CHECK_EQ(check(), LINK_OK);
	CHECK_EQ(link_validate(&object, sections, &error), LINK_OK); /* again */
	CHECK_EQ(object.section_count, S_COUNT);
	CHECK_EQ(object.symbol_count, Y_COUNT);
	CHECK_EQ(object.known[LINK_S_MODINFO], S_MODINFO);
	CHECK_STR(link_section_name(&object, S_TEXT), ".text");
	CHECK_STR(link_symbol_name(&object, Y_UNDEFINED), "printk");
	CHECK_STR(link_symbol_name(&object, Y_TEXT_SECTION), ".text");
}

static void test_header(void)
{
	REFUSES(header.ident[0], 'X', LINK_NOT_ELF, 0, 0);
	REFUSES(header.ident[ELF_CLASS], 2, LINK_BAD_CLASS, 0, 0);
	REFUSES(header.ident[ELF_DATA], 2, LINK_BAD_DATA, 0, 0);
	REFUSES(header.ident[ELF_IDENT_VERSION], 0, LINK_BAD_VERSION, 0, 0);
	REFUSES(header.ident[ELF_OSABI], 9, LINK_BAD_OSABI, 0, 0);
	REFUSES(header.ident[8], 1, LINK_BAD_PADDING, 0, 0);
	REFUSES(header.ident[15], 1, LINK_BAD_PADDING, 0, 0);
	REFUSES(header.type, ELF_TYPE_EXECUTABLE, LINK_BAD_TYPE, 0, 0);
	REFUSES(header.machine, 62, LINK_BAD_MACHINE, 0, 0);
	REFUSES(header.version, 2, LINK_BAD_VERSION, 0, 0);
	REFUSES(header.entry, 4, LINK_BAD_ENTRY, 0, 0);
	REFUSES(header.flags, 1, LINK_BAD_FLAGS, 0, 0);
	REFUSES(header.header_size, 64, LINK_BAD_HEADER_SIZE, 0, 0);
	REFUSES(header.program_offset, 52, LINK_HAS_SEGMENTS, 0, 0);
	REFUSES(header.program_size, 32, LINK_HAS_SEGMENTS, 0, 0);
	REFUSES(header.program_count, 1, LINK_HAS_SEGMENTS, 0, 0);
	REFUSES(header.section_size, 39, LINK_SECTION_TABLE, 0, 0);
	REFUSES(header.section_count, 0, LINK_SECTION_COUNT, 0, 0);
	REFUSES(header.section_count, 0xff00, LINK_SECTION_COUNT, 0, 0);
	REFUSES(header.section_count, S_COUNT + 1, LINK_TRUNCATED, 0, 0);
	REFUSES(header.section_offset, 0, LINK_SECTION_TABLE, 0, 0);
	REFUSES(header.section_offset, 101, LINK_SECTION_TABLE, 0, 0);
	REFUSES(header.section_offset, 0xfffffffc, LINK_TRUNCATED, 0, 0);
	REFUSES(header.names_index, 0, LINK_NAMES_INDEX, 0, 0);
	REFUSES(header.names_index, S_COUNT, LINK_NAMES_INDEX, 0, 0);
	REFUSES(header.names_index, S_TEXT, LINK_NAMES_INDEX, S_TEXT, 0);
}

static void test_truncated(void)
{
	image_init(&image);
	for (size_t size = 0; size < sizeof(image); size++)
		if (link_parse(&image, size, &object, &error) != LINK_TRUNCATED)
			CHECK_EQ(size, sizeof(image));
	CHECK_EQ(link_parse((uint8_t *)&image + 1, sizeof(image) - 1, &object, &error),
		 LINK_MISALIGNED);
}

static void test_section_place(void)
{
	REFUSES(sections[S_ZERO].size, 1, LINK_SECTION_ZERO, 0, 0);
	REFUSES(sections[S_TEXT].name, sizeof(image.names), LINK_NAME, S_TEXT, 0);
	REFUSES(sections[S_TEXT].offset, sizeof(image) - 4, LINK_SECTION_RANGE, S_TEXT, 0);
	REFUSES(sections[S_TEXT].offset, 0xffffffff, LINK_SECTION_RANGE, S_TEXT, 0);
	REFUSES(sections[S_TEXT].offset, 8, LINK_SECTION_RANGE, S_TEXT, 0);
	REFUSES(sections[S_TEXT].size, 0xffffffff, LINK_SECTION_RANGE, S_TEXT, 0);
	REFUSES(sections[S_TEXT].size, sizeof(image.text) + 1, LINK_SECTION_OVERLAP, S_TEXT_REL, 0);
	REFUSES(sections[S_TEXT].offset, image.sections[S_INIT].offset, LINK_SECTION_OVERLAP,
		S_INIT, 0);
	REFUSES(sections[S_TEXT].offset, offsetof(struct image, sections), LINK_SECTION_OVERLAP,
		S_TEXT, 0);
	REFUSES(sections[S_TEXT].address, 0x1000, LINK_SECTION_ADDRESS, S_TEXT, 0);
	REFUSES(sections[S_TEXT].align, 3, LINK_SECTION_ALIGN, S_TEXT, 0);
	REFUSES(sections[S_TEXT].align, 8192, LINK_SECTION_ALIGN, S_TEXT, 0);
	REFUSES(sections[S_TEXT_REL].align, 1, LINK_SECTION_ALIGN, S_TEXT_REL, 0);
	REFUSES(sections[S_NAMES].size, 0, LINK_STRING_TABLE, S_NAMES, 0);
	REFUSES(sections[S_NAMES].size, 0xfffffff0, LINK_SECTION_RANGE, S_NAMES, 0);
	REFUSES(names[0], 'x', LINK_STRING_TABLE, S_NAMES, 0);
	REFUSES(names[sizeof(image.names) - 1], 'x', LINK_STRING_TABLE, S_NAMES, 0);
	REFUSES(strtab[0], 'x', LINK_STRING_TABLE, S_STRTAB, 0);
	REFUSES(strtab[sizeof(image.strtab) - 1], 'x', LINK_STRING_TABLE, S_STRTAB, 0);
}

static void test_section_kind(void)
{
	REFUSES(sections[S_TEXT].type, 6, LINK_SECTION_TYPE, S_TEXT, 0);
	REFUSES(sections[S_TEXT].type, ELF_SECTION_NULL, LINK_SECTION_TYPE, S_TEXT, 0);
	REFUSES(sections[S_TEXT].type, 0x6fffffff, LINK_SECTION_TYPE, S_TEXT, 0);
	REFUSES(sections[S_TEXT].type, ELF_SECTION_LLVM_ADDRSIG, LINK_SECTION_TYPE, S_TEXT, 0);
	REFUSES(sections[S_TEXT_REL].type, ELF_SECTION_RELA, LINK_SECTION_RELA, S_TEXT_REL, 0);
	REFUSES(sections[S_DATA].type, ELF_SECTION_INIT_ARRAY, LINK_SECTION_INIT_ARRAY, S_DATA, 0);
	REFUSES(sections[S_TEXT].flags, 0x100000, LINK_SECTION_FLAGS, S_TEXT, 0);
	REFUSES(sections[S_TEXT].flags, ELF_FLAG_ALLOC | ELF_FLAG_EXEC | ELF_FLAG_WRITE,
		LINK_SECTION_WX, S_TEXT, 0);
	REFUSES(sections[S_TEXT].flags, ELF_FLAG_ALLOC | ELF_FLAG_INFO_LINK, LINK_SECTION_FLAGS,
		S_TEXT, 0);
	REFUSES(sections[S_DATA].flags, ELF_FLAG_ALLOC | ELF_FLAG_WRITE | ELF_FLAG_TLS,
		LINK_SECTION_TLS, S_DATA, 0);
	REFUSES(sections[S_DATA].flags, ELF_FLAG_ALLOC | ELF_FLAG_COMPRESSED,
		LINK_SECTION_COMPRESSED, S_DATA, 0);
	REFUSES(sections[S_STRTAB].flags, ELF_FLAG_ALLOC, LINK_SECTION_FLAGS, S_STRTAB, 0);
	REFUSES(sections[S_SYMTAB].flags, ELF_FLAG_ALLOC, LINK_SECTION_FLAGS, S_SYMTAB, 0);
	REFUSES(sections[S_TEXT].link, 1, LINK_SECTION_LINK, S_TEXT, 0);
	REFUSES(sections[S_TEXT].info, 1, LINK_SECTION_INFO, S_TEXT, 0);
	REFUSES(sections[S_TEXT].entry_size, 1, LINK_SECTION_ENTRY_SIZE, S_TEXT, 0);
	REFUSES(sections[S_RODATA].entry_size, 0, LINK_SECTION_ENTRY_SIZE, S_RODATA, 0);
	REFUSES(sections[S_RODATA].entry_size, 5, LINK_SECTION_ENTRY_SIZE, S_RODATA, 0);
	REFUSES(sections[S_STRTAB].link, 1, LINK_SECTION_LINK, S_STRTAB, 0);
	REFUSES(sections[S_STRTAB].info, 1, LINK_SECTION_INFO, S_STRTAB, 0);
	REFUSES(sections[S_STRTAB].entry_size, 1, LINK_SECTION_ENTRY_SIZE, S_STRTAB, 0);
	REFUSES(sections[S_TEXT].name, image.sections[S_MODINFO].name, LINK_SECTION_NAME, S_MODINFO,
		S_TEXT);
}

static void test_symtab(void)
{
	REFUSES(sections[S_SYMTAB].entry_size, 8, LINK_SECTION_ENTRY_SIZE, S_SYMTAB, 0);
	REFUSES(sections[S_SYMTAB].size, 17, LINK_SECTION_RANGE, S_SYMTAB, 0);
	REFUSES(sections[S_SYMTAB].size, 0, LINK_SECTION_INFO, S_SYMTAB, 0);
	REFUSES(sections[S_SYMTAB].info, Y_COUNT + 1, LINK_SECTION_INFO, S_SYMTAB, 0);
	REFUSES(sections[S_SYMTAB].link, S_TEXT, LINK_SECTION_LINK, S_SYMTAB, 0);
	REFUSES(sections[S_SYMTAB].link, 0xffff, LINK_SECTION_LINK, S_SYMTAB, 0);
	REFUSES(symbols[0].size, 1, LINK_SYMBOL_ZERO, S_SYMTAB, 0);
	image_init(&image);
	image.sections[S_DEBUG] = image.sections[S_SYMTAB];
	CHECK_EQ(check(), LINK_RELOC_TARGET); /* of .rel.debug_info, which comes first */
	image.sections[S_DEBUG_REL] = image.sections[S_DEBUG];
	CHECK_EQ(check(), LINK_TWO_SYMTABS);
	image_init(&image);
	image.header.section_count = S_DATA;
	image.header.names_index = S_TEXT_REL;
	image.sections[S_TEXT_REL] = image.sections[S_NAMES];
	CHECK_EQ(check(), LINK_NO_SYMTAB);
}

static void test_symbols(void)
{
	REFUSES(symbols[Y_LOCAL].name, sizeof(image.strtab), LINK_NAME, S_SYMTAB, Y_LOCAL);
	REFUSES(symbols[Y_GLOBAL].info, 3 << 4, LINK_SYMBOL_BINDING, S_SYMTAB, Y_GLOBAL);
	REFUSES(symbols[Y_LOCAL].info, ELF_GLOBAL << 4, LINK_SYMBOL_ORDER, S_SYMTAB, Y_LOCAL);
	REFUSES(symbols[Y_GLOBAL].info, ELF_LOCAL << 4, LINK_SYMBOL_ORDER, S_SYMTAB, Y_GLOBAL);
	REFUSES(symbols[Y_GLOBAL].info, ELF_GLOBAL << 4 | 9, LINK_SYMBOL_TYPE, S_SYMTAB, Y_GLOBAL);
	REFUSES(symbols[Y_GLOBAL].info, ELF_GLOBAL << 4 | ELF_SYMBOL_TLS, LINK_SYMBOL_TLS, S_SYMTAB,
		Y_GLOBAL);
	REFUSES(symbols[Y_GLOBAL].info, ELF_GLOBAL << 4 | ELF_SYMBOL_IFUNC, LINK_SYMBOL_IFUNC,
		S_SYMTAB, Y_GLOBAL);
	REFUSES(symbols[Y_GLOBAL].info, ELF_GLOBAL << 4 | ELF_SYMBOL_COMMON, LINK_SYMBOL_COMMON,
		S_SYMTAB, Y_GLOBAL);
	REFUSES(symbols[Y_GLOBAL].other, 4, LINK_SYMBOL_OTHER, S_SYMTAB, Y_GLOBAL);
	REFUSES(symbols[Y_GLOBAL].section, S_COUNT, LINK_SYMBOL_SECTION, S_SYMTAB, Y_GLOBAL);
	REFUSES(symbols[Y_GLOBAL].section, ELF_INDEX_EXTENDED, LINK_SYMBOL_SECTION, S_SYMTAB,
		Y_GLOBAL);
	REFUSES(symbols[Y_GLOBAL].section, ELF_INDEX_COMMON, LINK_SYMBOL_COMMON, S_SYMTAB,
		Y_GLOBAL);
	REFUSES(symbols[Y_GLOBAL].value, 9, LINK_SYMBOL_RANGE, S_SYMTAB, Y_GLOBAL);
	REFUSES(symbols[Y_GLOBAL].size, 0xffffffff, LINK_SYMBOL_RANGE, S_SYMTAB, Y_GLOBAL);
	REFUSES(symbols[Y_OBJECT].value, 97, LINK_SYMBOL_RANGE, S_SYMTAB, Y_OBJECT);
	REFUSES(symbols[Y_TEXT_SECTION].value, 4, LINK_SYMBOL_RANGE, S_SYMTAB, Y_TEXT_SECTION);
	REFUSES(symbols[Y_FILE].section, S_TEXT, LINK_SYMBOL_SECTION, S_SYMTAB, Y_FILE);
	REFUSES(symbols[Y_LOCAL].section, 0, LINK_SYMBOL_UNDEFINED, S_SYMTAB, Y_LOCAL);
	REFUSES(symbols[Y_UNDEFINED].value, 4, LINK_SYMBOL_UNDEFINED, S_SYMTAB, Y_UNDEFINED);
	REFUSES(symbols[Y_UNDEFINED].name, 0, LINK_SYMBOL_NAMELESS, S_SYMTAB, Y_UNDEFINED);
}

static void test_relocs(void)
{
	REFUSES(sections[S_TEXT_REL].info, 0, LINK_SECTION_INFO, S_TEXT_REL, 0);
	REFUSES(sections[S_TEXT_REL].info, S_COUNT, LINK_SECTION_INFO, S_TEXT_REL, 0);
	REFUSES(sections[S_TEXT_REL].link, S_STRTAB, LINK_SECTION_LINK, S_TEXT_REL, 0);
	REFUSES(sections[S_TEXT_REL].entry_size, 12, LINK_SECTION_ENTRY_SIZE, S_TEXT_REL, 0);
	REFUSES(sections[S_TEXT_REL].info, S_BSS, LINK_RELOC_TARGET, S_TEXT_REL, 0);
	REFUSES(sections[S_DATA_REL].info, S_TEXT, LINK_RELOC_TWICE, S_DATA_REL, S_TEXT_REL);
	REFUSES(text_rel[3].offset, 29, LINK_RELOC_OFFSET, S_TEXT_REL, 3);
	REFUSES(text_rel[3].offset, 0xfffffffe, LINK_RELOC_OFFSET, S_TEXT_REL, 3);
	REFUSES(text_rel[2].offset, 7, LINK_RELOC_OVERLAP, S_TEXT_REL, 2);
	REFUSES(text_rel[3].offset, 8, LINK_RELOC_OVERLAP, S_TEXT_REL, 3);
	REFUSES(text_rel[1].info, Y_COUNT << 8 | ELF_R_386_32, LINK_RELOC_SYMBOL, S_TEXT_REL, 1);
	REFUSES(text_rel[0].offset, 33, LINK_RELOC_OFFSET, S_TEXT_REL, 0);
	REFUSES(debug_rel[0].info, Y_COUNT << 8 | ELF_R_386_32, LINK_RELOC_SYMBOL, S_DEBUG_REL, 0);
	REFUSES(debug_rel[0].offset, 5, LINK_RELOC_OFFSET, S_DEBUG_REL, 0);
	REFUSES(symbols[Y_LOCAL].section, S_DEBUG, LINK_SYMBOL_RANGE, S_SYMTAB, Y_LOCAL);
	image_init(&image);
	image.symbols[Y_LOCAL].section = S_MODINFO;
	CHECK_EQ(check(), LINK_RELOC_UNLOADED);
	for (unsigned int type = 0; type < 256; type++) {
		bool applied = type <= 4 || type == 9 || type == 10 || type == 43;

		image_init(&image);
		image.text_rel[1].info = Y_UNDEFINED << 8 | type;
		CHECK_EQ(check(), applied ? LINK_OK : LINK_RELOC_TYPE);
		CHECK(applied == !link_reloc_advice(type));
		CHECK(link_reloc_name(type)[0]);
	}
}

static void test_modinfo(void)
{
	image_init(&image);
	check();
	CHECK_STR(link_modinfo(&object, "license"), "GPL");
	CHECK_STR(link_modinfo(&object, "name"), "a");
	CHECK(!link_modinfo(&object, "lic"));
	REFUSES(modinfo[31], 'x', LINK_MODINFO, S_MODINFO, 0);
	REFUSES(modinfo[7], ' ', LINK_MODINFO, S_MODINFO, 0);
	REFUSES(modinfo[0], '=', LINK_MODINFO, S_MODINFO, 0);
}

static void test_group(void)
{
	image_init(&image);
	image.sections[S_DEBUG_REL] = image.sections[S_ZERO];
	image.sections[S_DEBUG_REL].type = ELF_SECTION_NOTE;
	image.sections[S_DEBUG_REL].offset = 52;
	image.sections[S_DEBUG].type = ELF_SECTION_GROUP;
	image.sections[S_DEBUG].link = S_SYMTAB;
	image.sections[S_DEBUG].info = Y_LOCAL;
	image.sections[S_DEBUG].entry_size = 4;
	image.sections[S_DEBUG].align = 4;
	image.debug[0] = 1;
	image.debug[1] = S_TEXT;
	CHECK_EQ(check(), LINK_OK);
	image.debug[1] = S_COUNT;
	CHECK_EQ(check(), LINK_GROUP);
	image.debug[1] = S_TEXT;
	image.debug[0] = 2;
	CHECK_EQ(check(), LINK_GROUP);
}

static enum link_status check_bytes(const void *bytes, size_t size)
{
	enum link_status status = link_parse(bytes, size, &object, &error);

	return status ? status : link_validate(&object, sections, &error);
}

static void test_trailer(void)
{
	static uint8_t file[sizeof(image) + LINK_TRAILER_SIZE] __attribute__((aligned(4)));
	uint8_t *trailer = file + sizeof(image);

	image_init(&image);
	memcpy(file, &image, sizeof(image));
	link_trailer_make(file, sizeof(image), trailer);
	CHECK(!memcmp(file + sizeof(file) - 27, "~Module checksum appended~\n", 27));
	CHECK_EQ(check_bytes(file, sizeof(file)), LINK_OK);
	CHECK(object.has_checksum);
	CHECK_EQ(object.size, sizeof(image));
	CHECK_EQ(check_bytes(file, sizeof(image)), LINK_OK);
	CHECK(!object.has_checksum);
	for (size_t size = sizeof(image) + 1; size < sizeof(file); size++)
		CHECK_EQ(check_bytes(file, size), LINK_TRAILING);
	CHECK_EQ(error.offset, sizeof(image));
	for (size_t i = 0; i < sizeof(file); i++) {
		file[i] ^= 0x10;
		if (!check_bytes(file, sizeof(file)))
			CHECK_EQ(i, -1);
		file[i] ^= 0x10;
	}
	file[offsetof(struct image, text)] ^= 1;
	CHECK_EQ(check_bytes(file, sizeof(file)), LINK_CHECKSUM);
	CHECK_EQ(error.offset, sizeof(image));
}

/* Sections listed in any order are found not to overlap, or to. */
static void test_order(void)
{
	struct elf_section init;

	image_init(&image);
	init = image.sections[S_INIT];
	image.sections[S_INIT] = image.sections[S_RODATA];
	image.sections[S_RODATA] = init;
	image.symbols[Y_GLOBAL].section = S_RODATA;
	CHECK_EQ(check(), LINK_OK);
	image.sections[S_RODATA].offset = image.sections[S_INIT].offset + 1;
	CHECK_EQ(check(), LINK_SECTION_OVERLAP);
}

struct missing {
	unsigned int count;
	char last[32];
};

static bool resolve(void *context, const char *name, bool weak, uint32_t *value)
{
	CHECK_EQ(weak, !strcmp(name, "perhaps"));
	*value = 0xc0123450;
	return context != NULL && !strcmp(name, "printk");
}

static struct missing missing;

static void note_missing(void *context, uint32_t symbol, const char *name)
{
	missing.count++;
	strncpy(missing.last, name, sizeof(missing.last) - 1);
	CHECK_EQ(symbol, Y_UNDEFINED);
}

static void test_layout(void)
{
	struct link_layout layout;

	image_init(&image);
	check();
	CHECK_EQ(link_layout(&object, sections, &layout, &error), LINK_OK);
	CHECK_EQ(layout.region[LINK_TEXT].size, 32);
	CHECK_EQ(layout.region[LINK_RODATA].offset, 0x1000);
	CHECK_EQ(layout.region[LINK_DATA].offset, 0x2000);
	CHECK_EQ(layout.region[LINK_DATA].size, 64 + 100);
	CHECK_EQ(sections[S_BSS].address, 0x2040);
	CHECK_EQ(layout.core_size, 0x3000);
	CHECK_EQ(layout.region[LINK_INIT_TEXT].offset, 0x3000);
	CHECK_EQ(layout.size, 0x4000);
	CHECK_EQ(sections[S_MODINFO].region, LINK_NOT_LOADED);
	image.sections[S_BSS].size = 0xfffffff0;
	CHECK_EQ(check(), LINK_OK);
	CHECK_EQ(link_layout(&object, sections, &layout, &error), LINK_TOO_LARGE);
	CHECK_EQ(error.section, S_BSS);
}

static uint32_t word(const uint8_t *bytes)
{
	uint32_t value;

	memcpy(&value, bytes, 4);
	return value;
}

static void test_link(void)
{
	static uint8_t memory[0x4000] __attribute__((aligned(4096)));
	const uint32_t base = 0xf0900000;
	struct link_layout layout;
	struct link_resolver resolver = { resolve, note_missing, &missing };
	uint32_t values[Y_COUNT];

	image_init(&image);
	check();
	link_layout(&object, sections, &layout, &error);
	memset(memory, 0xaa, sizeof(memory));
	link_place(&object, sections, &layout, base, memory);
	CHECK_EQ(link_bind(&object, sections, &resolver, values, &error), LINK_OK);
	CHECK_EQ(values[Y_WEAK], 0);
	link_relocate(&object, sections, values);
	CHECK_EQ(word(memory), 4);
	CHECK_EQ(word(memory + 4), 0xc0123450 - (base + 4));
	CHECK_EQ(word(memory + 8), base + 0x2040 + 96);
	CHECK_EQ(word(memory + 0x2000), 0x1235);
	CHECK_EQ(word(memory + 0x200c), 77);
	for (size_t i = 0x2010; i < 0x2040 + 100; i++)
		CHECK_EQ(memory[i], 0);
	CHECK_STR((char *)memory + 0x1000, "hello");
}

static void test_missing(void)
{
	static uint8_t memory[0x4000];
	struct link_layout layout;
	struct link_resolver resolver = { resolve, note_missing, NULL };
	uint32_t values[Y_COUNT], section, offset;

	image_init(&image);
	check();
	link_layout(&object, sections, &layout, &error);
	link_place(&object, sections, &layout, 0xf0900000, memory);
	CHECK_EQ(link_bind(&object, sections, &resolver, values, &error), LINK_UNRESOLVED);
	CHECK_EQ(error.value, 1);
	CHECK_EQ(error.index, Y_UNDEFINED);
	CHECK_EQ(missing.count, 1);
	CHECK_STR(missing.last, "printk");
	CHECK(link_first_use(&object, Y_UNDEFINED, &section, &offset));
	CHECK_EQ(section, S_TEXT);
	CHECK_EQ(offset, 4);
	CHECK(link_symbol_at(&object, section, offset) == &object.symbols[Y_LOCAL]);
	CHECK(!link_first_use(&object, Y_FILE, &section, &offset));
}

static void test_describe(void)
{
	char text[256], small[8];

	image_init(&image);
	image.text_rel[1].info = Y_UNDEFINED << 8 | 20;
	check();
	link_describe(&object, &error, text, sizeof(text));
	CHECK_STR(text,
		  "relocation type cannot be applied: section 2 (.rel.text), relocation 1, "
		  "offset 0x4, value 0x14: "
		  "R_386_16: 8- or 16-bit reference: compile with -m32, without .code16 or -m16");
	CHECK_EQ(link_describe(&object, &error, small, sizeof(small)), strlen(text));
	CHECK_EQ(strlen(small), sizeof(small) - 1);
	for (int status = 0; status < LINK_STATUS_COUNT; status++)
		CHECK(link_status_text(status) != NULL);
}

int main(void)
{
	RUN(test_good);
	RUN(test_header);
	RUN(test_truncated);
	RUN(test_section_place);
	RUN(test_section_kind);
	RUN(test_symtab);
	RUN(test_symbols);
	RUN(test_relocs);
	RUN(test_modinfo);
	RUN(test_group);
	RUN(test_trailer);
	RUN(test_order);
	RUN(test_layout);
	RUN(test_link);
	RUN(test_missing);
	RUN(test_describe);
	UNIT_END();
}
