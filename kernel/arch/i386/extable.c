/*
 * Exception tables: instructions that may fault, and where to go on if they do.
 *
 * The kernel's own table has some dozens of entries in link order and is searched from the start; those of modules are
 * found by the module loader. Any context.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <asm/extable.h>
#include <asm/ptrace.h>

extern const struct exception_table_entry __start___ex_table[], __stop___ex_table[];

const struct exception_table_entry *search_extable(const struct exception_table_entry *table,
						   size_t count, unsigned long address)
{
	const struct exception_table_entry *entry;

	for (entry = table; entry < table + count; entry++) {
		if (extable_insn(entry) == address)
			return entry;
	}
	return NULL;
}

const struct exception_table_entry *search_exception_tables(unsigned long address)
{
	const struct exception_table_entry *entry;

	entry = search_extable(__start___ex_table, __stop___ex_table - __start___ex_table, address);
	return entry ? entry : search_module_extables(address);
}

bool fixup_exception(struct pt_regs *regs)
{
	const struct exception_table_entry *entry = search_exception_tables(regs->ip);

	if (!entry)
		return false;
	regs->ip = extable_fixup(entry);
	return true;
}
