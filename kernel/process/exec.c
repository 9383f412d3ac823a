/*
 * execve: the calling process goes on with another program.
 *
 * 1. Everything that can fail is done first, beside the old program: the file is opened and its first bytes are read, an
 *    address space with a stack is made and the strings are copied to it, credentials are prepared.
 * 2. A binary format is found and checks the file; then it calls begin_new_exec(): the point of no return. From there on an
 *    error cannot be returned to the old program, which is gone; the process is killed instead.
 * 3. A format may ask for another file to be run instead (an interpreter): bprm->interpreter; the search then starts anew.
 * struct linux_binprm holds all of it and is freed in one place, bprm_free(), whatever has been reached.
 * The process's cred_guard_mutex is held from the computation of credentials to their use.
 */
#include <linux/binfmts.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <rakit/memory.h>
#include <rakit/reserve.h>
#include "process/process.h"

#define INTERPRETERS_MAX 5

/* Where the strings of the new program come from. */
struct exec_strings {
	const char __user *const __user *argv, *const __user *envp;
	const char *const *kernel_argv, *const *kernel_envp; /* if this one is set */
};

static bool is_noexec(const struct path *path)
{
	return (path->mnt->mnt_flags & MNT_NOEXEC) || (path->mnt->mnt_sb->s_flags & SB_NOEXEC) ||
	       (path->mnt->mnt_sb->s_iflags & SB_I_NOEXEC);
}

/* Opens what path names for running; its reference is the caller's still. */
static struct file *open_path(const struct path *path)
{
	struct inode *inode = path->dentry->d_inode;
	struct file *file;
	int err;

	if (!inode || !S_ISREG(inode->i_mode) || is_noexec(path))
		return ERR_PTR(-EACCES);
	err = inode_permission(inode, MAY_EXEC | MAY_OPEN);
	if (err)
		return ERR_PTR(err);
	file = dentry_open(path, O_RDONLY | O_LARGEFILE, current_cred());
	if (IS_ERR(file))
		return file;
	err = deny_write_access(file);
	if (!err)
		return file;
	fput(file);
	return ERR_PTR(err);
}

static struct file *open_program(int dfd, const struct filename *name, int flags)
{
	unsigned int lookup = (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) |
			      (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0);
	struct file *file;
	struct path path;
	int err;

	if (name->uptr && dfd != AT_FDCWD)
		err = user_path_at(dfd, name->uptr, lookup, &path);
	else
		err = kern_path(name->name, lookup, &path);
	if (err)
		return ERR_PTR(err);
	if (!(flags & AT_SYMLINK_NOFOLLOW) || !S_ISLNK(path.dentry->d_inode->i_mode))
		file = open_path(&path);
	else
		file = ERR_PTR(-ELOOP);
	path_put(&path);
	return file;
}

struct file *open_exec(const char *name)
{
	struct path path;
	struct file *file;
	int err = kern_path(name, LOOKUP_FOLLOW, &path);

	if (err)
		return ERR_PTR(err);
	file = open_path(&path);
	path_put(&path);
	return file;
}
EXPORT_SYMBOL(open_exec);

ssize_t read_code(struct file *file, unsigned long addr, loff_t pos, size_t len)
{
	return vfs_read(file, (char __user *)addr, len, &pos);
}
EXPORT_SYMBOL(read_code);

void would_dump(struct linux_binprm *bprm, struct file *file)
{
	if (inode_permission(file_inode(file), MAY_READ) < 0)
		bprm->interp_flags |= BINPRM_FLAGS_ENFORCE_NONDUMP;
}
EXPORT_SYMBOL(would_dump);

static void put_program(struct file *file)
{
	if (!file)
		return;
	allow_write_access(file);
	fput(file);
}

static void bprm_free(struct linux_binprm *bprm)
{
	bprm_unmap_page(bprm);
	if (bprm->mm)
		mmput(bprm->mm);
	if (bprm->cred) {
		mutex_unlock(&current->signal->cred_guard_mutex);
		abort_creds(bprm->cred);
	}
	put_program(bprm->file);
	if (bprm->executable)
		fput(bprm->executable);
	if (bprm->interp != bprm->filename)
		kfree(bprm->interp);
	kfree(bprm->fdpath);
	kfree(bprm);
}

