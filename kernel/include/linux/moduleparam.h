/*
 * Module parameters: variables of a module that are set when it is loaded (`modprobe sb16 irq=7`), on the kernel
 * command line (`sb16.irq=7`), and, if perm allows, through /sys/module/NAME/parameters/PARAM.
 * Source: Linux 5.10 moduleparam.h, admin-guide/kernel-parameters.
 */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#include <linux/init.h>
#include <linux/types.h>
#include <linux/stringify.h>
#include <linux/build_bug.h>
#include <linux/stat.h>

#ifdef MODULE
#define MODULE_PARAM_PREFIX
#else
#define MODULE_PARAM_PREFIX KBUILD_MODNAME "."
#endif

#define MAX_PARAM_PREFIX_LEN 60

/* One `tag=text` of the section .modinfo; built-ins' carry `module.` in front. */
#define __MODULE_INFO(tag, name, info)                                                    \
	static const char __UNIQUE_ID(name)[] __used __section(".modinfo") __aligned(1) = \
		MODULE_PARAM_PREFIX __stringify(tag) "=" info
#define __MODULE_PARM_TYPE(name, _type) __MODULE_INFO(parmtype, name##type, #name ":" _type)

/* One line that describes a parameter, for modinfo. */
#define MODULE_PARM_DESC(_parm, desc) __MODULE_INFO(parm, _parm, #_parm ":" desc)

struct module;
struct kernel_param;

/* The parameter may be given without `=value`; set() then gets NULL. */
#define KERNEL_PARAM_OPS_FL_NOARG 1

struct kernel_param_ops {
	unsigned int flags;
	/* Takes the text val (NUL-terminated, may be NULL with NOARG); 0 or -errno. Process context, under param_lock. */
	int (*set)(const char *val, const struct kernel_param *kp);
	/* Writes the value and a newline, at most PAGE_SIZE bytes with the NUL; returns the length or -errno. */
	int (*get)(char *buffer, const struct kernel_param *kp);
	/* Releases what set() acquired; called when the module goes. Optional. */
	void (*free)(void *arg);
};

#define KERNEL_PARAM_FL_UNSAFE (1 << 0)	 /* setting it taints the kernel */
#define KERNEL_PARAM_FL_HWPARAM (1 << 1) /* it names hardware: refused under lockdown */

/* One entry of the section __param. */
struct kernel_param {
	const char *name;		    /* built-ins: "module.name" */
	struct module *mod;		    /* NULL: built in */
	const struct kernel_param_ops *ops; /* how to read and write it */
	const u16 perm;			    /* mode of the file in /sys; 0: no file */
	s8 level; /* -1; Linux's initcall level of core_param, not used here */
	u8 flags; /* KERNEL_PARAM_FL_* */
	union {
		void *arg;
		const struct kparam_string *str;
		const struct kparam_array *arr;
	};
};

/* arg of module_param_string: a buffer of maxlen bytes, NUL included. */
struct kparam_string {
	unsigned int maxlen;
	char *string;
};

/* arg of module_param_array. */
struct kparam_array {
	unsigned int max;      /* elements of the array */
	unsigned int elemsize; /* bytes of one */
	unsigned int *num;     /* where the number of elements given goes; may be NULL */
	const struct kernel_param_ops *ops; /* of one element */
	void *elem;			    /* the first */
};

/*
 * module_param(name, type, perm): the variable `name` is a parameter.
 *   type  byte short ushort int uint long ulong ullong hexint charp bool invbool bint, or X for which there are
 *         param_ops_X and param_check_X
 *   perm  mode of /sys/module/MODULE/parameters/name, e.g. 0444; 0 for none. Write permission for others is refused
 *         at compile time.
 * charp: the text is copied, and freed when the parameter is set again or the module goes.
 */
