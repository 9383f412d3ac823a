/*
 * Who holds a module: the modules that use it, and what the other parts of the kernel know (rakit/holders.h), each with
 * the record of its reference. For the refusal of an unload and for /sys/kernel/rakit/holders:
 *
 *	chardev: fd 3 of pid 40 (cat) on /dev/sample_chardev; kill 40; taken by pid 40 (cat) 3.2 s ago at chrdev_open+0x60/0x90 < …
 *
 * Under module_mutex throughout.
 */
#include "module/module.h"
#include <linux/init.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <rakit/holders.h>
#include <rakit/view.h>

#define SITE_SIZE 360

/* While the references are gone through. */
struct walk {
	module_holder_fn *fn;
	void *data;
};

static void pass_on(struct module *mod, const struct module_holder *holder, void *data)
{
	const struct walk *walk = data;

	references_mark(mod, holder->key);
	if (holder->what)
		walk->fn(mod, holder, walk->data);
}

static void users_each(struct module *mod, struct walk *walk)
{
	struct module_use *use;
	char what[MODULE_NAME_LEN + 8], remedy[MODULE_NAME_LEN + 8];
	struct module_holder holder = { what, remedy, NULL };

	list_for_each_entry(use, &mod->source_list, source_list) {
		holder.key = use;
		scnprintf(what, sizeof(what), "module %s", use->source->name);
		scnprintf(remedy, sizeof(remedy), "rmmod %s", use->source->name);
		pass_on(mod, &holder, walk);
	}
}

/* References of code that does not say what for, and those without a record. */
static void others_each(struct module *mod, struct walk *walk)
{
	char site[SITE_SIZE], what[SITE_SIZE + 16];
	struct module_holder holder = { what, NULL, NULL };
	int lost = module_refcount(mod) - (int)mod->records;

	while (references_next_unmarked(mod, site, sizeof(site))) {
		scnprintf(what, sizeof(what), "a reference %s", site);
		walk->fn(mod, &holder, walk->data);
	}
	if (lost <= 0 || mod->state != MODULE_STATE_LIVE)
		return;
	scnprintf(what, sizeof(what), "%d references without a record", lost);
	walk->fn(mod, &holder, walk->data);
}

void module_holders_each(struct module *mod, module_holder_fn *fn, void *data)
{
	struct walk walk = { fn, data };

	references_unmark(mod);
	users_each(mod, &walk);
	module_files_each(mod, pass_on, &walk);
	module_programs_each(mod, pass_on, &walk);
	others_each(mod, &walk);
}

/* "importer, mount /mnt (vfat), fd 3 of pid 40 (cat)" */
struct summary {
	char *text;
	size_t size, length;
	unsigned int count;
};

static void summarise(struct module *mod, const struct module_holder *holder, void *data)
{
	struct summary *summary = data;
	const char *what = holder->what;

	if (strstarts(what, "module "))
		what += strlen("module ");
	summary->length += scnprintf(summary->text + summary->length,
				     summary->size - summary->length, "%s%s",
				     summary->count++ ? ", " : "", what);
}

/* "WHAT; REMEDY; taken by …" */
static void put_holder(struct module *mod, const struct module_holder *holder, char *text,
		       size_t size)
{
	char site[SITE_SIZE];

	module_reference_describe(mod, holder->key, site, sizeof(site));
	scnprintf(text, size, "%s%s%s%s%s", holder->what, holder->remedy ? "; " : "",
		  holder->remedy ?: "", site[0] ? "; " : "", site);
}

static void log_holder(struct module *mod, const struct module_holder *holder, void *data)
{
	char text[2 * SITE_SIZE];

	put_holder(mod, holder, text, sizeof(text));
	pr_warn("module: %s: held by %s\n", mod->name, text);
}

void holders_summary(struct module *mod, char *text, size_t size)
{
	struct summary summary = { .text = text, .size = size };

	text[0] = '\0';
	module_holders_each(mod, summarise, &summary);
}

void holders_log(struct module *mod)
{
	module_holders_each(mod, log_holder, NULL);
}

static void show_holder(struct module *mod, const struct module_holder *holder, void *data)
{
	char text[2 * SITE_SIZE];

	put_holder(mod, holder, text, sizeof(text));
	seq_printf(data, "%s: %s\n", mod->name, text);
}

static int holders_show(struct seq_file *seq, void *data)
{
	struct module *mod;

	mutex_lock(&module_mutex);
	list_for_each_entry(mod, &modules, list)
		module_holders_each(mod, show_holder, seq);
	mutex_unlock(&module_mutex);
	return 0;
}

static int __init holders_view_init(void)
{
	return PTR_ERR_OR_ZERO(rakit_view_create("holders", holders_show, NULL));
}
fs_initcall(holders_view_init);
