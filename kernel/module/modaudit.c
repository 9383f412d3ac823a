/*
 * Looking for modules that hide and for tables that lead elsewhere than they should: what was loaded may try to hide
 * itself, or to put itself into the way of others. Read /sys/kernel/rakit/modaudit for a look now; every
 * modaudit_period seconds (/proc/sys/kernel, 0: never) one is taken and what it finds is logged.
 *
 *	pages      what is mapped in the module area lies in an area of it; an area that holds a module's image belongs
 *	           to a module that is listed, or is being loaded
 *	functions  the gates of the interrupt table, the system calls, and the operations of what is registered lie in the
 *	           kernel's code or in that of a live, listed module; system calls in the kernel's only, and they are those
 *	           that were there at the start
 *
 * Against code that runs with the kernel's rights this is no proof: it could change this file's code as well. It finds
 * what does not expect to be looked for. Lock: module_mutex; preemption off while the areas are walked.
 */
#include "module/module.h"
#include <linux/binfmts.h>
#include <linux/capability.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/mm.h>
#include <linux/net.h>
#include <linux/preempt.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysctl.h>
#include <linux/syscalls.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include <asm/desc.h>
#include <asm/pgtable.h>
#include <rakit/memory.h>
#include <rakit/view.h>
#include "arch/i386/tables.h"
#include "registry/registry.h"

#define GATES 256
#define GATE_PRESENT 0x8000u
#define GATE_TYPE 0x0f00u
#define GATE_TASK 0x0500u

/* One look: where findings go, and what has been seen. */
struct look {
	struct seq_file *m; /* NULL: the log */
	unsigned int findings, pages, modules, functions;
	unsigned long end; /* of the area before */
};

static sys_call_ptr_t **at_start; /* the system calls as they were */
static unsigned int period = 60;

static __printf(2, 3) void found(struct look *look, const char *format, ...)
{
	struct va_format text = { .fmt = format };
	va_list args;

	va_start(args, format);
	text.va = &args;
	look->findings++;
	if (look->m)
		seq_printf(look->m, "%pV\n", &text);
	else
		pr_alert("modaudit: %pV\n", &text);
	va_end(args);
}

static bool is_listed(const struct module *wanted)
{
	struct module *mod;

	list_for_each_entry(mod, &modules, list)
		if (mod == wanted)
			return true;
	return false;
}

static bool is_mapped(unsigned long addr)
{
	return pgd_present(swapper_pg_dir[pgd_index(addr)]) && pte_present(*kernel_pte(addr));
}

static unsigned int mapped_pages(unsigned long first, unsigned long end)
{
	unsigned int n = 0;

	for (unsigned long addr = first; addr < end; addr += PAGE_SIZE)
		n += is_mapped(addr);
	return n;
}

static void check_image(struct look *look, const struct vm_struct *vm)
{
	unsigned long first = (unsigned long)vm->addr;
	struct module *mod = module_from_address(first);
	unsigned int pages = mapped_pages(first, first + vm->size);

	look->pages += pages;
	look->modules++;
	if (!mod)
		found(look, "0x%08lx: %u pages of code belong to no module", first, pages);
	else if (!is_listed(mod) && !load_of(mod->name))
		found(look, "0x%08lx: %u pages of module %.*s, which hides: it is not listed",
		      first, pages, MODULE_NAME_LEN, mod->name);
}

static void check_area(const struct vm_struct *vm, void *data)
{
	struct look *look = data;
	unsigned long first = (unsigned long)vm->addr;
	unsigned int stray = mapped_pages(look->end, first);

	if (stray)
		found(look, "0x%08lx: %u pages are mapped that nobody has asked for", look->end,
		      stray);
	if (vm->flags & VM_MODULE)
		check_image(look, vm);
	look->end = first + vm->size;
}

/* Whether a function is in no code that may be there. kernel_only: in the kernel's own. */
static bool leads_astray(const void *function, bool kernel_only)
{
	unsigned long addr = (unsigned long)function;
	struct module *mod = __module_text_address(addr);

	if (core_kernel_text(addr))
		return false;
	return kernel_only || !mod || !is_listed(mod) || !module_is_live(mod);
}

static void check_function(struct look *look, const void *function, const char *kind,
			   const char *name, const char *what)
{
	if (!function)
		return;
	look->functions++;
	if (leads_astray(function, false))
		found(look, "%s %s: %s leads to 0x%08lx %pS, to no live module", kind, name, what,
		      (unsigned long)function, function);
}

