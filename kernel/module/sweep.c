/*
 * Which modules may go: those that were loaded for a request, that nobody uses, and that nobody has used since the last
 * look (the second chance: a look takes mod->used away, every reference given back sets it). The daemon looks
 * periodically and removes them. Modules that somebody loaded by name, or whose file /sys/module/NAME/keep says 1, stay;
 * so do those that cannot be unloaded, and drivers of devices: a bound device holds no reference and is use all the same.
 *
 * When memory runs short the daemon is told, once a second at most.
 */
#include "module/request.h"
#include "module/module.h"
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/rcupdate.h>
#include <linux/shrinker.h>

#define SETTLED \
	NSEC_PER_SEC /* a module younger than this is still on its way to whoever asked for it */

static bool may_go(struct module *mod, bool now)
{
	bool used = xchg(&mod->used, false);

	if (mod->explicit_load || mod->state != MODULE_STATE_LIVE || (mod->has_init && !mod->exit))
		return false;
	if (module_refcount(mod) || atomic_read(&mod->bound_devices)) {
		mod->used = true;
		return false;
	}
	return now ? ktime_get_ns() - mod->loaded_at > SETTLED : !used;
}

void sweep_look(bool now)
{
	struct module *mod;

	mutex_lock(&module_mutex);
	list_for_each_entry(mod, &modules, list) {
		if (!may_go(mod, now))
			continue;
		mutex_lock(&request_lock);
		daemon_idle(mod->name);
		mutex_unlock(&request_lock);
	}
	mutex_unlock(&module_mutex);
}

static unsigned long pressure_count(struct shrinker *s, struct shrink_control *sc)
{
	static unsigned long next;

	if (next && time_before(jiffies, next))
		return 0;
	next = jiffies + HZ;
	return 1;
}

/* The daemon does it: unloading runs foreign code, which has no place inside an allocation. */
static unsigned long pressure_scan(struct shrinker *s, struct shrink_control *sc)
{
	daemon_pressure();
	return SHRINK_STOP;
}

static struct shrinker pressure_shrinker = { .count_objects = pressure_count,
					     .scan_objects = pressure_scan };

void __init sweep_init(void)
{
	register_shrinker(&pressure_shrinker);
}
