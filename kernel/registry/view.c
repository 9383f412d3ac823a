/*
 * /sys/kernel/rakit/registry: all four tables, one line per entry: kind, name, owner, users, and what the kind adds.
 */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <rakit/view.h>
#include "registry/registry.h"

static void registry_entry_show(const struct registry_entry *entry, void *data)
{
	const struct registry_type *type = registry_type(entry->kind);
	struct seq_file *seq = data;
	char detail[24] = "";

	if (type->detail)
		type->detail(entry->object, detail, sizeof(detail));
	seq_printf(seq, "%-10s  %-24s  %-16s  %5u%s%s\n", type->name, entry->name,
		   module_name(entry->owner), entry->users - entry->offered, detail[0] ? "  " : "",
		   detail);
}

static int registry_show(struct seq_file *seq, void *unused)
{
	enum registry_kind kind;

	seq_puts(seq, "kind        name                      owner             users\n");
	for (kind = 0; kind < REGISTRY_KINDS; kind++)
		registry_for_each(kind, registry_entry_show, seq);
	return 0;
}

static int __init registry_view_init(void)
{
	return PTR_ERR_OR_ZERO(rakit_view_create("registry", registry_show, NULL));
}
fs_initcall(registry_view_init);
