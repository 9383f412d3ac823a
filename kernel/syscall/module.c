/*
 * init_module, finit_module, delete_module: from user memory or a file to a struct load, and back to a number.
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

#define FILE_MAX (64ul << 20)
#define ARGS_MAX 65536

/* One way: once true nobody loads or unloads any more. */
static bool modules_disabled;
core_param(modules_disabled, modules_disabled, bool_enable_only, 0644);

static bool may_change_modules(void)
{
	return capable(CAP_SYS_MODULE) && !modules_disabled;
}

/* Takes over file. call: the name of the system call, origin: that of the file, for reports. */
static long load_file(const char *call, void *file, size_t size, const char *origin,
		      const char __user *uargs, int flags)
{
	struct load load = { .file = file, .size = size, .flags = flags };
	struct refusal_mark mark;
	long result;

	strscpy(load.origin, origin, sizeof(load.origin));
	load.args = strndup_user(uargs, ARGS_MAX);
	if (IS_ERR(load.args)) {
		kvfree(file);
		return PTR_ERR(load.args);
	}
	refusal_begin(&mark);
	result = module_load(&load);
	kvfree(file);
	return refusal_end(&mark, call, load.name[0] ? load.name : NULL, result);
}

SYSCALL_DEFINE3(init_module, void __user *, image, unsigned long, size, const char __user *, uargs)
{
	void *file;

	if (!may_change_modules())
		return -EPERM;
	if (size < sizeof(struct elf_header) || size > FILE_MAX)
		return -ENOEXEC;
	file = kvmalloc(size, GFP_KERNEL);
	if (!file)
		return -ENOMEM;
	if (copy_from_user(file, image, size)) {
		kvfree(file);
		return -EFAULT;
	}
	return load_file("init_module", file, size, "", uargs, 0);
}

static long read_module(struct file *file, void **bytes)
{
	loff_t size, pos = 0;
	ssize_t n;

	if (!(file->f_mode & FMODE_READ))
		return -EBADF;
	if (!S_ISREG(file_inode(file)->i_mode))
		return -EINVAL;
	size = i_size_read(file_inode(file));
	if (size < (loff_t)sizeof(struct elf_header) || size > (loff_t)FILE_MAX)
		return -ENOEXEC;
	*bytes = kvmalloc((size_t)size, GFP_KERNEL);
	if (!*bytes)
		return -ENOMEM;
	n = kernel_read(file, *bytes, (size_t)size, &pos);
	if (n == (ssize_t)size)
		return (long)n;
	kvfree(*bytes);
	return n < 0 ? n : -EIO;
}

SYSCALL_DEFINE3(finit_module, int, fd, const char __user *, uargs, int, flags)
{
	void *bytes;
	struct fd f;
	long size;

	if (!may_change_modules())
		return -EPERM;
	if (flags & ~(LOAD_IGNORE_VERSIONS | LOAD_IGNORE_VERMAGIC))
		return -EINVAL;
	f = fdget((unsigned int)fd);
	if (!f.file)
		return -EBADF;
	size = read_module(f.file, &bytes);
	if (size > 0)
		size = load_file("finit_module", bytes, (size_t)size,
				 (const char *)f.file->f_path.dentry->d_name.name, uargs, flags);
	fdput(f);
	return size;
}

SYSCALL_DEFINE2(delete_module, const char __user *, user_name, unsigned int, flags)
{
	char name[MODULE_NAME_LEN];
	struct refusal_mark mark;
	long length;

	if (!may_change_modules())
		return -EPERM;
	length = strncpy_from_user(name, user_name, sizeof(name) - 1);
	if (length < 0)
		return -EFAULT;
	name[sizeof(name) - 1] = '\0';
	refusal_begin(&mark);
	return refusal_end(&mark, "delete_module", name, module_unload(name, flags));
}
