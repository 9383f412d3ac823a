/*
 * Ports and physical memory ranges as Linux's struct resource, on the arena.
 *
 * Two trees, ports and memory. A busy range is held by one driver; a range that is not busy is a window in which
 * drivers may hold ranges. Drivers' ranges (request_region) are made here, are in the ledger of the module that
 * called, and for ports the owner of each single port is recorded (port.c), so that its in and out can be checked.
 *
 * Lock: resource_lock protects both trees. It is not taken in irq context. Waiters for muxed ranges sleep in
 * region_released.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/wait.h>
#include <rakit/boot_order.h>
#include <rakit/ledger.h>
#include "resource/dma.h"
#include "resource/managed.h"
#include "resource/resource.h"

struct resource ioport_resource = {
	.name = "PCI IO",
	.start = 0,
	.end = 0xffff,
	.flags = IORESOURCE_IO,
	.node = { .first = 0, .last = 0xffff },
};
EXPORT_SYMBOL(ioport_resource);

struct resource iomem_resource = {
	.name = "PCI mem",
	.start = 0,
	.end = 0xffffffff,
	.flags = IORESOURCE_MEM,
	.node = { .first = 0, .last = 0xffffffff },
};
EXPORT_SYMBOL(iomem_resource);

static DEFINE_SPINLOCK(resource_lock);
static DECLARE_WAIT_QUEUE_HEAD(region_released);

static struct resource *resource_of(struct arena_node *node)
{
	return node ? container_of(node, struct resource, node) : NULL;
}

/* Sets parent of res and of the ranges directly inside it from the arena. Under the lock. */
static void resource_link(struct resource *res)
{
	struct arena_node *node;

	res->parent = resource_of(res->node.parent);
	for (node = arena_from(&res->node, 0); node; node = arena_after(node))
		resource_of(node)->parent = res;
}

struct resource *request_resource_conflict(struct resource *root, struct resource *res)
{
	struct resource *conflict;

	spin_lock(&resource_lock);
	arena_node_init(&res->node, res->start, res->end);
	conflict = resource_of(arena_add(&root->node, &res->node));
	if (!conflict) {
		res->since = ktime_get_ns();
		resource_link(res);
	}
	spin_unlock(&resource_lock);
	return conflict;
}
EXPORT_SYMBOL(request_resource_conflict);

/* Records in the caller's ledger a resource that it put in the tree itself; on failure it is taken out again. */
static int resource_record(struct resource *res, struct module *owner, unsigned long site)
{
	enum ledger_kind kind = resource_type(res) == IORESOURCE_IO ? LEDGER_PORTS : LEDGER_IOMEM;
	int err = ledger_add(owner, kind, res, res->start, resource_size(res), res->name, site);

	res->owner = owner;
	if (err)
		remove_resource(res);
	return err;
}

