/*
 * /proc/PID: a directory per process, /proc/PID/task/TID per thread.
 *
 * Nothing is kept: names are looked up when asked for, and each inode remembers the struct pid (not the task) and the table
 * entry it stands for. A name is valid as long as the pid has a task; d_revalidate asks that each time. What belongs
 * to another user's process (memory, environment, descriptors, links) is open to its user and to CAP_SYS_PTRACE.
 *
 * Locks: tasks are found and read under rcu_read_lock(); memory maps under mmap_lock; descriptors under preemption off.
 */
#include "vfs/vfs.h"
#include "vfs/pseudo.h"
#include <linux/fdtable.h>
#include <linux/hash.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/proc_fs.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/signal.h>
#include <linux/tty.h>
#include <rakit/memory.h>

/* What an entry of a process's directory is. */
struct pid_entry {
	const char *name;
	umode_t mode;
	/* Files: print; links: the path (referenced). */
	int (*show)(struct seq_file *m, struct task_struct *task);
	int (*link)(struct task_struct *task, unsigned int fd, struct path *path);
	ssize_t (*write)(struct task_struct *task, char *text);
	const struct inode_operations *iops; /* directories */
	const struct file_operations *fops;
};

/* i_private of these inodes. */
struct pid_inode {
	struct pid *pid;
	const struct pid_entry *entry;
	unsigned int fd; /* of fd/N */
};

static const struct dentry_operations pid_dentry_ops;
static const struct inode_operations pid_dir_iops, thread_dir_iops, task_dir_iops, fd_dir_iops,
	file_iops, link_iops;
static const struct file_operations pid_dir_fops, thread_dir_fops, task_dir_fops, fd_dir_fops,
	show_fops;

static struct pid_inode *pid_inode_of(const struct inode *inode)
{
	return inode->i_private;
}

/* The task, referenced; NULL: it is gone. */
static struct task_struct *inode_task(const struct inode *inode)
{
	return get_pid_task(pid_inode_of(inode)->pid, PIDTYPE_PID);
}

static bool may_inspect(struct task_struct *task)
{
	bool same;

	rcu_read_lock();
	same = uid_eq(current_fsuid(), task_euid(task)) && uid_eq(current_fsuid(), task_uid(task));
	rcu_read_unlock();
	return same || capable(CAP_SYS_PTRACE);
}

/* Inodes. */

static struct inode *pid_inode_new(struct super_block *sb, struct task_struct *task,
				   const struct pid_entry *entry, unsigned int fd)
{
	struct pid_inode *pi = kzalloc(sizeof(*pi), GFP_KERNEL);
	struct inode *inode = pi ? new_inode(sb) : NULL;

	if (!inode) {
		kfree(pi);
		return NULL;
	}
	pi->pid = get_task_pid(task, PIDTYPE_PID);
	pi->entry = entry;
	pi->fd = fd;
	inode->i_private = pi;
	inode->i_mode = entry->mode;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	rcu_read_lock();
	inode->i_uid = task_euid(task);
	inode->i_gid = __task_cred(task)->egid;
	rcu_read_unlock();
	inode->i_op = entry->iops;
	inode->i_fop = entry->fops;
	if (S_ISDIR(entry->mode)) {
		set_nlink(inode, 2);
	} else if (S_ISLNK(entry->mode)) {
		inode->i_op = &link_iops;
	} else {
		inode->i_op = &file_iops;
		inode->i_fop = &show_fops;
	}
	return inode;
}

void proc_pid_evict(struct inode *inode)
{
	struct pid_inode *pi = pid_inode_of(inode);

	if (pi) {
		put_pid(pi->pid);
		kfree(pi);
	}
}

static int pid_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct inode *inode = d_inode(dentry);
	struct task_struct *task;

	if (!inode)
		return 0;
	if (!pid_inode_of(inode)) /* self, thread-self */
		return 1;
	task = inode_task(inode);
	if (!task)
		return 0;
	rcu_read_lock();
	inode->i_uid = task_euid(task);
	inode->i_gid = __task_cred(task)->egid;
	rcu_read_unlock();
	put_task_struct(task);
	return 1;
}

static int pid_delete_dentry(const struct dentry *dentry)
{
	return 1;
}

static const struct dentry_operations pid_dentry_ops = {
	.d_revalidate = pid_revalidate,
	.d_delete = pid_delete_dentry,
};

static struct dentry *instantiate(struct dentry *dentry, struct task_struct *task,
				  const struct pid_entry *entry, unsigned int fd)
{
	struct inode *inode = pid_inode_new(dentry->d_sb, task, entry, fd);

	if (!inode)
		return ERR_PTR(-ENOMEM);
	d_set_d_op(dentry, &pid_dentry_ops);
	d_add(dentry, inode);
	return NULL;
}

