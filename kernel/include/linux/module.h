/*
 * What a module's source says about itself, and what the kernel knows about a loaded module.
 *
 * A loaded module is one struct module, which lies in the module's own data (section .gnu.linkonce.this_module) and
 * carries everything the kernel keeps about it. A reference (try_module_get, module_put) keeps it from being
 * unloaded. Source: Linux 5.10 module.h.
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/stat.h>
#include <linux/kmod.h>
#include <linux/init.h>
#include <linux/export.h>
#include <linux/kobject.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

#define MODULE_NAME_LEN 60 /* NUL included */

#define MODULE_INFO(tag, info) __MODULE_INFO(tag, tag, info)
/* "GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL" are GPL-compatible. */
#define MODULE_LICENSE(_license) MODULE_INFO(license, _license)
#define MODULE_AUTHOR(_author) MODULE_INFO(author, _author)
#define MODULE_DESCRIPTION(_description) MODULE_INFO(description, _description)
/* Another name modprobe finds it by; shell wildcards allowed. */
#define MODULE_ALIAS(_alias) MODULE_INFO(alias, _alias)
/* "pre: a b post: c": modules that modprobe loads before and after this one when they are there. */
#define MODULE_SOFTDEP(_softdep) MODULE_INFO(softdep, _softdep)
#define MODULE_FIRMWARE(_firmware) MODULE_INFO(firmware, _firmware)
#define MODULE_IMPORT_NS(ns) MODULE_INFO(import_ns, #ns)
#define MODULE_VERSION(_version) MODULE_INFO(version, _version)
/* The aliases of the devices in table `name` (linux/mod_devicetable.h); made by modpost. type: pci pnp acpi platform … */
#ifdef MODULE
#define MODULE_DEVICE_TABLE(type, name)                           \
	extern typeof(name) __mod_##type##__##name##_device_table \
		__attribute__((unused, alias(__stringify(name))))
#else
#define MODULE_DEVICE_TABLE(type, name)
#endif

#ifdef MODULE
/* Keeps a function's own name beside its alias (clang would leave only the alias); dropped by the final link. */
#define __keep_name(fn) \
	static void *const __name_##fn __used __section(".discard.name") = (void *)(fn)
