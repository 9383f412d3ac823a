/*
 * The first stages of a load: the file is a well-formed ELF object, and says that it is a module for this kernel.
 *
 * Nothing here has an effect outside struct load: what the file claims is compared with what must be, and a
 * difference is refused with the place and, where there is one, the remedy.
 */
#include "module/module.h"
#include <linux/ctype.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vermagic.h>
#include <asm/extable.h>

int load_refuse(const struct load *load, int error, const char *format, ...)
{
	struct va_format text = { .fmt = format };
	va_list args;

	va_start(args, format);
	text.va = &args;
	pr_err("module: %s: refused: %pV\n",
	       load->name[0]	 ? load->name
	       : load->origin[0] ? load->origin
				 : "?",
	       &text);
	va_end(args);
	return error;
}

static int refuse_file(const struct load *load)
{
	char text[256];

	link_describe(&load->object, &load->error, text, sizeof(text));
	return load_refuse(load, -ENOEXEC, "%s", text);
}

int load_parse(struct load *load)
{
	size_t work;

	if (link_parse(load->file, load->size, &load->object, &load->error))
		return refuse_file(load);
	work = load->object.section_count * sizeof(*load->sections);
	load->sections = kvmalloc(work, GFP_KERNEL);
	if (!load->sections)
		return -ENOMEM;
	if (link_validate(&load->object, load->sections, &load->error))
		return refuse_file(load);
	return 0;
}

bool module_name_valid(const char *name)
{
	size_t n = 0;

	while (isalnum((unsigned char)name[n]) || name[n] == '_')
		n++;
	return !name[n] && n > 0 && n < MODULE_NAME_LEN;
}

/* struct module is as large as this kernel's, and the name in it is a name. */
static int check_this_module(struct load *load)
{
	uint32_t size, index = load->object.known[LINK_S_THIS_MODULE];
	const struct module *mod = index ? link_section_bytes(&load->object, index, &size) : NULL;

	if (!mod)
		return load_refuse(
			load, -ENOEXEC,
			"no section .gnu.linkonce.this_module: not a module; run modpost");
	if (size != sizeof(*mod))
		return load_refuse(load, -ENOEXEC,
				   "struct module has %u bytes, here %zu: built for another kernel",
				   size, sizeof(*mod));
	if (load->sections[index].region != LINK_DATA)
		return load_refuse(load, -ENOEXEC, "struct module is not in writable memory");
	if (strnlen(mod->name, sizeof(mod->name)) == sizeof(mod->name) ||
	    !module_name_valid(mod->name))
		return load_refuse(load, -ENOEXEC, "its name is no module name");
	memcpy(load->name, mod->name, sizeof(load->name));
	return 0;
}

static bool license_is_gpl(const char *license)
{
	static const char *const compatible[] = {
		"GPL",		"GPL v2",	"GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"
	};

	return license && match_string(compatible, ARRAY_SIZE(compatible), license) >= 0;
}

static int check_vermagic(struct load *load, const char *vermagic)
{
	if (load->flags & LOAD_IGNORE_VERMAGIC)
		vermagic = NULL;
	if (!vermagic) {
		if (!(load->flags & LOAD_IGNORE_VERMAGIC))
			return load_refuse(load, -ENOEXEC, "no vermagic: built without modpost");
		load->taints |= 1ul << TAINT_FORCED_MODULE;
		return 0;
	}
	if (strcmp(vermagic, VERMAGIC_STRING))
		return load_refuse(load, -ENOEXEC,
				   "version magic '%s' should be '%s': rebuild it for this kernel",
				   vermagic, VERMAGIC_STRING);
	return 0;
}

/* Tables of records have whole records. */
static int check_table(struct load *load, enum link_known known, size_t record, const char *name)
{
	uint32_t size = 0, index = load->object.known[known];
	const void *bytes = index ? link_section_bytes(&load->object, index, &size) : NULL;

	if (index && (!bytes || size % record || load->sections[index].region == LINK_NOT_LOADED))
		return load_refuse(load, -ENOEXEC,
				   "%s: section %u has %u bytes, no multiple of %zu", name, index,
				   size, record);
	return 0;
}

/* A table of CRCs has one for each symbol. */
static int check_crcs(struct load *load, enum link_known crcs, enum link_known symbols,
		      const char *name)
{
	const struct elf_section *sections = load->object.sections;
	uint32_t index = load->object.known[crcs], of = load->object.known[symbols];
	uint32_t want = of ? sections[of].size / sizeof(struct kernel_symbol) : 0;
	int error = check_table(load, crcs, sizeof(s32), name);

	if (error || !index || sections[index].size / sizeof(s32) == want)
		return error;
	return load_refuse(load, -ENOEXEC, "%s: section %u has %u entries for %u symbols", name,
			   index, sections[index].size / (uint32_t)sizeof(s32), want);
}

static int check_tables(struct load *load)
{
	int error = check_table(load, LINK_S_KSYMTAB, sizeof(struct kernel_symbol), "__ksymtab");

	if (!error)
		error = check_table(load, LINK_S_KSYMTAB_GPL, sizeof(struct kernel_symbol),
				    "__ksymtab_gpl");
	if (!error)
		error = check_table(load, LINK_S_PARAM, sizeof(struct kernel_param), "__param");
	if (!error)
		error = check_table(load, LINK_S_EX_TABLE, sizeof(struct exception_table_entry),
				    "__ex_table");
	if (!error)
		error = check_table(load, LINK_S_BUG_TABLE, sizeof(struct bug_entry),
				    "__bug_table");
	if (!error)
		error = check_crcs(load, LINK_S_KCRCTAB, LINK_S_KSYMTAB, "__kcrctab");
	if (!error)
		error = check_crcs(load, LINK_S_KCRCTAB_GPL, LINK_S_KSYMTAB_GPL, "__kcrctab_gpl");
	return error;
}

/* The texts the loader needs, found in one pass. */
struct texts {
	const char *name, *vermagic, *license, *intree;
};

/* The text behind this tag, if it is s's and the first. */
static inline void take_text(const char **text, const char *s, const char *tag)
{
	if (*s == *tag && !*text && strstarts(s, tag))
		*text = s + strlen(tag);
}

static void find_texts(struct load *load, struct texts *texts)
{
	for (const char *s = NULL; (s = link_modinfo_next(&load->object, s));) {
		take_text(&texts->name, s, "name=");
		take_text(&texts->vermagic, s, "vermagic=");
		take_text(&texts->license, s, "license=");
		take_text(&texts->intree, s, "intree=");
		take_text(&load->version, s, "version=");
		take_text(&load->srcversion, s, "srcversion=");
	}
}

int load_check(struct load *load)
{
	struct texts texts = { NULL };
	int error = check_this_module(load);

	if (error)
		return error;
	find_texts(load, &texts);
	if (texts.name && strcmp(texts.name, load->name))
		return load_refuse(load, -ENOEXEC, ".modinfo calls it %s", texts.name);
	if (module_is_blacklisted(load->name))
		return load_refuse(load, -EPERM, "on the kernel command line's module_blacklist");
	error = check_vermagic(load, texts.vermagic);
	if (!error)
		error = check_tables(load);
	if (!error)
		error = load_check_versions(load);
	if (error)
		return error;
	load->gpl = license_is_gpl(texts.license);
	if (!load->gpl)
		load->taints |= 1ul << TAINT_PROPRIETARY_MODULE;
	if (!texts.intree)
		load->taints |= 1ul << TAINT_OOT_MODULE;
	return 0;
}
