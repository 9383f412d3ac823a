/*
 * /sys/module/NAME/parameters/PARAM, of loaded modules and of built-in ones that have parameters with files.
 */
#include "module/module.h"
#include <linux/kobject.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

struct param_attribute {
	struct module_attribute mattr;
	const struct kernel_param *param;
};

/* parameters/: the group, its list, and one attribute per parameter with a file, in one block. */
struct module_params_dir {
	struct attribute_group group;
	struct attribute **list;
	struct param_attribute attributes[];
};

static const struct kernel_param *param_of(struct module_attribute *mattr)
{
	return container_of(mattr, struct param_attribute, mattr)->param;
}

static ssize_t param_show(struct module_attribute *mattr, struct module_kobject *mk, char *buf)
{
	const struct kernel_param *param = param_of(mattr);
	int count;

	if (!param->ops->get)
		return -EPERM;
	kernel_param_lock(mk->mod);
	count = param->ops->get(buf, param);
	kernel_param_unlock(mk->mod);
	return count;
}

static ssize_t param_store(struct module_attribute *mattr, struct module_kobject *mk,
			   const char *buf, size_t count)
{
	const struct kernel_param *param = param_of(mattr);
	int error;

	if (!param->ops->set)
		return -EPERM;
	if (param->flags & KERNEL_PARAM_FL_HWPARAM &&
	    security_locked_down(LOCKDOWN_MODULE_PARAMETERS))
		return -EPERM;
	if (param->flags & KERNEL_PARAM_FL_UNSAFE)
		add_taint(TAINT_USER, LOCKDEP_STILL_OK);
	kernel_param_lock(mk->mod);
	error = param->ops->set(buf, param);
	kernel_param_unlock(mk->mod);
	return error ? error : (ssize_t)count;
}

/* The name without a built-in's "module.". */
static const char *file_name(const struct kernel_param *param)
{
	const char *dot = param->mod ? NULL : strchr(param->name, '.');

	return dot ? dot + 1 : param->name;
}

int params_sysfs_add(struct module_kobject *mk, const struct kernel_param *params,
		     unsigned int count)
{
	struct module_params_dir *dir;
	unsigned int n = 0;
	int error;

	for (unsigned int i = 0; i < count; i++)
		n += params[i].perm != 0;
	if (!n)
		return 0;
	dir = kzalloc(sizeof(*dir) + n * sizeof(dir->attributes[0]) + (n + 1) * sizeof(*dir->list),
		      GFP_KERNEL);
	if (!dir)
		return -ENOMEM;
	dir->list = (struct attribute **)&dir->attributes[n];
	n = 0;
	for (unsigned int i = 0; i < count; i++) {
		struct param_attribute *attribute = &dir->attributes[n];

		if (!params[i].perm)
			continue;
		attribute->param = &params[i];
		attribute->mattr.attr.name = file_name(&params[i]);
		attribute->mattr.attr.mode = params[i].perm;
		attribute->mattr.show = param_show;
		attribute->mattr.store = param_store;
		dir->list[n++] = &attribute->mattr.attr;
	}
	dir->group = (struct attribute_group){ .name = "parameters", .attrs = dir->list };
	error = sysfs_create_group(&mk->kobj, &dir->group);
	if (error)
		kfree(dir);
	else
		mk->mp = dir;
	return error;
}

/* The directory itself has gone with the module's. */
void params_sysfs_remove(struct module_kobject *mk)
{
	kfree(mk->mp);
	mk->mp = NULL;
}

extern const struct kernel_param __start___param[], __stop___param[];

static size_t prefix_length(const struct kernel_param *param)
{
	return strcspn(param->name, ".");
}

/* Parameters of one built-in module lie side by side: they come from one object file or from several in a row. */
void params_sysfs_builtin(void)
{
	const struct kernel_param *first = __start___param, *param;

	for (; first < __stop___param; first = param) {
		size_t length = prefix_length(first);
		struct module_kobject *mk;

		for (param = first + 1; param < __stop___param; param++)
			if (prefix_length(param) != length ||
			    strncmp(param->name, first->name, length))
				break;
		mk = first->name[length] ? module_kobject_builtin(first->name, length)
					 : module_kobject_builtin("kernel", strlen("kernel"));
		if (mk && !mk->mp && params_sysfs_add(mk, first, (unsigned int)(param - first)))
			pr_warn("module: %.*s: no parameters in /sys\n", (int)length, first->name);
	}
}