/* Files: one show function. */

static int task_show(struct seq_file *m, void *v)
{
	struct inode *inode = m->private;
	struct task_struct *task = inode_task(inode);
	int error;

	if (!task)
		return -ESRCH;
	error = pid_inode_of(inode)->entry->show(m, task);
	put_task_struct(task);
	return error;
}

static int show_open(struct inode *inode, struct file *file)
{
	struct task_struct *task = inode_task(inode);
	bool allowed;

	if (!task)
		return -ESRCH;
	allowed = (inode->i_mode & S_IROTH) || may_inspect(task);
	put_task_struct(task);
	if (!allowed)
		return -EACCES;
	if (!pid_inode_of(inode)->entry->show)
		return 0;
	return single_open(file, task_show, inode);
}

static ssize_t show_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct inode *inode = file_inode(file);
	const struct pid_entry *entry = pid_inode_of(inode)->entry;
	struct task_struct *task;
	char text[64];
	ssize_t result;

	if (!entry->write)
		return -EINVAL;
	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buf, count))
		return -EFAULT;
	text[count] = 0;
	task = inode_task(inode);
	if (!task)
		return -ESRCH;
	result = may_inspect(task) ? entry->write(task, strim(text)) : -EACCES;
	put_task_struct(task);
	return result < 0 ? result : (ssize_t)count;
}

static const struct file_operations show_fops = {
	.open = show_open,
	.read = seq_read,
	.write = show_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static const struct inode_operations file_iops = {};

/* Links. */

static const char *pid_get_link(struct dentry *dentry, struct inode *inode,
				struct delayed_call *done)
{
	struct pid_inode *pi = pid_inode_of(inode);
	struct task_struct *task;
	struct path path;
	int error = -EACCES;

	if (!dentry)
		return ERR_PTR(-ECHILD);
	task = inode_task(inode);
	if (!task)
		return ERR_PTR(-ESRCH);
	if (may_inspect(task))
		error = pi->entry->link(task, pi->fd, &path);
	put_task_struct(task);
	if (!error)
		error = nd_jump_link(&path);
	return ERR_PTR(error);
}

static int pid_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	struct inode *inode = d_inode(dentry);
	struct pid_inode *pi = pid_inode_of(inode);
	struct task_struct *task = inode_task(inode);
	struct path path;
	char *page, *text;
	int len = -EACCES;

	if (!task)
		return -ESRCH;
	if (may_inspect(task))
		len = pi->entry->link(task, pi->fd, &path);
	put_task_struct(task);
	if (len)
		return len;
	page = (char *)__get_free_page(GFP_KERNEL);
	len = -ENOMEM;
	if (page) {
		text = d_path(&path, page, PAGE_SIZE);
		len = PTR_ERR(text);
		if (!IS_ERR(text)) {
			len = min_t(int, page + PAGE_SIZE - 1 - text, buflen);
			if (copy_to_user(buffer, text, len))
				len = -EFAULT;
		}
		free_page((unsigned long)page);
	}
	path_put(&path);
	return len;
}

static const struct inode_operations link_iops = { .get_link = pid_get_link,
						   .readlink = pid_readlink };

static int cwd_link(struct task_struct *task, unsigned int fd, struct path *path)
{
	int error = -ENOENT;

	task_lock(task);
	if (task->fs) {
		get_fs_pwd(task->fs, path);
		error = 0;
	}
	task_unlock(task);
	return error;
}

static int root_link(struct task_struct *task, unsigned int fd, struct path *path)
{
	int error = -ENOENT;

	task_lock(task);
	if (task->fs) {
		get_fs_root(task->fs, path);
		error = 0;
	}
	task_unlock(task);
	return error;
}

static int exe_link(struct task_struct *task, unsigned int fd, struct path *path)
{
	struct mm_struct *mm = get_task_mm(task);
	int error = -ENOENT;

	if (!mm)
		return error;
	mmap_read_lock(mm);
	if (mm->exe_file) {
		*path = mm->exe_file->f_path;
		path_get(path);
		error = 0;
	}
	mmap_read_unlock(mm);
	mmput(mm);
	return error;
}

/* The file of another process's descriptor, referenced. */
static struct file *task_file(struct task_struct *task, unsigned int fd)
{
	struct file *file = NULL;

	task_lock(task); /* preemption is off: the table stays */
	if (task->files && fd < task->files->fdt->max_fds)
		file = task->files->fdt->fd[fd];
	if (file)
		get_file(file);
	task_unlock(task);
	return file;
}

static int fd_link(struct task_struct *task, unsigned int fd, struct path *path)
{
	struct file *file = task_file(task, fd);

	if (!file)
		return -ENOENT;
	*path = file->f_path;
	path_get(path);
	fput(file);
	return 0;
}

/* status and stat. */