#define module_param(name, type, perm) module_param_named(name, name, type, perm)
#define module_param_unsafe(name, type, perm) module_param_named_unsafe(name, name, type, perm)
/* The same with a name that differs from the variable's. */
#define module_param_named(name, value, type, perm)             \
	param_check_##type(name, &(value));                     \
	module_param_cb(name, &param_ops_##type, &value, perm); \
	__MODULE_PARM_TYPE(name, #type)
#define module_param_named_unsafe(name, value, type, perm)             \
	param_check_##type(name, &(value));                            \
	module_param_cb_unsafe(name, &param_ops_##type, &value, perm); \
	__MODULE_PARM_TYPE(name, #type)
/* A parameter with operations of its own. */
#define module_param_cb(name, ops, arg, perm) \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, 0)
#define module_param_cb_unsafe(name, ops, arg, perm) \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, KERNEL_PARAM_FL_UNSAFE)
/* A fixed buffer of len bytes; text that does not fit is refused with -ENOSPC. */
#define module_param_string(name, string, len, perm)                               \
	static const struct kparam_string __param_string_##name = { len, string }; \
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_ops_string,          \
			    .str = &__param_string_##name, perm, -1, 0);           \
	__MODULE_PARM_TYPE(name, "string")
/* An array: comma-separated values, at most as many as it has elements; nump may be NULL. */
#define module_param_array(name, type, nump, perm) \
	module_param_array_named(name, name, type, nump, perm)
#define module_param_array_named(name, array, type, nump, perm)          \
	param_check_##type(name, &(array)[0]);                           \
	static const struct kparam_array __param_arr_##name = {          \
		.max = sizeof(array) / sizeof((array)[0]),               \
		.num = nump,                                             \
		.ops = &param_ops_##type,                                \
		.elemsize = sizeof(array[0]),                            \
		.elem = array,                                           \
	};                                                               \
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_array_ops, \
			    .arr = &__param_arr_##name, perm, -1, 0);    \
	__MODULE_PARM_TYPE(name, "array of " #type)
/* Parameters that name hardware: hwtype (ioport, iomem, irq, dma, other …) documents which. */
#define module_param_hw(name, type, hwtype, perm) \
	module_param_hw_named(name, name, type, hwtype, perm)
#define module_param_hw_named(name, value, type, hwtype, perm)                              \
	param_check_##type(name, &(value));                                                 \
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_ops_##type, &value, perm, -1, \
			    KERNEL_PARAM_FL_HWPARAM);                                       \
	__MODULE_PARM_TYPE(name, #type)
#define module_param_hw_array(name, type, hwtype, nump, perm) \
	module_param_array(name, type, nump, perm)
/* A parameter of the kernel itself, without module prefix; built-in code only. */
#define core_param(name, var, type, perm) \
	param_check_##type(name, &(var)); \
	__module_param_call("", name, &param_ops_##type, &var, perm, -1, 0)
/* Old form with set and get functions. */
#define module_param_call(name, _set, _get, arg, perm)                                          \
	static const struct kernel_param_ops __param_ops_##name = { .set = _set, .get = _get }; \
	__module_param_call(MODULE_PARAM_PREFIX, name, &__param_ops_##name, arg, perm, -1, 0)

#define __module_param_call(prefix, name, ops, arg, perm, level, flags)             \
	static const char __param_str_##name[] = prefix #name;                      \
	static struct kernel_param const __param_##name __used __section("__param") \
		__aligned(sizeof(void *)) = { __param_str_##name,                   \
					      THIS_MODULE,                          \
					      ops,                                  \
					      VERIFY_OCTAL_PERMISSIONS(perm),       \
					      level,                                \
					      flags,                                \
					      { arg } }

/* perm must be an octal mode in which the group has no more than the owner and others cannot write. */
#define VERIFY_OCTAL_PERMISSIONS(perms)                                       \
	(BUILD_BUG_ON_ZERO((perms) < 0) + BUILD_BUG_ON_ZERO((perms) > 0777) + \
	 BUILD_BUG_ON_ZERO((((perms) >> 6) & 4) < (((perms) >> 3) & 4)) +     \
	 BUILD_BUG_ON_ZERO((((perms) >> 3) & 4) < ((perms)&4)) +              \
	 BUILD_BUG_ON_ZERO((((perms) >> 6) & 2) < (((perms) >> 3) & 2)) +     \
	 BUILD_BUG_ON_ZERO((perms)&2) + (perms))

#define __param_check(name, p, type)                             \
	static inline type __always_unused *__check_##name(void) \
	{                                                        \
		return (p);                                      \
	}

extern const struct kernel_param_ops param_ops_byte, param_ops_short, param_ops_ushort,
	param_ops_int, param_ops_uint, param_ops_long, param_ops_ulong, param_ops_ullong,
	param_ops_hexint, param_ops_charp, param_ops_bool, param_ops_bool_enable_only,
	param_ops_invbool, param_ops_bint, param_ops_string, param_array_ops;

#define param_check_byte(name, p) __param_check(name, p, unsigned char)
#define param_check_short(name, p) __param_check(name, p, short)
#define param_check_ushort(name, p) __param_check(name, p, unsigned short)
#define param_check_int(name, p) __param_check(name, p, int)
#define param_check_uint(name, p) __param_check(name, p, unsigned int)
#define param_check_long(name, p) __param_check(name, p, long)
#define param_check_ulong(name, p) __param_check(name, p, unsigned long)
#define param_check_ullong(name, p) __param_check(name, p, unsigned long long)
#define param_check_hexint(name, p) __param_check(name, p, unsigned int)
#define param_check_charp(name, p) __param_check(name, p, char *)
#define param_check_bool(name, p) __param_check(name, p, bool)
#define param_check_bool_enable_only param_check_bool
#define param_check_invbool(name, p) __param_check(name, p, bool)
#define param_check_bint param_check_int

/*
 * The ready-made operations, for use in operations of one's own. set: 0, -EINVAL (NULL or not of the type), -ERANGE
 * (does not fit), -ENOSPC (string too long), -ENOMEM. get: the length. Process context, may sleep.
 */
int param_set_byte(const char *val, const struct kernel_param *kp);
int param_get_byte(char *buffer, const struct kernel_param *kp);
int param_set_short(const char *val, const struct kernel_param *kp);
int param_get_short(char *buffer, const struct kernel_param *kp);
int param_set_ushort(const char *val, const struct kernel_param *kp);
int param_get_ushort(char *buffer, const struct kernel_param *kp);
int param_set_int(const char *val, const struct kernel_param *kp);
int param_get_int(char *buffer, const struct kernel_param *kp);
int param_set_uint(const char *val, const struct kernel_param *kp);
int param_get_uint(char *buffer, const struct kernel_param *kp);
/* As param_set_uint, refusing what is outside min..max with -EINVAL. */
int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min,
			  unsigned int max);
int param_set_long(const char *val, const struct kernel_param *kp);
int param_get_long(char *buffer, const struct kernel_param *kp);
int param_set_ulong(const char *val, const struct kernel_param *kp);
int param_get_ulong(char *buffer, const struct kernel_param *kp);
int param_set_ullong(const char *val, const struct kernel_param *kp);
int param_get_ullong(char *buffer, const struct kernel_param *kp);
int param_set_hexint(const char *val, const struct kernel_param *kp);
int param_get_hexint(char *buffer, const struct kernel_param *kp);
int param_set_charp(const char *val, const struct kernel_param *kp);
int param_get_charp(char *buffer, const struct kernel_param *kp);
void param_free_charp(void *arg);
int param_set_bool(const char *val, const struct kernel_param *kp);
int param_get_bool(char *buffer, const struct kernel_param *kp);
int param_set_bool_enable_only(const char *val, const struct kernel_param *kp);
int param_set_invbool(const char *val, const struct kernel_param *kp);
int param_get_invbool(char *buffer, const struct kernel_param *kp);
int param_set_bint(const char *val, const struct kernel_param *kp);
int param_set_copystring(const char *val, const struct kernel_param *kp);
int param_get_string(char *buffer, const struct kernel_param *kp);

/*
 * Holds off changes of mod's parameters through /sys while the module reads one that can change under it (a charp).
 * mod NULL: the built-ins'. Process context, may sleep; not to be nested.
 */
void kernel_param_lock(struct module *mod);
void kernel_param_unlock(struct module *mod);

/*
 * Parses "name=value name2=\"a b\" flag" and sets the parameters it names.
 *   doing    who is named in messages
 *   args     the text; modified
 *   params   num entries; only those with level min_level..max_level are set
 *   unknown  called for a name that is in no entry; 0 to go on or -errno. NULL: unknown names are refused
 * Returns the text behind "--", NULL at the end, or ERR_PTR: -ENOENT (unknown), -EINVAL, -ERANGE, -ENOSPC, -ENOMEM.
 */
char *parse_args(const char *doing, char *args, const struct kernel_param *params, unsigned int num,
		 s16 min_level, s16 max_level, void *arg,
		 int (*unknown)(char *param, char *val, const char *doing, void *arg));
/* Equal, with - and _ the same. */
bool parameq(const char *name1, const char *name2);
bool parameqn(const char *name1, const char *name2, size_t n);

#endif
