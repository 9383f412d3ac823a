/*
 * Names of addresses in modules, for backtraces, /proc/kallsyms and debuggers.
 *
 * Of a module's symbol table the named functions and objects in loaded sections are kept, then the names of the undefined
 * ones, and behind them in the same block the whole string table, so that no name is copied singly. A lookup finds the module by its page
 * (address.c) and walks its symbols: it happens in an oops or for a reader of /proc, and no load has to sort for it.
 * Readers run with preemption off.
 */
#include "module/module.h"
#include <linux/export.h>
#include <linux/kallsyms.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/string.h>

static bool is_kept(const struct load *load, const struct elf_symbol *symbol)
{
	return symbol->name && symbol->section && symbol->section < load->object.section_count &&
	       symbol->section != load->object.known[LINK_S_KSYMTAB] &&
	       symbol->section != load->object.known[LINK_S_KSYMTAB_GPL] &&
	       load->sections[symbol->section].region != LINK_NOT_LOADED &&
	       elf_symbol_type(symbol) <= ELF_SYMBOL_FUNC;
}

static bool is_init(const struct load *load, const struct elf_symbol *symbol)
{
	return load->sections[symbol->section].region >= LINK_INIT_TEXT;
}

/* nm's letter: t text, r read-only, d data, b bss; capital when global, w and W when weak. */
static char type_letter(const struct load *load, const struct elf_symbol *symbol)
{
	u32 region = load->sections[symbol->section].region;
	char letter = 'd';

	if (elf_symbol_binding(symbol) == ELF_WEAK)
		return 'W';
	if (region == LINK_TEXT || region == LINK_INIT_TEXT)
		letter = 't';
	else if (region == LINK_RODATA || region == LINK_INIT_RODATA)
		letter = 'r';
	else if (load->object.sections[symbol->section].type == ELF_SECTION_NOBITS)
		letter = 'b';
	return elf_symbol_binding(symbol) == ELF_LOCAL ? letter : (char)(letter - 0x20);
}

static struct mod_symbol *keep_symbols(struct mod_symbol *kept, const struct load *load, bool init)
{
	for (u32 i = 1; i < load->object.symbol_count; i++) {
		const struct elf_symbol *symbol = &load->object.symbols[i];

		if (is_kept(load, symbol) && is_init(load, symbol) == init)
			*kept++ = (struct mod_symbol){ load->values[i], symbol->size, symbol->name,
						       type_letter(load, symbol) };
	}
	return kept;
}

static bool is_import(const struct elf_symbol *symbol)
{
	return !symbol->section && symbol->name;
}

static u32 *keep_imports(u32 *kept, const struct load *load)
{
	for (u32 i = 1; i < load->object.symbol_count; i++)
		if (is_import(&load->object.symbols[i]))
			*kept++ = load->object.symbols[i].name;
	return kept;
}

int symbols_keep(struct load *load)
{
	struct mod_kallsyms *kallsyms = &load->mod->kallsyms;
	struct mod_symbol *kept, *end;
	u32 count = 0, imports = 0;

	for (u32 i = 1; i < load->object.symbol_count; i++) {
		count += is_kept(load, &load->object.symbols[i]);
		imports += is_import(&load->object.symbols[i]);
	}
	kept = kvmalloc(count * sizeof(*kept) + imports * sizeof(u32) +
				load->object.symbol_names_size,
			GFP_KERNEL);
	if (!kept)
		return -ENOMEM;
	end = keep_symbols(kept, load, false);
	kallsyms->core_count = end - kept;
	end = keep_symbols(end, load, true);
	kallsyms->imports = (const u32 *)end;
	kallsyms->import_count = imports;
	kallsyms->names = (const char *)keep_imports((u32 *)end, load);
	memcpy((char *)kallsyms->names, load->object.symbol_names, load->object.symbol_names_size);
	kallsyms->count = count;
	kallsyms->symbols = kept;
	return 0;
}

