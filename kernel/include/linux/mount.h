/* Mounts: where a file system hangs in the tree. Source: Linux 5.10 mount.h. */
#ifndef _LINUX_MOUNT_H
#define _LINUX_MOUNT_H

#include <linux/types.h>
#include <linux/list.h>
#include <uapi/linux/mount.h>

struct super_block;
struct dentry;
struct path;
struct file;
struct file_system_type;

#define MNT_NOSUID 0x01
#define MNT_NODEV 0x02
#define MNT_NOEXEC 0x04
#define MNT_NOATIME 0x08
#define MNT_NODIRATIME 0x10
#define MNT_RELATIME 0x20
#define MNT_READONLY 0x40
#define MNT_INTERNAL 0x4000

/* The part of a mount that file systems see; the rest is private to kernel/vfs. */
struct vfsmount {
	struct dentry *mnt_root;    /* what is mounted; pinned */
	struct super_block *mnt_sb; /* its file system; pinned */
	int mnt_flags;		    /* MNT_* */
};

/* References. mntget: any context, NULL allowed; mntput: process context, the last one shuts the file system down. */
struct vfsmount *mntget(struct vfsmount *mnt);
void mntput(struct vfsmount *mnt);

/*
 * Permission to write to the file system through this mount, until mnt_drop_write(). 0 or -EROFS. Process context;
 * a remount to read-only fails with -EBUSY meanwhile.
 */
int mnt_want_write(struct vfsmount *mnt);
int mnt_want_write_file(struct file *file);
void mnt_drop_write(struct vfsmount *mnt);
void mnt_drop_write_file(struct file *file);
bool __mnt_is_readonly(struct vfsmount *mnt);

/* A mount in no tree, for the kernel's own use; ERR_PTR on failure. Process context. */
struct vfsmount *kern_mount(struct file_system_type *type);
void kern_unmount(struct vfsmount *mnt);
struct vfsmount *vfs_kern_mount(struct file_system_type *type, int flags, const char *name,
				void *data);
/* mount(2) from inside the kernel: names are kernel strings. 0 or -errno. */
int kernel_mount(const char *dev, const char *dir, const char *type, unsigned long flags,
		 void *data);

#endif
