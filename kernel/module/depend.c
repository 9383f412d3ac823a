/*
 * Which module uses which: a use is made when a symbol of another module is bound, and lasts until the user goes.
 * While it lasts the provider cannot be unloaded. Under module_mutex.
 */
#include "module/module.h"
#include <linux/slab.h>
#include <rakit/holders.h>

int depend_add(struct module *source, struct module *target)
{
	struct module_use *use;

	use = kmalloc(sizeof(*use), GFP_KERNEL);
	if (!use)
		return -ENOMEM;
	if (!module_get_for(target, use)) {
		kfree(use);
		return -ENOENT;
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
		module_put_for(use->target, use);
		kfree(use);
	}
}
