/*
 * The registry: name -> entry with owner and users, for the four kinds of things that modules offer.
 *
 * An entry is on offer from registry_add() to registry_remove(): found by name and by object. A lookup takes one use
 * of the entry and one reference on its owner, both under the lock, so it either gets a live object or nothing. The
 * offer itself counts as one use; removal hides the entry, drops that use and sleeps until the count is zero. Then
 * nobody can reach the object and its memory may go. The entry stays findable by object until then, so that users
 * can put it back.
 *
 * Lock: registry_lock, irq-safe; protects the tables, the lists, and users and offered of every entry. Below it only
 * module reference counts. Both hash tables are shared by the kinds; the kind is part of the key.
 *
 * It does not load modules, does not know what an object is, and never calls into one.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/wait.h>
#include <rakit/boot_order.h>
#include <rakit/holders.h>
#include <rakit/ledger.h>
#include "registry/registry.h"

#define REGISTRY_HASH_BITS 8

static DEFINE_SPINLOCK(registry_lock);
static DECLARE_WAIT_QUEUE_HEAD(registry_idle); /* woken when an entry has lost its last use */
static struct hlist_head registry_names[1 << REGISTRY_HASH_BITS];
static struct hlist_head registry_objects[1 << REGISTRY_HASH_BITS];
static struct list_head registry_order[REGISTRY_KINDS];
static unsigned int registry_offered[REGISTRY_KINDS];

static const struct registry_type *const registry_types[REGISTRY_KINDS] = {
	[REGISTRY_DRIVER] = &registry_driver_type,
	[REGISTRY_FILESYSTEM] = &registry_filesystem_type,
	[REGISTRY_PROTOCOL] = &registry_protocol_type,
	[REGISTRY_BINFMT] = &registry_binfmt_type,
};

const struct registry_type *registry_type(enum registry_kind kind)
{
	return registry_types[kind];
}

/* FNV-1a over the name, the kind mixed in. */
static struct hlist_head *registry_name_bucket(enum registry_kind kind, const char *name,
					       size_t length)
{
	u32 hash = 0x811c9dc5u ^ kind;
	size_t i;

	for (i = 0; i < length; i++)
		hash = (hash ^ (u8)name[i]) * 0x01000193u;
	return &registry_names[hash_32(hash, REGISTRY_HASH_BITS)];
}

static struct hlist_head *registry_object_bucket(enum registry_kind kind, const void *object)
{
	return &registry_objects[hash_32((u32)(unsigned long)object + kind, REGISTRY_HASH_BITS)];
}

static struct registry_entry *registry_find_name(enum registry_kind kind, const char *name,
						 size_t length)
{
	struct registry_entry *entry;

	hlist_for_each_entry(entry, registry_name_bucket(kind, name, length), by_name)
		if (entry->kind == kind && !strncmp(entry->name, name, length) &&
		    !entry->name[length])
			return entry;
	return NULL;
}

static struct registry_entry *registry_find_object(enum registry_kind kind, const void *object)
{
	struct registry_entry *entry;

	hlist_for_each_entry(entry, registry_object_bucket(kind, object), by_object)
		if (entry->kind == kind && entry->object == object)
			return entry;
	return NULL;
}

/* Under the lock: becomes a user of an entry on offer, unless its owner is going. */
static bool registry_use(struct registry_entry *entry)
{
	if (!entry->offered || !module_get_for(entry->owner, entry->object))
		return false;
	entry->users++;
	return true;
}

