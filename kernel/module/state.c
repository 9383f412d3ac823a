/*
 * The modules there are, the names that are taken, and the states a module goes through.
 *
 *	RESERVED   memory for an image that a loader program links
 *	UNFORMED   being linked; its name is taken, nobody sees it
 *	COMING     complete and listed, init runs; symbols can be found but are waited for
 *	LIVE       in use
 *	GOING      exit runs or init has failed; no new references
 *	CONTAINED  stopped after a fault
 *
 * A name is taken by a load (list `loads`) or a module (table by name), never by both kinds of two different loads: a
 * second load of a name waits for the first and shares its result. Lock: module_mutex.
 */
#include "module/module.h"
#include "module/trace.h"
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "lib/hash.h"

#define NAME_SLOTS 256

LIST_HEAD(modules);
DEFINE_MUTEX(module_mutex);
DECLARE_WAIT_QUEUE_HEAD(module_wait);

static struct hlist_head names[NAME_SLOTS];
static LIST_HEAD(loads);

/* A second load of a name, asleep until the first is through. */
struct load_waiter {
	struct list_head list;
	bool done;
	int result;
};

static struct hlist_head *name_slot(const char *name)
{
	return &names[hash_text(name) % NAME_SLOTS];
}

struct module *module_find(const char *name)
{
	struct module *mod;

	hlist_for_each_entry(mod, name_slot(name), hash_node)
		if (!strcmp(mod->name, name))
			return mod;
	return NULL;
}

/* Preemption off, or module_mutex, to keep the answer. */
struct module *find_module(const char *name)
{
	struct module *mod;

	preempt_disable();
	mod = module_find(name);
	preempt_enable();
	return mod;
}
EXPORT_SYMBOL_GPL(find_module);

const char *module_state_name(enum module_state state)
{
	static const char *const state_names[] = { "live",     "coming",   "going",
						   "unformed", "reserved", "contained" };

	return (unsigned int)state < ARRAY_SIZE(state_names) ? state_names[state] : "?";
}

void module_set_state(struct module *mod, enum module_state state)
{
	WRITE_ONCE(mod->state, state);
	wake_up_all(&module_wait);
}

struct load *load_of(const char *name)
{
	struct load *load;

	list_for_each_entry(load, &loads, list)
		if (!strcmp(load->name, name))
			return load;
	return NULL;
}

static int wait_for_load(struct load *first)
{
	struct load_waiter waiter = { .done = false };

	list_add_tail(&waiter.list, &first->waiters);
	mutex_unlock(&module_mutex);
	wait_event_interruptible(module_wait, READ_ONCE(waiter.done));
	mutex_lock(&module_mutex);
	if (!waiter.done) {
		list_del(&waiter.list);
		return -EINTR;
	}
	return waiter.result ?: LOAD_SHARED;
}

/* The first load's result is this one's too; what was wrong is in the log under its process. */
static int share(const struct load *load, struct load *first)
{
	int result = wait_for_load(first);

	if (result < 0)
		return load_refuse(load, result,
				   "another process loaded it at the same time and failed; dmesg");
	return result;
}

/* 0: gone; -EINTR. */
static int wait_until_gone(const char *name)
{
	int error;

	mutex_unlock(&module_mutex);
	error = wait_event_interruptible(module_wait, !find_module(name));
	mutex_lock(&module_mutex);
	return error ? -EINTR : 0;
}

static int claim(struct load *load)
{
	static unsigned int stamps;
	struct module *old;
	struct load *first;
	int error;

	while ((old = module_find(load->name)) && old->state == MODULE_STATE_GOING)
		if (wait_until_gone(load->name))
			return -EINTR;
	first = load_of(load->name);
	if (first)
		return share(load, first);
	if (old)
		return load_refuse(load, -EEXIST, "it is loaded already; rmmod %s first",
				   load->name);
	error = reservation_claim(load);
	if (error)
		return error;
	list_add(&load->list, &loads);
	load->claimed = true;
	load->stamp = ++stamps;
	return 0;
}

int load_claim(struct load *load)
{
	int error;

	if (mutex_lock_interruptible(&module_mutex))
		return -EINTR;
	error = claim(load);
	mutex_unlock(&module_mutex);
	return error;
}

void load_finish(struct load *load, int result)
{
	struct load_waiter *waiter, *next;

	kvfree(load->values);
	if (!load->claimed)
		return;
	mutex_lock(&module_mutex);
	list_del(&load->list);
	list_for_each_entry_safe(waiter, next, &load->waiters, list) {
		waiter->result = result;
		WRITE_ONCE(waiter->done, true);
	}
	mutex_unlock(&module_mutex);
	wake_up_all(&module_wait);
}

int load_publish(struct load *load)
{
	struct module *mod = load->mod;
	int error;

	mutex_lock(&module_mutex);
	error = exports_add(mod);
	if (!error) {
		atomic_set(&mod->refcnt, 2); /* one for being loaded, one for init */
		mod->taints = load->taints;
		mod->sig_ok = load->sig_ok;
		list_add(&mod->list, &modules);
		hlist_add_head(&mod->hash_node, name_slot(mod->name));
		mod->state = MODULE_STATE_COMING;
	}
	mutex_unlock(&module_mutex);
	if (error)
		return error;
	trace_module(TRACE_LOAD, mod->name, mod->taints, 0);
	module_protect(mod);
	return 0;
}

/* Out of list and table; under module_mutex. */
void module_unlink(struct module *mod)
{
	if (list_empty(&mod->list))
		return;
	list_del_init(&mod->list);
	hlist_del_init(&mod->hash_node);
}

bool module_is_live(struct module *mod)
{
	enum module_state state = READ_ONCE(mod->state);

	return state == MODULE_STATE_LIVE || state == MODULE_STATE_COMING;
}
EXPORT_SYMBOL(module_is_live);
