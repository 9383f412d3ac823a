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

#define WORD(offset) (*(patched_word *)(bytes + (offset)))

/* Words of a run become word + value. Returns the relocation behind the run. */
static const struct elf_reloc *patch_absolute(uint8_t *bytes, const struct elf_reloc *reloc,
					      const struct elf_reloc *end, uint32_t value)
{
	uint32_t info = reloc->info;

	for (; end - reloc >= 4; reloc += 4) {
		if (reloc[1].info != info || reloc[2].info != info || reloc[3].info != info ||
		    reloc[0].info != info)
			break;
		WORD(reloc[0].offset) += value;
		WORD(reloc[1].offset) += value;
		WORD(reloc[2].offset) += value;
		WORD(reloc[3].offset) += value;
	}
	for (; reloc < end && reloc->info == info; reloc++)
		WORD(reloc->offset) += value;
	return reloc;
}

/* Words of a run become word + distance - their offset. */
static const struct elf_reloc *patch_relative(uint8_t *bytes, const struct elf_reloc *reloc,
					      const struct elf_reloc *end, uint32_t distance)
{
	uint32_t info = reloc->info;

	do
		WORD(reloc->offset) += distance - reloc->offset;
	while (++reloc < end && reloc->info == info);
	return reloc;
}

/* Whether the operand at offset has no base register: ModRM of a 32-bit displacement alone. */
static bool is_absolute_operand(const uint8_t *bytes, uint32_t offset)
{
	return offset >= 2 && (bytes[offset - 1] & 0xc7) == 0x05;
}

static const struct elf_reloc *patch_slot(uint8_t *bytes, const struct elf_reloc *reloc,
					  uint32_t slot, uint32_t got)
{
	WORD(reloc->offset) += slot + (is_absolute_operand(bytes, reloc->offset) ? got : 0);
	return reloc + 1;
}

static const struct elf_reloc *skip_run(const struct elf_reloc *reloc, const struct elf_reloc *end)
{
	uint32_t info = reloc->info;

	while (++reloc < end && reloc->info == info)
		;
	return reloc;
}

void link_relocate_copy(const struct link_object *object, const struct link_section *sections,
			const uint32_t *values, uint32_t section, uint8_t *bytes)
{
	const struct elf_section *header = &object->sections[sections[section].reloc];
	const struct elf_reloc *reloc = (const void *)(object->bytes + header->offset);
	const struct elf_reloc *end = reloc + header->size / sizeof(*reloc);
	uint32_t address = sections[section].address, got = sections[0].address;

	while (reloc < end) {
		uint32_t symbol = elf_reloc_symbol(reloc), value = values[symbol];

		switch (elf_reloc_type(reloc)) {
		case ELF_R_386_32:
			reloc = patch_absolute(bytes, reloc, end, value);
			break;
		case ELF_R_386_PC32:
		case ELF_R_386_PLT32:
			reloc = patch_relative(bytes, reloc, end, value - address);
			break;
		case ELF_R_386_GOTOFF:
			reloc = patch_absolute(bytes, reloc, end, value - got);
			break;
		case ELF_R_386_GOTPC:
			reloc = patch_relative(bytes, reloc, end, got - address);
			break;
		case ELF_R_386_GOT32:
		case ELF_R_386_GOT32X:
			reloc = patch_slot(bytes, reloc, link_got_slot(object, symbol), got);
			break;
		default:
			reloc = skip_run(reloc, end);
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
