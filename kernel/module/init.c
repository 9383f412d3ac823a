/*
 * The last stage of a load: init runs, and the module is live.
 *
 * Init is called with preemption on and interrupts on, and must return so: what it leaves disabled is enabled again
 * and reported. Its memory is given back as soon as it has returned.
 */
#include "module/module.h"
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>

void init_check_context(const void *fn, int count)
{
	if (preempt_count() != count) {
		pr_err("init: %ps: returned with preemption count %d, entered with %d\n", fn,
		       preempt_count(), count);
		current->preempt_count = count;
	}
	if (irqs_disabled()) {
		pr_err("init: %ps: returned with interrupts off\n", fn);
		local_irq_enable();
	}
}

static int run_init(struct module *mod)
{
	int count = preempt_count(), result = mod->init ? mod->init() : 0;

	init_check_context(mod->init, count);
	if (result > 0) {
		pr_warn("module: %s: init returned %d; it returns 0 or -errno\n", mod->name,
			result);
		result = 0;
	}
	return result;
}

int load_init(struct load *load)
{
	struct module *mod = load->mod;
	int result;

	module_taint_kernel(mod);
	memcpy(mod->phase_time, &load->phase_time[INSERTION], sizeof(mod->phase_time));
	result = run_init(mod);
	if (result)
		return load_refuse(load, result, "init returned %d (%pe)", result, ERR_PTR(result));
	mod->loaded_at = ktime_get_ns();
	module_protect_after_init(mod);
	mutex_lock(&module_mutex);
	module_set_state(mod, MODULE_STATE_LIVE);
	reference_drop(mod);
	module_free_init(mod);
	mutex_unlock(&module_mutex);
	module_notify(mod, MODULE_STATE_LIVE);
	return 0;
}
