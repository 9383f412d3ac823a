/*
 * References on modules: one counter that decides, and one record per reference that explains (rakit/holders.h).
 *
 * mod->refcnt is the number of references, plus one while the module is loaded; at 0 no new one can be taken. Records are
 * in one hash table by module and key. A record that finds no memory is left out: then the count is larger than the
 * number of records, and a report says so.
 *
 * Lock: reference_lock, irq-safe, innermost but for the heap's; protects the table. The counter needs none.
 */
#include "module/module.h"
#include "module/trace.h"
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <rakit/holders.h>

#define REFERENCE_BITS 8
#define CALLERS 4

struct reference {
	struct hlist_node hash;
	struct module *mod;
	const void *key; /* what it is held for, NULL: not told */
	u64 time;	 /* when it was taken, nanoseconds since boot */
	pid_t pid;
	char comm[TASK_COMM_LEN];
	bool shown;			/* accounted for in the report that is being made */
	unsigned long callers[CALLERS]; /* return addresses, nearest first; 0: no more */
};

static DEFINE_SPINLOCK(reference_lock);
static struct hlist_head references[1 << REFERENCE_BITS];

static struct hlist_head *bucket(const struct module *mod, const void *key)
{
	return &references[hash_32((u32)(unsigned long)mod + (u32)(unsigned long)key,
				   REFERENCE_BITS)];
}

/* The call path from the frame on, as far as it is on this thread's stack. */
static void store_callers(unsigned long *callers, const unsigned long *frame)
{
	unsigned long stack = (unsigned long)current->stack;

	for (int i = 0; i < CALLERS; i++) {
		unsigned long offset = (unsigned long)frame - stack;

		callers[i] = 0;
		if (offset >= THREAD_SIZE - 2 * sizeof(*frame))
			continue;
		callers[i] = frame[1];
		frame = (const unsigned long *)frame[0];
	}
}

static void note(struct module *mod, const void *key, const unsigned long *frame)
{
	struct reference *reference = kmalloc(sizeof(*reference), GFP_ATOMIC | __GFP_NOWARN);
	unsigned long flags;

	trace_module(TRACE_GET, mod->name, frame[1], (unsigned long)module_refcount(mod));
	if (!reference)
		return;
	reference->mod = mod;
	reference->key = key;
	reference->time = ktime_get_ns();
	reference->pid = current->pid;
	memcpy(reference->comm, current->comm, sizeof(reference->comm));
	reference->shown = false;
	store_callers(reference->callers, frame);
	spin_lock_irqsave(&reference_lock, flags);
	hlist_add_head(&reference->hash, bucket(mod, key));
	mod->records++;
	spin_unlock_irqrestore(&reference_lock, flags);
}

/* Under the lock: the newest record of this thread, else the newest. */
static struct reference *find(const struct module *mod, const void *key)
{
	struct reference *reference, *newest = NULL;

	hlist_for_each_entry(reference, bucket(mod, key), hash) {
		if (reference->mod != mod || reference->key != key)
			continue;
		if (key || reference->pid == current->pid)
			return reference;
		newest = newest ?: reference;
	}
	return newest;
}

static void forget(struct module *mod, const void *key)
{
	struct reference *reference;
	unsigned long flags;

	spin_lock_irqsave(&reference_lock, flags);
	reference = find(mod, key);
	if (reference) {
		hlist_del(&reference->hash);
		mod->records--;
	}
	spin_unlock_irqrestore(&reference_lock, flags);
	kfree(reference);
}

void module_reference_rename(struct module *mod, const void *from, const void *to)
{
	struct reference *reference;
	unsigned long flags;

	if (!mod)
		return;
	spin_lock_irqsave(&reference_lock, flags);
	reference = find(mod, from);
	if (reference) {
		hlist_del(&reference->hash);
		reference->key = to;
		hlist_add_head(&reference->hash, bucket(mod, to));
	}
	spin_unlock_irqrestore(&reference_lock, flags);
}

void references_forget(const struct module *mod)
{
	struct reference *reference;
	struct hlist_node *next;
	HLIST_HEAD(old);
	unsigned long flags;

	if (!mod->records)
		return;
	spin_lock_irqsave(&reference_lock, flags);
	for (unsigned int i = 0; i < ARRAY_SIZE(references); i++) {
		hlist_for_each_entry_safe(reference, next, &references[i], hash) {
			if (reference->mod != mod)
				continue;
			hlist_del(&reference->hash);
			hlist_add_head(&reference->hash, &old);
		}
	}
	spin_unlock_irqrestore(&reference_lock, flags);
	hlist_for_each_entry_safe(reference, next, &old, hash)
		kfree(reference);
}

/* The counter. */

