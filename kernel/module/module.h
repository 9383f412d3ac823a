/*
 * Private to kernel/module: the state of one load, and what the stages and tables offer each other.
 *
 * Lock: module_mutex protects the list and the table of modules, the loads in progress, the dependencies, and changes
 * of the export table and of a module's state. Readers of the list and of addresses in any context run with
 * preemption off; what they can see is taken away before its memory is freed.
 */
#ifndef MODULE_MODULE_H
#define MODULE_MODULE_H

#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/wait.h>
#include <uapi/linux/module.h>
#include "link/link.h"

#define LOAD_IGNORE_VERSIONS 1 /* MODULE_INIT_IGNORE_MODVERSIONS */
#define LOAD_IGNORE_VERMAGIC 2 /* MODULE_INIT_IGNORE_VERMAGIC */

/* What a stage returns when another load of the same module has done the work. */
#define LOAD_SHARED 1

/* The phases of a load; compilation and packaging have happened elsewhere. */
enum load_phase { LOAD_BEGIN, INSERTION, LINKING, ACTIVATION, LOAD_PHASES };

/* One load, from the system call's copy of the file to the live module. Zeroed; each stage fills its part. */
struct load {
	/* From the caller. */
	const void *file;
	size_t size;
	char *args;	 /* parameters; on the heap, the module's once it has one */
	int flags;	 /* LOAD_* */
	char origin[64]; /* name of the file, for reports before the module's is known */
	void (*close)(void *source); /* gives the file back; may be called again */
	void *source;
	struct file *from; /* NULL: memory */
	const void *whole; /* the file before anything is taken off it */
	size_t whole_size;

	/* phase_enter */
	enum load_phase phase;
	u64 phase_time[LOAD_PHASES];	    /* when each began, nanoseconds since boot */
	const struct module_linked *linked; /* what a loader program has linked; NULL: one stage */

	/* load_unpack */
	void *unpacked; /* file leads here; NULL: it was not packed */
	/* load_verify */
	bool sig_ok;	 /* signed with a key the kernel trusts */
	char signer[64]; /* its name, empty: none */
	/* load_parse */
	struct link_object object;
	struct link_section *sections; /* on the heap */
	uint32_t *values;	       /* of the symbols; on the heap */
	struct link_error error;
	/* load_check */
	char name[MODULE_NAME_LEN]; /* empty until it is known to be one */
	const char *version;	    /* MODULE_VERSION; NULL: none; in the file */
	const char *srcversion;
	bool gpl; /* licence compatible with the GPL */
	unsigned long taints;
	/* load_claim */
	struct list_head list;	  /* in loads while the name is taken */
	struct list_head waiters; /* struct load_waiter of the same name */
	bool claimed;
	void *reserved; /* the memory that was reserved for it, until load_reserve uses it */
	unsigned int reserved_size;
	unsigned int stamp;
	/* load_reserve */
	struct link_layout layout;
	u8 *image;
	struct module *mod; /* in image */
	/* load_bind */
	unsigned int missing;	/* undefined symbols that nobody provides */
	unsigned int undefined; /* that somebody does */
};

/* One use of a module by another. */
struct module_use {
	struct list_head source_list; /* in target->source_list */
	struct list_head target_list; /* in source->target_list */
	struct module *source;	      /* the user */
	struct module *target;	      /* the provider */
};

/* One exported symbol of a module in the lookup table. */
struct export_node {
	struct export_node *next;
	const struct kernel_symbol *symbol;
	struct module *owner;
	u32 hash;
	bool gpl;
};

/* The value of a symbol that nobody provides, until the load is refused for it. */
#define LOAD_MISSING 0xffffffffu

/* Why a symbol that exists is not to be had. */
enum bind_denial { BIND_ALLOWED, BIND_GPL, BIND_NAMESPACE };

/* What a lookup finds. */
struct export_found {
	const struct kernel_symbol *symbol;
	struct module *owner; /* NULL: the kernel */
	bool gpl;
};