static void put_signals(struct seq_file *m, const char *name, const sigset_t *set)
{
	seq_printf(m, "%s\t%08lx%08lx\n", name, set->sig[1], set->sig[0]);
}

static void show_signals(struct seq_file *m, struct task_struct *task)
{
	sigset_t pending, shared, blocked, ignored, caught;
	int sig;

	sigemptyset(&ignored);
	sigemptyset(&caught);
	pending = task->pending.signal;
	shared = task->signal->shared_pending.signal;
	blocked = task->blocked;
	for (sig = 1; task->sighand && sig <= _NSIG; sig++) {
		__sighandler_t handler = task->sighand->action[sig - 1].sa.sa_handler;

		if (handler == SIG_IGN)
			sigaddset(&ignored, sig);
		else if (handler != SIG_DFL)
			sigaddset(&caught, sig);
	}
	put_signals(m, "SigPnd:", &pending);
	put_signals(m, "ShdPnd:", &shared);
	put_signals(m, "SigBlk:", &blocked);
	put_signals(m, "SigIgn:", &ignored);
	put_signals(m, "SigCgt:", &caught);
}

static void put_capabilities(struct seq_file *m, const char *name, const kernel_cap_t *cap)
{
	seq_printf(m, "%s\t%08x%08x\n", name, cap->cap[1], cap->cap[0]);
}

static void show_credentials(struct seq_file *m, struct task_struct *task)
{
	const struct cred *cred = get_task_cred(task);
	int i;

	seq_printf(m, "Uid:\t%u\t%u\t%u\t%u\n", __kuid_val(cred->uid), __kuid_val(cred->euid),
		   __kuid_val(cred->suid), __kuid_val(cred->fsuid));
	seq_printf(m, "Gid:\t%u\t%u\t%u\t%u\n", __kgid_val(cred->gid), __kgid_val(cred->egid),
		   __kgid_val(cred->sgid), __kgid_val(cred->fsgid));
	seq_printf(m, "FDSize:\t%u\nGroups:\t", task->files ? task->files->fdt->max_fds : 0);
	for (i = 0; i < cred->group_info->ngroups; i++)
		seq_printf(m, "%u ", __kgid_val(cred->group_info->gid[i]));
	seq_putc(m, '\n');
	put_cred(cred);
}

static void show_memory(struct seq_file *m, struct mm_struct *mm)
{
	static const unsigned int k = PAGE_SHIFT - 10;

	seq_printf(m, "VmSize:\t%8lu kB\nVmLck:\t%8lu kB\nVmHWM:\t%8lu kB\nVmRSS:\t%8lu kB\n",
		   mm->total_vm << k, mm->locked_vm << k, max(mm->hiwater_rss, get_mm_rss(mm)) << k,
		   get_mm_rss(mm) << k);
	seq_printf(m, "RssAnon:\t%8d kB\nRssFile:\t%8d kB\n", atomic_long_read(&mm->rss_anon) << k,
		   atomic_long_read(&mm->rss_file) << k);
	seq_printf(m, "VmData:\t%8lu kB\nVmStk:\t%8lu kB\nVmExe:\t%8lu kB\n", mm->data_vm << k,
		   mm->stack_vm << k,
		   (PAGE_ALIGN(mm->end_code) - (mm->start_code & PAGE_MASK)) >> 10);
}

static pid_t parent_pid(struct task_struct *task)
{
	pid_t pid;

	rcu_read_lock();
	pid = task->real_parent ? task->real_parent->tgid : 0;
	rcu_read_unlock();
	return pid;
}

static int status_show(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);
	const struct cred *cred;
	char comm[TASK_COMM_LEN];

	get_task_comm(comm, task);
	seq_puts(m, "Name:\t");
	seq_escape(m, comm, "\n\\");
	seq_printf(m,
		   "\nUmask:\t%04o\nState:\t%c "
		   "(%s)\nTgid:\t%d\nNgid:\t0\nPid:\t%d\nPPid:\t%d\nTracerPid:\t0\n",
		   task->fs ? task->fs->umask : 0, task_state_to_char(task), task_state_name(task),
		   task->tgid, task->pid, parent_pid(task));
	show_credentials(m, task);
	if (mm) {
		show_memory(m, mm);
		mmput(mm);
	}
	seq_printf(m, "Threads:\t%d\n", get_nr_threads(task));
	show_signals(m, task);
	cred = get_task_cred(task);
	put_capabilities(m, "CapInh:", &cred->cap_inheritable);
	put_capabilities(m, "CapPrm:", &cred->cap_permitted);
	put_capabilities(m, "CapEff:", &cred->cap_effective);
	put_capabilities(m, "CapBnd:", &cred->cap_bset);
	put_capabilities(m, "CapAmb:", &cred->cap_ambient);
	put_cred(cred);
	seq_printf(m,
		   "Cpus_allowed:\t1\nvoluntary_ctxt_switches:\t%lu\nnonvoluntary_ctxt_switches:\t%"
		   "lu\n",
		   task->nvcsw, task->nivcsw);
	return 0;
}

