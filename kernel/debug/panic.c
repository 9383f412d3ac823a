/*
 * The end of the machine, and taints.
 *
 * panic() works from the first instruction and in any state: it turns interrupts off, takes the
 * consoles, prints the message and the call path, tells the notifiers, and leaves by the exit
 * device of the virtual machine, whose code is the verdict of a test run. On a machine without it
 * panic= decides: reboot after so many seconds (negative: at once), 0: halt.
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/panic_notifier.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/sched/debug.h>
#include <linux/string.h>
#include <asm/io.h>
#include <rakit/arch.h>
#include <rakit/exit_codes.h>
#include "debug/log.h"
#include "debug/report.h"

int panic_timeout;
int panic_on_oops;
int panic_on_warn;
EXPORT_SYMBOL(panic_timeout);
ATOMIC_NOTIFIER_HEAD(panic_notifier_list);
EXPORT_SYMBOL(panic_notifier_list);

static unsigned long taints;

static void panic_leave(u8 code)
{
	outl(code, DEBUG_EXIT_PORT);
	if (panic_timeout > 0) {
		printk(KERN_EMERG "Rebooting in %d seconds..\n", panic_timeout);
		mdelay(panic_timeout * 1000);
	}
	if (panic_timeout)
		machine_restart();
	machine_halt();
}

static void __noreturn end_machine(u8 code, const char *fmt, va_list args)
{
	static char message[512];
	static int depth;

	local_irq_disable();
	if (++depth > 1) {
		outl(EXIT_CODE_EMERGENCY, DEBUG_EXIT_PORT);
		machine_halt();
	}
	vscnprintf(message, sizeof(message), fmt, args);
	console_loglevel = max(console_loglevel, CONSOLE_LOGLEVEL_QUIET);
	console_flush_on_panic();
	printk(KERN_EMERG "Kernel panic - not syncing: %s\n", message);
	if (oops_depth <= 1) {
		show_identity(KERN_EMERG);
		show_stack(NULL, NULL, KERN_EMERG);
	}
	atomic_notifier_call_chain(&panic_notifier_list, 0, message);
	printk(KERN_EMERG "---[ end Kernel panic - not syncing: %s ]---\n", message);
	console_flush_on_panic();
	panic_leave(code);
	unreachable();
}

void panic(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	end_machine(EXIT_CODE_PANIC, fmt, args);
}
EXPORT_SYMBOL(panic);

void panic_exit(u8 code, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	end_machine(code, fmt, args);
}

/*
 * Letters of Linux's Documentation/admin-guide/tainted-kernels; upper and lower: set and clear of
 * bit 0.
 */
static const char taint_letters[] = "PFSRMBUDAWCIOELKXT";

void add_taint(unsigned int flag, int lockdep_ok)
{
	taints |= 1UL << flag;
}
EXPORT_SYMBOL(add_taint);

unsigned long get_taint(void)
{
	return taints;
}

int test_taint(unsigned int flag)
{
	return (taints >> flag) & 1;
}
EXPORT_SYMBOL(test_taint);

const char *print_tainted(void)
{
	static char text[sizeof(taint_letters) + 12];
	size_t n;

	if (!taints)
		return "Not tainted";
	n = scnprintf(text, sizeof(text), "Tainted: ");
	for (unsigned int bit = 0; bit < sizeof(taint_letters) - 1; bit++) {
		if (test_taint(bit))
			text[n++] = taint_letters[bit];
		else
			text[n++] = bit ? ' ' : 'G';
	}
	text[n] = 0;
	return text;
}
