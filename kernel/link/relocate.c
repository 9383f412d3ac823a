/*
 * Stage 6: the words that refer to symbols are patched. Everything was checked by stage 2; nothing can fail here.
 *
 * S is the symbol's value, A the addend (the word as it is in the file), P the address of the word, GOT that of the
 * global offset table, G the offset of the symbol's slot in it.
 *	R_386_32              S + A
 *	R_386_PC32            S + A - P
 *	R_386_PLT32           S + A - P: a call that may go through a linkage table; a module needs none
 *	R_386_GOTOFF          S + A - GOT
 *	R_386_GOTPC           GOT + A - P
 *	R_386_GOT32, GOT32X   G + A, and + GOT where the instruction adds no register that holds it
 * Source: System V ABI, i386 supplement 1.1, table 4.9.
 *
 * A large module has tens of thousands, and neighbours often refer to the same symbol in the same way: such a run is
 * patched by a loop that does nothing else.
 */
#include "link/check.h"

/* A word at any address. */
typedef uint32_t patched_word __attribute__((aligned(1), may_alias));

#define WORD(offset) (*(patched_word *)((offset) + (uintptr_t)bytes))

#define SAME(n) (reloc[n].info == info)
#define SAME_EIGHT \
	(SAME(0) && SAME(1) && SAME(2) && SAME(3) && SAME(4) && SAME(5) && SAME(6) && SAME(7))

/* The words of a run, from its second on, become word + value. Returns the relocation behind the run. */
static __attribute__((__noinline__)) const struct elf_reloc *patch_absolute(
	uint8_t *bytes, const struct elf_reloc *reloc, const struct elf_reloc *end, uint32_t value)
{
	const struct elf_reloc *last = end - 7;
	uint32_t info = reloc[-1].info;

	for (; reloc < last && SAME_EIGHT; reloc += 8) {
		WORD(reloc[0].offset) += value;
		WORD(reloc[1].offset) += value;
		WORD(reloc[2].offset) += value;
		WORD(reloc[3].offset) += value;
		WORD(reloc[4].offset) += value;
		WORD(reloc[5].offset) += value;
		WORD(reloc[6].offset) += value;
		WORD(reloc[7].offset) += value;
	}
	for (; reloc < end && reloc->info == info; reloc++)
		WORD(reloc->offset) += value;
	return reloc;
}

/* The word at offset becomes word + distance - offset. */
static inline void add_relative(uint8_t *bytes, uint32_t offset, uint32_t distance)
{
#ifdef __i386__
	/* A quarter less than by way of a register. */
	__asm__("subl %0, (%1,%0); addl %2, (%1,%0)"
		:
		: "r"(offset), "r"(bytes), "r"(distance)
		: "memory", "cc");
#else
	WORD(offset) += distance - offset;
#endif
}

/* The same for the words of a run that are relative to their own address. */
static __attribute__((__noinline__)) const struct elf_reloc *patch_relative(
	uint8_t *bytes, const struct elf_reloc *reloc, const struct elf_reloc *end,
	uint32_t distance)
{
	const struct elf_reloc *last = end - 7;
	uint32_t info = reloc[-1].info;

	for (; reloc < last && SAME_EIGHT; reloc += 8) {
		add_relative(bytes, reloc[0].offset, distance);
		add_relative(bytes, reloc[1].offset, distance);
		add_relative(bytes, reloc[2].offset, distance);
		add_relative(bytes, reloc[3].offset, distance);
		add_relative(bytes, reloc[4].offset, distance);
		add_relative(bytes, reloc[5].offset, distance);
		add_relative(bytes, reloc[6].offset, distance);
		add_relative(bytes, reloc[7].offset, distance);
	}
	for (; reloc < end && reloc->info == info; reloc++)
		add_relative(bytes, reloc->offset, distance);
	return reloc;
}

/* Whether the operand at offset has no base register: ModRM of a 32-bit displacement alone. */
static bool is_absolute_operand(const uint8_t *bytes, uint32_t offset)
{
	return offset >= 2 && (bytes[offset - 1] & 0xc7) == 0x05;
}

/* The types that only position-independent code has. */
static void patch_by_got(uint8_t *bytes, const struct elf_reloc *reloc, uint32_t slot,
			 uint32_t value, uint32_t address, uint32_t got)
{
	uint32_t offset = reloc->offset;

	switch (elf_reloc_type(reloc)) {
	case ELF_R_386_GOTOFF:
		WORD(offset) += value - got;
		break;
	case ELF_R_386_GOTPC:
		WORD(offset) += got - address - offset;
		break;
	case ELF_R_386_GOT32:
	case ELF_R_386_GOT32X:
		WORD(offset) += slot + (is_absolute_operand(bytes, offset) ? got : 0);
		break;
	}
}

void link_relocate_copy(const struct link_object *object, const struct link_section *sections,
			const uint32_t *values, uint32_t section, uint8_t *bytes)
{
	const struct elf_section *header = &object->sections[sections[section].reloc];
	const struct elf_reloc *reloc = (const void *)(object->bytes + header->offset);
	const struct elf_reloc *end = reloc + header->size / sizeof(*reloc);
	uint32_t address = sections[section].address, info = 0;

	while (reloc < end) {
		uint32_t value = values[elf_reloc_symbol(reloc)];
		unsigned int type = elf_reloc_type(reloc);
		bool run = reloc->info == info;

		info = reloc->info;
		if (type == ELF_R_386_32) {
			WORD(reloc->offset) += value;
			reloc++;
			if (run)
				reloc = patch_absolute(bytes, reloc, end, value);
		} else if (type == ELF_R_386_PC32 || type == ELF_R_386_PLT32) {
			value -= address;
			WORD(reloc->offset) += value - reloc->offset;
			reloc++;
			if (run)
				reloc = patch_relative(bytes, reloc, end, value);
		} else {
			patch_by_got(bytes, reloc, link_got_slot(object, elf_reloc_symbol(reloc)),
				     value, address, sections[0].address);
			reloc++;
		}
	}
}

void link_relocate(const struct link_object *object, const struct link_section *sections,
		   const uint32_t *values)
{
	link_got_fill(object, sections, values);
	for (uint32_t i = 1; i < object->section_count; i++)
		if (sections[i].reloc && sections[i].bytes)
			link_relocate_copy(object, sections, values, i, sections[i].bytes);
}