static void put_number(struct seq_file *m, unsigned long long n)
{
	seq_put_decimal_ull(m, " ", n);
}

static void put_signed(struct seq_file *m, long long n)
{
	seq_put_decimal_ll(m, " ", n);
}

static int stat_of(struct seq_file *m, struct task_struct *task, bool whole)
{
	struct mm_struct *mm = get_task_mm(task);
	struct signal_struct *sig = task->signal;
	u64 utime = task->utime, stime = task->stime;
	char comm[TASK_COMM_LEN];
	int i, tty_nr = 0, tty_pgrp = -1;

	get_task_comm(comm, task);
	if (whole)
		thread_group_cputime(task, &utime, &stime);
	if (sig->tty) {
		tty_nr = new_encode_dev(tty_devnum(sig->tty));
		tty_pgrp = pid_nr(sig->tty->pgrp);
	}
	seq_printf(m, "%d (%s) %c %d %d %d %d %d %u", task->pid, comm, task_state_to_char(task),
		   parent_pid(task), task_pgrp_nr(task), task_session_nr(task), tty_nr, tty_pgrp,
		   task->flags);
	put_number(m, task->min_flt);
	put_number(m, sig->cmin_flt);
	put_number(m, task->maj_flt);
	put_number(m, sig->cmaj_flt);
	put_number(m, nsec_to_clock_t(utime));
	put_number(m, nsec_to_clock_t(stime));
	put_number(m, nsec_to_clock_t(sig->cutime));
	put_number(m, nsec_to_clock_t(sig->cstime));
	put_signed(m, task_prio(task));
	put_signed(m, task_nice(task));
	put_signed(m, get_nr_threads(task));
	put_number(m, 0);
	put_number(m, nsec_to_clock_t(task->start_time));
	put_number(m, mm ? mm->total_vm << PAGE_SHIFT : 0);
	put_number(m, mm ? get_mm_rss(mm) : 0);
	put_number(m, task_rlimit(task, RLIMIT_RSS));
	put_number(m, mm ? mm->start_code : 0);
	put_number(m, mm ? mm->end_code : 0);
	put_number(m, mm && may_inspect(task) ? mm->start_stack : 0);
	for (i = 0; i < 2; i++) /* esp, eip: of running programs only in core dumps */
		put_number(m, 0);
	put_number(m, task->pending.signal.sig[0] & 0x7fffffffUL);
	put_number(m, task->blocked.sig[0] & 0x7fffffffUL);
	for (i = 0; i < 5; i++) /* sigignore, sigcatch (see status), wchan, nswap, cnswap */
		put_number(m, 0);
	put_signed(m, task->exit_signal);
	put_signed(m, 0); /* CPU */
	put_number(m, task->rt_priority);
	put_number(m, task->policy);
	for (i = 0; i < 3; i++) /* delays, guest times */
		put_number(m, 0);
	put_number(m, mm ? mm->start_data : 0);
	put_number(m, mm ? mm->end_data : 0);
	put_number(m, mm ? mm->start_brk : 0);
	put_number(m, mm ? mm->arg_start : 0);
	put_number(m, mm ? mm->arg_end : 0);
	put_number(m, mm ? mm->env_start : 0);
	put_number(m, mm ? mm->env_end : 0);
	put_signed(m, 0);
	seq_putc(m, '\n');
	if (mm)
		mmput(mm);
	return 0;
}

static int stat_show(struct seq_file *m, struct task_struct *task)
{
	return stat_of(m, task, true);
}

static int thread_stat_show(struct seq_file *m, struct task_struct *task)
{
	return stat_of(m, task, false);
}

static int statm_show(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);

	if (!mm) {
		seq_puts(m, "0 0 0 0 0 0 0\n");
		return 0;
	}
	seq_printf(m, "%lu %lu %d %lu 0 %lu 0\n", mm->total_vm, get_mm_rss(mm),
		   atomic_long_read(&mm->rss_file),
		   (PAGE_ALIGN(mm->end_code) - (mm->start_code & PAGE_MASK)) >> PAGE_SHIFT,
		   mm->data_vm + mm->stack_vm);
	mmput(mm);
	return 0;
}

static int comm_show(struct seq_file *m, struct task_struct *task)
{
	char comm[TASK_COMM_LEN];

	seq_printf(m, "%s\n", get_task_comm(comm, task));
	return 0;
}

static ssize_t comm_write(struct task_struct *task, char *text)
{
	set_task_comm(task, text);
	return 0;
}