int request_resource(struct resource *root, struct resource *res)
{
	if (request_resource_conflict(root, res))
		return -EBUSY;
	return resource_record(res, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL(request_resource);

static void resource_forget(struct resource *res)
{
	ledger_remove(LEDGER_PORTS, res);
	ledger_remove(LEDGER_IOMEM, res);
}

int release_resource(struct resource *res)
{
	bool removed;

	resource_forget(res);
	spin_lock(&resource_lock);
	removed = arena_remove(&res->node);
	res->parent = NULL;
	spin_unlock(&resource_lock);
	return removed ? 0 : -EINVAL;
}
EXPORT_SYMBOL(release_resource);

struct resource *insert_resource_conflict(struct resource *parent, struct resource *res)
{
	struct resource *conflict;

	spin_lock(&resource_lock);
	arena_node_init(&res->node, res->start, res->end);
	conflict = resource_of(arena_insert(&parent->node, &res->node));
	if (!conflict) {
		res->since = ktime_get_ns();
		resource_link(res);
	}
	spin_unlock(&resource_lock);
	return conflict;
}
EXPORT_SYMBOL(insert_resource_conflict);

int insert_resource(struct resource *parent, struct resource *res)
{
	if (insert_resource_conflict(parent, res))
		return -EBUSY;
	return resource_record(res, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL(insert_resource);

int remove_resource(struct resource *res)
{
	struct resource *parent;
	bool removed;

	resource_forget(res);
	spin_lock(&resource_lock);
	parent = resource_of(res->node.parent);
	removed = arena_dissolve(&res->node);
	if (removed)
		resource_link(parent);
	res->parent = NULL;
	spin_unlock(&resource_lock);
	return removed ? 0 : -EINVAL;
}
EXPORT_SYMBOL(remove_resource);

int allocate_resource(struct resource *root, struct resource *res, resource_size_t size,
		      resource_size_t min, resource_size_t max, resource_size_t align,
		      resource_size_t (*alignf)(void *data, const struct resource *res,
						resource_size_t size, resource_size_t align),
		      void *alignf_data)
{
	resource_size_t lowest = min, first;
	int err = -EBUSY;

	if (!align)
		align = 1;
	spin_lock(&resource_lock);
	while (arena_find_free(&root->node, size, lowest, max, align, &first)) {
		res->start = first;
		res->end = first + (size - 1);
		lowest = alignf ? alignf(alignf_data, res, size, align) : first;
		if (lowest < first)
			break;
		if (lowest == first) {
			arena_node_init(&res->node, res->start, res->end);
			arena_add(&root->node, &res->node);
			res->since = ktime_get_ns();
			resource_link(res);
			err = 0;
			break;
		}
	}
	spin_unlock(&resource_lock);
	return err ? err : resource_record(res, ledger_owner_of(_RET_IP_), _RET_IP_);
}
EXPORT_SYMBOL(allocate_resource);

/* Whether all that lies in res also lies in first..last. Under the lock. */
static bool resource_inside_fits(struct resource *res, resource_size_t first, resource_size_t last)
{
	struct arena_node *node;

	for (node = arena_from(&res->node, 0); node; node = arena_after(node))
		if (!range_contains(first, last, node->first, node->last))
			return false;
	return true;
}

int adjust_resource(struct resource *res, resource_size_t start, resource_size_t size)
{
	resource_size_t last = start + (size - 1);
	struct arena_node *parent;
	int err = -EBUSY;

	spin_lock(&resource_lock);
	parent = res->node.parent;
	if (parent && size && last >= start && resource_inside_fits(res, start, last)) {
		arena_remove(&res->node);
		res->node.first = start;
		res->node.last = last;
		if (!arena_add(parent, &res->node)) {
			res->start = start;
			res->end = last;
			err = 0;
		} else {
			res->node.first = res->start;
			res->node.last = res->end;
			arena_add(parent, &res->node);
		}
	}
	spin_unlock(&resource_lock);
	return err;
}
EXPORT_SYMBOL(adjust_resource);

struct resource *lookup_resource(struct resource *root, resource_size_t start)
{
	struct arena_node *node;

	spin_lock(&resource_lock);
	node = arena_find(&root->node, start, start);
	spin_unlock(&resource_lock);
	return node && node->first == start ? resource_of(node) : NULL;
}
EXPORT_SYMBOL(lookup_resource);

void resource_describe_holder(const char *name, const struct module *owner, u64 since, char *buf,
			      size_t size)
{
	unsigned int tenths = (unsigned int)div_u64(since, 100000000);

	if (owner)
		scnprintf(buf, size, "held by %s (since %u.%u s); rmmod %s", name, tenths / 10,
			  tenths % 10, owner->name);
	else
		scnprintf(buf, size, "held by %s (the kernel's); choose another", name);
}

static bool resource_is_port(const struct resource *root)
{
	return root->flags & IORESOURCE_IO;
}

static void region_report_refusal(const struct resource *root, const struct resource *wanted,
				  const struct resource *holder)
{
	const char *noun = resource_is_port(root) ? "ioports" : "iomem";
	char held[96], extent[40] = "";

	if (holder == root) {
		pr_warn("%s: 0x%x-0x%x: wanted by %s: beyond the end of the space\n", noun,
			wanted->start, wanted->end, wanted->name);
		return;
	}
	resource_describe_holder(holder->name ? holder->name : "(unnamed)", holder->owner,
				 holder->since, held, sizeof(held));
	if (holder->start != wanted->start || holder->end != wanted->end)
		scnprintf(extent, sizeof(extent), "0x%x-0x%x ", holder->start, holder->end);
	pr_warn("%s: 0x%x-0x%x: %s%s\n", noun, wanted->start, wanted->end, extent, held);
}

/* Puts res into the deepest window below parent; returns NULL or the busy range (or root) in the way. */
static struct resource *region_place(struct resource *parent, struct resource *res)
{
	struct resource *conflict;

	for (;;) {
		conflict = resource_of(arena_add(&parent->node, &res->node));
		if (!conflict || conflict == parent || (conflict->flags & IORESOURCE_BUSY))
			return conflict;
		parent = conflict;
	}
}

/* Sleeps until a range is released, the caller being queued before the lock is dropped. */
static void region_wait(void)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&region_released, &wait, TASK_UNINTERRUPTIBLE);
	spin_unlock(&resource_lock);
	schedule();
	finish_wait(&region_released, &wait);
	spin_lock(&resource_lock);
}

/* A busy resource of the owner's, in no tree yet, with all records made; NULL: out of memory. */
static struct resource *region_make(struct resource *root, resource_size_t start, resource_size_t n,
				    const char *name, int flags, struct module *owner,
				    unsigned long site)
{
	enum ledger_kind kind = resource_is_port(root) ? LEDGER_PORTS : LEDGER_IOMEM;
	struct resource *res = kzalloc(sizeof(*res), GFP_KERNEL);

	if (!res)
		return NULL;
	res->start = start;
	res->end = start + (n - 1);
	res->name = name;
	res->flags = resource_type(root) | IORESOURCE_BUSY |
		     (flags & (IORESOURCE_MUXED | IORESOURCE_EXCLUSIVE));
	res->owner = owner;
	arena_node_init(&res->node, res->start, res->end);
	if (ledger_add(owner, kind, res, start, n, name, site)) {
		kfree(res);
		return NULL;
	}
	return res;
}

struct resource *region_request(struct resource *root, resource_size_t start, resource_size_t n,
				const char *name, int flags, unsigned long site)
{
	struct module *owner = ledger_owner_of(site);
	struct resource *res, *conflict, refusal;

	if (!n || start + (n - 1) < start)
		return NULL;
	res = region_make(root, start, n, name, flags, owner, site);
	if (!res)
		return NULL;
	spin_lock(&resource_lock);
	while ((conflict = region_place(root, res)) && (conflict->flags & flags & IORESOURCE_MUXED))
		region_wait();
	if (!conflict) {
		res->since = ktime_get_ns();
		resource_link(res);
	} else {
		refusal = *conflict;
	}
	spin_unlock(&resource_lock);
	if (conflict) {
		region_report_refusal(root, res, conflict == root ? root : &refusal);
		goto undo_make;
	}
	if (resource_is_port(root) && port_own(res->start, res->end, owner)) {
		release_resource(res);
		goto undo_make;
	}
	return res;
undo_make:
	resource_forget(res);
	kfree(res);
	return NULL;
}

struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n,
				  const char *name, int flags)
{
	return region_request(parent, start, n, name, flags, _RET_IP_);
}
EXPORT_SYMBOL(__request_region);

/* The busy range first..last anywhere below root, or NULL. Under the lock. */
static struct resource *region_find(struct resource *root, resource_size_t first,
				    resource_size_t last)
{
	struct resource *res = root;

	while ((res = resource_of(arena_find(&res->node, first, last))))
		if (res->flags & IORESOURCE_BUSY)
			return res->start == first && res->end == last ? res : NULL;
	return NULL;
}

/* Takes a region out of everything and frees it. */
static void region_discard(struct resource *res, bool port)
{
	if (port)
		port_disown(res->start, res->end);
	spin_lock(&resource_lock);
	arena_remove(&res->node);
	spin_unlock(&resource_lock);
	resource_forget(res);
	kfree(res);
	wake_up_all(&region_released);
}

void __release_region(struct resource *parent, resource_size_t start, resource_size_t n)
{
	struct module *caller = ledger_owner_of(_RET_IP_);
	resource_size_t last = start + (n - 1);
	const char *noun = resource_is_port(parent) ? "ioports" : "iomem";
	struct module *owner = NULL;
	struct resource *res;

	spin_lock(&resource_lock);
	res = region_find(parent, start, last);
	if (res)
		owner = res->owner;
	spin_unlock(&resource_lock);
	if (!res)
		pr_warn("%s: 0x%x-0x%x: released by %pS, but nobody holds exactly that\n", noun,
			start, last, (void *)_RET_IP_);
	else if (caller && owner != caller)
		pr_warn("%s: 0x%x-0x%x: released by %s, but %s holds it; left alone\n", noun, start,
			last, caller->name, module_name(owner));
	else
		region_discard(res, resource_is_port(parent));
}
EXPORT_SYMBOL(__release_region);

/* The lowest busy range below root that overlaps first..last, or NULL. Under the lock. */
static struct resource *region_busy(struct resource *root, resource_size_t first,
				    resource_size_t last)
{
	struct arena_node *node = arena_find(&root->node, first, last);
	struct resource *found;

	for (; node && node->first <= last; node = arena_after(node)) {
		struct resource *res = resource_of(node);

		found = res->flags & IORESOURCE_BUSY ? res : region_busy(res, first, last);
		if (found)
			return found;
	}
	return NULL;
}

bool resource_conflict(struct resource *parent, resource_size_t start, resource_size_t n,
		       struct resource_holder *holder)
{
	struct resource *res;

	if (!n)
		return false;
	spin_lock(&resource_lock);
	res = region_busy(parent, start, start + (n - 1));
	if (res && holder) {
		holder->start = res->start;
		holder->end = res->end;
		holder->since = res->since;
		strscpy(holder->name, res->name ? res->name : "", sizeof(holder->name));
		strscpy(holder->module, res->owner ? res->owner->name : "", sizeof(holder->module));
	}
	spin_unlock(&resource_lock);
	return res;
}
EXPORT_SYMBOL(resource_conflict);

static void resource_walk_inside(struct resource *res, unsigned int depth,
				 void (*fn)(const struct resource *res, unsigned int depth,
					    void *data),
				 void *data)
{
	struct arena_node *node;

	for (node = arena_from(&res->node, 0); node; node = arena_after(node)) {
		fn(resource_of(node), depth, data);
		resource_walk_inside(resource_of(node), depth + 1, fn, data);
	}
}

void resource_walk(struct resource *root,
		   void (*fn)(const struct resource *res, unsigned int depth, void *data),
		   void *data)
{
	spin_lock(&resource_lock);
	resource_walk_inside(root, 0, fn, data);
	spin_unlock(&resource_lock);
}

/* Regions are the kernel's memory and are freed; resources of the module's own only leave the tree. */
static void region_ledger_release(const struct ledger_entry *entry)
{
	struct resource *res = (struct resource *)entry->object;

	if (res->flags & IORESOURCE_BUSY)
		region_discard(res, entry->kind == LEDGER_PORTS);
	else
		remove_resource(res);
}

static void region_ledger_describe(const struct ledger_entry *entry, char *buf, size_t size)
{
	u64 last = entry->key + entry->size - 1;

	scnprintf(buf, size, "0x%llx-0x%llx", (unsigned long long)entry->key,
		  (unsigned long long)last);
}

static const struct ledger_kind_ops port_ledger_ops = {
	.name = "ports",
	.release = region_ledger_release,
	.describe = region_ledger_describe,
};

static const struct ledger_kind_ops iomem_ledger_ops = {
	.name = "iomem",
	.release = region_ledger_release,
	.describe = region_ledger_describe,
};

void resource_init(void)
{
	ledger_kind_register(LEDGER_PORTS, &port_ledger_ops);
	ledger_kind_register(LEDGER_IOMEM, &iomem_ledger_ops);
	dma_init();
	board_resources_init();
}
