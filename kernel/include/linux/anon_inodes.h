/* Files that are in no directory and need no inode of their own. Source: Linux 5.10 anon_inodes.h. */
#ifndef _LINUX_ANON_INODES_H
#define _LINUX_ANON_INODES_H

#include <linux/types.h>

struct file_operations;
struct inode;
struct file;

/*
 * name: shown as anon_inode:NAME in /proc/PID/fd; flags: O_RDWR and the like, O_CLOEXEC, O_NONBLOCK. getfile: the
 * file or ERR_PTR; getfd: a new descriptor or -errno. Process context.
 */
struct file *anon_inode_getfile(const char *name, const struct file_operations *fops, void *priv,
				int flags);
int anon_inode_getfd(const char *name, const struct file_operations *fops, void *priv, int flags);

#endif