/* Bytes of the process's own memory. */
static int memory_show(struct seq_file *m, struct task_struct *task, unsigned long start,
		       unsigned long end)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	end = min(end, start + 32 * PAGE_SIZE);
	while (start < end && !seq_has_overflowed(m)) {
		int n = access_process_vm(task, start, page,
					  min_t(unsigned long, end - start, PAGE_SIZE), 0);

		if (n <= 0)
			break;
		seq_write(m, page, n);
		start += n;
	}
	free_page((unsigned long)page);
	return 0;
}

static int cmdline_show(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);
	int error;

	if (!mm)
		return 0;
	error = memory_show(m, task, mm->arg_start, mm->arg_end);
	mmput(mm);
	return error;
}

static int environ_show(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);
	int error;

	if (!mm)
		return 0;
	error = memory_show(m, task, mm->env_start, mm->env_end);
	mmput(mm);
	return error;
}

static int auxv_show(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);
	unsigned int n = 0;

	if (!mm)
		return 0;
	do {
		n += 2;
	} while (mm->saved_auxv[n - 2] && n + 2 <= ARRAY_SIZE(mm->saved_auxv));
	seq_write(m, mm->saved_auxv, n * sizeof(mm->saved_auxv[0]));
	mmput(mm);
	return 0;
}

static void show_area(struct seq_file *m, struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct inode *inode = vma->vm_file ? file_inode(vma->vm_file) : NULL;
	dev_t dev = inode ? inode->i_sb->s_dev : 0;
	const char *name = NULL;

	seq_setwidth(m, 25 + sizeof(void *) * 6 - 1);
	seq_printf(m, "%08lx-%08lx %c%c%c%c %08llx %02x:%02x %lu ", vma->vm_start, vma->vm_end,
		   vma->vm_flags & VM_READ ? 'r' : '-', vma->vm_flags & VM_WRITE ? 'w' : '-',
		   vma->vm_flags & VM_EXEC ? 'x' : '-', vma->vm_flags & VM_MAYSHARE ? 's' : 'p',
		   inode ? (u64)vma->vm_pgoff << PAGE_SHIFT : 0, MAJOR(dev), MINOR(dev),
		   inode ? inode->i_ino : 0);
	if (vma->vm_file) {
		seq_pad(m, ' ');
		seq_file_path(m, vma->vm_file, "\n");
	} else {
		if (vma->vm_ops && vma->vm_ops->name)
			name = vma->vm_ops->name(vma);
		else if (vma->vm_start <= mm->brk && vma->vm_end >= mm->start_brk)
			name = "[heap]";
		else if (vma->vm_start <= mm->start_stack && vma->vm_end >= mm->start_stack)
			name = "[stack]";
		if (name) {
			seq_pad(m, ' ');
			seq_puts(m, name);
		}
	}
	seq_putc(m, '\n');
}

static int maps_show(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);
	struct vm_area_struct *vma;

	if (!mm)
		return 0;
	mmap_read_lock(mm);
	for (vma = mm->mmap; vma && !seq_has_overflowed(m); vma = vma->vm_next)
		show_area(m, mm, vma);
	mmap_read_unlock(mm);
	mmput(mm);
	return 0;
}

static int limits_show(struct seq_file *m, struct task_struct *task)
{
	static const struct {
		const char *name, *unit;
	} limits[RLIM_NLIMITS] = {
		[RLIMIT_CPU] = { "Max cpu time", "seconds" },
		[RLIMIT_FSIZE] = { "Max file size", "bytes" },
		[RLIMIT_DATA] = { "Max data size", "bytes" },
		[RLIMIT_STACK] = { "Max stack size", "bytes" },
		[RLIMIT_CORE] = { "Max core file size", "bytes" },
		[RLIMIT_RSS] = { "Max resident set", "bytes" },
		[RLIMIT_NPROC] = { "Max processes", "processes" },
		[RLIMIT_NOFILE] = { "Max open files", "files" },
		[RLIMIT_MEMLOCK] = { "Max locked memory", "bytes" },
		[RLIMIT_AS] = { "Max address space", "bytes" },
		[RLIMIT_LOCKS] = { "Max file locks", "locks" },
		[RLIMIT_SIGPENDING] = { "Max pending signals", "signals" },
		[RLIMIT_MSGQUEUE] = { "Max msgqueue size", "bytes" },
		[RLIMIT_NICE] = { "Max nice priority", "" },
		[RLIMIT_RTPRIO] = { "Max realtime priority", "" },
		[RLIMIT_RTTIME] = { "Max realtime timeout", "us" },
	};
	char soft[16], hard[16];
	unsigned int i;

	seq_puts(
		m,
		"Limit                     Soft Limit           Hard Limit           Units     \n");
	for (i = 0; i < RLIM_NLIMITS; i++) {
		unsigned long s = task_rlimit(task, i), h = task_rlimit_max(task, i);

		scnprintf(soft, sizeof(soft), s == RLIM_INFINITY ? "unlimited" : "%lu", s);
		scnprintf(hard, sizeof(hard), h == RLIM_INFINITY ? "unlimited" : "%lu", h);
		seq_printf(m, "%-25s %-20s %-20s %-10s\n", limits[i].name, soft, hard,
			   limits[i].unit);
	}
	return 0;
}

