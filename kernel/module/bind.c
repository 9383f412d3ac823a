/*
 * The stage that gives every symbol its value. Undefined symbols are looked up among the exports; the first symbol
 * from another module makes a dependency. A provider whose init is still running is waited for. All symbols that
 * nobody provides are reported in one go (explain.c).
 */
#include "module/module.h"
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#define PROVIDER_WAIT (30 * HZ) /* as Linux waits */

enum bind_denial bind_denial(const struct load *load, const struct export_found *found)
{
	const char *namespace = found->symbol->namespace;

	if (found->gpl && !load->gpl)
		return BIND_GPL;
	if (!namespace || !namespace[0])
		return BIND_ALLOWED;
	for (const char *s = NULL; (s = link_modinfo_next(&load->object, s));)
		if (strstarts(s, "import_ns=") && !strcmp(s + strlen("import_ns="), namespace))
			return BIND_ALLOWED;
	return BIND_NAMESPACE;
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

	if (!export_find(name, &found) || bind_denial(load, &found) || !provide(load, name, &found))
		return false;
	*value = (u32)found.symbol->value;
	load->undefined++;
	return true;
}

static void note_missing(void *context, uint32_t symbol, const char *name)
{
	struct load *load = context;

	load->values[symbol] = LOAD_MISSING;
	load->missing++;
}

int load_bind(struct load *load)
{
	struct link_resolver resolver = { resolve, note_missing, load };
	enum link_status status;
	int error;

	load->values = kvmalloc(load->object.symbol_count * sizeof(*load->values), GFP_KERNEL);
	if (!load->values)
		return -ENOMEM;
	mutex_lock(&module_mutex);
	status = link_bind(&load->object, load->sections, &resolver, load->values, &load->error);
	error = status ? 0 : load_versions(load);
	mutex_unlock(&module_mutex);
	if (!status)
		return error;
	explain_missing(load);
	return load_refuse(load, -ENOENT, "%u symbol%s missing", load->missing,
			   load->missing == 1 ? " is" : "s are");
}