/* The module's start and end. init: process context, may sleep; 0, or -errno and the module is removed without trace. */
#define module_init(initfn)                                          \
	static inline initcall_t __maybe_unused __inittest(void)     \
	{                                                            \
		return initfn;                                       \
	}                                                            \
	int init_module(void) __attribute__((alias(#initfn), cold)); \
	__keep_name(initfn)
/* exit: process context, may sleep; nobody uses the module any more. Without it the module cannot be unloaded. */
#define module_exit(exitfn)                                              \
	static inline exitcall_t __maybe_unused __exittest(void)         \
	{                                                                \
		return exitfn;                                           \
	}                                                                \
	void cleanup_module(void) __attribute__((alias(#exitfn), cold)); \
	__keep_name(exitfn)
int init_module(void);
void cleanup_module(void);
#else
#define module_init(fn) device_initcall(fn)
#define module_exit(fn) __exitcall(fn)
#endif

/* module_driver(drv, reg, unreg, …): a module that does nothing but register and unregister drv. */
#define module_driver(__driver, __register, __unregister, ...) \
	static int __init __driver##_init(void)                \
	{                                                      \
		return __register(&(__driver), ##__VA_ARGS__); \
	}                                                      \
	module_init(__driver##_init);                          \
	static void __exit __driver##_exit(void)               \
	{                                                      \
		__unregister(&(__driver), ##__VA_ARGS__);      \
	}                                                      \
	module_exit(__driver##_exit)

/* A file in /sys/module/NAME/. */
struct module_kobject {
	struct kobject kobj;
	struct module *mod;		    /* NULL: built in */
	struct kobject *drivers_dir;	    /* links to its drivers; NULL until there is one */
	struct module_params_dir *mp;	    /* parameters/ */
	struct completion *kobj_completion; /* done when the last reference to kobj is gone */
};

struct module_attribute {
	struct attribute attr;
	ssize_t (*show)(struct module_attribute *attr, struct module_kobject *mk, char *buf);
	ssize_t (*store)(struct module_attribute *attr, struct module_kobject *mk, const char *buf,
			 size_t count);
	void (*setup)(struct module *mod, const char *text);
	int (*test)(struct module *mod);
	void (*free)(struct module *mod);
};

enum module_state {
	MODULE_STATE_LIVE,	/* normal */
	MODULE_STATE_COMING,	/* complete, init runs */
	MODULE_STATE_GOING,	/* exit runs, or init has failed */
	MODULE_STATE_UNFORMED,	/* name taken, being linked */
	MODULE_STATE_RESERVED,	/* memory reserved for an image that a loader program links */
	MODULE_STATE_CONTAINED, /* stopped after a fault, everything taken back */
};

/* Part of a module's memory: [base, base + size), the first text_size bytes executable, read-only up to ro_size. */
struct module_layout {
	void *base;
	unsigned int size;		 /* bytes, a multiple of the page */
	unsigned int text_size;		 /* end of code */
	unsigned int ro_size;		 /* end of what is never written */
	unsigned int ro_after_init_size; /* end of what only init may write */
};

/* A module's symbols for /proc/kallsyms and backtraces, in the order of its file; those of init memory come last. */
struct mod_kallsyms {
	unsigned int count;
	unsigned int core_count; /* without those of init memory */
	struct mod_symbol *symbols;
	const u32 *imports; /* names of the undefined symbols, as offsets into names */
	unsigned int import_count;
	const char *names;
};

/* In __versions: a symbol that the module uses, and the CRC of its type when the module was built. */
struct modversion_info {
	unsigned long crc;
	char name[MODULE_NAME_LEN];
};

struct module {
	enum module_state state;
	struct list_head list; /* of all modules (module_mutex; readers under preemption off) */
	struct hlist_node hash_node; /* in the table by name */
	char name[MODULE_NAME_LEN];

	struct module_kobject mkobj;
	const char *version;	/* MODULE_VERSION or NULL */
	const char *srcversion; /* hash of the sources or NULL */
	struct kobject *holders_dir;

	/* Exported symbols. */
	const struct kernel_symbol *syms;
	const s32 *crcs;
	unsigned int num_syms;
	const struct kernel_symbol *gpl_syms;
	const s32 *gpl_crcs;
	unsigned int num_gpl_syms;
	struct export_node *exports; /* their entries in the lookup table */

	/* Parameters. */
	struct kernel_param *kp;
	unsigned int num_kp;
	char *args; /* the text it was loaded with */

	bool using_gplonly_symbols;
	bool sig_ok;
	bool has_init; /* it had an init function, which `init` forgets once it has run */
	bool explicit_load; /* loaded by name, not through request_module(), or to be kept: never swept */
	bool used;	    /* a reference has been given back since the last look of the sweep */
	atomic_t bound_devices;		/* devices that its drivers are bound to */
	struct module_receipt *receipt; /* for whom it was loaded */

	/* Where its code may fault and go on. */
	struct exception_table_entry *extable;
	unsigned int num_exentries;
	struct bug_entry *bug_table;
	unsigned int num_bugs;

	int (*init)(void);
	void (*exit)(void);
	struct module_layout core_layout;
	struct module_layout init_layout; /* base NULL once init has returned */
	unsigned int
		image_size; /* of both; the addresses of init stay taken when its memory is gone */

	unsigned long taints; /* bits TAINT_* that it caused */
	struct mod_kallsyms kallsyms;
	struct module_sections *sections; /* /sys/module/NAME/sections and notes */

	/* Dependencies (module_mutex). */
	struct list_head source_list; /* struct module_use: who uses this one */
	struct list_head target_list; /* struct module_use: what this one uses */
	unsigned int use_stamp;	      /* the load that last linked to this one */

	atomic_t refcnt;       /* references + 1 while it is loaded; 0: going, no new ones */
	unsigned int records;  /* of references, kernel/module/references.c */
	struct ledger *ledger; /* what it holds (kernel/ledger) */
	u64 loaded_at;	       /* ktime_get_ns() when init had returned */
	u64 phase_time[3];     /* when insertion, linking and activation began */
};

extern struct list_head modules;
extern struct mutex module_mutex;

/*
 * References. A reference keeps the module LIVE: rmmod fails with -EWOULDBLOCK. All accept NULL (built-in code).
 */
/* Takes one; false when the module is on its way out or still being linked. Any context. */
bool try_module_get(struct module *module);
/* Takes one where one is known to be held already. Any context. */
void __module_get(struct module *module);
/* Gives one back. Any context. */
void module_put(struct module *module);
/* The number held, or -1 when the module is going. */
int module_refcount(struct module *module);
/* Neither being linked nor going nor contained. */
bool module_is_live(struct module *module);
const char *module_state_name(enum module_state state);
static inline const char *module_name(const struct module *mod)
{
	return mod ? mod->name : "kernel";
}
/* Ends the calling thread of a module and gives back the reference it ran under. Does not return. */
void __module_put_and_exit(struct module *mod, long code) __noreturn;
#define module_put_and_exit(code) __module_put_and_exit(THIS_MODULE, code)

/*
 * A symbol that another module exports, looked up now; the module is referenced until symbol_put(). NULL when nobody
 * exports it (a GPL-only one: when the caller may not have it). Process context.
 */
void *__symbol_get(const char *symbol);
void *__symbol_get_gpl(const char *symbol);
#define symbol_get(x) ((typeof(&x))(__symbol_get(__stringify(x))))
#define symbol_request(x) try_then_request_module(symbol_get(x), "symbol:" #x)
void __symbol_put(const char *symbol);
#define symbol_put(x) __symbol_put(__stringify(x))
void symbol_put_addr(void *addr);

/*
 * Told with MODULE_STATE_COMING before init runs, _LIVE after it returned 0, and _GOING before the memory is freed.
 * data is the struct module. A callback that returns notifier_from_errno(-errno) at COMING refuses the load.
 */
struct notifier_block;
int register_module_notifier(struct notifier_block *nb);
int unregister_module_notifier(struct notifier_block *nb);

/*
 * Whose memory an address is. O(1): one look into the page table of the module area. The answer stays valid while
 * preemption is off or a reference is held. Any context, also from a fault.
 */
struct module *__module_address(unsigned long addr);
struct module *__module_text_address(unsigned long addr);
bool is_module_address(unsigned long addr);
bool is_module_text_address(unsigned long addr);
/* The same under Rakit's name: the module that owns addr, or NULL (kernel, user, nothing). */
struct module *module_from_address(unsigned long addr);
bool within_module_core(unsigned long addr, const struct module *mod);
bool within_module_init(unsigned long addr, const struct module *mod);
bool within_module(unsigned long addr, const struct module *mod);

/* Fault fix-ups of modules: the entry for addr or NULL. Any context. */
const struct exception_table_entry *search_module_extables(unsigned long addr);

/*
 * Names of addresses in modules. Any context.
 *   size, offset  of the symbol, and of addr in it
 *   modname       set to the module's name
 *   namebuf       KSYM_NAME_LEN bytes; the result points into it or is NULL when addr is in no module
 */
const char *module_address_lookup(unsigned long addr, unsigned long *size, unsigned long *offset,
				  char **modname, char *namebuf);
int lookup_module_symbol_name(unsigned long addr, char *symname);
/* "name" or "module:name"; 0 when there is none. */
unsigned long module_kallsyms_lookup_name(const char *name);
/* The symnum-th symbol of all modules in order of load; -ERANGE behind the last. */
int module_get_kallsym(unsigned int symnum, unsigned long *value, char *type, char *name,
		       char *module_name, int *exported);
struct module *find_module(const char *name);

/* Prints "Modules linked in: a b(O) [last unloaded: c]" for oops and panic. Any context. */
void print_modules(void);
/* Letters of a module's or (taints of) the kernel's taint bits into buf (at least 32 bytes); returns the length. */
size_t module_flags_taint(unsigned long taints, char *buf);

#endif