static int task_mounts_show(struct seq_file *m, struct task_struct *task)
{
	return mounts_show(m, NULL);
}

static int task_mountinfo_show(struct seq_file *m, struct task_struct *task)
{
	return mountinfo_show(m, NULL);
}

static int oom_score_adj_show(struct seq_file *m, struct task_struct *task)
{
	seq_printf(m, "%d\n", task->signal->oom_score_adj);
	return 0;
}

static ssize_t oom_score_adj_write(struct task_struct *task, char *text)
{
	int value, error = kstrtoint(text, 0, &value);

	if (error)
		return error;
	if (value < -1000 || value > 1000)
		return -EINVAL;
	if (value < task->signal->oom_score_adj_min && !capable(CAP_SYS_RESOURCE))
		return -EACCES;
	task->signal->oom_score_adj = value;
	return 0;
}

/* Tables. */

#define FILE_ENTRY(n, m, s)                                 \
	{                                                   \
		.name = n, .mode = S_IFREG | (m), .show = s \
	}
#define LINK_ENTRY(n, l)                                          \
	{                                                         \
		.name = n, .mode = S_IFLNK | S_IRWXUGO, .link = l \
	}
#define COMMON_ENTRIES                                                                           \
	FILE_ENTRY("status", 0444, status_show), FILE_ENTRY("statm", 0444, statm_show),          \
		FILE_ENTRY("cmdline", 0444, cmdline_show),                                       \
		FILE_ENTRY("environ", 0400, environ_show), FILE_ENTRY("auxv", 0400, auxv_show),  \
		FILE_ENTRY("maps", 0444, maps_show), FILE_ENTRY("limits", 0444, limits_show),    \
		FILE_ENTRY("mounts", 0444, task_mounts_show),                                    \
		FILE_ENTRY("mountinfo", 0444, task_mountinfo_show),                              \
		{ .name = "comm",                                                                \
		  .mode = S_IFREG | 0644,                                                        \
		  .show = comm_show,                                                             \
		  .write = comm_write },                                                         \
		{ .name = "oom_score_adj",                                                       \
		  .mode = S_IFREG | 0644,                                                        \
		  .show = oom_score_adj_show,                                                    \
		  .write = oom_score_adj_write },                                                \
		LINK_ENTRY("exe", exe_link), LINK_ENTRY("cwd", cwd_link),                        \
		LINK_ENTRY("root", root_link),                                                   \
	{                                                                                        \
		.name = "fd", .mode = S_IFDIR | 0500, .iops = &fd_dir_iops, .fops = &fd_dir_fops \
	}

static const struct pid_entry process_entries[] = {
	COMMON_ENTRIES,
	FILE_ENTRY("stat", 0444, stat_show),
	{ .name = "task", .mode = S_IFDIR | 0555, .iops = &task_dir_iops, .fops = &task_dir_fops },
};
static const struct pid_entry thread_entries[] = {
	COMMON_ENTRIES,
	FILE_ENTRY("stat", 0444, thread_stat_show),
};
static const struct pid_entry process_dir = {
	.name = "", .mode = S_IFDIR | 0555, .iops = &pid_dir_iops, .fops = &pid_dir_fops
};
static const struct pid_entry thread_dir = {
	.name = "", .mode = S_IFDIR | 0555, .iops = &thread_dir_iops, .fops = &thread_dir_fops
};
static const struct pid_entry fd_entry = LINK_ENTRY("", fd_link);

/* Directories with fixed entries. */

static struct dentry *table_lookup(struct inode *dir, struct dentry *dentry,
				   const struct pid_entry *entries, unsigned int n)
{
	struct task_struct *task = inode_task(dir);
	struct dentry *result = ERR_PTR(-ENOENT);
	unsigned int i;

	if (!task)
		return result;
	for (i = 0; i < n; i++) {
		if (strlen(entries[i].name) == dentry->d_name.len &&
		    !memcmp(entries[i].name, dentry->d_name.name, dentry->d_name.len)) {
			result = instantiate(dentry, task, &entries[i], 0);
			break;
		}
	}
	put_task_struct(task);
	return result;
}

