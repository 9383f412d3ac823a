/*
 * The stages that patch the references and complete struct module: where its tables lie in memory, and that what they
 * point to lies inside the module (or, for operations, in the kernel). The image is still private to the load.
 */
#include "module/module.h"
#include <linux/kallsyms.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/extable.h>

int load_relocate(struct load *load)
{
	link_relocate(&load->object, load->sections, load->values);
	return 0;
}

/* The table of one known section in memory, and its number of records. */
static void *table_of(const struct load *load, enum link_known known, size_t record,
		      unsigned int *count)
{
	uint32_t index = load->object.known[known];

	*count = index ? load->object.sections[index].size / record : 0;
	return index ? load->sections[index].bytes : NULL;
}

static bool in_region(const struct load *load, enum link_region region, unsigned long addr)
{
	return addr - (unsigned long)load->image - load->layout.region[region].offset <
	       load->layout.region[region].size;
}

static bool is_code(const struct load *load, unsigned long addr)
{
	return in_region(load, LINK_TEXT, addr);
}

static bool in_image(const struct load *load, unsigned long addr)
{
	return addr - (unsigned long)load->image < load->layout.size;
}

/* A text inside the image that ends there. */
static bool is_text(const struct load *load, const char *text)
{
	unsigned long offset = (unsigned long)text - (unsigned long)load->image;

	return offset < load->layout.size &&
	       strnlen(text, load->layout.size - offset) < load->layout.size - offset;
}

static int check_entry_points(const struct load *load, const struct module *mod)
{
	unsigned long init = (unsigned long)mod->init, exit = (unsigned long)mod->exit;

	if (init && !is_code(load, init) && !in_region(load, LINK_INIT_TEXT, init))
		return load_refuse(load, -ENOEXEC, "init points outside its code");
	if (exit && !is_code(load, exit))
		return load_refuse(load, -ENOEXEC, "exit points outside its code");
	return 0;
}

static int check_exports(const struct load *load, const struct kernel_symbol *symbols,
			 unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		const struct kernel_symbol *symbol = &symbols[i];

		if (!is_text(load, symbol->name) || !symbol->name[0] ||
		    (symbol->namespace && !is_text(load, symbol->namespace)))
			return load_refuse(load, -ENOEXEC, "exported symbol %u has no name", i);
		if (!in_image(load, symbol->value))
			return load_refuse(load, -ENOEXEC,
					   "exported symbol %s lies outside the module",
					   symbol->name);
		if (in_region(load, LINK_INIT_TEXT, symbol->value) ||
		    in_region(load, LINK_INIT_DATA, symbol->value))
			return load_refuse(load, -ENOEXEC,
					   "exported symbol %s is gone after init; remove __init",
					   symbol->name);
	}
	return 0;
}

static bool is_kernel(const void *p)
{
	return (const char *)p >= _text && (const char *)p < _edata;
}

/* Operations are the module's own, the kernel's or those of a module it uses. */
static bool params_valid(const struct load *load, const struct kernel_param *param)
{
	unsigned long ops = (unsigned long)param->ops;

	return is_text(load, param->name) && param->name[0] && param->mod == load->mod &&
	       !(param->perm & ~0777) &&
	       (in_image(load, ops) || is_kernel(param->ops) || module_from_address(ops));
}

static int check_params(const struct load *load, const struct kernel_param *params,
			unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		if (!params_valid(load, &params[i]))
			return load_refuse(load, -ENOEXEC, "__param: entry %u is damaged", i);
	return 0;
}

static int check_extable(const struct load *load, const struct exception_table_entry *entries,
			 unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		if (!in_image(load, extable_insn(&entries[i])) ||
		    !in_image(load, extable_fixup(&entries[i])))
			return load_refuse(load, -ENOEXEC,
					   "__ex_table: entry %u points outside the module", i);
	return 0;
}

static int keep_texts(struct load *load, struct module *mod)
{
	mod->version = kstrdup(load->version, GFP_KERNEL);
	mod->srcversion = kstrdup(load->srcversion, GFP_KERNEL);
	return (load->version && !mod->version) || (load->srcversion && !mod->srcversion) ? -ENOMEM
											  : 0;
}

static void find_tables(const struct load *load, struct module *mod)
{
	unsigned int crcs;

	mod->syms = table_of(load, LINK_S_KSYMTAB, sizeof(*mod->syms), &mod->num_syms);
	mod->gpl_syms = table_of(load, LINK_S_KSYMTAB_GPL, sizeof(*mod->gpl_syms),
				 &mod->num_gpl_syms);
	mod->crcs = table_of(load, LINK_S_KCRCTAB, sizeof(*mod->crcs), &crcs);
	mod->gpl_crcs = table_of(load, LINK_S_KCRCTAB_GPL, sizeof(*mod->gpl_crcs), &crcs);
	mod->kp = table_of(load, LINK_S_PARAM, sizeof(*mod->kp), &mod->num_kp);
	mod->extable = table_of(load, LINK_S_EX_TABLE, sizeof(*mod->extable), &mod->num_exentries);
	mod->bug_table = table_of(load, LINK_S_BUG_TABLE, sizeof(*mod->bug_table), &mod->num_bugs);
}

int load_form(struct load *load)
{
	struct module *mod = load->mod;
	int error = check_entry_points(load, mod);

	mod->has_init = mod->init != NULL;
	find_tables(load, mod);
	if (!error)
		error = check_exports(load, mod->syms, mod->num_syms);
	if (!error)
		error = check_exports(load, mod->gpl_syms, mod->num_gpl_syms);
	if (!error)
		error = check_params(load, mod->kp, mod->num_kp);
	if (!error)
		error = check_extable(load, mod->extable, mod->num_exentries);
	if (!error)
		error = keep_texts(load, mod);
	if (!error)
		error = symbols_keep(load);
	if (!error)
		error = module_sections_keep(load);
	if (error)
		return error;
	mod->args = load->args;
	load->args = NULL;
	return 0;
}
