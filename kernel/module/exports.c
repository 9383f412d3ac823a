/*
 * Who exports a name: lookup in time that does not depend on how many names there are.
 *
 * The kernel's own exports are hashed when its image is linked (tools/build/kallsyms.py makes the table from the
 * linked symbols), so that boot spends nothing on them. Those of modules are in a table that doubles when it has as
 * many entries as slots. Both use hash_text().
 *
 * Changes are made under module_mutex; symbol_get() and the loader look up under it too.
 */
#include "module/module.h"
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "lib/hash.h"

/* Made by tools/build/kallsyms.py: slot s holds entries[start[s]] to entries[start[s + 1]]. */
extern const u32 ksym_hash_mask;
extern const u16 ksym_hash_start[];
extern const struct kernel_symbol *const ksym_hash_entries[];
extern const struct kernel_symbol __start___ksymtab_gpl[], __stop___ksymtab_gpl[];

#define FIRST_SLOTS 64

static struct export_node **slots;
static u32 slot_count, node_count;

/* A name with its length, NUL included, and its hash: comparing blocks is cheaper than comparing strings. */
struct key {
	const char *name;
	size_t size;
	u32 hash;
};

static struct key key_of(const char *name)
{
	size_t length = strlen(name);

	return (struct key){ name, length + 1, hash_text_length(name, length) };
}

static bool is_named(const struct kernel_symbol *symbol, const struct key *key)
{
	return !memcmp(symbol->name, key->name, key->size);
}

static bool is_kernel_gpl(const struct kernel_symbol *symbol)
{
	return symbol >= __start___ksymtab_gpl && symbol < __stop___ksymtab_gpl;
}

static bool find_in_kernel(const struct key *key, struct export_found *found)
{
	u32 slot = key->hash & ksym_hash_mask;

	for (u32 i = ksym_hash_start[slot]; i < ksym_hash_start[slot + 1]; i++) {
		const struct kernel_symbol *symbol = ksym_hash_entries[i];

		if (!is_named(symbol, key))
			continue;
		found->symbol = symbol;
		found->owner = NULL;
		found->gpl = is_kernel_gpl(symbol);
		return true;
	}
	return false;
}

static bool find_in_modules(const struct key *key, struct export_found *found)
{
	struct export_node *node = slots ? slots[key->hash & (slot_count - 1)] : NULL;

	while (node && (node->hash != key->hash || !is_named(node->symbol, key)))
		node = node->next;
	if (!node)
		return false;
	*found = (struct export_found){ node->symbol, node->owner, node->gpl };
	return true;
}

bool export_find(const char *name, struct export_found *found)
{
	struct key key = key_of(name);

	return find_in_kernel(&key, found) || find_in_modules(&key, found);
}

void exports_for_each(void (*fn)(const struct export_found *found, void *data), void *data)
{
	struct export_found found = { .owner = NULL };

	for (u32 i = 0; i < ksym_hash_start[ksym_hash_mask + 1]; i++) {
		found.symbol = ksym_hash_entries[i];
		found.gpl = is_kernel_gpl(found.symbol);
		fn(&found, data);
	}
	for (u32 slot = 0; slot < slot_count; slot++) {
		for (const struct export_node *node = slots[slot]; node; node = node->next) {
			found = (struct export_found){ node->symbol, node->owner, node->gpl };
			fn(&found, data);
		}
	}
}

static void insert(struct export_node **table, u32 count, struct export_node *node)
{
	struct export_node **slot = &table[node->hash & (count - 1)];

	node->next = *slot;
	*slot = node;
}

/* Room for more nodes: as many slots as nodes at least. */
static int reserve_slots(u32 nodes)
{
	u32 count = slot_count ?: FIRST_SLOTS;
	struct export_node **table, *next;

	while (count < nodes)
		count *= 2;
	if (count == slot_count)
		return 0;
	table = kvzalloc(count * sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	for (u32 i = 0; i < slot_count; i++) {
		for (struct export_node *node = slots[i]; node; node = next) {
			next = node->next;
			insert(table, count, node);
		}
	}
	kvfree(slots);
	slots = table;
	slot_count = count;
	return 0;
}

static void fill(struct export_node *node, struct module *mod, const struct kernel_symbol *symbols,
		 u32 count, bool gpl)
{
	for (u32 i = 0; i < count; i++, node++)
		*node = (struct export_node){ NULL, &symbols[i], mod, hash_text(symbols[i].name),
					      gpl };
}

/* A name has one owner: the first. Also found: the same name twice in one module. */
static int insert_unique(struct module *mod, struct export_node *node)
{
	struct export_found found;

	if (export_find(node->symbol->name, &found)) {
		pr_err("module: %s: refused: exports %s, which %s exports already\n", mod->name,
		       node->symbol->name, module_name(found.owner));
		return -ENOEXEC;
	}
	insert(slots, slot_count, node);
	return 0;
}

int exports_add(struct module *mod)
{
	u32 count = mod->num_syms + mod->num_gpl_syms;
	int error = count ? reserve_slots(node_count + count) : 0;
	struct export_node *nodes;

	if (!count || error)
		return error;
	nodes = kvmalloc(count * sizeof(*nodes), GFP_KERNEL);
	if (!nodes)
		return -ENOMEM;
	fill(nodes, mod, mod->syms, mod->num_syms, false);
	fill(nodes + mod->num_syms, mod, mod->gpl_syms, mod->num_gpl_syms, true);
	mod->exports = nodes;
	for (u32 i = 0; i < count && !error; i++) {
		error = insert_unique(mod, &nodes[i]);
		if (!error)
			node_count++;
	}
	return error;
}

static void remove_node(struct export_node *node)
{
	struct export_node **link = &slots[node->hash & (slot_count - 1)];

	while (*link && *link != node)
		link = &(*link)->next;
	if (!*link)
		return;
	*link = node->next;
	node_count--;
}

void exports_remove(struct module *mod)
{
	u32 count = mod->num_syms + mod->num_gpl_syms;

	if (!mod->exports)
		return;
	for (u32 i = 0; i < count; i++)
		remove_node(&mod->exports[i]);
	kvfree(mod->exports);
	mod->exports = NULL;
}

/* Takes a reference on the owner; the symbol's value or NULL. */
static void *symbol_reference(const char *name, bool gpl)
{
	struct export_found found;
	void *value = NULL;

	mutex_lock(&module_mutex);
	if (export_find(name, &found) && (gpl || !found.gpl) && try_module_get(found.owner))
		value = (void *)found.symbol->value;
	mutex_unlock(&module_mutex);
	return value;
}

void *__symbol_get(const char *symbol)
{
	struct module *caller = module_from_address(_RET_IP_);

	return symbol_reference(symbol,
				!caller || !(caller->taints & 1ul << TAINT_PROPRIETARY_MODULE));
}
EXPORT_SYMBOL_GPL(__symbol_get);

void *__symbol_get_gpl(const char *symbol)
{
	return symbol_reference(symbol, true);
}
EXPORT_SYMBOL_GPL(__symbol_get_gpl);

void __symbol_put(const char *symbol)
{
	struct export_found found;

	mutex_lock(&module_mutex);
	if (!export_find(symbol, &found))
		WARN(1, "symbol_put: %s: exported by nobody\n", symbol);
	else
		module_put(found.owner);
	mutex_unlock(&module_mutex);
}
EXPORT_SYMBOL(__symbol_put);

void symbol_put_addr(void *addr)
{
	module_put(module_from_address((unsigned long)addr));
}
EXPORT_SYMBOL_GPL(symbol_put_addr);
