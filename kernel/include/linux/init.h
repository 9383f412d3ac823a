/*
 * Marks for code and data that live only during start-up (of the kernel or of a module) or only for the exit, and
 * the registration of start-up functions.
 *
 * Memory marked __init or __initdata is unmapped when the init function has returned: a later reference faults.
 * Built-in code marked __exit is never kept, since a built-in cannot be unloaded. Source: Linux 5.10 init.h.
 */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/stringify.h>

#define __init __section(".init.text") __cold
#define __initdata __section(".init.data")
#define __initconst __section(".init.rodata")
/* Built in, nothing calls it; in a module module_exit() does, and clang would keep a used function only as the alias. */
#ifdef MODULE
#define __exit __section(".exit.text") __cold
#else
#define __exit __section(".exit.text") __used __cold
#endif
#define __exitdata __section(".exit.data")
/* A reference to init memory that the author knows to be made only while it exists. */
#define __ref noinline
#define __refdata
#define __refconst
#define __exit_p(x) (x)
/* Written only by init, read-only afterwards. */
#define __ro_after_init __section(".data..ro_after_init")
#define __read_mostly __section(".data..read_mostly")

#define __devinit
#define __devexit
#define __cpuinit
#define __meminit
#define __memexit

/* A start-up function: process context, may sleep; 0 or -errno (logged for a built-in, refuses the load of a module). */
typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);

#ifndef MODULE
/*
 * Built in: the function runs once at boot, in ascending level and within a level in link order. do_initcalls()
 * (kernel/module/builtin.c) runs them in the thread kernel_init, interrupts on.
 */
#define __define_initcall(fn, level)                            \
	static const initcall_t __PASTE(__initcall_##fn, level) \
	__used __section(".initcall" #level ".init") = fn

#define pure_initcall(fn) __define_initcall(fn, 0)
#define core_initcall(fn) __define_initcall(fn, 1)
#define core_initcall_sync(fn) __define_initcall(fn, 1)
#define postcore_initcall(fn) __define_initcall(fn, 2)
#define postcore_initcall_sync(fn) __define_initcall(fn, 2)
#define arch_initcall(fn) __define_initcall(fn, 3)
#define arch_initcall_sync(fn) __define_initcall(fn, 3)
#define subsys_initcall(fn) __define_initcall(fn, 4)
#define subsys_initcall_sync(fn) __define_initcall(fn, 4)
#define fs_initcall(fn) __define_initcall(fn, 5)
#define fs_initcall_sync(fn) __define_initcall(fn, 5)
#define rootfs_initcall(fn) __define_initcall(fn, 5)
#define device_initcall(fn) __define_initcall(fn, 6)
#define device_initcall_sync(fn) __define_initcall(fn, 6)
#define late_initcall(fn) __define_initcall(fn, 7)
#define late_initcall_sync(fn) __define_initcall(fn, 7)
#define __initcall(fn) device_initcall(fn)
#define __exitcall(fn) \
	static const exitcall_t __exitcall_##fn __used __section(".exitcall.exit") = fn

/*
 * An option of the kernel command line that is no module parameter. `__setup("name=", fn)`: fn(text behind the name)
 * returns 1 when it took the option. early_param options are handled before the others; fn returns 0 or -errno.
 */
struct obs_kernel_param {
	const char *str;
	int (*setup_func)(char *value);
	int early;
};
#define __setup_param(text, id, fn, is_early)                                             \
	static const char __setup_str_##id[] __used __section(".init.rodata") = text;     \
	static const struct obs_kernel_param __setup_##id __used __section(".init.setup") \
		__aligned(4) = { __setup_str_##id, fn, is_early }
#define __setup(text, fn) __setup_param(text, fn, fn, 0)
#define early_param(text, fn) __setup_param(text, fn, fn, 1)

/* Runs the built-in start-up functions of all levels; once, from kernel_init. */
void do_initcalls(void);
/*
 * Hands the kernel command line to __setup functions and to the parameters of built-in modules (module.param=value);
 * what nobody takes stays available to modprobe in /proc/cmdline. Once, before do_initcalls().
 */
void boot_params_parse(const char *text);

#else /* MODULE */

#define __setup_param(text, id, fn, is_early)
#define __setup(text, fn)
#define early_param(text, fn)
#define core_initcall(fn) module_init(fn)
#define core_initcall_sync(fn) module_init(fn)
#define postcore_initcall(fn) module_init(fn)
#define postcore_initcall_sync(fn) module_init(fn)
#define arch_initcall(fn) module_init(fn)
#define subsys_initcall(fn) module_init(fn)
#define subsys_initcall_sync(fn) module_init(fn)
#define fs_initcall(fn) module_init(fn)
#define fs_initcall_sync(fn) module_init(fn)
#define rootfs_initcall(fn) module_init(fn)
#define device_initcall(fn) module_init(fn)
#define device_initcall_sync(fn) module_init(fn)
#define late_initcall(fn) module_init(fn)
#define late_initcall_sync(fn) module_init(fn)

#endif /* MODULE */

#endif