static void check_entry(const struct registry_entry *entry, void *data)
{
	const char *kind = registry_type(entry->kind)->name, *name = entry->name;
	const struct file_system_type *fs = entry->object;
	const struct linux_binfmt *binfmt = entry->object;
	const struct net_proto_family *family = entry->object;
	const struct device_driver *driver = entry->object;
	unsigned long object = (unsigned long)entry->object;

	if (object >= VMALLOC_START && object < VMALLOC_END && !is_mapped(object)) {
		found(data, "%s %s: lies in memory that is gone", kind, name);
		return;
	}
	switch (entry->kind) {
	case REGISTRY_FILESYSTEM:
		check_function(data, fs->mount, kind, name, "mount");
		check_function(data, fs->kill_sb, kind, name, "kill_sb");
		break;
	case REGISTRY_BINFMT:
		check_function(data, binfmt->load_binary, kind, name, "load_binary");
		check_function(data, binfmt->load_shlib, kind, name, "load_shlib");
		check_function(data, binfmt->core_dump, kind, name, "core_dump");
		break;
	case REGISTRY_PROTOCOL:
		check_function(data, family->create, kind, name, "create");
		break;
	default:
		if (!strncmp(name, "block/", strlen("block/")))
			break; /* a number without operations */
		check_function(data, driver->probe, kind, name, "probe");
		check_function(data, driver->remove, kind, name, "remove");
		check_function(data, driver->shutdown, kind, name, "shutdown");
		check_function(data, driver->suspend, kind, name, "suspend");
		check_function(data, driver->resume, kind, name, "resume");
	}
}

static void check_gates(struct look *look)
{
	struct descriptor_pointer idt;
	const struct desc_struct *gates;

	__asm__ __volatile__("sidt %0" : "=m"(idt));
	gates = (const struct desc_struct *)idt.base;
	if ((const char *)gates < _data || (const char *)gates >= _edata) {
		found(look, "the interrupt table is at 0x%08x, not the kernel's", idt.base);
		return;
	}
	for (unsigned int i = 0; i < GATES && (i + 1) * sizeof(*gates) <= idt.limit + 1u; i++) {
		unsigned long addr = (gates[i].b & 0xffff0000) | (gates[i].a & 0xffff);

		if (!(gates[i].b & GATE_PRESENT) || (gates[i].b & GATE_TYPE) == GATE_TASK)
			continue;
		look->functions++;
		if (leads_astray((void *)addr, true))
			found(look,
			      "interrupt gate 0x%02x leads to 0x%08lx %pS, not into the kernel", i,
			      addr, (void *)addr);
	}
}

static void check_calls(struct look *look)
{
	for (unsigned int i = 0; i < sys_call_count; i++) {
		const void *call = sys_call_table[i];

		look->functions++;
		if (leads_astray(call, true))
			found(look, "system call %u leads to 0x%08lx %pS, not into the kernel", i,
			      (unsigned long)call, call);
		else if (at_start && call != at_start[i])
			found(look, "system call %u leads to %ps, at the start to %ps", i, call,
			      at_start[i]);
	}
}

static void look_around(struct look *look)
{
	mutex_lock(&module_mutex);
	look->end = VMALLOC_START;
	preempt_disable();
	vmalloc_for_each(check_area, look);
	preempt_enable();
	for (enum registry_kind kind = 0; kind < REGISTRY_KINDS; kind++)
		registry_for_each(kind, check_entry, look);
	check_gates(look);
	check_calls(look);
	mutex_unlock(&module_mutex);
}

/* The findings, a line each, then what has been looked at. */
static int modaudit_show(struct seq_file *m, void *unused)
{
	struct look look = { .m = m };

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM; /* it tells addresses */
	look_around(&look);
	seq_printf(m, "# %u modules with %u pages, %u functions: %u findings\n", look.modules,
		   look.pages, look.functions, look.findings);
	return 0;
}

static void look_again(struct work_struct *work);
static DECLARE_DELAYED_WORK(periodic, look_again);

static void look_again(struct work_struct *work)
{
	struct look look = { .m = NULL };

	look_around(&look);
	if (period)
		schedule_delayed_work(&periodic, period * HZ);
}

static int period_handler(struct ctl_table *ctl, int write, void *buffer, size_t *lenp,
			  loff_t *ppos)
{
	int error = proc_douintvec(ctl, write, buffer, lenp, ppos);

	if (write && !error) {
		period = min(period, 86400u);
		cancel_delayed_work_sync(&periodic);
		if (period)
			schedule_delayed_work(&periodic, period * HZ);
	}
	return error;
}

static struct ctl_table modaudit_table[] = { { .procname = "modaudit_period",
					       .data = &period,
					       .maxlen = sizeof(period),
					       .mode = 0644,
					       .proc_handler = period_handler },
					     {} };

static int __init modaudit_init(void)
{
	at_start = kmemdup(sys_call_table, sys_call_count * sizeof(*at_start), GFP_KERNEL);
	register_sysctl("kernel", modaudit_table);
	schedule_delayed_work(&periodic, period * HZ);
	return PTR_ERR_OR_ZERO(rakit_view_create("modaudit", modaudit_show, NULL));
}
device_initcall(modaudit_init);