/* Under the lock: puts a new entry into all tables, or says why not. */
static int registry_enter(struct registry_entry *entry, unsigned int flags)
{
	size_t length = strlen(entry->name);
	struct registry_entry *holder = registry_find_name(entry->kind, entry->name, length);

	if (holder) {
		unsigned int tenths = (unsigned int)div_u64(holder->since, 100000000);

		pr_err("registry: %s %s: held by %s (since %u.%u s)%s%s\n",
		       registry_types[entry->kind]->name, entry->name, module_name(holder->owner),
		       tenths / 10, tenths % 10, holder->owner ? "; rmmod " : "",
		       holder->owner ? holder->owner->name : "");
		return -EEXIST;
	}
	if (registry_find_object(entry->kind, entry->object))
		return -EBUSY;
	hlist_add_head(&entry->by_name, registry_name_bucket(entry->kind, entry->name, length));
	hlist_add_head(&entry->by_object, registry_object_bucket(entry->kind, entry->object));
	if (flags & REGISTRY_FIRST)
		list_add(&entry->order, &registry_order[entry->kind]);
	else
		list_add_tail(&entry->order, &registry_order[entry->kind]);
	registry_offered[entry->kind]++;
	return 0;
}

int registry_add(enum registry_kind kind, const char *name, struct module *owner, void *object,
		 unsigned int flags, unsigned long site)
{
	size_t length = name ? strnlen(name, REGISTRY_NAME_MAX + 1) : 0;
	struct registry_entry *entry;
	unsigned long irqflags;
	int err;

	if (kind >= REGISTRY_KINDS || !object || !length || length > REGISTRY_NAME_MAX)
		return -EINVAL;
	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return -ENOMEM;
	entry->kind = kind;
	entry->owner = owner;
	entry->object = object;
	entry->users = 1;
	entry->offered = true;
	entry->since = ktime_get_ns();
	memcpy(entry->name, name, length);
	err = flags & REGISTRY_NO_LEDGER
		      ? 0
		      : ledger_add(owner, LEDGER_REGISTRY, entry, kind, 0, name, site);
	if (err)
		goto undo_entry;
	spin_lock_irqsave(&registry_lock, irqflags);
	err = registry_enter(entry, flags);
	spin_unlock_irqrestore(&registry_lock, irqflags);
	if (!err)
		return 0;
	ledger_remove(LEDGER_REGISTRY, entry);
undo_entry:
	kfree(entry);
	return err;
}
EXPORT_SYMBOL(registry_add);

/* Under the lock: no lookup finds the entry any more. */
static void registry_hide(struct registry_entry *entry)
{
	entry->offered = false;
	entry->users--;
	hlist_del(&entry->by_name);
	registry_offered[entry->kind]--;
}

/* A hidden entry: waits for its users, then forgets it. */
static void registry_retire(struct registry_entry *entry)
{
	unsigned long flags;

	wait_event(registry_idle, READ_ONCE(entry->users) == 0);
	spin_lock_irqsave(&registry_lock, flags);
	hlist_del(&entry->by_object);
	list_del(&entry->order);
	spin_unlock_irqrestore(&registry_lock, flags);
	kfree(entry);
}

int registry_remove(enum registry_kind kind, void *object)
{
	struct registry_entry *entry;
	unsigned long flags;

	spin_lock_irqsave(&registry_lock, flags);
	entry = registry_find_object(kind, object);
	if (!entry || !entry->offered) {
		spin_unlock_irqrestore(&registry_lock, flags);
		return -EINVAL;
	}
	registry_hide(entry);
	spin_unlock_irqrestore(&registry_lock, flags);
	ledger_remove(LEDGER_REGISTRY, entry);
	registry_retire(entry);
	return 0;
}
EXPORT_SYMBOL(registry_remove);

void *registry_get(enum registry_kind kind, const char *name, size_t length)
{
	struct registry_entry *entry;
	unsigned long flags;
	void *object = NULL;

	spin_lock_irqsave(&registry_lock, flags);
	entry = length <= REGISTRY_NAME_MAX ? registry_find_name(kind, name, length) : NULL;
	if (entry && registry_use(entry))
		object = entry->object;
	spin_unlock_irqrestore(&registry_lock, flags);
	return object;
}
EXPORT_SYMBOL(registry_get);

/* Under the lock: ends one use; true if somebody may wait for it. The owner's reference is the caller's to drop. */
static bool registry_unuse(struct registry_entry *entry)
{
	return --entry->users == 0;
}

