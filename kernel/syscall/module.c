/*
 * init_module, finit_module, delete_module: from user memory or a file to a struct load, and back to a number.
 * Privilege and arguments are checked first; everything else is kernel/module's. Source: init_module(2),
 * delete_module(2).
 */
#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <rakit/refusal.h>
#include "module/module.h"
#include "syscall/module_file.h"

#define ARGS_MAX 65536

/* name: of module or file, as far as it is known. */
static long permit(const char *call, bool load, const char *name)
{
	struct refusal_mark mark;

	refusal_begin(&mark);
	return refusal_end(&mark, call, name, module_permit(load, name));
}

static void close_source(void *source)
{
	module_file_close(source);
}

static const char *file_name(const struct file *file)
{
	return (const char *)file->f_path.dentry->d_name.name;
}

/* Closes source. from: the file, NULL: memory. */
static long load_source(struct module_file *source, struct file *from, const char __user *uargs,
			int flags)
{
	struct load load = { .file = source->bytes,
			     .size = source->size,
			     .flags = flags,
			     .close = close_source,
			     .source = source,
			     .from = from };
	struct refusal_mark mark;
	long result;

	strscpy(load.origin, from ? file_name(from) : "", sizeof(load.origin));
	load.args = strndup_user(uargs, ARGS_MAX);
	if (IS_ERR(load.args)) {
		module_file_close(source);
		return PTR_ERR(load.args);
	}
	refusal_begin(&mark);
	result = module_load(&load);
	module_file_close(source);
	audit_load(&load, (int)result);
	return refusal_end(&mark, "load", load.name[0] ? load.name : load.origin, result);
}

SYSCALL_DEFINE3(init_module, void __user *, image, unsigned long, size, const char __user *, uargs)
{
	struct module_file source = { 0 };
	int error;

	if (permit("init_module", true, ""))
		return -EPERM;
	error = module_file_copy(&source, image, size);
	if (!error)
		return load_source(&source, NULL, uargs, 0);
	module_file_close(&source);
	return error;
}

SYSCALL_DEFINE3(finit_module, int, fd, const char __user *, uargs, int, flags)
{
	struct fd f = fdget((unsigned int)fd);
	struct module_file source = { 0 };
	long error = permit("finit_module", true, f.file ? file_name(f.file) : "");

	if (!error && flags & ~(LOAD_IGNORE_VERSIONS | LOAD_IGNORE_VERMAGIC))
		error = -EINVAL;
	if (!error)
		error = f.file ? module_file_open(&source, f.file) : -EBADF;
	if (!error)
		error = load_source(&source, f.file, uargs, flags);
	module_file_close(&source);
	fdput(f);
	return error;
}

SYSCALL_DEFINE2(delete_module, const char __user *, user_name, unsigned int, flags)
{
	char name[MODULE_NAME_LEN] = "";
	struct refusal_mark mark;
	long result = strncpy_from_user(name, user_name, sizeof(name) - 1);

	name[result < 0 ? 0 : (long)sizeof(name) - 1] = '\0';
	if (permit("delete_module", false, name))
		return -EPERM;
	if (result < 0)
		return -EFAULT;
	refusal_begin(&mark);
	result = module_unload(name, flags);
	audit_unload(name, flags & O_TRUNC, (int)result);
	return refusal_end(&mark, "unload", name, result);
}
