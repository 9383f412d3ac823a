/* Module system calls: flags of finit_module() and delete_module(), and query_module()'s requests. */
#ifndef _UAPI_LINUX_MODULE_H
#define _UAPI_LINUX_MODULE_H

#define MODULE_INIT_IGNORE_MODVERSIONS 1 /* finit_module */
#define MODULE_INIT_IGNORE_VERMAGIC 2

/* delete_module takes O_NONBLOCK (always set by programs) and O_TRUNC (force). */

/* query_module(): which facts are asked for. */
#define QM_MODULES 1 /* names of all modules */
#define QM_DEPS 2    /* names of the modules that this one uses */
#define QM_REFS 3    /* names of the modules that use this one */
#define QM_SYMBOLS 4 /* exported symbols and values */
#define QM_INFO 5    /* struct module_info */

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
