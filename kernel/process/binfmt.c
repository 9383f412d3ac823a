/*
 * The registry of binary formats, and the search for the one that runs a file.
 *
 * Formats are entries of the registry (REGISTRY_BINFMT); a search makes itself a user of one after the other, so that a
 * format cannot go while it loads. A program that runs holds its format's module until it ends or calls execve: mm->binfmt.
 */
#include <linux/binfmts.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kmod.h>
#include <linux/mm_types.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <rakit/holders.h>
#include <rakit/registry.h>
#include "process/process.h"

#define PREFIX "binfmt_"

static const char *format_name(const char *module_name)
{
	size_t length = sizeof(PREFIX) - 1;

	return strncmp(module_name, PREFIX, length) ? module_name : module_name + length;
}

int __register_binfmt(struct linux_binfmt *fmt, int insert, const char *module_name)
{
	unsigned long site = (unsigned long)__builtin_return_address(0);

	if (!fmt->load_binary)
		return -EINVAL;
	if (!fmt->name)
		fmt->name = format_name(module_name);
	return registry_add(REGISTRY_BINFMT, fmt->name, fmt->module, fmt,
			    insert ? REGISTRY_FIRST : 0, site);
}
EXPORT_SYMBOL(__register_binfmt);

void unregister_binfmt(struct linux_binfmt *fmt)
{
	if (registry_remove(REGISTRY_BINFMT, fmt))
		pr_warn("binfmt: %s: removed but not registered\n", fmt->name);
}
EXPORT_SYMBOL(unregister_binfmt);

void set_binfmt(struct linux_binfmt *new)
{
	struct mm_struct *mm = current->mm;

	if (mm->binfmt)
		module_put_for(mm->binfmt->module, mm);
	mm->binfmt = new;
	if (new)
		__module_get_for(new->module, mm);
}
EXPORT_SYMBOL(set_binfmt);

void module_programs_each(struct module *module, module_holder_fn *fn, void *data)
{
	struct task_struct *p;
	char what[64], remedy[24];
	struct module_holder holder = { what, remedy, NULL };

	read_lock(&tasklist_lock);
	for_each_process(p) {
		task_lock(p);
		if (p->mm && p->mm->binfmt && p->mm->binfmt->module == module) {
			scnprintf(what, sizeof(what), "program of pid %d (%s)", p->pid, p->comm);
			scnprintf(remedy, sizeof(remedy), "kill %d", p->pid);
			holder.key = p->mm;
			fn(module, &holder, data);
		}
		task_unlock(p);
	}
	read_unlock(&tasklist_lock);
}

/* Asks every format: -ENOEXEC if none wants the file. */
static int ask_formats(struct linux_binprm *bprm)
{
	struct linux_binfmt *fmt = NULL;

	while ((fmt = registry_next(REGISTRY_BINFMT, fmt))) {
		int err = fmt->load_binary(bprm);

		if (bprm->point_of_no_return || err != -ENOEXEC) {
			registry_put(REGISTRY_BINFMT, fmt);
			return err;
		}
	}
	return -ENOEXEC;
}

static bool is_text(const char *buf)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		if (!isprint(buf[i]) && buf[i] != '\t' && buf[i] != '\n')
			return false;
	return true;
}

/* A file whose magic nobody knows: the module binfmt-XXXX (its third and fourth byte) may. Text is no magic, "#!" is. */
int search_binary_handler(struct linux_binprm *bprm)
{
	int err = ask_formats(bprm);

	if (err != -ENOEXEC)
		return err;
	if (bprm->buf[0] == '#' && bprm->buf[1] == '!') {
		if (request_module("binfmt-script"))
			return err;
	} else if (is_text(bprm->buf) ||
		   request_module("binfmt-%04x", *(const u16 *)(bprm->buf + 2))) {
		return err;
	}
	return ask_formats(bprm);
}
