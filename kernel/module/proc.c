/*
 * /proc/modules and /proc/kallsyms in Linux's formats. Addresses are zero for who may not see them.
 */
#include "module/module.h"
#include <linux/cred.h>
#include <linux/kallsyms.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static bool may_see_addresses(const struct seq_file *m)
{
	return kallsyms_show_value(m->file->f_cred);
}

static void *modules_start(struct seq_file *m, loff_t *pos)
{
	mutex_lock(&module_mutex);
	return seq_list_start(&modules, *pos);
}

static void *modules_next(struct seq_file *m, void *v, loff_t *pos)
{
	return seq_list_next(v, &modules, pos);
}

static void modules_stop(struct seq_file *m, void *v)
{
	mutex_unlock(&module_mutex);
}

static void show_users(struct seq_file *m, struct module *mod)
{
	struct module_use *use;
	bool any = false;

	list_for_each_entry(use, &mod->source_list, source_list) {
		seq_printf(m, "%s,", use->source->name);
		any = true;
	}
	if (mod->has_init && !mod->exit) {
		seq_puts(m, "[permanent],");
		any = true;
	}
	if (!any)
		seq_putc(m, '-');
}

/* name size references users state address (taints) */
static int modules_show(struct seq_file *m, void *v)
{
	struct module *mod = list_entry(v, struct module, list);
	const char *state = mod->state == MODULE_STATE_GOING	? "Unloading"
			    : mod->state == MODULE_STATE_COMING ? "Loading"
								: "Live";
	char flags[40];

	seq_printf(m, "%s %u %i ", mod->name, mod->core_layout.size + mod->init_layout.size,
		   module_refcount(mod));
	show_users(m, mod);
	seq_printf(m, " %s 0x%08lx", mod->state == MODULE_STATE_CONTAINED ? "Contained" : state,
		   may_see_addresses(m) ? (unsigned long)mod->core_layout.base : 0);
	if (module_flags_taint(mod->taints, flags))
		seq_printf(m, " (%s)", flags);
	seq_putc(m, '\n');
	return 0;
}

static const struct seq_operations modules_ops = {
	.start = modules_start,
	.next = modules_next,
	.stop = modules_stop,
	.show = modules_show,
};

/* A position in the list of all symbols: the kernel's, then each module's. */
struct position {
	unsigned int kernel; /* number of the kernel's symbols, once known */
	unsigned long address;
	char type;
	char name[KSYM_NAME_LEN];
	char module[MODULE_NAME_LEN];
};

static bool position_fill(struct position *p, unsigned int index)
{
	const char *name;
	int exported;

	p->module[0] = '\0';
	if (!p->kernel || index < p->kernel) {
		p->type = kallsyms_get(index, &p->address, &name);
		if (p->type) {
			strscpy(p->name, name, sizeof(p->name));
			return true;
		}
		p->kernel = index;
	}
	return !module_get_kallsym(index - p->kernel, &p->address, &p->type, p->name, p->module,
				   &exported);
}

static void *symbols_start(struct seq_file *m, loff_t *pos)
{
	return position_fill(m->private, (unsigned int)*pos) ? m->private : NULL;
}

static void *symbols_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return position_fill(v, (unsigned int)*pos) ? v : NULL;
}

static void symbols_stop(struct seq_file *m, void *v)
{
}

static int symbols_show(struct seq_file *m, void *v)
{
	const struct position *p = v;
	unsigned long address = may_see_addresses(m) ? p->address : 0;

	if (p->module[0])
		seq_printf(m, "%08lx %c %s\t[%s]\n", address, p->type, p->name, p->module);
	else
		seq_printf(m, "%08lx %c %s\n", address, p->type, p->name);
	return 0;
}

static const struct seq_operations symbols_ops = {
	.start = symbols_start,
	.next = symbols_next,
	.stop = symbols_stop,
	.show = symbols_show,
};

void module_proc_init(void)
{
	proc_create_seq("modules", 0444, NULL, &modules_ops);
	proc_create_seq_private("kallsyms", 0444, NULL, &symbols_ops, sizeof(struct position),
				NULL);
}
