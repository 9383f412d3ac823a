/*
 * /sys/kernel/rakit/ledger/<module>: what the module holds, one line per thing, oldest first: time of acquisition in
 * seconds since boot, phase, kind and what, size, and the call that acquired it. The last lines sum up the heap.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <rakit/memory.h>
#include <rakit/view.h>
#include "ledger/ledger.h"

static const char *const phase_names[] = {
	[LEDGER_INIT] = "init", [LEDGER_LIVE] = "live", [LEDGER_EXIT] = "exit"
};

static int ledger_show_entry(const struct ledger_entry *entry, void *data)
{
	unsigned int milliseconds = (unsigned int)div_u64(entry->time, 1000000);
	struct seq_file *seq = data;
	char what[96];

	ledger_describe(entry, what, sizeof(what));
	seq_printf(seq, "%6u.%03u  %s  %-40s  %8zu  %pS\n", milliseconds / 1000,
		   milliseconds % 1000, phase_names[entry->phase], what, entry->size,
		   (void *)entry->site);
	return 0;
}

static int ledger_show(struct seq_file *seq, void *data)
{
	struct ledger *ledger = data;
	unsigned int objects;
	size_t bytes;

	ledger_for_each(ledger->owner, ledger_show_entry, seq);
	slab_owned_count(ledger->owner, &objects, &bytes);
	seq_printf(seq, "memory: %u objects, %zu bytes\n", objects, bytes);
	return 0;
}

int ledger_view_create(struct ledger *ledger)
{
	char name[MODULE_NAME_LEN + 8];
	struct pnode *view;

	snprintf(name, sizeof(name), "ledger/%s", ledger->owner->name);
	view = rakit_view_create(name, ledger_show, ledger);
	if (IS_ERR(view))
		return PTR_ERR(view);
	ledger->view = view;
	return 0;
}

void ledger_view_remove(struct ledger *ledger)
{
	rakit_view_remove(ledger->view);
	ledger->view = NULL;
}
