/*
 * What other modules may link to. EXPORT_SYMBOL(name) stands behind the definition of name, in the kernel or in a
 * module; everything else is private to its image. Source: Linux 5.10 export.h.
 */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#include <linux/compiler.h>
#include <linux/stringify.h>

struct module;

/* One exported symbol, as it lies in the sections __ksymtab and __ksymtab_gpl. */
struct kernel_symbol {
	unsigned long value;
	const char *name;
	const char
		*namespace; /* NULL: the common one; else importers declare MODULE_IMPORT_NS(namespace) */
};

#ifdef MODULE
/* The module this code belongs to; NULL in code that is built in. */
extern struct module __this_module;
#define THIS_MODULE (&__this_module)
#else
#define THIS_MODULE ((struct module *)0)
#endif

/*
 * Beside the entry stands a pointer of the symbol's type in a section that no image keeps: the build reads the type from
 * its debug data and makes the CRC of the symbol of it (tools/build/symtypes.py).
 */
#define ___EXPORT_SYMBOL(sym, sec, ns)                                                           \
	extern typeof(sym) sym;                                                                  \
	static typeof(sym) *const __ksymtype_##sym __used __section(".discard.ksymtype") = &sym; \
	static const char __kstrtab_##sym[] __used __section("__ksymtab_strings") = #sym;        \
	static const struct kernel_symbol __ksymtab_##sym __used __section("___ksymtab" sec      \
									   "+" #sym)             \
		__aligned(4) = { (unsigned long)&sym, __kstrtab_##sym, ns }

/* For every module. */
#define EXPORT_SYMBOL(sym) ___EXPORT_SYMBOL(sym, "", 0)
/* For modules whose MODULE_LICENSE is GPL-compatible only. */
#define EXPORT_SYMBOL_GPL(sym) ___EXPORT_SYMBOL(sym, "_gpl", 0)
/* For modules that declare MODULE_IMPORT_NS(ns). */
#define EXPORT_SYMBOL_NS(sym, ns) ___EXPORT_SYMBOL(sym, "", #ns)
#define EXPORT_SYMBOL_NS_GPL(sym, ns) ___EXPORT_SYMBOL(sym, "_gpl", #ns)

#endif
