/*
 * Module system calls: flags of finit_module() and delete_module(), query_module()'s requests, and what a loader program
 * that links itself hands over.
 */
#ifndef _UAPI_LINUX_MODULE_H
#define _UAPI_LINUX_MODULE_H

#define MODULE_INIT_IGNORE_MODVERSIONS 1 /* finit_module */
#define MODULE_INIT_IGNORE_VERMAGIC 2

/*
 * The second of two stages (Rakit's own): finit_module(fd, (const char *)&linked, MODULE_INIT_LINKED), where fd is the
 * module file and struct module_linked tells what the caller has made of it at the address that create_module() gave
 * it. The kernel does the same and compares: the image is installed if every byte and every symbol is as it must be.
 * After a refusal delete_module() gives back the reservation, if it is still there.
 */
#define MODULE_INIT_LINKED 0x40000000

/* delete_module takes O_NONBLOCK (always set by programs) and O_TRUNC (force). */

/* query_module(): which facts are asked for. */
#define QM_MODULES 1 /* names of all modules */
#define QM_DEPS 2    /* names of the modules that this one uses */
#define QM_REFS 3    /* names of the modules that use this one */
#define QM_SYMBOLS 4 /* exported symbols and values */
#define QM_INFO 5    /* struct module_info */

/* One entry of the table that QM_SYMBOLS gives; the names follow the table. */
struct module_symbol {
	unsigned long value; /* 0 to callers without CAP_SYS_MODULE */
	unsigned long name;  /* offset from the beginning of the buffer */
};

struct module_linked_symbol {
	unsigned long value;
	const char *name;
};

struct module_linked {
	unsigned long address; /* what create_module() returned */
	unsigned long size;    /* bytes of the image */
	const void *image;
	const struct module_linked_symbol
		*symbols; /* it exports, in the order of its __ksymtab, then __ksymtab_gpl */
	unsigned long symbol_count;
	const char *args; /* parameters: "name=value …" */
};

struct module_info {
	unsigned long addr;  /* where it is */
	unsigned long size;  /* bytes */
	unsigned long flags; /* MOD_* */
	long usecount;
};

#define MOD_UNINITIALIZED 0
#define MOD_RUNNING 1
#define MOD_DELETED 2
#define MOD_AUTOCLEAN 4
#define MOD_VISITED 8
#define MOD_USED_ONCE 16
#define MOD_JUST_FREED 32
#define MOD_INITIALIZING 64

#endif
