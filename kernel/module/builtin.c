/*
 * Modules that are built in: their start-up functions, their parameters on the kernel command line, and their
 * directories in /sys/module. Also the options that concern loading: module_blacklist=.
 */
#include "module/module.h"
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/panic.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <rakit/boot_order.h>

extern const initcall_t __initcall_start[], __initcall_end[];
extern const struct obs_kernel_param __start___setup[], __stop___setup[];
extern const struct kernel_param __start___param[], __stop___param[];
extern struct kobj_type module_ktype;

static char blacklist[256];

static int __init set_blacklist(char *value)
{
	strscpy(blacklist, value, sizeof(blacklist));
	return 1;
}
__setup("module_blacklist=", set_blacklist);

bool module_is_blacklisted(const char *name)
{
	const char *s = blacklist;

	while (*s) {
		size_t length = strcspn(s, ",");

		if (length == strlen(name) && parameqn(s, name, length))
			return true;
		s += length + (s[length] == ',');
	}
	return false;
}

/* Offers "name=value" (or "name") to the __setup functions. */
static bool __init offer_setup(const char *param, char *val)
{
	for (const struct obs_kernel_param *setup = __start___setup; setup < __stop___setup;
	     setup++) {
		size_t length = strlen(setup->str);
		bool takes_value = length && setup->str[length - 1] == '=';

		length -= takes_value;
		if (!parameqn(param, setup->str, length) || param[length] ||
		    takes_value != (val != NULL))
			continue;
		if (setup->early ? !setup->setup_func(val) : setup->setup_func(val ?: ""))
			return true;
	}
	return false;
}

static int __init boot_param(char *param, char *val, const char *doing, void *arg)
{
	offer_setup(param, val);
	return 0;
}

void __init boot_params_parse(const char *text)
{
	char *copy = kstrdup(text, GFP_KERNEL);

	if (!copy)
		panic("module: no memory for the kernel command line");
	parse_args("kernel command line", copy, __start___param,
		   (unsigned int)(__stop___param - __start___param), -32768, 32767, NULL,
		   boot_param);
	kfree(copy);
}

static void __init run_initcall(initcall_t fn)
{
	int count = preempt_count(), result = fn();

	if (result && result != -ENODEV)
		pr_warn("initcall: %ps: returned %d (%pe)\n", fn, result, ERR_PTR(result));
	init_check_context(fn, count);
}

void __init do_initcalls(void)
{
	for (const initcall_t *fn = __initcall_start; fn < __initcall_end; fn++)
		run_initcall(*fn);
}

/* The directory of a built-in module, made when it is first asked for. */
struct module_kobject *module_kobject_builtin(const char *name, size_t length)
{
	char text[MODULE_NAME_LEN];
	struct module_kobject *mk;
	struct kobject *kobj;

	strscpy(text, name, min(length + 1, sizeof(text)));
	kobj = kset_find_obj(module_kset, text);
	if (kobj) {
		kobject_put(kobj);
		return container_of(kobj, struct module_kobject, kobj);
	}
	mk = kzalloc(sizeof(*mk), GFP_KERNEL);
	if (!mk)
		return NULL;
	mk->kobj.kset = module_kset;
	if (kobject_init_and_add(&mk->kobj, &module_ktype, NULL, "%s", text)) {
		pr_warn("module: %s: no directory in /sys/module\n", text);
		return NULL;
	}
	return mk;
}

void __init module_core_init(void)
{
	module_kset = kset_create_and_add("module", NULL, NULL);
	if (!module_kset)
		panic("module: no /sys/module");
	params_sysfs_builtin();
	module_proc_init();
}
