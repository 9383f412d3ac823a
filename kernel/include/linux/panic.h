/* The end of the machine, and oopses. */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/compiler.h>
#include <linux/types.h>

struct pt_regs;

/*
 * Prints the message, registers and call path, tells the notifiers, then exits the VM with the
 * panic code; without the exit device it reboots after panic= seconds (0: halts, negative: at
 * once). Any context, from the first instruction.
 */
void panic(const char *fmt, ...) __noreturn __cold __printf(1, 2);
/*
 * The same with another exit code (rakit/exit_codes.h), for ends that have a verdict of their own.
 */
void panic_exit(u8 code, const char *fmt, ...) __noreturn __cold __printf(2, 3);
extern int panic_timeout;
extern int panic_on_oops;
extern int panic_on_warn;

/*
 * A fault in the kernel: the trap handler calls die() with what happened ("NULL pointer dereference
 * at 00000004") and the error code. Prints the report and ends the current thread; in an interrupt,
 * the idle task or init it panics.
 */
void die(const char *text, struct pt_regs *regs, long error_code);
/* The same in steps, for reports that are put together elsewhere. */
void oops_enter(void);
void oops_exit(void);
void __noreturn oops_end(struct pt_regs *regs);
/* Number of oopses so far. */
unsigned int oops_count(void);
/* The letters of /proc/sys/kernel/tainted as text: "Not tainted" or "Tainted: G        W  O". */
const char *print_tainted(void);
int test_taint(unsigned int flag);

#endif
