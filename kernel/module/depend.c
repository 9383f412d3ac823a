/*
 * Which module uses which: a use is made when a symbol of another module is bound, and lasts until the user goes.
 * While it lasts the provider cannot be unloaded. Under module_mutex.
 */
#include "module/module.h"
#include <linux/slab.h>

int depend_add(struct module *source, struct module *target)
{
	struct module_use *use;

	if (!try_module_get(target))
		return -ENOENT;
	use = kmalloc(sizeof(*use), GFP_KERNEL);
	if (!use) {
		module_put(target);
		return -ENOMEM;
	}
	use->source = source;
	use->target = target;
	list_add(&use->source_list, &target->source_list);
	list_add(&use->target_list, &source->target_list);
	return 0;
}

void depend_drop(struct module *source)
{
	struct module_use *use, *next;

	list_for_each_entry_safe(use, next, &source->target_list, target_list) {
		module_sysfs_holder(source, use->target, false);
		list_del(&use->source_list);
		list_del(&use->target_list);
		module_put(use->target);
		kfree(use);
	}
}

/* "a, b": the names of those that use mod. */
size_t depend_users(struct module *mod, char *text, size_t size)
{
	struct module_use *use;
	size_t n = 0;

	text[0] = '\0';
	list_for_each_entry(use, &mod->source_list, source_list)
		n += scnprintf(text + n, size - n, "%s%s", n ? ", " : "", use->source->name);
	return n;
}