/* One symbol kept for kallsyms. */
struct mod_symbol {
	u32 address;
	u32 size;
	u32 name; /* offset into names */
	char type;
};

/* load.c */
int module_load(struct load *load);

/* The stages, in order; 0, -errno (explained in the log) or LOAD_SHARED. */
int load_unpack(struct load *load);   /* unpack.c: it was packed by gzip */
int load_verify(struct load *load);   /* sign.c: who made it */
int load_parse(struct load *load);    /* check.c: the file is well-formed */
int load_check(struct load *load);    /* check.c: it is a module, for this kernel, allowed */
int load_claim(struct load *load);    /* state.c: nobody else has or loads it */
int load_reserve(struct load *load);  /* memory.c: memory, the sections in it */
int load_bind(struct load *load);     /* bind.c: symbols have values, dependencies are recorded */
int load_relocate(struct load *load); /* form.c: references are patched */
int load_form(struct load *load);  /* form.c: struct module is filled and its tables are checked */
int load_prove(struct load *load); /* prove.c: what a loader program has linked is the same */
int load_receipt(struct load *load);  /* receipt.c: for whom */
int load_publish(struct load *load);  /* state.c: protected, in the list, exports visible; COMING */
int load_announce(struct load *load); /* notify.c: notifiers, parameters, /sys, ledger */
int load_init(struct load *load);     /* init.c: init runs; LIVE */
void load_finish(struct load *load, int result); /* state.c: name given back, waiters told */
/* One log line: `module: NAME: refused: …`; returns error. */
int load_refuse(const struct load *load, int error, const char *format, ...) __printf(3, 4);

/* bind.c */
enum bind_denial bind_denial(const struct load *load, const struct export_found *found);
/* explain.c: logs for each symbol whose value is LOAD_MISSING who needs it, why it is not there, and what to do. */
void explain_missing(const struct load *load);
/* The next such symbol behind `symbol` (0: the first), 0 at the end. */
u32 load_next_missing(const struct load *load, u32 symbol);

/* init.c: what an init function left disabled is enabled again, and reported. count: the preemption count before. */
void init_check_context(const void *fn, int count);

/* unload.c: undoes any prefix of a load; of an unload, the rest. Idempotent. */
void module_discard(struct module *mod);

/* state.c */
extern struct wait_queue_head module_wait;    /* a module's state has changed, or it is gone */
struct module *module_find(const char *name); /* under module_mutex; any state */
void module_set_state(struct module *mod, enum module_state state);
void module_unlink(struct module *mod);

struct load *load_of(const char *name); /* under module_mutex: the load that has this name */

/* reserve.c: memory for an image that a loader program links. All but the first under module_mutex. */
/* 0 and the address; -EINVAL, -EEXIST, -ENOMEM, -EINTR. */
int module_reserve(const char *name, size_t size, unsigned long *address);
int reservation_claim(struct load *load); /* a two-stage load takes its own; another is refused */
bool reservation_drop(const char *name);
bool reservation_find(const char *name, struct module_info *info);

/* query.c */
struct module_answer {
	bool addresses; /* the asker may see them */
	u8 *bytes;	/* kvfree() it */
	size_t used;	/* bytes of the answer */
	size_t room;
	size_t count; /* of what was asked for */
};
int module_query(struct module_answer *answer, const char *name, int which);

/* check.c */
bool module_name_valid(const char *name);

/* memory.c */
void module_protect(struct module *mod);
void module_protect_after_init(struct module *mod);
void module_free_init(struct module *mod);
void module_free_image(struct module *mod);

/* address.c: which module a page of the module area belongs to. */
int address_claim(struct module *mod, const void *base, unsigned long size);
void address_release(const void *base, unsigned long size);

