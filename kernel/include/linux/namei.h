/* Looking up paths. Source: Linux 5.10 namei.h. */
#ifndef _LINUX_NAMEI_H
#define _LINUX_NAMEI_H

#include <linux/kernel.h>
#include <linux/path.h>
#include <linux/fcntl.h>

struct dentry;
struct qstr;
struct vfsmount;
struct filename;

enum { MAX_NESTED_LINKS = 8 };
#define MAXSYMLINKS 40

enum { LAST_NORM, LAST_ROOT, LAST_DOT, LAST_DOTDOT };

#define LOOKUP_FOLLOW 0x0001	/* follow a symbolic link at the end */
#define LOOKUP_DIRECTORY 0x0002 /* the end must be a directory */
#define LOOKUP_AUTOMOUNT 0x0004
#define LOOKUP_EMPTY 0x4000 /* "" means the starting point */
#define LOOKUP_DOWN 0x8000  /* follow mounts at the starting point */
#define LOOKUP_REVAL 0x0020
#define LOOKUP_RCU 0x0040
#define LOOKUP_OPEN 0x0100	    /* the caller means to open, */
#define LOOKUP_CREATE 0x0200	    /* create, */
#define LOOKUP_EXCL 0x0400	    /* exclusively create, */
#define LOOKUP_RENAME_TARGET 0x0800 /* or rename to it */
#define LOOKUP_PARENT 0x0010	    /* stop at the last component's directory */

/*
 * Process context, may sleep. kern_path: a kernel string, from the caller's root and working directory; user_path_at:
 * a user string relative to descriptor dfd (AT_FDCWD: the working directory). On success 0 and *path is referenced
 * (path_put() it); else -ENOENT, -ENOTDIR, -EACCES, -ELOOP, -ENAMETOOLONG, -EFAULT, -EBADF.
 */
int kern_path(const char *name, unsigned int flags, struct path *path);
int user_path_at(int dfd, const char __user *name, unsigned int flags, struct path *path);
int user_path_at_empty(int dfd, const char __user *name, unsigned int flags, struct path *path,
		       int *empty);
int vfs_path_lookup(struct dentry *dentry, struct vfsmount *mnt, const char *name,
		    unsigned int flags, struct path *path);

/*
 * Prepare to create or remove a name: *path is its directory, locked; the result is the (negative or positive)
 * dentry. done_path_create() ends either. ERR_PTR: -EEXIST, -ENOENT, -EROFS …
 */
struct dentry *kern_path_create(int dfd, const char *name, struct path *path, unsigned int flags);
struct dentry *user_path_create(int dfd, const char __user *name, struct path *path,
				unsigned int flags);
void done_path_create(struct path *path, struct dentry *dentry);
struct dentry *kern_path_locked(const char *name, struct path *path);

/*
 * The child `name` (len bytes, a single component) of base, which the caller has locked (i_rwsem); looked up in the
 * file system when not cached. Referenced; negative when it does not exist; ERR_PTR(-errno). _unlocked takes the lock.
 */
struct dentry *lookup_one_len(const char *name, struct dentry *base, int len);
struct dentry *lookup_one_len_unlocked(const char *name, struct dentry *base, int len);
struct dentry *try_lookup_one_len(const char *name, struct dentry *base, int len);

int follow_down_one(struct path *path);
int follow_down(struct path *path);
int follow_up(struct path *path);

/* Lock the directories of a rename in the agreed order; returns the common ancestor that makes it a loop, or NULL. */
struct dentry *lock_rename(struct dentry *a, struct dentry *b);
void unlock_rename(struct dentry *a, struct dentry *b);

/* For get_link(): jump to path, whose references are taken over. 0 or -errno. */
int nd_jump_link(struct path *path);

#endif
