/*
 * From addresses to symbols and back. The kernel's own table is made at link time
 * (tools/build/kallsyms.py): addresses in ascending order, so a lookup is a binary search. Modules'
 * symbols are kept by kernel/module; module_address_lookup() finds the module by the page of the
 * address. Read-only data, no lock: usable from the first instruction and in any context.
 */
#include <linux/export.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>

extern const u32 kallsyms_count;
extern const u32 kallsyms_addresses[], kallsyms_offsets[];
extern const char kallsyms_types[], kallsyms_names[];

/* Index of the last symbol at or below addr; count if there is none. */
static u32 symbol_index(unsigned long addr)
{
	u32 low = 0, high = kallsyms_count;

	if (!high || addr < kallsyms_addresses[0])
		return kallsyms_count;
	while (high - low > 1) {
		u32 middle = low + (high - low) / 2;

		if (kallsyms_addresses[middle] <= addr)
			low = middle;
		else
			high = middle;
	}
	while (low && kallsyms_addresses[low - 1] == kallsyms_addresses[low])
		low--;
	return low;
}

static unsigned long symbol_end(u32 index)
{
	for (u32 next = index + 1; next < kallsyms_count; next++)
		if (kallsyms_addresses[next] > kallsyms_addresses[index])
			return kallsyms_addresses[next];
	return (unsigned long)_kernel_end;
}

const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize, unsigned long *offset,
			    char **modname, char *namebuf)
{
	u32 index;

	if (modname)
		*modname = NULL;
	if (addr < (unsigned long)_text || addr >= (unsigned long)_kernel_end)
		return module_address_lookup(addr, symbolsize, offset, modname, namebuf);
	index = symbol_index(addr);
	if (index == kallsyms_count)
		return NULL;
	if (symbolsize)
		*symbolsize = symbol_end(index) - kallsyms_addresses[index];
	if (offset)
		*offset = addr - kallsyms_addresses[index];
	return kallsyms_names + kallsyms_offsets[index];
}

int kallsyms_lookup_size_offset(unsigned long addr, unsigned long *symbolsize,
				unsigned long *offset)
{
	char name[KSYM_NAME_LEN];
	char *modname;

	return kallsyms_lookup(addr, symbolsize, offset, &modname, name) != NULL;
}

int lookup_symbol_name(unsigned long addr, char *symname)
{
	char *modname;
	const char *name = kallsyms_lookup(addr, NULL, NULL, &modname, symname);

	if (!name)
		return -ERANGE;
	if (name != symname)
		strscpy(symname, name, KSYM_NAME_LEN);
	return 0;
}

/* The symbol that holds address - back, printed with the offset of address itself. */
static int print_symbol(char *buffer, unsigned long address, unsigned int back, bool with_offset)
{
	char namebuf[KSYM_NAME_LEN];
	unsigned long size = 0, offset = 0;
	char *modname = NULL;
	const char *name = kallsyms_lookup(address - back, &size, &offset, &modname, namebuf);
	int n;

	if (!name)
		return snprintf(buffer, KSYM_SYMBOL_LEN, "0x%lx", address);
	n = scnprintf(buffer, KSYM_SYMBOL_LEN, "%s", name);
	if (with_offset)
		n += scnprintf(buffer + n, KSYM_SYMBOL_LEN - n, "+0x%lx/0x%lx", offset + back,
			       size);
	if (modname)
		n += scnprintf(buffer + n, KSYM_SYMBOL_LEN - n, " [%s]", modname);
	return n;
}

int sprint_symbol(char *buffer, unsigned long address)
{
	return print_symbol(buffer, address, 0, true);
}
EXPORT_SYMBOL_GPL(sprint_symbol);

int sprint_symbol_no_offset(char *buffer, unsigned long address)
{
	return print_symbol(buffer, address, 0, false);
}
EXPORT_SYMBOL_GPL(sprint_symbol_no_offset);

int sprint_backtrace(char *buffer, unsigned long address)
{
	return print_symbol(buffer, address, 1, true);
}

unsigned long kallsyms_lookup_name(const char *name)
{
	for (u32 i = 0; i < kallsyms_count; i++)
		if (!strcmp(kallsyms_names + kallsyms_offsets[i], name))
			return kallsyms_addresses[i];
	return module_kallsyms_lookup_name(name);
}

int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, struct module *mod,
				      unsigned long addr),
			    void *data)
{
	int result = 0;

	for (u32 i = 0; i < kallsyms_count && !result; i++)
		result = fn(data, kallsyms_names + kallsyms_offsets[i], NULL,
			    kallsyms_addresses[i]);
	return result;
}

char kallsyms_get(unsigned int index, unsigned long *address, const char **name)
{
	if (index >= kallsyms_count)
		return 0;
	*address = kallsyms_addresses[index];
	*name = kallsyms_names + kallsyms_offsets[index];
	return kallsyms_types[index];
}

int core_kernel_text(unsigned long addr)
{
	if (addr >= (unsigned long)_text && addr < (unsigned long)_etext)
		return 1;
	return system_state < SYSTEM_FREEING_INITMEM && addr >= (unsigned long)_init_begin &&
	       addr < (unsigned long)_init_end;
}