void symbols_free(struct module *mod)
{
	struct mod_symbol *symbols = mod->kallsyms.symbols;

	mod->kallsyms = (struct mod_kallsyms){ 0 };
	kvfree(symbols);
}

static const char *symbol_name(const struct module *mod, const struct mod_symbol *symbol)
{
	return mod->kallsyms.names + symbol->name;
}

/* The last symbol at or before addr; of several at one address the one with a size. *end: where it ends. */
static const struct mod_symbol *symbol_at(const struct module *mod, u32 addr, u32 *end)
{
	const struct mod_kallsyms *kallsyms = &mod->kallsyms;
	const struct mod_symbol *best = NULL;
	u32 next = (u32)(unsigned long)mod->core_layout.base + mod->image_size;

	for (unsigned int i = 0; i < kallsyms->count; i++) {
		const struct mod_symbol *symbol = &kallsyms->symbols[i];

		if (symbol->address > addr)
			next = min(next, symbol->address);
		else if (!best || symbol->address > best->address ||
			 (symbol->address == best->address && symbol->size > best->size))
			best = symbol;
	}
	if (best)
		*end = best->size ? min(next, best->address + best->size) : next;
	return best;
}

const char *module_address_lookup(unsigned long addr, unsigned long *size, unsigned long *offset,
				  char **modname, char *namebuf)
{
	const struct mod_symbol *symbol = NULL;
	struct module *mod;
	u32 end;

	preempt_disable();
	mod = module_from_address(addr);
	if (mod)
		symbol = symbol_at(mod, (u32)addr, &end);
	if (symbol) {
		strscpy(namebuf, symbol_name(mod, symbol), KSYM_NAME_LEN);
		if (modname)
			*modname = mod->name;
		if (size)
			*size = end - symbol->address;
		if (offset)
			*offset = addr - symbol->address;
	}
	preempt_enable();
	return symbol ? namebuf : NULL;
}

int lookup_module_symbol_name(unsigned long addr, char *symname)
{
	return module_address_lookup(addr, NULL, NULL, NULL, symname) ? 0 : -ERANGE;
}

static unsigned long value_in(const struct module *mod, const char *name)
{
	for (unsigned int i = 0; i < mod->kallsyms.count; i++)
		if (!strcmp(symbol_name(mod, &mod->kallsyms.symbols[i]), name))
			return mod->kallsyms.symbols[i].address;
	return 0;
}

unsigned long module_kallsyms_lookup_name(const char *name)
{
	const char *colon = strchr(name, ':');
	struct module *mod;
	unsigned long value = 0;

	preempt_disable();
	list_for_each_entry(mod, &modules, list) {
		if (colon &&
		    (strncmp(mod->name, name, (size_t)(colon - name)) || mod->name[colon - name]))
			continue;
		value = value_in(mod, colon ? colon + 1 : name);
		if (value)
			break;
	}
	preempt_enable();
	return value;
}

static bool is_exported(const struct module *mod, const char *name)
{
	struct export_found found;

	return export_find(name, &found) && found.owner == mod;
}

/* Those of init are listed while its memory is there. */
static unsigned int listed(const struct module *mod)
{
	return mod->init_layout.base ? mod->kallsyms.count : mod->kallsyms.core_count;
}

int module_get_kallsym(unsigned int symnum, unsigned long *value, char *type, char *name,
		       char *module_name, int *exported)
{
	struct module *mod;

	preempt_disable();
	list_for_each_entry(mod, &modules, list) {
		const struct mod_symbol *symbol;

		if (symnum >= listed(mod)) {
			symnum -= listed(mod);
			continue;
		}
		symbol = &mod->kallsyms.symbols[symnum];
		*value = symbol->address;
		*type = symbol->type;
		strscpy(name, symbol_name(mod, symbol), KSYM_NAME_LEN);
		strscpy(module_name, mod->name, MODULE_NAME_LEN);
		*exported = is_exported(mod, name);
		preempt_enable();
		return 0;
	}
	preempt_enable();
	return -ERANGE;
}
