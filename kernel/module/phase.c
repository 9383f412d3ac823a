/*
 * The phases of a load as the kernel sees them: insertion (the file is taken in and checked), linking (it gets memory and
 * addresses), activation (parameters, /sys, init). When each began is kept with the module and shown in
 * /sys/kernel/rakit/phases, one line per loaded module, oldest last:
 *
 *	NAME START INSERTION LINKING ACTIVATION     seconds since boot, then nanoseconds
 */
#include "module/module.h"
#include "module/trace.h"
#include <linux/init.h>
#include <linux/ktime.h>
#include <linux/seq_file.h>
#include <rakit/view.h>

static const enum trace_kind phase_events[LOAD_PHASES] = {
	[INSERTION] = TRACE_INSERTION,
	[LINKING] = TRACE_LINKING,
	[ACTIVATION] = TRACE_ACTIVATION,
};

static void trace_end(const struct load *load, u64 now, int result)
{
	trace_module(phase_events[load->phase], load->name[0] ? load->name : load->origin,
		     (unsigned long)(now - load->phase_time[load->phase]), (unsigned long)result);
}

void phase_enter(struct load *load, enum load_phase phase)
{
	u64 now;

	if (phase == load->phase)
		return;
	now = ktime_get_ns();
	if (load->phase != LOAD_BEGIN)
		trace_end(load, now, 0);
	load->phase = phase;
	load->phase_time[phase] = now;
}

void phase_leave(struct load *load, int result)
{
	if (trace_events)
		trace_end(load, ktime_get_ns(), result);
}

static int phases_show(struct seq_file *seq, void *data)
{
	struct module *mod;
	u32 rest;

	mutex_lock(&module_mutex);
	list_for_each_entry(mod, &modules, list) {
		u64 seconds = div_u64_rem(mod->phase_time[0], NSEC_PER_SEC, &rest);

		if (mod->state != MODULE_STATE_LIVE)
			continue;
		seq_printf(seq, "%s %llu.%06u %llu %llu %llu\n", mod->name, seconds, rest / 1000,
			   mod->phase_time[1] - mod->phase_time[0],
			   mod->phase_time[2] - mod->phase_time[1],
			   mod->loaded_at - mod->phase_time[2]);
	}
	mutex_unlock(&module_mutex);
	return 0;
}

static int __init phase_view_init(void)
{
	return PTR_ERR_OR_ZERO(rakit_view_create("phases", phases_show, NULL));
}
fs_initcall(phase_view_init);
