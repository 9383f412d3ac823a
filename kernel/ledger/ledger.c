/*
 * The ledger: who holds what.
 *
 * Each module has a list of entries in order of acquisition (module->ledger), and all entries are in one hash table
 * by (kind, object), so that a release finds its entry in O(1) whoever the owner is. Heap objects of kmalloc() are
 * not here: the heap keeps owner and call site in each object.
 *
 * Invariant: an entry is in the hash table if and only if it is in its owner's list. ledger_release_all() first takes
 * an entry out of both and only then lets its kind take the thing back, so the release function may call the public
 * release of its subsystem, whose own ledger_remove() then finds nothing.
 *
 * Lock: ledger_lock, irq-safe, innermost (only the heap's locks below it); it protects table, lists and counts.
 * The ledger does not count references and does not know what a thing is: kinds say that in their ops.
 */
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <rakit/boot_order.h>
#include <rakit/ledger.h>
#include "ledger/ledger.h"

#define LEDGER_HASH_BITS 10
#define LEDGER_NAME_MAX 31

static DEFINE_SPINLOCK(ledger_lock);
static struct hlist_head ledger_table[1 << LEDGER_HASH_BITS];
static const struct ledger_kind_ops *ledger_ops[LEDGER_KINDS];

/* Names for kinds that have registered no ops (yet). */
static const char *const ledger_kind_names[LEDGER_KINDS] = {
	[LEDGER_MEMORY] = "memory",	[LEDGER_PAGES] = "pages",
	[LEDGER_VMALLOC] = "vmalloc",	[LEDGER_PORTS] = "ports",
	[LEDGER_IOMEM] = "iomem",	[LEDGER_IRQ] = "irq",
	[LEDGER_DMA] = "dma",		[LEDGER_REGISTRY] = "registry",
	[LEDGER_CHRDEV] = "chrdev",	[LEDGER_BLKDEV] = "blkdev",
	[LEDGER_NODE] = "node",		[LEDGER_DEVICE] = "device",
	[LEDGER_CLASS] = "class",	[LEDGER_BUS] = "bus",
	[LEDGER_DRIVER] = "driver",	[LEDGER_TIMER] = "timer",
	[LEDGER_WORK] = "work",		[LEDGER_WORKQUEUE] = "workqueue",
	[LEDGER_THREAD] = "thread",	[LEDGER_TASKLET] = "tasklet",
	[LEDGER_SOCKET] = "socket",	[LEDGER_REF] = "reference",
	[LEDGER_LOCK] = "lock",		[LEDGER_CACHE] = "cache",
	[LEDGER_NOTIFIER] = "notifier", [LEDGER_DISK] = "disk",
	[LEDGER_SYSCTL] = "sysctl",	[LEDGER_SYSRQ] = "sysrq",
	[LEDGER_MISC] = "thing",
};

static struct hlist_head *ledger_bucket(enum ledger_kind kind, const void *object)
{
	return &ledger_table[hash_32((u32)(unsigned long)object + kind * 0x1000193u,
				     LEDGER_HASH_BITS)];
}

static struct ledger_entry *ledger_find(enum ledger_kind kind, const void *object)
{
	struct ledger_entry *entry;

	hlist_for_each_entry(entry, ledger_bucket(kind, object), hash)
		if (entry->object == object && entry->kind == kind)
			return entry;
	return NULL;
}

static void ledger_unlink(struct ledger_entry *entry)
{
	hlist_del(&entry->hash);
	list_del(&entry->owned);
	entry->owner->ledger->count--;
}

const char *ledger_kind_name(enum ledger_kind kind)
{
	return ledger_ops[kind] ? ledger_ops[kind]->name : ledger_kind_names[kind];
}

void ledger_kind_register(enum ledger_kind kind, const struct ledger_kind_ops *ops)
{
	if (WARN_ON(kind >= LEDGER_KINDS || !ops->name))
		return;
	WRITE_ONCE(ledger_ops[kind], ops);
}
EXPORT_SYMBOL(ledger_kind_register);

struct ledger *ledger_of(struct module *owner)
{
	struct ledger *ledger = READ_ONCE(owner->ledger);
	unsigned long flags;

	if (ledger)
		return ledger;
	ledger = kzalloc(sizeof(*ledger), GFP_ATOMIC);
	if (!ledger)
		return NULL;
	INIT_LIST_HEAD(&ledger->entries);
	ledger->owner = owner;
	spin_lock_irqsave(&ledger_lock, flags);
	if (owner->ledger) {
		kfree(ledger);
		ledger = owner->ledger;
	}
	owner->ledger = ledger;
	spin_unlock_irqrestore(&ledger_lock, flags);
	return ledger;
}

static enum ledger_phase ledger_phase(const struct module *owner)
{
	switch (owner->state) {
	case MODULE_STATE_LIVE:
		return LEDGER_LIVE;
	case MODULE_STATE_GOING:
	case MODULE_STATE_CONTAINED:
		return LEDGER_EXIT;
	default:
		return LEDGER_INIT;
	}
}

