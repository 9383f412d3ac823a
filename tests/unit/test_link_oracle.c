// SOURCES: kernel/link/*.c kernel/lib/checksum.c
/*
 * GNU ld is the oracle: each fixture is linked by our linker to an address, and by ld with every section at the place
 * that ours chose and every undefined symbol at the value that ours was given. Each section must be the same bytes.
 */
#include <stdarg.h>
#include <sys/stat.h>
#include "unit.h"
#include "lib/hash.h"
#include "link/link.h"

#define FOLDER "build/unit/link"

struct file {
	uint8_t *bytes;
	size_t size;
};

static struct file read_file(const char *path)
{
	struct file file = { NULL, 0 };
	FILE *f = fopen(path, "rb");

	CHECK(f != NULL);
	if (!f)
		return file;
	fseek(f, 0, SEEK_END);
	file.size = (size_t)ftell(f);
	rewind(f);
	file.bytes = malloc(file.size);
	CHECK(fread(file.bytes, 1, file.size, f) == file.size);
	fclose(f);
	return file;
}

static int run(const char *format, ...)
{
	char command[4096];
	va_list args;
	int status;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	status = system(command);
	if (status)
		printf("# failed: %s\n", command);
	return status;
}

struct linked {
	struct file file;
	struct link_object object;
	struct link_section sections[64];
	struct link_layout layout;
	uint8_t *image;
	FILE *script; /* ld's: a line per undefined symbol */
};

static bool resolve(void *context, const char *name, bool weak, uint32_t *value)
{
	struct linked *linked = context;

	if (weak)
		return false;
	*value = 0xc0100000 + (hash_text(name) & 0xfffff);
	fprintf(linked->script, "%s = 0x%x;\n", name, *value);
	return true;
}

/* Our link of an object; also writes the script with which ld is to do the same. */
static bool link_ours(struct linked *linked, const char *name, uint32_t base)
{
	struct link_resolver resolver = { resolve, NULL, linked };
	struct link_error error;
	char path[256], text[256];
	uint32_t *values;

	snprintf(path, sizeof(path), FOLDER "/%s.o", name);
	linked->file = read_file(path);
	if (link_parse(linked->file.bytes, linked->file.size, &linked->object, &error) ||
	    link_validate(&linked->object, linked->sections, &error) ||
	    link_layout(&linked->object, linked->sections, &linked->layout, &error)) {
		link_describe(&linked->object, &error, text, sizeof(text));
		printf("# %s: %s\n", name, text);
		return false;
	}
	linked->image = malloc(linked->layout.size);
	memset(linked->image, 0xcc, linked->layout.size);
	link_place(&linked->object, linked->sections, &linked->layout, base, linked->image);
	values = calloc(linked->object.symbol_count, sizeof(*values));
	snprintf(path, sizeof(path), FOLDER "/%s.ld", name);
	linked->script = fopen(path, "w");
	CHECK_EQ(link_bind(&linked->object, linked->sections, &resolver, values, &error), LINK_OK);
	link_relocate(&linked->object, linked->sections, values);
	fputs("SECTIONS {\n", linked->script);
	for (uint32_t i = 1; i < linked->object.section_count; i++)
		if (linked->sections[i].region != LINK_NOT_LOADED)
			fprintf(linked->script, "%s 0x%x : { *(%s) }\n",
				link_section_name(&linked->object, i), linked->sections[i].address,
				link_section_name(&linked->object, i));
	if (linked->object.has_got)
		fprintf(linked->script, ".got 0x%x : { *(.got.plt) *(.got) }\n",
			linked->sections[0].address);
	fputs("/DISCARD/ : { *(.note.GNU-stack) *(.comment) *(.eh_frame) }\n}\n", linked->script);
	fclose(linked->script);
	free(values);
	return true;
}

