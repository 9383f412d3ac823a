/*
 * The stage that gives every symbol its value. Undefined symbols are looked up among the exports; the first symbol
 * from another module makes a dependency. A provider whose init is still running is waited for. All symbols that
 * nobody provides are reported in one go, each with the place that needs it and the reason it is not to be had.
 */
#include "module/module.h"
#include <linux/jiffies.h>
#include <linux/kallsyms.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#define PROVIDER_WAIT (30 * HZ) /* as Linux waits */

/* Why a symbol that exists is not to be had by this module; NULL: it is. */
static const char *denial(const struct load *load, const struct export_found *found)
{
	const char *namespace = found->symbol->namespace;

	if (found->gpl && !load->gpl)
		return "exported for GPL-compatible modules only; its MODULE_LICENSE is not one";
	if (!namespace || !namespace[0])
		return NULL;
	for (const char *s = NULL; (s = link_modinfo_next(&load->object, s));)
		if (strstarts(s, "import_ns=") && !strcmp(s + strlen("import_ns="), namespace))
			return NULL;
	return "exported in a namespace it does not import; MODULE_IMPORT_NS() is missing";
}

/* Without the lock meanwhile: until name's provider is live or has gone. */
static bool wait_for_provider(const char *name, struct export_found *found)
{
	const char *owner = found->owner->name;
	char copy[MODULE_NAME_LEN];
	struct module *mod;
	long left;

	strscpy(copy, owner, sizeof(copy));
	mutex_unlock(&module_mutex);
	left = wait_event_interruptible_timeout(
		module_wait,
		!(mod = find_module(copy)) || READ_ONCE(mod->state) != MODULE_STATE_COMING,
		PROVIDER_WAIT);
	mutex_lock(&module_mutex);
	return left > 0 && export_find(name, found);
}

static bool provide(struct load *load, const char *name, struct export_found *found)
{
	struct module *owner = found->owner;

	if (owner && owner->state == MODULE_STATE_COMING && !wait_for_provider(name, found))
		return false;
	owner = found->owner;
	if (!owner || owner->use_stamp == load->stamp)
		return true;
	if (owner->state != MODULE_STATE_LIVE || depend_add(load->mod, owner))
		return false;
	owner->use_stamp = load->stamp;
	load->mod->using_gplonly_symbols |= found->gpl;
	if (owner->taints & 1ul << TAINT_PROPRIETARY_MODULE)
		load->taints |= 1ul << TAINT_PROPRIETARY_MODULE;
	return true;
}

static bool resolve(void *context, const char *name, bool weak, uint32_t *value)
{
	struct load *load = context;
	struct export_found found;

	if (!export_find(name, &found) || denial(load, &found) || !provide(load, name, &found))
		return false;
	*value = (u32)found.symbol->value;
	return true;
}

static const char *missing_reason(const struct load *load, const char *name)
{
	struct export_found found;

	if (export_find(name, &found))
		return denial(load, &found) ?: "its provider did not come up";
	if (kallsyms_lookup_name(name))
		return "in the kernel, but not exported";
	if (module_kallsyms_lookup_name(name))
		return "in a loaded module, but not exported";
	return "exported by nobody loaded; modprobe finds the module that has it";
}

static void report_missing(void *context, uint32_t symbol, const char *name)
{
	struct load *load = context;
	const struct elf_symbol *user = NULL;
	uint32_t section = 0, offset = 0;

	if (link_first_use(&load->object, symbol, &section, &offset))
		user = link_symbol_at(&load->object, section, offset);
	load->missing++;
	pr_err("module: %s: needs %s (%s, %s+0x%x): %s\n", load->name, name,
	       user ? load->object.symbol_names + user->name : "?",
	       link_section_name(&load->object, section), offset, missing_reason(load, name));
}

int load_bind(struct load *load)
{
	struct link_resolver resolver = { resolve, report_missing, load };
	enum link_status status;

	load->values = kvmalloc(load->object.symbol_count * sizeof(*load->values), GFP_KERNEL);
	if (!load->values)
		return -ENOMEM;
	mutex_lock(&module_mutex);
	status = link_bind(&load->object, load->sections, &resolver, load->values, &load->error);
	mutex_unlock(&module_mutex);
	if (status)
		return load_refuse(load, -ENOENT, "%u symbols are missing", load->missing);
	return 0;
}
