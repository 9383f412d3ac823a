/*
 * A module's heap objects: the heap knows owner and call site of each; here they are reported and freed when the
 * module goes, after everything else that it held (other things may lie in them).
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <rakit/memory.h>
#include "ledger/ledger.h"

static void memory_report(const struct slab_owned *object, void *data)
{
	const struct module *owner = data;

	pr_warn("module: %s: left behind: memory %zu bytes at %px, acquired at %pS; taken back\n",
		owner->name, object->size, object->object, (void *)object->site);
}

unsigned int ledger_release_memory(struct module *owner, bool report)
{
	if (report)
		slab_for_each_owned(owner, memory_report, owner);
	return slab_release_owned(owner);
}
