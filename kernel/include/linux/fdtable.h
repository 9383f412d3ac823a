/* Tables of open descriptors. Source: Linux 5.10 fdtable.h. */
#ifndef _LINUX_FDTABLE_H
#define _LINUX_FDTABLE_H

#include <linux/types.h>
#include <linux/spinlock.h>
#include <linux/atomic.h>

struct file;
struct task_struct;

#define NR_OPEN_DEFAULT 32

struct fdtable {
	unsigned int max_fds;	      /* slots; a multiple of 32 */
	struct file **fd;	      /* [max_fds], NULL: free */
	unsigned long *close_on_exec; /* bit per slot */
	unsigned long *open_fds;      /* bit per slot: taken, maybe not yet installed */
	struct callback_head rcu;
};

struct files_struct {
	atomic_t count;	      /* tasks that share it */
	struct fdtable *fdt;  /* in use: fdtab or a larger one */
	struct fdtable fdtab; /* the first one */
	spinlock_t file_lock; /* all of the table */
	unsigned int next_fd; /* no free slot below */
	unsigned long close_on_exec_init[1];
	unsigned long open_fds_init[1];
	struct file *fd_array[NR_OPEN_DEFAULT];
};

extern struct files_struct init_files;

#define files_fdtable(files) ((files)->fdt)

/* All: process context. */
struct files_struct *get_files_struct(struct task_struct *task);
void put_files_struct(struct files_struct *files);
void exit_files(struct task_struct *task);
/* A copy for fork, at most max_fds slots; NULL and *error. */
struct files_struct *dup_fd(struct files_struct *old, unsigned int max_fds, int *error);
int unshare_files(struct files_struct **displaced);
void do_close_on_exec(struct files_struct *files);
/* Calls fn(data, file, fd) for each open descriptor from start until it returns non-zero, which is returned. */
int iterate_fd(struct files_struct *files, unsigned int start,
	       int (*fn)(const void *data, struct file *file, unsigned int fd), const void *data);
/* Closes descriptor fd of the calling process: 0, -EBADF, or what flush reports. */
int close_fd(struct files_struct *files, unsigned int fd);
int __close_fd(struct files_struct *files, unsigned int fd);
int ksys_close(unsigned int fd);
bool close_on_exec(unsigned int fd, const struct fdtable *fdt);

#endif