static int table_iterate(struct file *file, struct dir_context *ctx,
			 const struct pid_entry *entries, unsigned int n)
{
	unsigned int i;

	if (!dir_emit_dots(file, ctx))
		return 0;
	for (i = ctx->pos - 2; i < n; i++, ctx->pos++)
		if (!dir_emit(ctx, entries[i].name, strlen(entries[i].name), 0x10000 + i,
			      S_DT(entries[i].mode)))
			break;
	return 0;
}

static struct dentry *pid_dir_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	return table_lookup(dir, dentry, process_entries, ARRAY_SIZE(process_entries));
}

static int pid_dir_iterate(struct file *file, struct dir_context *ctx)
{
	return table_iterate(file, ctx, process_entries, ARRAY_SIZE(process_entries));
}

static struct dentry *thread_dir_lookup(struct inode *dir, struct dentry *dentry,
					unsigned int flags)
{
	return table_lookup(dir, dentry, thread_entries, ARRAY_SIZE(thread_entries));
}

static int thread_dir_iterate(struct file *file, struct dir_context *ctx)
{
	return table_iterate(file, ctx, thread_entries, ARRAY_SIZE(thread_entries));
}

static const struct inode_operations pid_dir_iops = { .lookup = pid_dir_lookup };
static const struct inode_operations thread_dir_iops = { .lookup = thread_dir_lookup };
static const struct file_operations pid_dir_fops = {
	.read = generic_read_dir,
	.iterate_shared = pid_dir_iterate,
	.llseek = generic_file_llseek,
};
static const struct file_operations thread_dir_fops = {
	.read = generic_read_dir,
	.iterate_shared = thread_dir_iterate,
	.llseek = generic_file_llseek,
};

/* A name that is a decimal number; -1: it is none. */
static int name_number(const struct qstr *name)
{
	unsigned int i;
	long n = 0;

	if (!name->len || name->len > 9 || (name->name[0] == '0' && name->len > 1))
		return -1;
	for (i = 0; i < name->len; i++) {
		if (name->name[i] < '0' || name->name[i] > '9')
			return -1;
		n = n * 10 + name->name[i] - '0';
	}
	return n;
}

/* PID/task. */

static struct dentry *task_dir_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct task_struct *leader = inode_task(dir), *task;
	struct dentry *result = ERR_PTR(-ENOENT);
	int tid = name_number(&dentry->d_name);

	if (!leader)
		return result;
	task = tid > 0 ? find_get_task_by_vpid(tid) : NULL;
	if (task) {
		if (task->tgid == leader->tgid)
			result = instantiate(dentry, task, &thread_dir, 0);
		put_task_struct(task);
	}
	put_task_struct(leader);
	return result;
}

static int task_dir_iterate(struct file *file, struct dir_context *ctx)
{
	struct task_struct *leader = inode_task(file_inode(file)), *t;
	char name[12];
	int tid;

	if (!leader)
		return -ENOENT;
	while (dir_emit_dots(file, ctx)) {
		tid = 0; /* the smallest at or above the position */
		rcu_read_lock();
		for_each_thread(leader, t) if (t->pid >= ctx->pos - 2 && (!tid || t->pid < tid))
			tid = t->pid;
		rcu_read_unlock();
		if (!tid)
			break;
		ctx->pos = (loff_t)tid + 2;
		if (!dir_emit(ctx, name, scnprintf(name, sizeof(name), "%d", tid), 0x20000 + tid,
			      DT_DIR))
			break;
		ctx->pos++;
	}
	put_task_struct(leader);
	return 0;
}

static const struct inode_operations task_dir_iops = { .lookup = task_dir_lookup };
static const struct file_operations task_dir_fops = {
	.read = generic_read_dir,
	.iterate_shared = task_dir_iterate,
	.llseek = generic_file_llseek,
};

/* PID/fd. */

static struct dentry *fd_dir_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct task_struct *task = inode_task(dir);
	struct dentry *result = ERR_PTR(-ENOENT);
	int fd = name_number(&dentry->d_name);
	struct file *file;

	if (!task)
		return result;
	file = fd >= 0 ? task_file(task, fd) : NULL;
	if (file) {
		result = instantiate(dentry, task, &fd_entry, fd);
		if (!result) {
			umode_t mode = S_IFLNK;

			mode |= file->f_mode & FMODE_READ ? S_IRUSR | S_IXUSR : 0;
			mode |= file->f_mode & FMODE_WRITE ? S_IWUSR | S_IXUSR : 0;
			d_inode(dentry)->i_mode = mode;
		}
		fput(file);
	}
	put_task_struct(task);
	return result;
}