/* ld's bytes of the section at an address. */
static const uint8_t *oracle_section(const struct file *file, uint32_t address, uint32_t size,
				     uint32_t type)
{
	const struct elf_header *header = (const void *)file->bytes;
	const struct elf_section *section = (const void *)(file->bytes + header->section_offset);

	for (int i = 0; i < header->section_count; i++, section++)
		if (section->address == address && section->size == size && section->type == type &&
		    size)
			return file->bytes + section->offset;
	return NULL;
}

static uint32_t word_at(const uint8_t *bytes)
{
	uint32_t word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* ld's table of slots, which has them in another order. */
static const uint8_t *oracle_got(const struct file *file, uint32_t address)
{
	const struct elf_header *header = (const void *)file->bytes;
	const struct elf_section *section = (const void *)(file->bytes + header->section_offset);

	for (int i = 0; i < header->section_count; i++, section++)
		if (section->address == address && section->size > 12)
			return file->bytes + section->offset;
	return NULL;
}

/* A reference to a slot: not the same slot, but one that holds the same. The words are then made equal. */
static void compare_slot(const struct linked *linked, const struct file *oracle, uint8_t *ours,
			 uint8_t *expected, const uint8_t *addend)
{
	uint32_t got = linked->sections[0].address;
	uint32_t base = (addend[-1] & 0xc7) == 5 ? got + word_at(addend) : word_at(addend);
	const uint8_t *table = oracle_got(oracle, got);

	CHECK(table != NULL);
	if (!table)
		return;
	CHECK_EQ(word_at(linked->sections[0].bytes + word_at(ours) - base),
		 word_at(table + word_at(expected) - base));
	memset(ours, 0, 4);
	memset(expected, 0, 4);
}

static void compare_slots(const struct linked *linked, const struct file *oracle, uint32_t index,
			  uint8_t *expected)
{
	const struct link_section *section = &linked->sections[index];
	const struct elf_section *header = &linked->object.sections[section->reloc];
	const struct elf_reloc *relocs = (const void *)(linked->file.bytes + header->offset);
	const uint8_t *bytes = linked->file.bytes + linked->object.sections[index].offset;

	for (uint32_t i = 0; section->reloc && i < header->size / sizeof(*relocs); i++) {
		uint32_t type = elf_reloc_type(&relocs[i]), offset = relocs[i].offset;

		if (type == ELF_R_386_GOT32 || type == ELF_R_386_GOT32X)
			compare_slot(linked, oracle, section->bytes + offset, expected + offset,
				     bytes + offset);
	}
}

static void compare(const struct linked *linked, const struct file *oracle)
{
	int compared = 0;

	for (uint32_t i = 1; i < linked->object.section_count; i++) {
		const struct link_section *section = &linked->sections[i];
		const struct elf_section *header = &linked->object.sections[i];
		uint8_t *expected;

		if (section->region == LINK_NOT_LOADED || header->type == ELF_SECTION_NOBITS ||
		    !header->size)
			continue;
		expected = (uint8_t *)oracle_section(oracle, section->address, header->size,
						     header->type);
		CHECK(expected != NULL);
		if (!expected)
			continue;
		compare_slots(linked, oracle, i, expected);
		if (memcmp(expected, section->bytes, header->size))
			printf("# section %s differs\n", link_section_name(&linked->object, i));
		CHECK(!memcmp(expected, section->bytes, header->size));
		compared++;
	}
	CHECK(compared > 1);
}

static void check_object(const char *name, uint32_t base)
{
	static struct linked linked;
	struct file oracle;
	char path[256];

	memset(&linked, 0, sizeof(linked));
	if (!link_ours(&linked, name, base)) {
		CHECK(0);
		free(linked.file.bytes);
		return;
	}
	/* ld would merge equal strings, which moves them: a loader does not. */
	CHECK(!run("objcopy --set-section-flags .rodata.str1.1=alloc,readonly,data "
		   "--set-section-flags "
		   ".rodata.str1.4=alloc,readonly,data " FOLDER "/%s.o " FOLDER "/%s.plain.o",
		   name, name));
	CHECK(!run("ld -m elf_i386 -z norelro -z noseparate-code --no-warn-rwx-segments "
		   "--no-warn-mismatch -e 0 -static "
		   "-z nognustack -N -T " FOLDER "/%s.ld " FOLDER "/%s.plain.o -o " FOLDER
		   "/%s.out 2>" FOLDER "/ld.log || (cat " FOLDER "/ld.log; false)",
		   name, name, name));
	snprintf(path, sizeof(path), FOLDER "/%s.out", name);
	oracle = read_file(path);
	if (oracle.bytes)
		compare(&linked, &oracle);
	free(oracle.bytes);
	free(linked.file.bytes);
	free(linked.image);
}

static void compile(const char *source, const char *name, const char *flags)
{
	CHECK(!run("gcc -m32 -march=i686 -ffreestanding -fno-pic -fno-pie -fno-common "
		   "-fno-stack-protector "
		   "-fcf-protection=none -fno-asynchronous-unwind-tables %s -c "
		   "tests/fixtures/link/%s -o " FOLDER "/%s.o",
		   flags, source, name));
}

static void check_source(const char *source, const char *name, const char *flags)
{
	static const uint32_t bases[] = { 0xf0800000, 0xf0a5b000, 0xfdfff000, 0x1000 };

	compile(source, name, flags);
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
		check_object(name, bases[i]);
}

static void test_assembly(void)
{
	check_source("relocations.S", "relocations", "");
}

static void test_assembly_partial(void)
{
	CHECK(!run("ld -m elf_i386 -r -o " FOLDER "/partial.o " FOLDER "/relocations.o"));
	check_object("partial", 0xf0900000);
}

static void test_compiled(void)
{
	check_source("compiled.c", "compiled_O2", "-O2 -mregparm=3");
	check_source("compiled.c", "compiled_Os", "-Os");
	check_source("compiled.c", "compiled_O0", "-O0 -g3");
	check_source("compiled.c", "compiled_sections", "-O2 -ffunction-sections -fdata-sections");
}

/* ld rewrites instructions with GOT32X; the assembler can write GOT32, which means the same, instead. */
static void check_relaxable(const char *name, const char *twin)
{
	static struct linked a, b;

	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	CHECK(link_ours(&a, name, 0xf0800000) && link_ours(&b, twin, 0xf0800000));
	CHECK(a.object.has_got);
	CHECK_EQ(a.layout.size, b.layout.size);
	if (a.image && b.image && a.layout.size == b.layout.size)
		CHECK(!memcmp(a.image, b.image, a.layout.size));
	free(a.file.bytes);
	free(b.file.bytes);
	free(a.image);
	free(b.image);
}

static void test_position_independent(void)
{
	static const char *const kinds[][3] = {
		{ "pic.S", "pic", "" },
		{ "compiled.c", "compiled_pic", "-O2 -fpic" },
		{ "compiled.c", "compiled_PIC", "-O2 -fPIC -fno-plt" },
		{ "compiled.c", "compiled_pie", "-O1 -fpie -fvisibility=hidden" },
	};
	char twin[64], flags[128];

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		snprintf(flags, sizeof(flags), "%s -Wa,-mrelax-relocations=no", kinds[i][2]);
		snprintf(twin, sizeof(twin), "%s_x", kinds[i][1]);
		check_source(kinds[i][0], kinds[i][1], flags);
		compile(kinds[i][0], twin, kinds[i][2]);
		check_relaxable(kinds[i][1], twin);
	}
	CHECK(!run("ld -m elf_i386 -r -o " FOLDER "/pic_partial.o " FOLDER "/pic.o " FOLDER
		   "/compiled_PIC.o"));
	check_object("pic_partial", 0xf0900000);
}

int main(void)
{
	mkdir("build", 0777);
	mkdir("build/unit", 0777);
	mkdir(FOLDER, 0777);
	RUN(test_assembly);
	RUN(test_assembly_partial);
	RUN(test_compiled);
	RUN(test_position_independent);
	UNIT_END();
}
