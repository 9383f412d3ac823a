/*
 * How a module goes: asked to (delete_module), or because its load failed. Both end in module_discard().
 *
 * A module in use is not unloaded: the refusal names who uses it. Once the last reference is turned into "going" no
 * new one can be taken, so exit runs while nobody is in the module.
 */
#include "module/module.h"
#include "module/trace.h"
#include <linux/atomic.h>
#include <linux/fcntl.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/ledger.h>

static char last_unloaded[MODULE_NAME_LEN];

static int refuse(const char *name, int error, const char *reason, const char *detail)
{
	pr_warn("module: %s: not unloaded: %s%s\n", name, reason, detail);
	return error;
}

static int refuse_in_use(struct module *mod)
{
	char holders[400];

	holders_summary(mod, holders, sizeof(holders));
	refuse(mod->name, -EWOULDBLOCK, "in use by: ", holders);
	holders_log(mod);
	return -EWOULDBLOCK;
}

/* From the last reference to none, so that try_module_get() fails from now on. */
static bool stop_references(struct module *mod)
{
	return atomic_cmpxchg(&mod->refcnt, 1, 0) == 1;
}

static int prepare(struct module *mod, unsigned int flags)
{
	bool force = flags & O_TRUNC;

	if (!list_empty(&mod->source_list))
		return refuse_in_use(mod);
	if (mod->state != MODULE_STATE_LIVE)
		return refuse(mod->name, -EBUSY, "it is ", module_state_name(mod->state));
	if (!mod->exit && mod->has_init && !force)
		return refuse(mod->name, -EBUSY, "it has no exit function", "");
	if (!stop_references(mod)) {
		if (!force)
			return refuse_in_use(mod);
		pr_warn("module: %s: forced out with %d references\n", mod->name,
			module_refcount(mod));
		add_taint(TAINT_FORCED_RMMOD, LOCKDEP_STILL_OK);
		atomic_set(&mod->refcnt, 0);
	}
	module_set_state(mod, MODULE_STATE_GOING);
	return 0;
}

int module_unload(const char *name, unsigned int flags)
{
	struct module *mod;
	int error;

	if (mutex_lock_interruptible(&module_mutex))
		return -EINTR;
	mod = module_find(name);
	if (mod)
		error = prepare(mod, flags);
	else if (reservation_drop(name))
		error = 0;
	else
		error = refuse(name, -ENOENT, "not loaded", "");
	mutex_unlock(&module_mutex);
	if (error || !mod)
		return error;
	if (mod->exit)
		mod->exit();
	strscpy(last_unloaded, mod->name, sizeof(last_unloaded));
	module_discard(mod);
	return 0;
}

static void withdraw(struct module *mod)
{
	mutex_lock(&module_mutex);
	mod->state = MODULE_STATE_GOING;
	mutex_unlock(&module_mutex);
	module_notify(mod, MODULE_STATE_GOING);
	ledger_release_all(mod, true);
	rcu_flush_module(mod);
	module_sysfs_remove(mod);
}

void module_discard(struct module *mod)
{
	bool listed = !list_empty(&mod->list);

	if (listed)
		withdraw(mod);
	params_free(mod);
	mutex_lock(&module_mutex);
	exports_remove(mod);
	depend_drop(mod);
	module_unlink(mod);
	mutex_unlock(&module_mutex);
	references_forget(mod);
	trace_module(TRACE_FREE, mod->name, 0, 0);
	symbols_free(mod);
	kfree(mod->sections);
	kfree(mod->receipt);
	kfree(mod->version);
	kfree(mod->srcversion);
	kfree(mod->args);
	module_free_image(mod);
	wake_up_all(&module_wait);
}

void print_modules(void)
{
	struct module *mod;
	char flags[40];

	pr_cont("Modules linked in:");
	list_for_each_entry(mod, &modules, list) {
		module_flags_taint(mod->taints, flags);
		pr_cont(" %s%s%s%s", mod->name, flags[0] ? "(" : "", flags, flags[0] ? ")" : "");
	}
	if (last_unloaded[0])
		pr_cont(" [last unloaded: %s]", last_unloaded);
	pr_cont("\n");
}
