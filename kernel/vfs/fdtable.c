/*
 * Descriptor tables: small numbers for open files, per process.
 *
 * A table begins with NR_OPEN_DEFAULT slots inside files_struct and doubles when it is full. A slot's bit in open_fds is
 * set when the number is reserved, its pointer when the file is installed. file_lock protects the table; readers need
 * preemption off only. fdget() takes no reference when the table is not shared: nobody else can close the file then.
 */
#include "vfs/vfs.h"
#include <linux/mm.h>
#include <linux/sched/task.h>
#include <linux/bitops.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/vmalloc.h>

#define FD_MAX (1024 * 1024)

struct files_struct init_files = {
	.count = ATOMIC_INIT(1),
	.fdt = &init_files.fdtab,
	.fdtab = {
		.max_fds = NR_OPEN_DEFAULT,
		.fd = init_files.fd_array,
		.close_on_exec = init_files.close_on_exec_init,
		.open_fds = init_files.open_fds_init,
	},
	.file_lock = __SPIN_LOCK_UNLOCKED(init_files.file_lock),
};

static struct kmem_cache *files_cache;

static struct fdtable *fdtable_alloc(unsigned int slots)
{
	struct fdtable *fdt = kmalloc(sizeof(*fdt), GFP_KERNEL);
	unsigned int longs;
	char *memory;

	if (!fdt)
		return NULL;
	slots = roundup(slots, BITS_PER_LONG);
	longs = slots / BITS_PER_LONG;
	memory = kvzalloc(slots * sizeof(struct file *) + 2 * longs * sizeof(long), GFP_KERNEL);
	if (!memory) {
		kfree(fdt);
		return NULL;
	}
	fdt->max_fds = slots;
	fdt->fd = (struct file **)memory;
	fdt->open_fds = (unsigned long *)(memory + slots * sizeof(struct file *));
	fdt->close_on_exec = fdt->open_fds + longs;
	return fdt;
}

static void fdtable_free(struct fdtable *fdt)
{
	kvfree(fdt->fd);
	kfree(fdt);
}

static void fdtable_copy(struct fdtable *to, const struct fdtable *from, unsigned int slots)
{
	memcpy(to->fd, from->fd, slots * sizeof(struct file *));
	memcpy(to->open_fds, from->open_fds, slots / 8);
	memcpy(to->close_on_exec, from->close_on_exec, slots / 8);
}

/* At least nr + 1 slots. file_lock is held, and released while memory is allocated. 0, -EMFILE, -ENOMEM. */
static int fdtable_grow(struct files_struct *files, unsigned int nr)
{
	struct fdtable *old, *fdt;
	unsigned int slots = NR_OPEN_DEFAULT;

	if (nr >= FD_MAX)
		return -EMFILE;
	while (slots <= nr)
		slots *= 2;
	spin_unlock(&files->file_lock);
	fdt = fdtable_alloc(slots);
	spin_lock(&files->file_lock);
	if (!fdt)
		return -ENOMEM;
	old = files->fdt;
	if (old->max_fds >= fdt->max_fds) {
		fdtable_free(fdt);
		return 0;
	}
	fdtable_copy(fdt, old, old->max_fds);
	files->fdt = fdt;
	if (old != &files->fdtab)
		fdtable_free(old);
	return 0;
}

/* Reserves the lowest free number in [start, end). */
static int fd_reserve(struct files_struct *files, unsigned int start, unsigned int end,
		      unsigned int flags)
{
	struct fdtable *fdt;
	unsigned int fd;
	int error;

	spin_lock(&files->file_lock);
again:
	fdt = files->fdt;
	fd = max(start, files->next_fd);
	if (fd < fdt->max_fds)
		fd = find_next_zero_bit(fdt->open_fds, fdt->max_fds, fd);
	error = -EMFILE;
	if (fd >= end)
		goto out;
	if (fd >= fdt->max_fds) {
		error = fdtable_grow(files, fd);
		if (error)
			goto out;
		goto again;
	}
	if (start <= files->next_fd)
		files->next_fd = fd + 1;
	__set_bit(fd, fdt->open_fds);
	if (flags & O_CLOEXEC)
		__set_bit(fd, fdt->close_on_exec);
	else
		__clear_bit(fd, fdt->close_on_exec);
	error = fd;
out:
	spin_unlock(&files->file_lock);
	return error;
}

int __get_unused_fd_flags(unsigned int flags, unsigned long nofile)
{
	return fd_reserve(current->files, 0, nofile, flags);
}

int get_unused_fd_flags(unsigned int flags)
{
	return __get_unused_fd_flags(flags, rlimit(RLIMIT_NOFILE));
}
EXPORT_SYMBOL(get_unused_fd_flags);

static void fd_release(struct files_struct *files, unsigned int fd)
{
	__clear_bit(fd, files->fdt->open_fds);
	if (fd < files->next_fd)
		files->next_fd = fd;
}

void put_unused_fd(unsigned int fd)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	fd_release(files, fd);
	spin_unlock(&files->file_lock);
}
EXPORT_SYMBOL(put_unused_fd);

