/*
 * Who exports what, and who uses it, for tools that draw maps:
 *
 *	/sys/kernel/rakit/exports  ADDRESS NAME PROVIDER LICENCE NAMESPACE, "-" where there is none
 *	/sys/kernel/rakit/links    USER NAME PROVIDER, one line for each symbol that a loaded module uses
 *
 *	/sys/kernel/rakit/vermagic what a module's vermagic has to be
 *
 * Addresses are zero for readers without CAP_SYSLOG.
 */
#include "module/module.h"
#include <linux/cred.h>
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/vermagic.h>
#include <rakit/view.h>

static void show_export(const struct export_found *found, void *data)
{
	const char *namespace = found->symbol->namespace;
	struct seq_file *seq = data;

	seq_printf(seq, "%08lx %s %s %s %s\n",
		   kallsyms_show_value(current_cred()) ? found->symbol->value : 0,
		   found->symbol->name, module_name(found->owner), found->gpl ? "gpl" : "-",
		   namespace && namespace[0] ? namespace : "-");
}

static int exports_show(struct seq_file *seq, void *data)
{
	mutex_lock(&module_mutex);
	exports_for_each(show_export, seq);
	mutex_unlock(&module_mutex);
	return 0;
}

static void show_links(struct seq_file *seq, const struct module *mod)
{
	const struct mod_kallsyms *kallsyms = &mod->kallsyms;
	struct export_found found;

	for (unsigned int i = 0; i < kallsyms->import_count; i++) {
		const char *name = kallsyms->names + kallsyms->imports[i];

		if (export_find(name, &found))
			seq_printf(seq, "%s %s %s\n", mod->name, name, module_name(found.owner));
	}
}

static int links_show(struct seq_file *seq, void *data)
{
	struct module *mod;

	mutex_lock(&module_mutex);
	list_for_each_entry(mod, &modules, list)
		show_links(seq, mod);
	mutex_unlock(&module_mutex);
	return 0;
}

static int vermagic_show(struct seq_file *seq, void *data)
{
	seq_puts(seq, VERMAGIC_STRING "\n");
	return 0;
}

static int __init map_view_init(void)
{
	int error = PTR_ERR_OR_ZERO(rakit_view_create("exports", exports_show, NULL));

	if (!error)
		error = PTR_ERR_OR_ZERO(rakit_view_create("links", links_show, NULL));
	return error ?: PTR_ERR_OR_ZERO(rakit_view_create("vermagic", vermagic_show, NULL));
}
fs_initcall(map_view_init);
