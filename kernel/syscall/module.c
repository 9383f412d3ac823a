/*
 * init_module, finit_module, delete_module, and create_module and query_module of the two-stage protocol: from user
 * memory or a file to a struct load, and back to a number.
 * Privilege and arguments are checked first; everything else is kernel/module's. Source: init_module(2),
 * delete_module(2).
 */
#include <linux/capability.h>
#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
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

/* Closes source. from: the file, NULL: memory. linked: of a two-stage load, or NULL. */
static long load_source(struct module_file *source, struct file *from, const char __user *uargs,
			int flags, const struct module_linked *linked)
{
	struct load load = { .file = source->bytes,
			     .size = source->size,
			     .flags = flags & ~MODULE_INIT_LINKED,
			     .linked = linked,
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
		return load_source(&source, NULL, uargs, 0, NULL);
	module_file_close(&source);
	return error;
}

static long load_file(struct file *file, const char __user *uargs, int flags)
{
	struct module_file source = { 0 };
	struct module_linked linked;
	bool two_stage = flags & MODULE_INIT_LINKED;
	long error = 0;

	if (two_stage) {
		if (copy_from_user(&linked, uargs, sizeof(linked)))
			return -EFAULT;
		uargs = (const char __user *)linked.args;
	}
	error = module_file_open(&source, file);
	if (!error)
		error = load_source(&source, file, uargs, flags, two_stage ? &linked : NULL);
	module_file_close(&source);
	return error;
}

SYSCALL_DEFINE3(finit_module, int, fd, const char __user *, uargs, int, flags)
{
	struct fd f = fdget((unsigned int)fd);
	long error = permit("finit_module", true, f.file ? file_name(f.file) : "");

	if (!error && flags & ~(LOAD_IGNORE_VERSIONS | LOAD_IGNORE_VERMAGIC | MODULE_INIT_LINKED))
		error = -EINVAL;
	if (!error)
		error = f.file ? load_file(f.file, uargs, flags) : -EBADF;
	fdput(f);
	return error;
}

static int copy_name(char *name, const char __user *user_name)
{
	long length = strncpy_from_user(name, user_name, MODULE_NAME_LEN);

	if (length < 0)
		return -EFAULT;
	return length < MODULE_NAME_LEN ? 0 : -ENAMETOOLONG;
}

/* Reserves memory for a module that the caller links itself; its address, or -errno. Source: create_module(2). */
SYSCALL_DEFINE2(create_module, const char __user *, user_name, size_t, size)
{
	char name[MODULE_NAME_LEN];
	unsigned long address;
	struct refusal_mark mark;
	int error;

	error = copy_name(name, user_name);
	if (permit("create_module", true, error ? "" : name))
		return -EPERM;
	if (error)
		return error == -EFAULT ? error : -EINVAL;
	refusal_begin(&mark);
	error = module_reserve(name, size, &address);
	refusal_end(&mark, "create_module", name, error);
	return error ?: (long)address;
}

static long give_answer(const struct module_answer *answer, void __user *buf, size_t bufsize,
			size_t __user *ret)
{
	if (put_user(answer->used > bufsize ? answer->used : answer->count, ret))
		return -EFAULT;
	if (answer->used > bufsize)
		return -ENOSPC;
	return copy_to_user(buf, answer->bytes, answer->used) ? -EFAULT : 0;
}

SYSCALL_DEFINE5(query_module, const char __user *, user_name, int, which, void __user *, buf,
		size_t, bufsize, size_t __user *, ret)
{
	struct module_answer answer = { .addresses = capable(CAP_SYS_MODULE) };
	char name[MODULE_NAME_LEN];
	long error = user_name ? copy_name(name, user_name) : 0;

	if (error)
		return error == -EFAULT ? error : -ENOENT;
	error = module_query(&answer, user_name ? name : NULL, which);
	if (!error && which)
		error = give_answer(&answer, buf, bufsize, ret);
	kvfree(answer.bytes);
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