int bprm_change_interp(const char *interp, struct linux_binprm *bprm)
{
	if (bprm->interp != bprm->filename)
		kfree(bprm->interp);
	bprm->interp = kstrdup(interp, GFP_KERNEL);
	return bprm->interp ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(bprm_change_interp);

static int bprm_make_mm(struct linux_binprm *bprm)
{
	const struct rlimit *stack = &current->signal->rlim[RLIMIT_STACK];
	int err;

	bprm->rlim_stack.rlim_cur = stack->rlim_cur;
	bprm->rlim_stack.rlim_max = stack->rlim_max;
	bprm->mm = mm_alloc();
	if (!bprm->mm)
		return -ENOMEM;
	err = setup_stack_area(bprm->mm, VM_STACK_FLAGS);
	if (err)
		return err;
	bprm->p = bprm->mm->start_stack - sizeof(void *);
	return 0;
}

static int bprm_copy_all(struct linux_binprm *bprm, const struct exec_strings *strings)
{
	int err = copy_string_kernel(bprm->filename, bprm);

	bprm->exec = bprm->p;
	if (strings->kernel_argv) {
		err = err ?: bprm_copy_kernel_strings(bprm->envc, strings->kernel_envp, bprm);
		return err ?: bprm_copy_kernel_strings(bprm->argc, strings->kernel_argv, bprm);
	}
	err = err ?: bprm_copy_strings(bprm->envc, strings->envp, bprm);
	return err ?: bprm_copy_strings(bprm->argc, strings->argv, bprm);
}

static int bprm_set_strings(struct linux_binprm *bprm, const struct exec_strings *strings)
{
	bool kernel = strings->kernel_argv != NULL;
	int err;

	bprm->argc = kernel ? bprm_count_kernel_strings(strings->kernel_argv)
			    : bprm_count_strings(strings->argv, MAX_ARG_STRINGS);
	if (bprm->argc < 0)
		return bprm->argc;
	bprm->envc = kernel ? bprm_count_kernel_strings(strings->kernel_envp)
			    : bprm_count_strings(strings->envp, MAX_ARG_STRINGS);
	if (bprm->envc < 0)
		return bprm->envc;
	err = bprm_limit_strings(bprm);
	if (err)
		return err;
	err = bprm_copy_all(bprm, strings);
	if (err || bprm->argc)
		return err;
	/* a program may rely on argv[0] */
	bprm->argc = 1;
	return copy_string_kernel("", bprm);
}

static int bprm_set_creds(struct linux_binprm *bprm)
{
	int err = mutex_lock_interruptible(&current->signal->cred_guard_mutex);

	if (err)
		return -ERESTARTNOINTR;
	err = bprm_prepare_creds(bprm);
	if (err)
		mutex_unlock(&current->signal->cred_guard_mutex);
	return err;
}

static int bprm_read_head(struct linux_binprm *bprm)
{
	loff_t pos = 0;
	ssize_t bytes;

	memset(bprm->buf, 0, sizeof(bprm->buf));
	bytes = kernel_read(bprm->file, bprm->buf, sizeof(bprm->buf), &pos);
	return bytes < 0 ? (int)bytes : 0;
}

/* The credentials come from the file run at last, the program itself for scripts. */
static int bprm_run(struct linux_binprm *bprm)
{
	int depth, err;

	for (depth = 0; depth <= INTERPRETERS_MAX; depth++) {
		struct file *program;

		err = bprm_read_head(bprm) ?: search_binary_handler(bprm);
		if (err || !bprm->interpreter)
			return err;
		program = bprm->file;
		bprm->file = bprm->interpreter;
		bprm->interpreter = NULL;
		allow_write_access(program);
		if (bprm->have_execfd && !bprm->executable)
			bprm->executable = program;
		else
			fput(program);
	}
	return -ELOOP;
}

static int bprm_fdpath(struct linux_binprm *bprm, int dfd, const struct filename *name)
{
	bprm->filename = name->name;
	if (dfd != AT_FDCWD && name->name[0] != '/') {
		bprm->fdpath = name->name[0]
				       ? kasprintf(GFP_KERNEL, "/dev/fd/%d/%s", dfd, name->name)
				       : kasprintf(GFP_KERNEL, "/dev/fd/%d", dfd);
		if (!bprm->fdpath)
			return -ENOMEM;
		bprm->filename = bprm->fdpath;
	}
	bprm->interp = bprm->filename;
	return 0;
}

static int bprm_prepare(struct linux_binprm *bprm, int dfd, const struct filename *name,
			const struct exec_strings *strings, int flags)
{
	int err = bprm_fdpath(bprm, dfd, name);

	if (err)
		return err;
	bprm->file = open_program(dfd, name, flags);
	if (IS_ERR(bprm->file)) {
		err = PTR_ERR(bprm->file);
		bprm->file = NULL;
		return err;
	}
	err = bprm_make_mm(bprm);
	err = err ?: bprm_set_strings(bprm, strings);
	return err ?: bprm_set_creds(bprm);
}

static int do_exec(int dfd, const struct filename *name, const struct exec_strings *strings,
		   int flags)
{
	struct linux_binprm *bprm = kzalloc(sizeof(*bprm), GFP_KERNEL);
	int err;

	if (!bprm)
		return -ENOMEM;
	err = bprm_prepare(bprm, dfd, name, strings, flags);
	if (!err) {
		current->in_execve = true;
		err = bprm_run(bprm);
		current->in_execve = false;
	}
	if (err && bprm->point_of_no_return && !fatal_signal_pending(current))
		force_sigsegv(SIGSEGV);
	bprm_free(bprm);
	return err;
}

/* What the new program must not inherit from the old one's rights. */
static void secure_exec(struct linux_binprm *bprm)
{
	current->pdeath_signal = 0;
	bprm->rlim_stack.rlim_cur = min(bprm->rlim_stack.rlim_cur, (unsigned long)_STK_LIM);
}

static int take_address_space(struct linux_binprm *bprm)
{
	int err;

	bprm_unmap_page(bprm);
	mm_release(current);
	bprm->mm->exe_file = get_file(bprm->file);
	(void)deny_write_access(
		bprm->file); /* counted once more, for as long as the program runs */
	err = exec_mmap(bprm->mm);
	if (!err)
		bprm->mm = NULL;
	return err;
}

static int leave_threads_and_files(struct task_struct *me)
{
	struct files_struct *displaced = NULL;
	int err = de_thread(me);

	if (err)
		return err;
	err = unshare_files(&displaced);
	if (displaced)
		put_files_struct(displaced);
	return err;
}

int begin_new_exec(struct linux_binprm *bprm)
{
	struct task_struct *me = current;
	int err = bprm_fill_uid(bprm, bprm->executable ? bprm->executable : bprm->file)
			  ?: bprm_creds_from_file(bprm);

	if (err)
		return err;
	bprm->point_of_no_return = true;
	err = leave_threads_and_files(me) ?: take_address_space(bprm);
	if (err)
		return err;
	if (!list_empty(&me->signal->posix_timers))
		exit_itimers(me->signal);
	flush_itimer_signals();
	module_reservations_end(me->tgid);
	err = unshare_sighand(me);
	if (err)
		return err;
	me->flags &= ~(PF_RANDOMIZE | PF_FORKNOEXEC | PF_KTHREAD | PF_NOFREEZE);
	flush_thread();
	me->personality &= ~bprm->per_clear;
	do_close_on_exec(me->files);
	if (bprm->secureexec)
		secure_exec(bprm);
	set_task_comm(me, kbasename(bprm->filename));
	flush_signal_handlers(me, 0);
	sas_ss_reset(me);
	me->robust_list = NULL;
	me->rseq = NULL;
	commit_creds(bprm->cred);
	bprm->cred = NULL;
	mutex_unlock(&me->signal->cred_guard_mutex);
	if (bprm->have_execfd) {
		int fd = get_unused_fd_flags(0);

		if (fd < 0)
			return fd;
		fd_install((unsigned int)fd, bprm->executable);
		bprm->executable = NULL;
		bprm->execfd = fd;
	}
	return 0;
}
EXPORT_SYMBOL(begin_new_exec);

void setup_new_exec(struct linux_binprm *bprm)
{
	current->restart_block.fn = NULL;
}
EXPORT_SYMBOL(setup_new_exec);

/* The stack was made where it stays, so there is nothing to move. */
int setup_arg_pages(struct linux_binprm *bprm, unsigned long stack_top, int executable_stack)
{
	current->mm->arg_start = bprm->p;
	current->mm->start_stack = bprm->p;
	return 0;
}
EXPORT_SYMBOL(setup_arg_pages);

void finalize_exec(struct linux_binprm *bprm)
{
	struct rlimit *stack = &current->signal->rlim[RLIMIT_STACK];

	task_lock(current->group_leader);
	stack->rlim_cur = bprm->rlim_stack.rlim_cur;
	stack->rlim_max = bprm->rlim_stack.rlim_max;
	task_unlock(current->group_leader);
}
EXPORT_SYMBOL(finalize_exec);

int do_execve(struct filename *filename, const char __user *const __user *argv,
	      const char __user *const __user *envp)
{
	struct exec_strings strings = { .argv = argv, .envp = envp };

	return do_exec(AT_FDCWD, filename, &strings, 0);
}

int kernel_execve(const char *path, const char *const *argv, const char *const *envp)
{
	struct exec_strings strings = { .kernel_argv = argv, .kernel_envp = envp };
	struct filename *name = getname_kernel(path);
	int err;

	if (IS_ERR(name))
		return PTR_ERR(name);
	err = do_exec(AT_FDCWD, name, &strings, 0);
	putname(name);
	return err;
}

/* On success the registers are the new program's: ax among them, so the value returned must be the one it has. */
static long exec_call(int dfd, struct filename *name, const struct exec_strings *strings, int flags)
{
	int err;

	if (IS_ERR(name))
		return PTR_ERR(name);
	err = do_exec(dfd, name, strings, flags);
	putname(name);
	return err ?: (long)current_pt_regs()->ax;
}

SYSCALL_DEFINE3(execve, const char __user *, filename, const char __user *const __user *, argv,
		const char __user *const __user *, envp)
{
	struct exec_strings strings = { .argv = argv, .envp = envp };

	return exec_call(AT_FDCWD, getname(filename), &strings, 0);
}

SYSCALL_DEFINE5(execveat, int, dfd, const char __user *, filename,
		const char __user *const __user *, argv, const char __user *const __user *, envp,
		int, flags)
{
	struct exec_strings strings = { .argv = argv, .envp = envp };

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	return exec_call(dfd,
			 getname_flags(filename, flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0, NULL),
			 &strings, flags);
}
