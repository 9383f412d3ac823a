/*
 * query_module(): the names of the modules, who uses whom, what is exported, and where. Source: query_module(2).
 *
 * An answer is made in memory of the kernel's: first it is measured, then written. Lock: module_mutex while either is
 * done.
 */
#include "module/module.h"
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

extern const struct kernel_symbol __start___ksymtab[], __stop___ksymtab[];
extern const struct kernel_symbol __start___ksymtab_gpl[], __stop___ksymtab_gpl[];

static void put(struct module_answer *answer, const void *bytes, size_t n)
{
	if (answer->used + n <= answer->room)
		memcpy(answer->bytes + answer->used, bytes, n);
	answer->used += n;
}

static void put_name(struct module_answer *answer, const char *name)
{
	put(answer, name, strlen(name) + 1);
	answer->count++;
}

static int put_modules(struct module_answer *answer)
{
	struct module *mod;

	list_for_each_entry(mod, &modules, list)
		put_name(answer, mod->name);
	return 0;
}

static int put_dependencies(struct module_answer *answer, const struct module *mod)
{
	struct module_use *use;

	list_for_each_entry(use, &mod->target_list, target_list)
		put_name(answer, use->target->name);
	return 0;
}

static int put_users(struct module_answer *answer, const struct module *mod)
{
	struct module_use *use;

	list_for_each_entry(use, &mod->source_list, source_list)
		put_name(answer, use->source->name);
	return 0;
}

struct symbols {
	const struct kernel_symbol *first[2];
	unsigned int count[2];
};

static struct symbols symbols_of(const struct module *mod)
{
	if (mod)
		return (struct symbols){ { mod->syms, mod->gpl_syms },
					 { mod->num_syms, mod->num_gpl_syms } };
	return (struct symbols){ { __start___ksymtab, __start___ksymtab_gpl },
				 { (unsigned int)(__stop___ksymtab - __start___ksymtab),
				   (unsigned int)(__stop___ksymtab_gpl - __start___ksymtab_gpl) } };
}

/* The table, then the names. */
static int put_symbols(struct module_answer *answer, const struct module *mod)
{
	struct symbols symbols = symbols_of(mod);
	size_t names = (symbols.count[0] + symbols.count[1]) * sizeof(struct module_symbol);

	for (unsigned int part = 0; part < 2; part++) {
		for (unsigned int i = 0; i < symbols.count[part]; i++) {
			const struct kernel_symbol *symbol = &symbols.first[part][i];
			struct module_symbol entry = { answer->addresses ? symbol->value : 0,
						       names };

			put(answer, &entry, sizeof(entry));
			names += strlen(symbol->name) + 1;
		}
	}
	for (unsigned int part = 0; part < 2; part++)
		for (unsigned int i = 0; i < symbols.count[part]; i++)
			put_name(answer, symbols.first[part][i].name);
	return 0;
}

static unsigned long info_flags(const struct module *mod)
{
	switch (mod->state) {
	case MODULE_STATE_COMING:
		return MOD_INITIALIZING;
	case MODULE_STATE_GOING:
		return MOD_DELETED;
	default:
		return MOD_RUNNING;
	}
}

static int put_info(struct module_answer *answer, struct module_info *info)
{
	if (!answer->addresses)
		info->addr = 0;
	put(answer, info, sizeof(*info));
	answer->count = sizeof(*info);
	return 0;
}

static int put_module_info(struct module_answer *answer, struct module *mod)
{
	struct module_info info = { .addr = (unsigned long)mod->core_layout.base,
				    .size = mod->core_layout.size,
				    .flags = info_flags(mod),
				    .usecount = module_refcount(mod) };

	return put_info(answer, &info);
}

/* name NULL: the kernel. */
static int put_answer(struct module_answer *answer, const char *name, int which)
{
	struct module *mod = name ? module_find(name) : NULL;
	struct module_info info;

	if (which == 0)
		return 0;
	if (which == QM_MODULES)
		return put_modules(answer);
	if (which < QM_DEPS || which > QM_INFO || (!name && which != QM_SYMBOLS))
		return -EINVAL;
	if (name && !mod)
		return which == QM_INFO && reservation_find(name, &info) ? put_info(answer, &info)
									 : -ENOENT;
	switch (which) {
	case QM_DEPS:
		return put_dependencies(answer, mod);
	case QM_REFS:
		return put_users(answer, mod);
	case QM_SYMBOLS:
		return put_symbols(answer, mod);
	default:
		return put_module_info(answer, mod);
	}
}

int module_query(struct module_answer *answer, const char *name, int which)
{
	int error = -EINTR;

	if (mutex_lock_interruptible(&module_mutex))
		return error;
	answer->used = answer->room = answer->count = 0;
	error = put_answer(answer, name, which);
	if (!error && answer->used) {
		answer->room = answer->used;
		answer->bytes = kvmalloc(answer->room, GFP_KERNEL);
		answer->used = answer->count = 0;
		error = answer->bytes ? put_answer(answer, name, which) : -ENOMEM;
	}
	mutex_unlock(&module_mutex);
	return error;
}
