/*
 * BUG and WARN: statements about our own code. Each is one ud2 instruction and an entry in a table
 * that tells file, line and kind; the trap handler prints the report with registers and call path.
 * Any context. BUG ends the current thread (in an interrupt: the machine); WARN goes on.
 */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/compiler.h>
#include <linux/stringify.h>
#include <linux/build_bug.h>
#include <linux/types.h>
#include <linux/kern_levels.h>

#define BUGFLAG_WARNING 1
#define BUGFLAG_TAINT(taint) ((taint) << 8)

/* One entry of section __bug_table, of the kernel or of a module. */
struct bug_entry {
	unsigned long bug_addr; /* of the ud2 */
	const char *file;
	unsigned short line;
	unsigned short flags; /* BUGFLAG_* */
};

#define _BUG_FLAGS(bugflags)                                                       \
	__asm__ __volatile__("1:\tud2\n"                                           \
			     ".pushsection __bug_table,\"a\"\n"                    \
			     "\t.long 1b\n\t.long %c0\n\t.word %c1\n\t.word %c2\n" \
			     ".popsection"                                         \
			     :                                                     \
			     : "i"(__FILE__), "i"(__LINE__), "i"(bugflags))

#define BUG()                  \
	do {                   \
		_BUG_FLAGS(0); \
		unreachable(); \
	} while (0)
#define BUG_ON(condition)                \
	do {                             \
		if (unlikely(condition)) \
			BUG();           \
	} while (0)
#define __WARN() _BUG_FLAGS(BUGFLAG_WARNING)

int printk(const char *fmt, ...) __printf(1, 2);

/* Value: the condition. */
#define WARN_ON(condition)                         \
	({                                         \
		int __ret_warn_on = !!(condition); \
		if (unlikely(__ret_warn_on))       \
			__WARN();                  \
		unlikely(__ret_warn_on);           \
	})
#define WARN_ON_ONCE(condition)                             \
	({                                                  \
		int __ret_warn_on = !!(condition);          \
		static bool __warned;                       \
		if (unlikely(__ret_warn_on && !__warned)) { \
			__warned = true;                    \
			__WARN();                           \
		}                                           \
		unlikely(__ret_warn_on);                    \
	})
#define WARN(condition, format...)                   \
	({                                           \
		int __ret_warn_on = !!(condition);   \
		if (unlikely(__ret_warn_on)) {       \
			printk(KERN_WARNING format); \
			__WARN();                    \
		}                                    \
		unlikely(__ret_warn_on);             \
	})
#define WARN_ONCE(condition, format...)                     \
	({                                                  \
		static bool __warned;                       \
		int __ret_warn_on = !!(condition);          \
		if (unlikely(__ret_warn_on && !__warned)) { \
			__warned = true;                    \
			printk(KERN_WARNING format);        \
			__WARN();                           \
		}                                           \
		unlikely(__ret_warn_on);                    \
	})
#define WARN_TAINT(condition, taint, format...) WARN(condition, format)
#define WARN_TAINT_ONCE(condition, taint, format...) WARN_ONCE(condition, format)
#define CHECK_DATA_CORRUPTION(condition, fmt, ...) WARN(condition, fmt, ##__VA_ARGS__)

struct module;
struct pt_regs;

enum bug_trap_type { BUG_TRAP_TYPE_NONE = 0, BUG_TRAP_TYPE_WARN = 1, BUG_TRAP_TYPE_BUG = 2 };
/*
 * For the invalid-opcode trap: what kind of statement lies at bug_addr, after printing a warning's
 * report. A warning goes on behind the two bytes of ud2.
 */
enum bug_trap_type report_bug(unsigned long bug_addr, struct pt_regs *regs);
/* The entry at addr in the kernel's or a module's table, NULL: no BUG there. */
struct bug_entry *find_bug(unsigned long bugaddr);

#endif
