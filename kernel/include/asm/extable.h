/* Exception tables; the entries are made by _ASM_EXTABLE (asm/asm.h). */
#ifndef _ASM_EXTABLE_H
#define _ASM_EXTABLE_H

#include <linux/types.h>

struct pt_regs;

struct exception_table_entry {
	int insn;    /* faulting instruction, relative to this field */
	int fixup;   /* where to go on, relative to this field */
	int handler; /* reserved, 0 */
};

static inline unsigned long extable_insn(const struct exception_table_entry *entry)
{
	return (unsigned long)&entry->insn + entry->insn;
}

static inline unsigned long extable_fixup(const struct exception_table_entry *entry)
{
	return (unsigned long)&entry->fixup + entry->fixup;
}

/*
 * search_extable - entry for the instruction at address in a table of count entries, or NULL
 * The table need not be sorted. Any context.
 */
const struct exception_table_entry *search_extable(const struct exception_table_entry *table,
						   size_t count, unsigned long address);
/* The same in the kernel's own table and in those of the modules. */
const struct exception_table_entry *search_exception_tables(unsigned long address);
/* Provided by the module loader: the table of the module whose text holds address. */
const struct exception_table_entry *search_module_extables(unsigned long address);
/* Redirects regs to the fixup if there is one; true if there was. */
bool fixup_exception(struct pt_regs *regs);

#endif