void fd_install(unsigned int fd, struct file *file)
{
	struct files_struct *files = current->files;

	preempt_disable();
	files->fdt->fd[fd] = file;
	preempt_enable();
}
EXPORT_SYMBOL(fd_install);

int receive_fd(struct file *file, unsigned int flags)
{
	int fd = get_unused_fd_flags(flags);

	if (fd >= 0)
		fd_install(fd, get_file(file));
	return fd;
}

/* Takes the file out of its slot; NULL: nothing there. */
static struct file *fd_take(struct files_struct *files, unsigned int fd)
{
	struct file *file = NULL;
	struct fdtable *fdt;

	spin_lock(&files->file_lock);
	fdt = files->fdt;
	if (fd < fdt->max_fds)
		file = fdt->fd[fd];
	if (file) {
		fdt->fd[fd] = NULL;
		__clear_bit(fd, fdt->close_on_exec);
		fd_release(files, fd);
	}
	spin_unlock(&files->file_lock);
	return file;
}

int close_fd(struct files_struct *files, unsigned int fd)
{
	struct file *file = fd_take(files, fd);

	return file ? filp_close(file, files) : -EBADF;
}

int __close_fd(struct files_struct *files, unsigned int fd)
{
	return close_fd(files, fd);
}

int ksys_close(unsigned int fd)
{
	return close_fd(current->files, fd);
}

void do_close_on_exec(struct files_struct *files)
{
	unsigned int fd;

	for (fd = 0; fd < files->fdt->max_fds; fd++) {
		if (!(fd % BITS_PER_LONG) && !files->fdt->close_on_exec[fd / BITS_PER_LONG]) {
			fd += BITS_PER_LONG - 1;
			continue;
		}
		if (test_bit(fd, files->fdt->close_on_exec))
			close_fd(files, fd);
	}
}

/* Finding files. */

static inline struct file *fd_file(struct files_struct *files, unsigned int fd)
{
	struct fdtable *fdt = files->fdt;

	return fd < fdt->max_fds ? fdt->fd[fd] : NULL;
}

static struct file *fget_mask(unsigned int fd, fmode_t forbidden)
{
	struct file *file;

	if (!current->files)
		return NULL;
	rcu_read_lock();
	file = fd_file(current->files, fd);
	if (file && (file->f_mode & forbidden))
		file = NULL;
	if (file)
		get_file(file);
	rcu_read_unlock();
	return file;
}

struct file *fget(unsigned int fd)
{
	return fget_mask(fd, FMODE_PATH);
}
EXPORT_SYMBOL(fget);

struct file *fget_raw(unsigned int fd)
{
	return fget_mask(fd, 0);
}
EXPORT_SYMBOL(fget_raw);

static inline struct fd fdget_mask(unsigned int fd, fmode_t forbidden)
{
	struct files_struct *files = current->files;
	struct file *file;

	if (likely(files && atomic_read(&files->count) == 1)) {
		file = fd_file(files, fd);
		if (file && unlikely(file->f_mode & forbidden))
			file = NULL;
		return (struct fd){ file, 0 };
	}
	file = fget_mask(fd, forbidden);
	return (struct fd){ file, file ? FDPUT_FPUT : 0 };
}

struct fd fdget(unsigned int fd)
{
	return fdget_mask(fd, FMODE_PATH);
}
EXPORT_SYMBOL(fdget);

struct fd fdget_raw(unsigned int fd)
{
	return fdget_mask(fd, 0);
}

struct fd fdget_pos(unsigned int fd)
{
	struct fd f = fdget_mask(fd, FMODE_PATH);

	if (f.file && (f.file->f_mode & FMODE_ATOMIC_POS) &&
	    atomic_long_read(&f.file->f_count) > 1) {
		f.flags |= FDPUT_POS_UNLOCK;
		mutex_lock(&f.file->f_pos_lock);
	}
	return f;
}

void fdput_pos(struct fd f)
{
	if (f.flags & FDPUT_POS_UNLOCK)
		mutex_unlock(&f.file->f_pos_lock);
	fdput(f);
}

int iterate_fd(struct files_struct *files, unsigned int start,
	       int (*fn)(const void *, struct file *, unsigned int), const void *data)
{
	unsigned int fd;
	int result = 0;

	spin_lock(&files->file_lock);
	for (fd = start; fd < files->fdt->max_fds && !result; fd++)
		if (files->fdt->fd[fd])
			result = fn(data, files->fdt->fd[fd], fd);
	spin_unlock(&files->file_lock);
	return result;
}
EXPORT_SYMBOL(iterate_fd);

/* dup. */

int f_dupfd(unsigned int from, struct file *file, unsigned int flags)
{
	unsigned long limit = rlimit(RLIMIT_NOFILE);
	int fd;

	if (from >= limit)
		return -EINVAL;
	fd = fd_reserve(current->files, from, limit, flags);
	if (fd >= 0)
		fd_install(fd, get_file(file));
	return fd;
}

