/* From descriptors to open files and back. Source: Linux 5.10 file.h. */
#ifndef _LINUX_FILE_H
#define _LINUX_FILE_H

#include <linux/types.h>
#include <linux/compiler.h>

struct file;
struct path;
struct file_operations;

/* Gives back one reference; the last one closes the file. Process context. */
void fput(struct file *file);

/* A file held for the length of a system call; flags say what fdput() has to do. */
struct fd {
	struct file *file; /* NULL: no such descriptor */
	unsigned int flags;
};
#define FDPUT_FPUT 1
#define FDPUT_POS_UNLOCK 2

/*
 * The file of a descriptor of the calling process. fget: referenced, or NULL when it is closed or opened with O_PATH
 * (fget_raw allows these). fdget is cheaper and for the length of a system call only.
 */
struct file *fget(unsigned int fd);
struct file *fget_raw(unsigned int fd);
struct fd fdget(unsigned int fd);
struct fd fdget_raw(unsigned int fd);
/* As fdget, also holding f_pos_lock where the file has a position that may be shared. */
struct fd fdget_pos(unsigned int fd);
void fdput_pos(struct fd f);

static inline void fdput(struct fd fd)
{
	if (fd.flags & FDPUT_FPUT)
		fput(fd.file);
}

/* A free descriptor number, reserved: >= 0, -EMFILE or -ENOMEM. flags: O_CLOEXEC or 0. */
int get_unused_fd_flags(unsigned int flags);
int __get_unused_fd_flags(unsigned int flags, unsigned long nofile);
void put_unused_fd(unsigned int fd);
/* Makes a reserved number refer to file, whose reference it takes over. */
void fd_install(unsigned int fd, struct file *file);
int f_dupfd(unsigned int from, struct file *file, unsigned int flags);
int replace_fd(unsigned int fd, struct file *file, unsigned int flags);
void set_close_on_exec(unsigned int fd, int flag);
bool get_close_on_exec(unsigned int fd);
/* As fd_install for a descriptor number from a message; returns the new number or -errno. */
int receive_fd(struct file *file, unsigned int flags);

/* A file that is in no directory: on inode's file system. ERR_PTR on failure. */
struct inode;
struct vfsmount;
struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt, const char *name,
			       int flags, const struct file_operations *fops);
struct file *alloc_file_clone(struct file *base, int flags, const struct file_operations *fops);
void flush_delayed_fput(void);

#endif