static bool take(struct module *mod)
{
	return module_is_live(mod) && atomic_inc_not_zero(&mod->refcnt);
}

bool reference_drop(struct module *mod)
{
	int count = atomic_read(&mod->refcnt);

	mod->used = true;
	/* The last reference, which stands for being loaded, is delete_module's alone. */
	do {
		if (WARN(count <= 1, "module: %s: a reference given back that nobody holds\n",
			 mod->name))
			return false;
	} while (!atomic_try_cmpxchg(&mod->refcnt, &count, count - 1));
	return true;
}

bool try_module_get(struct module *mod)
{
	if (!mod)
		return true;
	if (!take(mod))
		return false;
	note(mod, NULL, __builtin_frame_address(0));
	return true;
}
EXPORT_SYMBOL(try_module_get);

bool module_get_for(struct module *mod, const void *key)
{
	if (!mod)
		return true;
	if (!take(mod))
		return false;
	note(mod, key, __builtin_frame_address(0));
	return true;
}

void __module_get(struct module *mod)
{
	if (!mod)
		return;
	atomic_inc(&mod->refcnt);
	note(mod, NULL, __builtin_frame_address(0));
}
EXPORT_SYMBOL(__module_get);

void __module_get_for(struct module *mod, const void *key)
{
	if (!mod)
		return;
	atomic_inc(&mod->refcnt);
	note(mod, key, __builtin_frame_address(0));
}

/* The record goes first: with the count the module may go, and with it what the record is about. */
static void put(struct module *mod, const void *key, unsigned long site)
{
	if (!mod)
		return;
	forget(mod, key);
	trace_module(TRACE_PUT, mod->name, site, (unsigned long)module_refcount(mod) - 1);
	reference_drop(mod);
}

void module_put_for(struct module *mod, const void *key)
{
	put(mod, key, _RET_IP_);
}

void module_put(struct module *mod)
{
	put(mod, NULL, _RET_IP_);
}
EXPORT_SYMBOL(module_put);

int module_refcount(struct module *mod)
{
	return atomic_read(&mod->refcnt) - 1;
}
EXPORT_SYMBOL(module_refcount);

void __module_put_and_exit(struct module *mod, long code)
{
	module_put(mod);
	do_exit(code);
}
EXPORT_SYMBOL(__module_put_and_exit);

/* Reports. */

static size_t describe(const struct reference *reference, char *text, size_t size)
{
	u64 age = ktime_get_ns() - reference->time;
	unsigned int tenths = (unsigned int)div_u64(age, NSEC_PER_SEC / 10);
	size_t n = scnprintf(text, size, "taken by pid %d (%s) %u.%u s ago at ", reference->pid,
			     reference->comm, tenths / 10, tenths % 10);

	for (int i = 0; i < CALLERS && reference->callers[i]; i++)
		n += scnprintf(text + n, size - n, "%s%pS", i ? " < " : "",
			       (void *)reference->callers[i]);
	return n;
}

size_t module_reference_describe(struct module *mod, const void *key, char *text, size_t size)
{
	struct reference *reference;
	unsigned long flags;
	size_t n = 0;

	text[0] = '\0';
	spin_lock_irqsave(&reference_lock, flags);
	reference = find(mod, key);
	if (reference && key)
		n = describe(reference, text, size);
	spin_unlock_irqrestore(&reference_lock, flags);
	return n;
}

void references_mark(const struct module *mod, const void *key)
{
	struct reference *reference;
	unsigned long flags;

	spin_lock_irqsave(&reference_lock, flags);
	hlist_for_each_entry(reference, bucket(mod, key), hash)
		if (reference->mod == mod && reference->key == key)
			reference->shown = true;
	spin_unlock_irqrestore(&reference_lock, flags);
}

bool references_next_unmarked(const struct module *mod, char *text, size_t size)
{
	struct reference *reference;
	unsigned long flags;
	bool found = false;

	spin_lock_irqsave(&reference_lock, flags);
	for (unsigned int i = 0; i < ARRAY_SIZE(references) && !found; i++) {
		hlist_for_each_entry(reference, &references[i], hash) {
			if (reference->mod != mod || reference->shown)
				continue;
			reference->shown = found = true;
			describe(reference, text, size);
			break;
		}
	}
	spin_unlock_irqrestore(&reference_lock, flags);
	return found;
}

void references_unmark(const struct module *mod)
{
	struct reference *reference;
	unsigned long flags;

	spin_lock_irqsave(&reference_lock, flags);
	for (unsigned int i = 0; i < ARRAY_SIZE(references); i++) {
		hlist_for_each_entry(reference, &references[i], hash) {
			if (reference->mod == mod)
				reference->shown = false;
		}
	}
	spin_unlock_irqrestore(&reference_lock, flags);
}
