/*
 * Telling others of a module: the notifier chain, and the stage between a complete module and its init.
 */
#include "module/module.h"
#include <linux/export.h>
#include <linux/notifier.h>
#include <linux/string.h>
#include <rakit/ledger.h>

static BLOCKING_NOTIFIER_HEAD(module_notify_list);

int register_module_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&module_notify_list, nb);
}
EXPORT_SYMBOL(register_module_notifier);

int unregister_module_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&module_notify_list, nb);
}
EXPORT_SYMBOL(unregister_module_notifier);

int module_notify(struct module *mod, enum module_state state)
{
	if (!module_notify_list.head)
		return 0;
	return notifier_to_errno(blocking_notifier_call_chain(&module_notify_list, state, mod));
}

/* Linux accepts parameters nobody knows and says so: a module's options file may be newer than the module. */
static int unknown_param(char *param, char *value, const char *doing, void *arg)
{
	const struct module *mod = arg;
	char hint[240];

	if (!strcmp(param, "async_probe"))
		return 0;
	param_explain_unknown(param, mod->kp, mod->num_kp, hint, sizeof(hint));
	pr_warn("module: %s: unknown parameter '%s' ignored%s\n", doing, param, hint);
	return 0;
}

static int set_params(const struct load *load)
{
	struct module *mod = load->mod;
	struct params params = { mod->name, mod->kp, mod->num_kp, &load->object };
	char *after;

	if (!mod->args[0])
		return 0;
	after = params_parse(&params, mod->args, -32768, 32767, mod, unknown_param);
	if (IS_ERR(after))
		return (int)PTR_ERR(after);
	if (after)
		pr_warn("module: %s: parameters behind '--' ignored: '%s'\n", mod->name, after);
	return 0;
}

int load_announce(struct load *load)
{
	struct module *mod = load->mod;
	int error = module_notify(mod, MODULE_STATE_COMING);

	if (error)
		return load_refuse(load, error, "a notifier refuses it with %d", error);
	error = set_params(load);
	if (!error)
		error = module_sysfs_add(mod);
	if (!error)
		error = ledger_open(mod);
	return error;
}
