/*
 * Oopses and warnings: the kernel reports a fault of its own.
 *
 * 1. die() prints what happened, registers, code bytes and call path, then oops_end() decides: in
 *    an interrupt, in the idle task, in init, or with oops=panic the machine ends; otherwise only
 *    the thread does. Spinlocks that it held are released first, for whoever waits for them.
 * 2. BUG and WARN are ud2 instructions listed in a table; the trap handler asks report_bug().
 * 3. A fault inside a report must not start another one for ever: oops_depth counts, and the second
 *    nested fault panics, the third exits at once.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/kallsyms.h>
#include <linux/kdebug.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/uaccess.h>
#include <asm/ptrace.h>
#include <rakit/arch.h>
#include <rakit/exit_codes.h>
#include <rakit/locks.h>
#include "debug/report.h"

#define CODE_BYTES_BEFORE 21
#define CODE_BYTES 64

int oops_depth;
static unsigned int oopses;
ATOMIC_NOTIFIER_HEAD(die_chain);

extern struct bug_entry __start___bug_table[], __stop___bug_table[];

void show_identity(const char *level)
{
	printk("%sCPU: 0 PID: %d Comm: %.16s %s %s\n", level, current->pid, current->comm,
	       print_tainted(), "5.10.0-rakit");
}

static void show_code(struct pt_regs *regs, const char *level)
{
	char text[CODE_BYTES * 3 + 4];
	int n = 0;

	for (int i = -CODE_BYTES_BEFORE; i < CODE_BYTES - CODE_BYTES_BEFORE; i++) {
		u8 byte;

		if (copy_from_kernel_nofault(&byte, (void *)(regs->ip + i), 1))
			n += scnprintf(text + n, sizeof(text) - n, "?? ");
		else
			n += scnprintf(text + n, sizeof(text) - n, i ? "%02x " : "<%02x> ", byte);
	}
	printk("%sCode: %s\n", level, text);
}

static unsigned long control_register(int number)
{
	unsigned long value = 0;

	switch (number) {
	case 0:
		__asm__ __volatile__("mov %%cr0, %0" : "=r"(value));
		break;
	case 2:
		__asm__ __volatile__("mov %%cr2, %0" : "=r"(value));
		break;
	case 3:
		__asm__ __volatile__("mov %%cr3, %0" : "=r"(value));
		break;
	case 4:
		__asm__ __volatile__("mov %%cr4, %0" : "=r"(value));
		break;
	}
	return value;
}

void show_registers(struct pt_regs *regs, const char *level)
{
	unsigned short ss = user_mode(regs) ? regs->ss : __KERNEL_DS;

	printk("%sEIP: %pS\n", level, (void *)regs->ip);
	show_code(regs, level);
	printk("%sEAX: %08lx EBX: %08lx ECX: %08lx EDX: %08lx\n", level, regs->ax, regs->bx,
	       regs->cx, regs->dx);
	printk("%sESI: %08lx EDI: %08lx EBP: %08lx ESP: %08lx\n", level, regs->si, regs->di,
	       regs->bp, kernel_stack_pointer(regs));
	printk("%sDS: %04x ES: %04x FS: %04x GS: %04x SS: %04x EFLAGS: %08lx\n", level, regs->ds,
	       regs->es, regs->fs, regs->gs, ss, regs->flags);
	printk("%sCR0: %08lx CR2: %08lx CR3: %08lx CR4: %08lx\n", level, control_register(0),
	       control_register(2), control_register(3), control_register(4));
}

void show_regs(struct pt_regs *regs)
{
	show_identity(KERN_DEFAULT);
	show_registers(regs, KERN_DEFAULT);
	if (!user_mode(regs))
		show_regs_path(regs, KERN_DEFAULT);
}

void oops_enter(void)
{
	if (++oops_depth > 3)
		debug_exit(EXIT_CODE_EMERGENCY);
}

void oops_exit(void)
{
	oops_depth--;
}

unsigned int oops_count(void)
{
	return oopses;
}

static bool thread_may_end(void)
{
	return !in_interrupt() && !is_idle_task(current) && current->pid > 1 && oops_depth == 1;
}

void __noreturn oops_end(struct pt_regs *regs)
{
	bool survivable = thread_may_end() && !panic_on_oops;

	printk(KERN_ALERT "---[ end trace %u ]---\n", oopses);
	if (!survivable)
		locks_show(current, KERN_ALERT);
	if (!survivable)
		panic(in_interrupt() ? "Fatal exception in interrupt" : "Fatal exception");
	locks_release_all();
	oops_exit();
	local_irq_enable();
	do_exit(SIGSEGV);
}

void die(const char *what, struct pt_regs *regs, long error_code)
{
	local_irq_disable();
	oops_enter();
	oopses++;
	if (what)
		printk(KERN_ALERT "BUG: %s\n", what);
	printk(KERN_ALERT "Oops: %04lx [#%u] PREEMPT\n", error_code & 0xffff, oopses);
	show_identity(KERN_ALERT);
	show_registers(regs, KERN_ALERT);
	show_regs_path(regs, KERN_ALERT);
	print_modules();
	add_taint(TAINT_DIE, LOCKDEP_STILL_OK);
	if (notify_die(DIE_OOPS, what ? what : "oops", regs, error_code, current->thread.trap_nr,
		       SIGSEGV) == NOTIFY_STOP) {
		oops_exit();
		return;
	}
	oops_end(regs);
}

static struct bug_entry *search(struct bug_entry *table, unsigned int count, unsigned long address)
{
	for (unsigned int i = 0; i < count; i++)
		if (table[i].bug_addr == address)
			return &table[i];
	return NULL;
}

struct bug_entry *find_bug(unsigned long bugaddr)
{
	struct module *mod;

	if (bugaddr >= (unsigned long)_text && bugaddr < (unsigned long)_kernel_end)
		return search(__start___bug_table, __stop___bug_table - __start___bug_table,
			      bugaddr);
	mod = module_from_address(bugaddr);
	return mod ? search(mod->bug_table, mod->num_bugs, bugaddr) : NULL;
}

enum bug_trap_type report_bug(unsigned long bug_addr, struct pt_regs *regs)
{
	struct bug_entry *bug = find_bug(bug_addr);

	if (!bug)
		return BUG_TRAP_TYPE_NONE;
	if (!(bug->flags & BUGFLAG_WARNING)) {
		printk(KERN_ALERT "kernel BUG at %s:%u!\n", bug->file, bug->line);
		return BUG_TRAP_TYPE_BUG;
	}
	printk(KERN_WARNING "------------[ cut here ]------------\n");
	printk(KERN_WARNING "WARNING: CPU: 0 PID: %d at %s:%u %pS\n", current->pid, bug->file,
	       bug->line, (void *)bug_addr);
	show_identity(KERN_WARNING);
	show_registers(regs, KERN_WARNING);
	show_regs_path(regs, KERN_WARNING);
	printk(KERN_WARNING "---[ end trace ]---\n");
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	if (panic_on_warn)
		panic("panic_on_warn set");
	return BUG_TRAP_TYPE_WARN;
}

int notify_die(enum die_val val, const char *str, struct pt_regs *regs, long err, int trap, int sig)
{
	struct die_args args = {
		.regs = regs, .str = str, .err = err, .trapnr = trap, .signr = sig
	};

	return atomic_notifier_call_chain(&die_chain, val, &args);
}

int register_die_notifier(struct notifier_block *nb)
{
	return atomic_notifier_chain_register(&die_chain, nb);
}
EXPORT_SYMBOL_GPL(register_die_notifier);

int unregister_die_notifier(struct notifier_block *nb)
{
	return atomic_notifier_chain_unregister(&die_chain, nb);
}
EXPORT_SYMBOL_GPL(unregister_die_notifier);
