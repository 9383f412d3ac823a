/*
 * From addresses to symbols and back, in the kernel and in loaded modules. Any context; lookup
 * takes O(log n).
 */
#ifndef _LINUX_KALLSYMS_H
#define _LINUX_KALLSYMS_H

#include <linux/types.h>
#include <linux/errno.h>

#define KSYM_NAME_LEN 128
/* name+0xoffset/0xsize [module] */
#define KSYM_SYMBOL_LEN (KSYM_NAME_LEN + 2 * 12 + 64 + 8)

struct module;

/*
 * "name+0x12/0x40 [module]" of an address, or "0xc0123456"; length. buffer: KSYM_SYMBOL_LEN bytes.
 * The second is for return addresses: it looks at the instruction before.
 */
int sprint_symbol(char *buffer, unsigned long address);
int sprint_backtrace(char *buffer, unsigned long address);
/* The name alone. */
int sprint_symbol_no_offset(char *buffer, unsigned long address);
/* Address of a symbol of the kernel (or module: "module:name"), 0: none. Core only. */
unsigned long kallsyms_lookup_name(const char *name);
/*
 * Name, size and offset of the symbol that holds addr; modname: NULL for the kernel. NULL: none.
 * namebuf may receive the name.
 */
const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize, unsigned long *offset,
			    char **modname, char *namebuf);
int kallsyms_lookup_size_offset(unsigned long addr, unsigned long *symbolsize,
				unsigned long *offset);
int lookup_symbol_name(unsigned long addr, char *symname);
/* Calls fn for each symbol of the kernel image until it returns nonzero. */
int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, struct module *mod,
				      unsigned long addr),
			    void *data);
/*
 * The index-th symbol of the kernel image: type letter of nm, 0 when there is no such. For
 * /proc/kallsyms.
 */
char kallsyms_get(unsigned int index, unsigned long *address, const char **name);
/*
 * Whether somebody with these credentials may see addresses (kptr_restrict in /proc/sys/kernel). For a file: those of
 * who opened it. Any context.
 */
struct cred;
bool kallsyms_show_value(const struct cred *cred);
extern int kptr_restrict;
/* Inside the kernel's text / the kernel's or a module's. */
int core_kernel_text(unsigned long addr);
bool kernel_text_address(unsigned long addr);
#define __kernel_text_address(addr) kernel_text_address(addr)

/* Kernel image symbols of boot/kernel.ld. */
#ifndef MODULE
extern char _text[], _etext[], _rodata[], _erodata[], _data[], _edata[], _init_begin[], _init_end[],
	_kernel_end[];
#endif

#endif