int replace_fd(unsigned int fd, struct file *file, unsigned int flags)
{
	struct files_struct *files = current->files;
	struct fdtable *fdt;
	struct file *old;
	int error = 0;

	if (fd >= rlimit(RLIMIT_NOFILE))
		return -EBADF;
	spin_lock(&files->file_lock);
	if (fd >= files->fdt->max_fds)
		error = fdtable_grow(files, fd);
	fdt = files->fdt;
	if (error)
		goto unlock;
	old = fdt->fd[fd];
	error = -EBUSY;
	if (!old && test_bit(fd, fdt->open_fds)) /* reserved by somebody who is opening */
		goto unlock;
	fdt->fd[fd] = get_file(file);
	__set_bit(fd, fdt->open_fds);
	if (flags & O_CLOEXEC)
		__set_bit(fd, fdt->close_on_exec);
	else
		__clear_bit(fd, fdt->close_on_exec);
	spin_unlock(&files->file_lock);
	if (old)
		filp_close(old, files);
	return fd;
unlock:
	spin_unlock(&files->file_lock);
	return error;
}

void set_close_on_exec(unsigned int fd, int flag)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	if (flag)
		__set_bit(fd, files->fdt->close_on_exec);
	else
		__clear_bit(fd, files->fdt->close_on_exec);
	spin_unlock(&files->file_lock);
}

bool get_close_on_exec(unsigned int fd)
{
	bool set;

	rcu_read_lock();
	set = fd < current->files->fdt->max_fds && test_bit(fd, current->files->fdt->close_on_exec);
	rcu_read_unlock();
	return set;
}

bool close_on_exec(unsigned int fd, const struct fdtable *fdt)
{
	return test_bit(fd, fdt->close_on_exec);
}

/* Whole tables. */

static unsigned int slots_in_use(const struct fdtable *fdt)
{
	unsigned int i = fdt->max_fds / BITS_PER_LONG;

	while (i && !fdt->open_fds[i - 1])
		i--;
	return i * BITS_PER_LONG;
}

struct files_struct *dup_fd(struct files_struct *old, unsigned int max_fds, int *error)
{
	struct files_struct *files = kmem_cache_zalloc(files_cache, GFP_KERNEL);
	struct fdtable *from;
	unsigned int slots, fd;

	*error = -ENOMEM;
	if (!files)
		return NULL;
	atomic_set(&files->count, 1);
	spin_lock_init(&files->file_lock);
	files->fdt = &files->fdtab;
	files->fdtab.max_fds = NR_OPEN_DEFAULT;
	files->fdtab.fd = files->fd_array;
	files->fdtab.open_fds = files->open_fds_init;
	files->fdtab.close_on_exec = files->close_on_exec_init;
	spin_lock(&old->file_lock);
	while ((slots = slots_in_use(old->fdt)) > files->fdt->max_fds) {
		struct fdtable *fdt;

		spin_unlock(&old->file_lock);
		if (files->fdt != &files->fdtab)
			fdtable_free(files->fdt);
		fdt = fdtable_alloc(slots);
		if (!fdt) {
			kmem_cache_free(files_cache, files);
			return NULL;
		}
		files->fdt = fdt;
		spin_lock(&old->file_lock);
	}
	from = old->fdt;
	fdtable_copy(files->fdt, from, slots);
	files->next_fd = old->next_fd;
	for (fd = 0; fd < slots; fd++) {
		struct file *file = files->fdt->fd[fd];

		if (file)
			get_file(file);
		else /* reserved by another thread's open: not ours */
			fd_release(files, fd);
	}
	spin_unlock(&old->file_lock);
	*error = 0;
	return files;
}

void put_files_struct(struct files_struct *files)
{
	unsigned int fd;

	if (!atomic_dec_and_test(&files->count))
		return;
	for (fd = 0; fd < files->fdt->max_fds; fd++) {
		struct file *file = files->fdt->fd[fd];

		if (file) {
			files->fdt->fd[fd] = NULL;
			filp_close(file, files);
			cond_resched();
		}
	}
	if (files->fdt != &files->fdtab)
		fdtable_free(files->fdt);
	if (files != &init_files)
		kmem_cache_free(files_cache, files);
}

struct files_struct *get_files_struct(struct task_struct *task)
{
	struct files_struct *files;

	task_lock(task);
	files = task->files;
	if (files)
		atomic_inc(&files->count);
	task_unlock(task);
	return files;
}

void exit_files(struct task_struct *task)
{
	struct files_struct *files = task->files;

	if (!files)
		return;
	task_lock(task);
	task->files = NULL;
	task_unlock(task);
	put_files_struct(files);
}

int unshare_files(struct files_struct **displaced)
{
	struct files_struct *copy;
	int error;

	*displaced = NULL;
	if (!current->files || atomic_read(&current->files->count) == 1)
		return 0;
	copy = dup_fd(current->files, FD_MAX, &error);
	if (!copy)
		return error;
	*displaced = current->files;
	task_lock(current);
	current->files = copy;
	task_unlock(current);
	return 0;
}

void fdtable_init(void)
{
	files_cache = kmem_cache_create("files_cache", sizeof(struct files_struct), 0, SLAB_PANIC,
					NULL);
	if (!current->files)
		current->files = &init_files;
}