/* exports.c: lookup in the kernel's table and in the modules'. Under module_mutex, or preemption off. */
bool export_find(const char *name, struct export_found *found);
/* Calls fn for each exported symbol, the kernel's first. Under module_mutex. */
void exports_for_each(void (*fn)(const struct export_found *found, void *data), void *data);
int exports_add(struct module *mod);
void exports_remove(struct module *mod);

/* version.c: the table is well-formed, or not needed; under module_mutex: it agrees with what is bound. */
int load_check_versions(struct load *load);
int load_versions(struct load *load);
/* The CRC of an exported symbol's type; 0: not known. */
u32 export_crc(const struct export_found *found);

/* depend.c; under module_mutex. */
int depend_add(struct module *source, struct module *target);
void depend_drop(struct module *source);

/*
 * references.c: the records of a report. unmark: begins one; mark: those under key are
 * accounted for; next_unmarked: describes one that is not, and marks it; false: none is left.
 */
void references_unmark(const struct module *mod);
void references_mark(const struct module *mod, const void *key);
bool references_next_unmarked(const struct module *mod, char *text, size_t size);
void references_forget(const struct module *mod); /* the module goes */
bool reference_drop(struct module *mod); /* the counter alone, for a reference without a record */

/* holders.c: who holds mod, in one line ("importer, mount /mnt (vfat)"); each with its reference, into the log. */
void holders_summary(struct module *mod, char *text, size_t size);
void holders_log(struct module *mod);

/* phase.c: what a load is doing, with times: for trace events and /sys/kernel/rakit/phases. */
void phase_enter(struct load *load, enum load_phase phase);
void phase_leave(struct load *load, int result);

/* kallsyms.c */
int symbols_keep(struct load *load);
void symbols_free(struct module *mod);

/* Where parameters are looked for. */
struct params {
	const char *doing; /* whose, for messages */
	const struct kernel_param *list;
	unsigned int count;
	const struct link_object *object; /* file with the author's descriptions; NULL: none */
};

/* params.c; params_parse: parse_args() of linux/moduleparam.h with descriptions. */
char *params_parse(const struct params *params, char *args, s16 min_level, s16 max_level, void *arg,
		   int (*unknown)(char *param, char *val, const char *doing, void *arg));
void params_free(struct module *mod);

/* param_explain.c: "; it takes …" for one that cannot be set so; "; nearest: …" for a name that is none. */
void param_explain(const struct kernel_param *param, const struct link_object *object, char *text,
		   size_t size);
void param_explain_unknown(const char *name, const struct kernel_param *params, unsigned int num,
			   char *text, size_t size);

/* sysfs.c */
int module_sysfs_add(struct module *mod);
void module_sysfs_remove(struct module *mod);
void module_sysfs_holder(struct module *source, struct module *target, bool add);
int module_sections_keep(struct load *load);
extern struct kset *module_kset;
/* param_sysfs.c */
int params_sysfs_add(struct module_kobject *mk, const struct kernel_param *params,
		     unsigned int count);
void params_sysfs_remove(struct module_kobject *mk);
void params_sysfs_builtin(void);
struct module_kobject *module_kobject_builtin(const char *name, size_t length);

/* receipt.c: the text of /sys/module/NAME/receipt; its length. */
ssize_t receipt_print(const struct module *mod, char *buf, size_t size);

/* notify.c */
int module_notify(struct module *mod, enum module_state state);

/* taint.c */
/* The kernel gets the module's taints, with a line in the log when one is new. */
void module_taint_kernel(const struct module *mod);

/* permit.c: 0 or -EPERM, logged and recorded. name: of module or file, "" when it is not known. */
int module_permit(bool load, const char *name);

/* audit.c: the record of an attempt with its outcome, 0 or -errno. Process context. */
void audit_load(const struct load *load, int result);
void audit_unload(const char *name, bool force, int result);
void audit_denied(bool load, const char *name);

/* proc.c */
void module_proc_init(void);

/* unload.c */
int module_unload(const char *name, unsigned int flags);

/* builtin.c */
bool module_is_blacklisted(const char *name);

#endif
