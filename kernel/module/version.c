/*
 * Whether a module was built with the types that its symbols have here. The build gives every exported symbol a CRC of
 * its type and of all that leads to (tools/build/symtypes.py): the kernel's and the modules' exports carry theirs
 * (__kcrctab), a module those of the symbols it uses (__versions). One that differs refuses the load, before anything of
 * the module runs; the providers are held by then, so that what is compared is what is used.
 *
 * The check goes through the module's table, once, and costs a look-up per entry. A CRC of 0 stands for one that the
 * build could not make.
 */
#include "module/module.h"
#include <linux/export.h>
#include <linux/string.h>

extern const struct kernel_symbol __start___ksymtab[], __start___ksymtab_gpl[];
extern const s32 __start___kcrctab[], __start___kcrctab_gpl[];

/*
 * Every module uses this symbol: its type is made of all the structs that a module file and the kernel have in common.
 */
void module_layout(struct module *mod, struct modversion_info *versions,
		   struct kernel_param *params, struct kernel_symbol *symbols)
{
}
EXPORT_SYMBOL(module_layout);

static const s32 *crcs_of(const struct export_found *found, const struct kernel_symbol **first)
{
	if (!found->owner) {
		*first = found->gpl ? __start___ksymtab_gpl : __start___ksymtab;
		return found->gpl ? __start___kcrctab_gpl : __start___kcrctab;
	}
	*first = found->gpl ? found->owner->gpl_syms : found->owner->syms;
	return found->gpl ? found->owner->gpl_crcs : found->owner->crcs;
}

u32 export_crc(const struct export_found *found)
{
	const struct kernel_symbol *first;
	const s32 *crcs = crcs_of(found, &first);

	return crcs ? (u32)crcs[found->symbol - first] : 0;
}

static const struct modversion_info *versions_of(const struct load *load, u32 *count)
{
	u32 size = 0, index = load->object.known[LINK_S_VERSIONS];
	const void *bytes = index ? link_section_bytes(&load->object, index, &size) : NULL;

	*count = size / sizeof(struct modversion_info);
	return bytes;
}

int load_check_versions(struct load *load)
{
	u32 count, index = load->object.known[LINK_S_VERSIONS];
	const struct modversion_info *versions = versions_of(load, &count);

	if (load->flags & LOAD_IGNORE_VERSIONS) {
		load->taints |= 1ul << TAINT_FORCED_MODULE;
		return 0;
	}
	if (!versions)
		return load_refuse(load, -ENOEXEC,
				   "it says of no symbol which version it was built for "
				   "(__versions): build it with this tree's make M=…, or force it");
	if (load->object.sections[index].size % sizeof(*versions))
		return load_refuse(load, -ENOEXEC,
				   "__versions: section %u has %u bytes, no multiple of %zu", index,
				   load->object.sections[index].size, sizeof(*versions));
	for (u32 i = 0; i < count; i++)
		if (strnlen(versions[i].name, MODULE_NAME_LEN) == MODULE_NAME_LEN)
			return load_refuse(load, -ENOEXEC,
					   "__versions: section %u, entry %u has no name", index,
					   i);
	return 0;
}

static bool agrees(const struct load *load, const struct modversion_info *version)
{
	struct export_found found;
	u32 here, there;

	if (!export_find(version->name, &found))
		return true;
	memcpy(&there, &version->crc, sizeof(there));
	here = export_crc(&found);
	if (!here || here == there)
		return true;
	pr_err("module: %s: disagrees about version of symbol %s: 0x%08x in the file, 0x%08x in "
	       "%s\n",
	       load->name, version->name, there, here, module_name(found.owner));
	return false;
}

/* Linux lets those go that are not in the table, and says so; a table that is too short is the sign of it. */
static void report_unversioned(const struct load *load, const struct modversion_info *versions,
			       u32 count)
{
	for (u32 i = 1; i < load->object.symbol_count; i++) {
		const char *name = link_symbol_name(&load->object, i);
		u32 v = 0;

		if (load->object.symbols[i].section != ELF_INDEX_UNDEFINED)
			continue;
		while (v < count && strcmp(versions[v].name, name))
			v++;
		if (v == count) {
			pr_warn("module: %s: no symbol version for %s\n", load->name, name);
			return;
		}
	}
}

int load_versions(struct load *load)
{
	u32 count, bad = 0, used = load->undefined;
	const struct modversion_info *versions = versions_of(load, &count);

	if (load->flags & LOAD_IGNORE_VERSIONS)
		return 0;
	for (u32 i = 0; i < count; i++)
		bad += !agrees(load, &versions[i]);
	if (bad)
		return load_refuse(load, -ENOEXEC,
				   "%u of its symbols have other types here: rebuild it against "
				   "this kernel; modversions FILE says what has changed",
				   bad);
	if (used >= count)
		report_unversioned(load, versions, count);
	return 0;
}