int ledger_add(struct module *owner, enum ledger_kind kind, const void *object, u64 key,
	       size_t size, const char *name, unsigned long site)
{
	size_t length = name ? strnlen(name, LEDGER_NAME_MAX) : 0;
	struct ledger_entry *entry;
	struct ledger *ledger;
	unsigned long flags;
	char *copy;

	if (!owner)
		return 0;
	ledger = ledger_of(owner);
	entry = ledger ? kmalloc(sizeof(*entry) + length + 1, GFP_ATOMIC) : NULL;
	if (!entry)
		return -ENOMEM;
	copy = (char *)(entry + 1);
	memcpy(copy, name ? name : "", length);
	copy[length] = '\0';
	*entry = (struct ledger_entry){
		.owner = owner,
		.kind = kind,
		.phase = ledger_phase(owner),
		.object = object,
		.key = key,
		.size = size,
		.name = copy,
		.site = site,
		.time = ktime_get_ns(),
	};
	spin_lock_irqsave(&ledger_lock, flags);
	if (ledger_find(kind, object)) {
		spin_unlock_irqrestore(&ledger_lock, flags);
		kfree(entry);
		return -EEXIST;
	}
	hlist_add_head(&entry->hash, ledger_bucket(kind, object));
	list_add_tail(&entry->owned, &ledger->entries);
	ledger->count++;
	spin_unlock_irqrestore(&ledger_lock, flags);
	return 0;
}
EXPORT_SYMBOL(ledger_add);

void ledger_remove(enum ledger_kind kind, const void *object)
{
	struct ledger_entry *entry;
	unsigned long flags;

	spin_lock_irqsave(&ledger_lock, flags);
	entry = ledger_find(kind, object);
	if (entry)
		ledger_unlink(entry);
	spin_unlock_irqrestore(&ledger_lock, flags);
	kfree(entry);
}
EXPORT_SYMBOL(ledger_remove);

struct module *ledger_holder(enum ledger_kind kind, const void *object)
{
	struct ledger_entry *entry;
	struct module *owner;
	unsigned long flags;

	spin_lock_irqsave(&ledger_lock, flags);
	entry = ledger_find(kind, object);
	owner = entry ? entry->owner : NULL;
	spin_unlock_irqrestore(&ledger_lock, flags);
	return owner;
}
EXPORT_SYMBOL(ledger_holder);

struct module *ledger_owner_of(unsigned long address)
{
	return module_from_address(address);
}
EXPORT_SYMBOL(ledger_owner_of);

unsigned int ledger_count(struct module *owner)
{
	return owner && owner->ledger ? owner->ledger->count : 0;
}
EXPORT_SYMBOL(ledger_count);

int ledger_for_each(struct module *owner, int (*fn)(const struct ledger_entry *entry, void *data),
		    void *data)
{
	struct ledger_entry *entry;
	unsigned long flags;
	int result = 0;

	if (!owner || !owner->ledger)
		return 0;
	spin_lock_irqsave(&ledger_lock, flags);
	list_for_each_entry(entry, &owner->ledger->entries, owned) {
		result = fn(entry, data);
		if (result)
			break;
	}
	spin_unlock_irqrestore(&ledger_lock, flags);
	return result;
}
EXPORT_SYMBOL(ledger_for_each);

void ledger_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	const struct ledger_kind_ops *ops = ledger_ops[entry->kind];
	int length = scnprintf(buf, size, "%s ", ledger_kind_name(entry->kind));

	if (ops && ops->describe)
		ops->describe(entry, buf + length, size - length);
	else if (entry->name[0])
		scnprintf(buf + length, size - length, "%s", entry->name);
	else
		scnprintf(buf + length, size - length, "0x%llx", (unsigned long long)entry->key);
}
EXPORT_SYMBOL(ledger_describe);

/* The newest entry of an owner, taken out of the ledger, or NULL. */
static struct ledger_entry *ledger_pop(struct ledger *ledger)
{
	struct ledger_entry *entry = NULL;
	unsigned long flags;

	spin_lock_irqsave(&ledger_lock, flags);
	if (!list_empty(&ledger->entries)) {
		entry = list_last_entry(&ledger->entries, struct ledger_entry, owned);
		ledger_unlink(entry);
	}
	spin_unlock_irqrestore(&ledger_lock, flags);
	return entry;
}

static void ledger_take_back(struct ledger_entry *entry, bool report)
{
	const struct ledger_kind_ops *ops = ledger_ops[entry->kind];
	char what[96];

	if (report) {
		ledger_describe(entry, what, sizeof(what));
		pr_warn("module: %s: left behind: %s, acquired at %pS; taken back\n",
			entry->owner->name, what, (void *)entry->site);
	}
	if (ops && ops->release)
		ops->release(entry);
	kfree(entry);
}

unsigned int ledger_release_all(struct module *owner, bool report)
{
	struct ledger *ledger = owner->ledger;
	struct ledger_entry *entry;
	unsigned int count = 0;

	if (ledger) {
		ledger_view_remove(ledger);
		for (; (entry = ledger_pop(ledger)); count++)
			ledger_take_back(entry, report);
	}
	count += ledger_release_memory(owner, report);
	if (ledger) {
		owner->ledger = NULL;
		kfree(ledger);
	}
	return count;
}
EXPORT_SYMBOL(ledger_release_all);

int ledger_open(struct module *owner)
{
	struct ledger *ledger = ledger_of(owner);

	return ledger ? ledger_view_create(ledger) : -ENOMEM;
}

void ledger_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ledger_table); i++)
		INIT_HLIST_HEAD(&ledger_table[i]);
}
