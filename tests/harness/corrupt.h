/*
 * Every structured damage to a module file: each field of the ELF header, of each section header, symbol and
 * relocation, each word of the tables that the module loader reads, each byte of everything, and every length. Used by
 * the unit test on the host and by the program that tries them all in the guest.
 *
 * The file is good; each change is made in place, tried, and taken back.
 */
#ifndef HARNESS_CORRUPT_H
#define HARNESS_CORRUPT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* One damage, for the report of one that was not noticed. */
struct damage {
	const char
		*table; /* "header", "section", "symbol", "relocation", "word", "byte", "length" */
	const char *field;
	uint32_t section; /* number of the section (header) changed, or that holds the table */
	uint32_t index;	  /* of the symbol, relocation or word in it */
	uint32_t at;	  /* place in the file; the length */
	uint32_t old, new;
};

/* file: the damaged file, size bytes of it. */
typedef void damage_try(void *context, const uint8_t *file, size_t size,
			const struct damage *damage);

struct corrupter {
	uint8_t *file;
	size_t size;
	damage_try *try;
	void *context;
};

struct damage_field {
	const char *name;
	uint8_t offset, size;
};

#define DAMAGE_FIELDS(...) ((const struct damage_field[]){ __VA_ARGS__, { NULL, 0, 0 } })

#define DAMAGE_HEADER                                                                        \
	DAMAGE_FIELDS({ "e_type", 16, 2 }, { "e_machine", 18, 2 }, { "e_version", 20, 4 },   \
		      { "e_entry", 24, 4 }, { "e_phoff", 28, 4 }, { "e_shoff", 32, 4 },      \
		      { "e_flags", 36, 4 }, { "e_ehsize", 40, 2 }, { "e_phentsize", 42, 2 }, \
		      { "e_phnum", 44, 2 }, { "e_shentsize", 46, 2 }, { "e_shnum", 48, 2 },  \
		      { "e_shstrndx", 50, 2 })
#define DAMAGE_SECTION                                                                       \
	DAMAGE_FIELDS({ "sh_name", 0, 4 }, { "sh_type", 4, 4 }, { "sh_flags", 8, 4 },        \
		      { "sh_addr", 12, 4 }, { "sh_offset", 16, 4 }, { "sh_size", 20, 4 },    \
		      { "sh_link", 24, 4 }, { "sh_info", 28, 4 }, { "sh_addralign", 32, 4 }, \
		      { "sh_entsize", 36, 4 })
#define DAMAGE_SYMBOL                                                                 \
	DAMAGE_FIELDS({ "st_name", 0, 4 }, { "st_value", 4, 4 }, { "st_size", 8, 4 }, \
		      { "st_info", 12, 1 }, { "st_other", 13, 1 }, { "st_shndx", 14, 2 })
#define DAMAGE_RELOC DAMAGE_FIELDS({ "r_offset", 0, 4 }, { "r_type", 4, 1 }, { "r_sym", 5, 3 })
#define DAMAGE_WORD DAMAGE_FIELDS({ "word", 0, 4 })
#define DAMAGE_BYTE DAMAGE_FIELDS({ "byte", 0, 1 })

static uint32_t damage_get(const uint8_t *file, uint32_t at, uint32_t size)
{
	uint32_t value = 0;

	memcpy(&value, file + at, size);
	return value;
}

/* One field takes every value that tends to go wrong. */
static void damage_field(const struct corrupter *c, struct damage damage, uint32_t size)
{
	uint32_t old = damage_get(c->file, damage.at, size);
	uint32_t mask = size == 4 ? UINT32_MAX : (1u << 8 * size) - 1, top = 1u << (8 * size - 1);
	const uint32_t values[] = { 0,	       mask,	old + 1, old - 1, old ^ 1,
				    old ^ top, top - 1, old ^ 4, old * 2, old ^ 0x10 };

	damage.old = old;
	for (size_t v = 0; v < sizeof(values) / sizeof(values[0]); v++) {
		damage.new = values[v] & mask;
		if (damage.new == old)
			continue;
		memcpy(c->file + damage.at, &damage.new, size);
		c->try(c->context, c->file, c->size, &damage);
	}
	memcpy(c->file + damage.at, &old, size);
}

/* A table of records. */
static void damage_table(const struct corrupter *c, const char *table, uint32_t section,
			 uint32_t at, uint32_t count, uint32_t record,
			 const struct damage_field *fields)
{
	for (uint32_t i = 0; i < count; i++) {
		for (const struct damage_field *f = fields; f->name; f++) {
			struct damage damage = { table, f->name, section, i,
						 at + i * record + f->offset };

			if (!strcmp(table, "section"))
				damage.section = i;
			damage_field(c, damage, f->size);
		}
	}
}

static void damage_section(const struct corrupter *c, uint32_t index)
{
	uint32_t header = damage_get(c->file, 32, 4) + index * 40;
	uint32_t type = damage_get(c->file, header + 4, 4);
	uint32_t at = damage_get(c->file, header + 16, 4),
		 size = damage_get(c->file, header + 20, 4);

	if (type == 2)
		damage_table(c, "symbol", index, at, size / 16, 16, DAMAGE_SYMBOL);
	else if (type == 9)
		damage_table(c, "relocation", index, at, size / 8, 8, DAMAGE_RELOC);
	else if (type == 1 && damage_get(c->file, header + 32, 4) >= 4)
		damage_table(c, "word", index, at, size / 4, 4, DAMAGE_WORD);
}

/* File shorter than it was; never by exactly the trailer, which may be missing. */
static void damage_lengths(const struct corrupter *c, size_t trailer)
{
	for (size_t size = 0; size < c->size; size++) {
		struct damage damage = { "length", "", 0, 0, (uint32_t)size };

		if (size != c->size - trailer)
			c->try(c->context, c->file, size, &damage);
	}
}

/* trailer: bytes behind the ELF file. */
static void damage_everything(const struct corrupter *c, size_t trailer)
{
	uint32_t sections = damage_get(c->file, 48, 2);

	damage_table(c, "header", 0, 0, 16, 1, DAMAGE_BYTE);
	damage_table(c, "header", 0, 0, 1, 52, DAMAGE_HEADER);
	damage_table(c, "section", 0, damage_get(c->file, 32, 4), sections, 40, DAMAGE_SECTION);
	for (uint32_t i = 1; i < sections; i++)
		damage_section(c, i);
	damage_table(c, "byte", 0, 0, (uint32_t)c->size, 1, DAMAGE_BYTE);
	damage_lengths(c, trailer);
}

#endif