void registry_put(enum registry_kind kind, void *object)
{
	struct module *owner = NULL;
	struct registry_entry *entry;
	unsigned long flags;

	spin_lock_irqsave(&registry_lock, flags);
	entry = registry_find_object(kind, object);
	if (!WARN_ON(!entry || entry->users == entry->offered)) {
		owner = entry->owner;
		if (registry_unuse(entry))
			wake_up_all(&registry_idle);
	}
	spin_unlock_irqrestore(&registry_lock, flags);
	module_put_for(owner, object);
}
EXPORT_SYMBOL(registry_put);

void registry_hold(enum registry_kind kind, void *object)
{
	struct registry_entry *entry;
	unsigned long flags;

	spin_lock_irqsave(&registry_lock, flags);
	entry = registry_find_object(kind, object);
	if (!WARN_ON(!entry)) {
		__module_get_for(entry->owner, object);
		entry->users++;
	}
	spin_unlock_irqrestore(&registry_lock, flags);
}
EXPORT_SYMBOL(registry_hold);

void *registry_next(enum registry_kind kind, void *previous)
{
	struct registry_entry *entry = NULL;
	struct list_head *place;
	unsigned long flags;
	void *object = NULL;

	spin_lock_irqsave(&registry_lock, flags);
	if (previous)
		entry = registry_find_object(kind, previous);
	place = entry ? &entry->order : &registry_order[kind];
	while ((place = place->next) != &registry_order[kind]) {
		entry = list_entry(place, struct registry_entry, order);
		if (registry_use(entry)) {
			object = entry->object;
			break;
		}
	}
	spin_unlock_irqrestore(&registry_lock, flags);
	if (previous)
		registry_put(kind, previous);
	return object;
}
EXPORT_SYMBOL(registry_next);

int registry_users(enum registry_kind kind, void *object)
{
	struct registry_entry *entry;
	unsigned long flags;
	int users = -EINVAL;

	spin_lock_irqsave(&registry_lock, flags);
	entry = registry_find_object(kind, object);
	if (entry)
		users = entry->users - entry->offered;
	spin_unlock_irqrestore(&registry_lock, flags);
	return users;
}
EXPORT_SYMBOL(registry_users);

const char *registry_owner_name(enum registry_kind kind, void *object)
{
	struct registry_entry *entry;
	const char *name = "kernel";
	unsigned long flags;

	spin_lock_irqsave(&registry_lock, flags);
	entry = registry_find_object(kind, object);
	if (entry)
		name = module_name(entry->owner);
	spin_unlock_irqrestore(&registry_lock, flags);
	return name;
}
EXPORT_SYMBOL(registry_owner_name);

unsigned int registry_count(enum registry_kind kind)
{
	return registry_offered[kind];
}
EXPORT_SYMBOL(registry_count);

void registry_for_each(enum registry_kind kind,
		       void (*fn)(const struct registry_entry *entry, void *data), void *data)
{
	struct registry_entry *entry;
	unsigned long flags;

	spin_lock_irqsave(&registry_lock, flags);
	list_for_each_entry(entry, &registry_order[kind], order)
		if (entry->offered)
			fn(entry, data);
	spin_unlock_irqrestore(&registry_lock, flags);
}

static void registry_ledger_release(const struct ledger_entry *held)
{
	struct registry_entry *entry = (struct registry_entry *)held->object;
	unsigned long flags;

	spin_lock_irqsave(&registry_lock, flags);
	registry_hide(entry);
	spin_unlock_irqrestore(&registry_lock, flags);
	registry_retire(entry);
}

static void registry_ledger_describe(const struct ledger_entry *held, char *buf, size_t size)
{
	scnprintf(buf, size, "%s %s", registry_types[held->key]->name, held->name);
}

static const struct ledger_kind_ops registry_ledger_ops = {
	.name = "registry",
	.release = registry_ledger_release,
	.describe = registry_ledger_describe,
};

void registry_init(void)
{
	unsigned int i;

	for (i = 0; i < REGISTRY_KINDS; i++)
		INIT_LIST_HEAD(&registry_order[i]);
	ledger_kind_register(LEDGER_REGISTRY, &registry_ledger_ops);
}
