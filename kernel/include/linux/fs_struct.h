/* A process's root, working directory and umask. Source: Linux 5.10 fs_struct.h. */
#ifndef _LINUX_FS_STRUCT_H
#define _LINUX_FS_STRUCT_H

#include <linux/path.h>
#include <linux/spinlock.h>

struct task_struct;

struct fs_struct {
	int users;	 /* tasks that share it (lock) */
	spinlock_t lock; /* all below */
	int umask;	 /* permission bits that new files do not get */
	int in_exec;
	struct path root; /* "/" */
	struct path pwd;  /* "." */
};

extern struct fs_struct init_fs;

/* All: process context. */
void exit_fs(struct task_struct *task);
struct fs_struct *copy_fs_struct(struct fs_struct *old); /* NULL: no memory */
void free_fs_struct(struct fs_struct *fs);
int unshare_fs_struct(void);
void set_fs_root(struct fs_struct *fs, const struct path *path);
void set_fs_pwd(struct fs_struct *fs, const struct path *path);
void get_fs_root(struct fs_struct *fs, struct path *root);
void get_fs_pwd(struct fs_struct *fs, struct path *pwd);
int current_umask(void);

#endif
