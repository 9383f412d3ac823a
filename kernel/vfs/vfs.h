/*
 * What the files of kernel/vfs share with one another and with kernel/syscall, and nobody else sees.
 */
#ifndef _VFS_VFS_H
#define _VFS_VFS_H

#include <linux/fs.h>
#include <linux/file.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/cred.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/rcupdate.h>
#include <linux/uaccess.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>

/* One mount. Lives while it is in the tree or referenced; the tree holds one reference. */
struct mount {
	struct hlist_node hash;	   /* by (parent, mountpoint) */
	struct mount *parent;	   /* itself when it is in no tree */
	struct dentry *mountpoint; /* pinned; in parent */
	struct vfsmount mnt;	   /* what file systems see */
	atomic_t count;		   /* references */
	struct list_head mounts;   /* children */
	struct list_head child;	   /* in parent->mounts */
	struct list_head list;	   /* all of the tree, oldest first */
	struct list_head instance; /* in mnt_sb->s_mounts */
	char *devname;		   /* "device" as given to mount(2) */
	int id;			   /* number in mountinfo */
	bool attached;		   /* in the tree */
	bool expiring;		   /* umount2(MNT_EXPIRE) has been here */
};

static inline struct mount *real_mount(struct vfsmount *mnt)
{
	return container_of(mnt, struct mount, mnt);
}

/* mount.c. mount_rwsem: writers change the tree, readers walk all of it; single steps run with preemption off. */
extern struct rw_semaphore mount_rwsem;
extern struct list_head mount_list;
struct mount *lookup_mnt_locked(const struct path *path); /* preemption off, not referenced */
bool mnt_has_parent(const struct mount *mnt);
int do_mount(const char *dev, const char *dir, const char *type, unsigned long flags, void *data);
int path_mount(const char *dev, struct path *path, const char *type, unsigned long flags,
	       void *data);
int path_umount(struct path *path, int flags);
int path_pivot_root(const struct path *new_root, const struct path *put_old);
void mount_root(void);
int mount_show(struct seq_file *m, struct mount *mnt);

/* super.c */
int do_remount_sb(struct super_block *sb, int sb_flags, void *data);
struct dentry *mount_fs(struct file_system_type *type, int flags, const char *name, void *data);
void sync_all(bool wait);

/* namei.c */
int filename_lookup(int dfd, struct filename *name, unsigned int flags, struct path *path,
		    const struct path *root);
struct file *do_filp_open(int dfd, struct filename *name, int flags, umode_t mode);
int filename_parent(int dfd, struct filename *name, unsigned int flags, struct path *parent,
		    struct qstr *last, int *type);
struct dentry *lookup_hash(const struct qstr *name, struct dentry *base, unsigned int flags);
struct dentry *filename_create(int dfd, struct filename *name, struct path *path,
			       unsigned int flags);
int may_delete(struct inode *dir, struct dentry *victim, bool is_dir);
int may_create(struct inode *dir, struct dentry *child);

/* names.c: the system calls that change names, for kernel/syscall and the initramfs. Take over the filenames. */
int do_mkdirat(int dfd, struct filename *name, umode_t mode);
int do_mknodat(int dfd, struct filename *name, umode_t mode, dev_t dev);
int do_symlinkat(struct filename *target, int dfd, struct filename *name);
int do_linkat(int olddfd, struct filename *old, int newdfd, struct filename *name, int flags);
int do_unlinkat(int dfd, struct filename *name);
int do_rmdir(int dfd, struct filename *name);
int do_renameat2(int olddfd, struct filename *old, int newdfd, struct filename *name,
		 unsigned int flags);

/* open.c */
int do_dentry_open(struct file *file, struct inode *inode,
		   int (*open)(struct inode *, struct file *));
int vfs_open(const struct path *path, struct file *file);
int do_truncate(struct dentry *dentry, loff_t length, unsigned int time_attrs, struct file *file);
long do_sys_open(int dfd, const char __user *name, int flags, umode_t mode);

/* files.c */
struct file *alloc_empty_file(int flags, const struct cred *cred);
void file_pin_module(struct file *file, struct module *module);
extern const struct file_operations revoked_fops;

/* proc_files.c, proc_pid.c */
void proc_pid_init(void);
int mountinfo_show(struct seq_file *m, void *v);
int mounts_show(struct seq_file *m, void *v);
void mountinfo_line(struct seq_file *m, struct mount *mnt);
void chrdev_show(struct seq_file *m); /* kernel/device */
unsigned int files_open_count(void);
unsigned int files_max(void);

/* locks.c */
int fcntl_lock(unsigned int fd, struct file *file, unsigned int cmd, struct flock __user *user);
int fcntl_lock64(unsigned int fd, struct file *file, unsigned int cmd, struct flock64 __user *user);
int do_flock(struct file *file, unsigned int cmd);

/* dcache.c */
extern spinlock_t dcache_lock;
struct dentry *__d_lookup(const struct dentry *parent, const struct qstr *name);
void d_set_mounted(struct dentry *dentry);
void d_clear_mounted(struct dentry *dentry);
unsigned long dcache_shrink(unsigned long nr);
void dcache_init(void);
struct dentry *d_alloc_cursor(struct dentry *parent);

/* inode.c */
void inode_init(void);
unsigned long icache_shrink(unsigned long nr);
void evict_inodes(struct super_block *sb);
struct inode *inode_alloc(struct super_block *sb);
unsigned long inode_count(void);
unsigned long inode_unused_count(void);
void inode_dirty_forget(struct inode *inode); /* writeback.c */

/* pagecache.c, writeback.c */
void pagecache_init(void);
void writeback_start(void);

/* pipe.c, anon_inodes.c, memfs.c, pseudo faces */
void pipe_init(void);
int do_pipe2(int __user *fildes, int flags);
long pipe_fcntl(struct file *file, unsigned int cmd, unsigned long arg);
void anon_inode_init(void);
void memfs_init(void);
void pseudo_init(void);
void procfs_init(void);
void sysfs_init(void);
void debugfs_init(void);
void proc_files_init(void);
void files_init(void);
void locks_init(void);
void fdtable_init(void);
void fs_struct_init(void);
void filesystems_init(void);
/* Says that there is no file system of this name, and what is near: -ENODEV. */
int filesystem_refuse(const char *name);

#define AT_PATH_FLAGS(flag)                                 \
	(((flag)&AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) | \
	 ((flag)&AT_EMPTY_PATH ? LOOKUP_EMPTY : 0))

#endif