static int fd_dir_iterate(struct file *dir, struct dir_context *ctx)
{
	struct task_struct *task = inode_task(file_inode(dir));
	char name[12];

	if (!task)
		return -ENOENT;
	if (!dir_emit_dots(dir, ctx))
		goto out;
	for (; task->files && ctx->pos - 2 < READ_ONCE(task->files)->fdt->max_fds; ctx->pos++) {
		unsigned int fd = ctx->pos - 2;
		struct file *file = task_file(task, fd);

		if (!file)
			continue;
		fput(file);
		if (!dir_emit(ctx, name, scnprintf(name, sizeof(name), "%u", fd), 0x30000 + fd,
			      DT_LNK))
			break;
	}
out:
	put_task_struct(task);
	return 0;
}

static int fd_dir_permission(struct inode *inode, int mask)
{
	struct task_struct *task;
	int error = -EACCES;

	if (mask & MAY_NOT_BLOCK)
		return -ECHILD;
	task = inode_task(inode);
	if (!task)
		return -ESRCH;
	if (may_inspect(task) || same_thread_group(task, current))
		error = mask & MAY_WRITE ? -EACCES : 0;
	put_task_struct(task);
	return error;
}

static const struct inode_operations fd_dir_iops = { .lookup = fd_dir_lookup,
						     .permission = fd_dir_permission };
static const struct file_operations fd_dir_fops = {
	.read = generic_read_dir,
	.iterate_shared = fd_dir_iterate,
	.llseek = generic_file_llseek,
};

/* The root: /proc/PID, self and thread-self. */

static const char *self_link_text(struct dentry *dentry, struct delayed_call *done, bool thread)
{
	char *text;

	if (!dentry)
		return ERR_PTR(-ECHILD);
	text = thread ? kasprintf(GFP_KERNEL, "%d/task/%d", current->tgid, current->pid)
		      : kasprintf(GFP_KERNEL, "%d", current->tgid);
	if (!text)
		return ERR_PTR(-ENOMEM);
	set_delayed_call(done, kfree_link, text);
	return text;
}

static const char *self_get_link(struct dentry *dentry, struct inode *inode,
				 struct delayed_call *done)
{
	return self_link_text(dentry, done, false);
}

static const char *thread_self_get_link(struct dentry *dentry, struct inode *inode,
					struct delayed_call *done)
{
	return self_link_text(dentry, done, true);
}

static const struct inode_operations self_iops = { .get_link = self_get_link };
static const struct inode_operations thread_self_iops = { .get_link = thread_self_get_link };

static const struct {
	const char *name;
	const struct inode_operations *iops;
} self_links[] = { { "self", &self_iops }, { "thread-self", &thread_self_iops } };

static struct dentry *self_instantiate(struct dentry *dentry, const struct inode_operations *iops)
{
	struct inode *inode = new_inode(dentry->d_sb);

	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_mode = S_IFLNK | S_IRWXUGO;
	inode->i_op = iops;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	d_add(dentry, inode);
	return NULL;
}

static struct dentry *root_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct dentry *result = ERR_PTR(-ENOENT);
	int pid = name_number(&dentry->d_name);
	struct task_struct *task;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(self_links); i++)
		if (strlen(self_links[i].name) == dentry->d_name.len &&
		    !memcmp(self_links[i].name, dentry->d_name.name, dentry->d_name.len))
			return self_instantiate(dentry, self_links[i].iops);
	task = pid > 0 ? find_get_task_by_vpid(pid) : NULL;
	if (task) {
		result = instantiate(dentry, task, &process_dir, 0);
		put_task_struct(task);
	} else {
		d_add(dentry, NULL);
		result = NULL;
	}
	return result;
}

/* The process with the smallest pid at or above pid; 0: none. */
static int next_process(int pid)
{
	struct pid *p;
	int found = 0;

	rcu_read_lock();
	while ((p = find_ge_pid(pid)) != NULL) {
		struct task_struct *task = pid_task(p, PIDTYPE_TGID);

		if (task) {
			found = pid_nr(p);
			break;
		}
		pid = pid_nr(p) + 1;
	}
	rcu_read_unlock();
	return found;
}

static int root_iterate(struct file *file, struct dir_context *ctx)
{
	char name[12];
	unsigned int i;
	int pid;

	for (i = ctx->pos - PTREE_DYNAMIC; i < ARRAY_SIZE(self_links); i++, ctx->pos++)
		if (!dir_emit(ctx, self_links[i].name, strlen(self_links[i].name), 0x40000 + i,
			      DT_LNK))
			return 0;
	while ((pid = next_process(ctx->pos - PTREE_DYNAMIC - ARRAY_SIZE(self_links) + 1))) {
		ctx->pos = PTREE_DYNAMIC + ARRAY_SIZE(self_links) - 1 + pid;
		if (!dir_emit(ctx, name, scnprintf(name, sizeof(name), "%d", pid), 0x50000 + pid,
			      DT_DIR))
			return 0;
		ctx->pos++;
	}
	return 0;
}

void proc_pid_init(void)
{
	proc_tree.lookup = root_lookup;
	proc_tree.iterate = root_iterate;
}
