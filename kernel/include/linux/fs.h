/*
 * Files, inodes, superblocks and file systems, and the operations they are made of. Source: Linux 5.10 fs.h.
 *
 * Unless said otherwise functions here run in process context and may sleep, and return 0 (or a count) or -errno.
 * Lock order: s_umount > i_rwsem of a directory (parent before child, rename under s_vfs_rename_mutex) > page lock >
 * i_lock > d_lock. Names and reference counts of dentries and inodes are protected by preemption being off.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/path.h>
#include <linux/stat.h>
#include <linux/kdev_t.h>
#include <linux/dcache.h>
#include <linux/fcntl.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/xarray.h>
#include <linux/wait.h>
#include <linux/uidgid.h>
#include <linux/mm_types.h>
#include <linux/slab.h>
#include <linux/export.h>
#include <uapi/linux/fs.h>
#include <uapi/linux/mount.h>

struct backing_dev_info;
struct block_device;
struct cdev;
struct cred;
struct dir_context;
struct fiemap_extent_info;
struct file_lock;
struct file_lock_context;
struct iov_iter;
struct kiocb;
struct kobject;
struct kstatfs;
struct module;
struct page;
struct pipe_inode_info;
struct poll_table_struct;
struct readahead_control;
struct fs_context;
struct seq_file;
struct swap_info_struct;
struct task_struct;
struct vfsmount;
struct vm_area_struct;
struct writeback_control;
struct xattr_handler;
typedef void *fl_owner_t;

/* File modes (f_mode). */
#define FMODE_READ ((fmode_t)0x1)
#define FMODE_WRITE ((fmode_t)0x2)
#define FMODE_LSEEK ((fmode_t)0x4)
#define FMODE_PREAD ((fmode_t)0x8)
#define FMODE_PWRITE ((fmode_t)0x10)
#define FMODE_EXEC ((fmode_t)0x20)
#define FMODE_NDELAY ((fmode_t)0x40)
#define FMODE_EXCL ((fmode_t)0x80)
#define FMODE_PATH ((fmode_t)0x4000)
#define FMODE_ATOMIC_POS ((fmode_t)0x8000)
#define FMODE_WRITER ((fmode_t)0x10000)
#define FMODE_CAN_READ ((fmode_t)0x20000)
#define FMODE_CAN_WRITE ((fmode_t)0x40000)
#define FMODE_OPENED ((fmode_t)0x80000)
#define FMODE_CREATED ((fmode_t)0x100000)
#define FMODE_STREAM ((fmode_t)0x200000)
#define FMODE_NOWAIT ((fmode_t)0x8000000)
#define OPEN_FMODE(flag) ((fmode_t)(((flag) + 1) & O_ACCMODE))
#define ACC_MODE(x) ("\004\002\006\006"[(x)&O_ACCMODE])

/* Permission masks. */
#define MAY_EXEC 0x00000001
#define MAY_WRITE 0x00000002
#define MAY_READ 0x00000004
#define MAY_APPEND 0x00000008
#define MAY_ACCESS 0x00000010
#define MAY_OPEN 0x00000020
#define MAY_CHDIR 0x00000040
#define MAY_NOT_BLOCK 0x00000080

/* iattr.ia_valid */
#define ATTR_MODE (1 << 0)
#define ATTR_UID (1 << 1)
#define ATTR_GID (1 << 2)
#define ATTR_SIZE (1 << 3)
#define ATTR_ATIME (1 << 4)
#define ATTR_MTIME (1 << 5)
#define ATTR_CTIME (1 << 6)
#define ATTR_ATIME_SET (1 << 7)
#define ATTR_MTIME_SET (1 << 8)
#define ATTR_FORCE (1 << 9)
#define ATTR_KILL_SUID (1 << 11)
#define ATTR_KILL_SGID (1 << 12)
#define ATTR_FILE (1 << 13)
#define ATTR_KILL_PRIV (1 << 14)
#define ATTR_OPEN (1 << 15)
#define ATTR_TIMES_SET (1 << 16)
#define ATTR_TOUCH (1 << 17)

/* A change of attributes asked for. */
struct iattr {
	unsigned int ia_valid; /* ATTR_*: which of the following count */
	umode_t ia_mode;
	kuid_t ia_uid;
	kgid_t ia_gid;
	loff_t ia_size;
	struct timespec64 ia_atime;
	struct timespec64 ia_mtime;
	struct timespec64 ia_ctime;
	struct file *ia_file;
};

/* An I/O in progress on a file. */
struct kiocb {
	struct file *ki_filp;
	loff_t ki_pos; /* where; advanced by what was done */
	void (*ki_complete)(struct kiocb *iocb, long ret, long ret2);
	void *private;
	int ki_flags; /* IOCB_* */
	u16 ki_hint;
	u16 ki_ioprio;
};
#define IOCB_EVENTFD (1 << 0)
#define IOCB_APPEND (1 << 1)
#define IOCB_DIRECT (1 << 2)
#define IOCB_HIPRI (1 << 3)
#define IOCB_DSYNC (1 << 4)
#define IOCB_SYNC (1 << 5)
#define IOCB_WRITE (1 << 6)
#define IOCB_NOWAIT (1 << 7)
void init_sync_kiocb(struct kiocb *kiocb, struct file *filp);
static inline bool is_sync_kiocb(struct kiocb *kiocb)
{
	return kiocb->ki_complete == NULL;
}

/* The operations that move pages of a file between memory and where the file lives. */
struct address_space_operations {
	/* Write a locked, dirty page; unlocks it when started. */
	int (*writepage)(struct page *page, struct writeback_control *wbc);
	/* Fill a locked page; sets it up to date and unlocks it, now or when the I/O ends. */
	int (*readpage)(struct file *file, struct page *page);
	int (*writepages)(struct address_space *mapping, struct writeback_control *wbc);
	/* Mark dirty; 1 if it was clean. NULL: __set_page_dirty_nobuffers. */
	int (*set_page_dirty)(struct page *page);
	int (*readpages)(struct file *filp, struct address_space *mapping, struct list_head *pages,
			 unsigned int nr_pages);
	void (*readahead)(struct readahead_control *rac);
	/* Get the page that bytes [pos, pos + len) go to, locked and with what is around them read. */
	int (*write_begin)(struct file *file, struct address_space *mapping, loff_t pos,
			   unsigned int len, unsigned int flags, struct page **pagep,
			   void **fsdata);
	/* copied bytes are in it: extend i_size, mark dirty, unlock, release. Returns the bytes accepted. */
	int (*write_end)(struct file *file, struct address_space *mapping, loff_t pos,
			 unsigned int len, unsigned int copied, struct page *page, void *fsdata);
	sector_t (*bmap)(struct address_space *mapping, sector_t block);
	void (*invalidatepage)(struct page *page, unsigned int offset, unsigned int length);
	/* Let go of private data; 1 when done. */
	int (*releasepage)(struct page *page, gfp_t gfp);
	void (*freepage)(struct page *page);
	ssize_t (*direct_IO)(struct kiocb *iocb, struct iov_iter *iter);
	int (*launder_page)(struct page *page);
	int (*is_partially_uptodate)(struct page *page, unsigned long from, unsigned long count);
	int (*error_remove_page)(struct address_space *mapping, struct page *page);
};
extern const struct address_space_operations empty_aops;
/* What writepage and readpage may return besides 0 and -errno: not written, still locked; look the page up again. */
enum positive_aop_returns { AOP_WRITEPAGE_ACTIVATE = 0x80000, AOP_TRUNCATED_PAGE = 0x80001 };
#define AOP_FLAG_CONT_EXPAND 0x0001
#define AOP_FLAG_NOFS 0x0002

/* The pages of a file that are in memory. */
struct address_space {
	struct inode *host; /* whose pages these are */
	struct xarray
		i_pages; /* struct page by index, each referenced once; marked PAGECACHE_TAG_* */
	gfp_t gfp_mask;	 /* for new pages */
	atomic_t i_mmap_writable;     /* writable shared mappings */
	struct list_head i_mmap_list; /* vm_area_struct.shared of all mappings (i_mmap_rwsem) */
	struct rw_semaphore i_mmap_rwsem;
	unsigned long nrpages; /* pages in i_pages */
	unsigned long nrexceptional;
	pgoff_t writeback_index;
	const struct address_space_operations *a_ops;
	unsigned long flags; /* AS_* bits */
	int wb_err;	     /* last write error, 0 or -errno */
	spinlock_t private_lock;
	struct list_head private_list;
	void *private_data;
};
#define PAGECACHE_TAG_DIRTY XA_MARK_0
#define PAGECACHE_TAG_WRITEBACK XA_MARK_1
#define PAGECACHE_TAG_TOWRITE XA_MARK_2

/* i_opflags */
#define IOP_FASTPERM 0x0001 /* no ->permission: the mode bits decide */
#define IOP_LOOKUP 0x0002   /* a directory */
#define IOP_NOFOLLOW 0x0004 /* no link to follow */
#define IOP_XATTR 0x0008

struct inode {
	umode_t i_mode; /* type and permissions (i_rwsem) */
	unsigned short i_opflags;
	kuid_t i_uid;
	kgid_t i_gid;
	unsigned int i_flags; /* S_* */
	const struct inode_operations *i_op;
	struct super_block *i_sb;
	struct address_space *i_mapping; /* usually &i_data; of a block device file the device's */
	unsigned long i_ino;
	union {
		const unsigned int i_nlink; /* changed by set_nlink & co only */
		unsigned int __i_nlink;
	};
	dev_t i_rdev;  /* of a device node */
	loff_t i_size; /* bytes (i_rwsem; read with i_size_read) */
	struct timespec64 i_atime;
	struct timespec64 i_mtime;
	struct timespec64 i_ctime;
	spinlock_t i_lock; /* i_state, i_blocks, i_bytes */
	unsigned short i_bytes;
	u8 i_blkbits; /* log2 of the block size */
	u8 i_write_hint;
	blkcnt_t i_blocks;     /* units of 512 bytes */
	unsigned long i_state; /* I_* */
	struct rw_semaphore i_rwsem;
	unsigned long dirtied_when; /* jiffies of the first change not yet written */
	unsigned long dirtied_time_when;
	struct hlist_node i_hash;   /* by (sb, ino) */
	struct list_head i_io_list; /* in sb->s_dirty while dirty */
	struct list_head i_lru;	    /* unused ones kept, oldest first */
	struct list_head i_sb_list; /* in sb->s_inodes */
	struct hlist_head i_dentry; /* its names */
	u64 i_version;
	atomic_t i_count;      /* references */
	atomic_t i_writecount; /* open for writing; < 0: writing denied */
	atomic_t i_dio_count;
	atomic_t i_readcount;
	const struct file_operations *i_fop; /* for open */
	struct file_lock_context *i_flctx;   /* locks; NULL: never any */
	struct address_space i_data;
	struct list_head i_devices; /* in cdev->list or bdev's */
	union {
		struct pipe_inode_info *i_pipe;
		struct cdev *i_cdev;
		char *i_link; /* symlink target in memory, for simple_get_link */
		unsigned int i_dir_seq;
	};
	struct block_device *i_bdev;
	u32 i_generation;
	void *i_private; /* the file system's or driver's */
};

/* i_state */
#define I_DIRTY_SYNC (1 << 0)
#define I_DIRTY_DATASYNC (1 << 1)
#define I_DIRTY_PAGES (1 << 2)
#define I_NEW (1 << 3) /* being filled: wait */
#define I_WILL_FREE (1 << 4)
#define I_FREEING (1 << 5)
#define I_CLEAR (1 << 6)
#define I_SYNC (1 << 7) /* being written */
#define I_REFERENCED (1 << 8)
#define I_LINKABLE (1 << 10)
#define I_DIRTY_TIME (1 << 11)
#define I_CREATING (1 << 15)
#define I_DIRTY_INODE (I_DIRTY_SYNC | I_DIRTY_DATASYNC)
#define I_DIRTY (I_DIRTY_INODE | I_DIRTY_PAGES)
#define I_DIRTY_ALL (I_DIRTY | I_DIRTY_TIME)

/* i_flags */
#define S_SYNC (1 << 0)
#define S_NOATIME (1 << 1)
#define S_APPEND (1 << 2)
#define S_IMMUTABLE (1 << 3)
#define S_DEAD (1 << 4) /* a removed directory */
#define S_NOQUOTA (1 << 5)
#define S_DIRSYNC (1 << 6)
#define S_NOCMTIME (1 << 7)
#define S_SWAPFILE (1 << 8)
#define S_PRIVATE (1 << 9)
#define S_IMA (1 << 10)
#define S_AUTOMOUNT (1 << 11)
#define S_NOSEC (1 << 12)

/* Superblock flags. */
#define SB_RDONLY 1
#define SB_NOSUID 2
#define SB_NODEV 4
#define SB_NOEXEC 8
#define SB_SYNCHRONOUS 16
#define SB_MANDLOCK 64
#define SB_DIRSYNC 128
#define SB_NOATIME 1024
#define SB_NODIRATIME 2048
#define SB_SILENT 32768
#define SB_POSIXACL (1 << 16)
#define SB_KERNMOUNT (1 << 22)
#define SB_I_VERSION (1 << 23)
#define SB_LAZYTIME (1 << 25)
#define SB_BORN (1 << 29)
#define SB_ACTIVE (1 << 30)
#define SB_NOUSER (1U << 31)
/* s_iflags */
#define SB_I_NOEXEC 0x00000002
#define SB_I_NODEV 0x00000004
#define UUID_SIZE_SB 16

#define __IS_FLG(inode, flg) ((inode)->i_sb->s_flags & (flg))
static inline bool sb_rdonly(const struct super_block *sb);
#define IS_RDONLY(inode) sb_rdonly((inode)->i_sb)
#define IS_SYNC(inode) (__IS_FLG(inode, SB_SYNCHRONOUS) || ((inode)->i_flags & S_SYNC))
#define IS_DIRSYNC(inode) \
	(__IS_FLG(inode, SB_SYNCHRONOUS | SB_DIRSYNC) || ((inode)->i_flags & (S_SYNC | S_DIRSYNC)))
#define IS_NOATIME(inode) __IS_FLG(inode, SB_RDONLY | SB_NOATIME)
#define IS_APPEND(inode) ((inode)->i_flags & S_APPEND)
#define IS_IMMUTABLE(inode) ((inode)->i_flags & S_IMMUTABLE)
#define IS_DEADDIR(inode) ((inode)->i_flags & S_DEAD)
#define IS_NOCMTIME(inode) ((inode)->i_flags & S_NOCMTIME)
#define IS_PRIVATE(inode) ((inode)->i_flags & S_PRIVATE)
#define IS_SWAPFILE(inode) ((inode)->i_flags & S_SWAPFILE)
#define IS_ENCRYPTED(inode) (0)
#define IS_VERITY(inode) (0)

struct file_ra_state {
	pgoff_t start;	   /* where the window begins */
	unsigned int size; /* pages in it */
	unsigned int async_size;
	unsigned int ra_pages; /* largest window */
	loff_t prev_pos;       /* where the last read ended */
};

/* Who gets SIGIO. */
struct fown_struct {
	rwlock_t lock;
	struct pid *pid;
	int pid_type;
	kuid_t uid, euid;
	int signum;
};

/* An open file: what descriptors refer to. */
struct file {
	struct path f_path;
	struct inode *f_inode;
	const struct file_operations *f_op;
	spinlock_t f_lock;	 /* f_flags, f_ep_links */
	atomic_long_t f_count;	 /* references */
	unsigned int f_flags;	 /* O_* */
	fmode_t f_mode;		 /* FMODE_* */
	struct mutex f_pos_lock; /* f_pos of files that have one */
	loff_t f_pos;
	struct fown_struct f_owner;
	const struct cred *f_cred; /* of who opened it */
	struct file_ra_state f_ra;
	u64 f_version;
	void *private_data;	     /* the driver's */
	struct list_head f_ep_links; /* epoll items that watch it */
	struct address_space *f_mapping;
	int f_wb_err;
	struct list_head f_list;  /* in the list of files that pin a module (files.c) */
	struct module *f_module;  /* pinned while open: owner of the first f_op; NULL: the kernel */
	struct file *f_next_free; /* private to files.c */
};
#define f_dentry f_path.dentry
#define f_vfsmnt f_path.mnt

/* Where iterate_shared puts what it finds: actor returns 0 to go on, else the buffer is full. */
typedef int (*filldir_t)(struct dir_context *ctx, const char *name, int len, loff_t offset, u64 ino,
			 unsigned int type);
struct dir_context {
	filldir_t actor;
	loff_t pos; /* the file system's own position; 0 and 1 are . and .. by custom */
};

/* All may sleep; arguments and returns are those of the system calls unless said otherwise. */
struct file_operations {
	struct module *owner; /* pinned while a file is open */
	loff_t (*llseek)(struct file *file, loff_t offset, int whence);
	ssize_t (*read)(struct file *file, char __user *buf, size_t count, loff_t *pos);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t count, loff_t *pos);
	ssize_t (*read_iter)(struct kiocb *iocb, struct iov_iter *to);
	ssize_t (*write_iter)(struct kiocb *iocb, struct iov_iter *from);
	int (*iopoll)(struct kiocb *kiocb, bool spin);
	int (*iterate)(struct file *file, struct dir_context *ctx); /* under i_rwsem, exclusive */
	int (*iterate_shared)(struct file *file,
			      struct dir_context *ctx); /* under i_rwsem, shared */
	__poll_t (*poll)(struct file *file, struct poll_table_struct *wait);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	long (*compat_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	unsigned long mmap_supported_flags;
	int (*open)(struct inode *inode, struct file *file);
	int (*flush)(struct file *file, fl_owner_t id); /* at each close() */
	int (*release)(struct inode *inode,
		       struct file *file); /* at the last one; its result is ignored */
	int (*fsync)(struct file *file, loff_t start, loff_t end, int datasync);
	int (*fasync)(int fd, struct file *file, int on);
	int (*lock)(struct file *file, int cmd, struct file_lock *fl);
	ssize_t (*sendpage)(struct file *file, struct page *page, int offset, size_t size,
			    loff_t *pos, int more);
	unsigned long (*get_unmapped_area)(struct file *file, unsigned long addr, unsigned long len,
					   unsigned long pgoff, unsigned long flags);
	int (*check_flags)(int flags);
	int (*flock)(struct file *file, int cmd, struct file_lock *fl);
	ssize_t (*splice_write)(struct pipe_inode_info *pipe, struct file *file, loff_t *pos,
				size_t len, unsigned int flags);
	ssize_t (*splice_read)(struct file *file, loff_t *pos, struct pipe_inode_info *pipe,
			       size_t len, unsigned int flags);
	int (*setlease)(struct file *file, long arg, struct file_lock **fl, void **priv);
	long (*fallocate)(struct file *file, int mode, loff_t offset, loff_t len);
	void (*show_fdinfo)(struct seq_file *m, struct file *file);
	ssize_t (*copy_file_range)(struct file *in, loff_t pos_in, struct file *out, loff_t pos_out,
				   size_t len, unsigned int flags);
	loff_t (*remap_file_range)(struct file *in, loff_t pos_in, struct file *out, loff_t pos_out,
				   loff_t len, unsigned int flags);
	int (*fadvise)(struct file *file, loff_t offset, loff_t len, int advice);
};

struct delayed_call {
	void (*fn)(void *arg);
	void *arg;
};
static inline void set_delayed_call(struct delayed_call *call, void (*fn)(void *), void *arg)
{
	call->fn = fn;
	call->arg = arg;
}
static inline void do_delayed_call(struct delayed_call *call)
{
	if (call->fn)
		call->fn(call->arg);
}
static inline void clear_delayed_call(struct delayed_call *call)
{
	call->fn = NULL;
}

/* The directory's i_rwsem is held (lookup: at least shared) for all that take a dir. */
struct inode_operations {
	/* Find dentry's name in dir: d_add() it (NULL inode: no such name); NULL, another dentry, or ERR_PTR. */
	struct dentry *(*lookup)(struct inode *dir, struct dentry *dentry, unsigned int flags);
	/* Target of a symlink. dentry NULL: may not sleep, -ECHILD if it would have to. done: called after use. */
	const char *(*get_link)(struct dentry *dentry, struct inode *inode,
				struct delayed_call *done);
	/* MAY_NOT_BLOCK in mask: may not sleep, -ECHILD if it would have to. */
	int (*permission)(struct inode *inode, int mask);
	struct posix_acl *(*get_acl)(struct inode *inode, int type);
	int (*readlink)(struct dentry *dentry, char __user *buffer, int buflen);
	int (*create)(struct inode *dir, struct dentry *dentry, umode_t mode, bool excl);
	int (*link)(struct dentry *old, struct inode *dir, struct dentry *dentry);
	int (*unlink)(struct inode *dir, struct dentry *dentry);
	int (*symlink)(struct inode *dir, struct dentry *dentry, const char *target);
	int (*mkdir)(struct inode *dir, struct dentry *dentry, umode_t mode);
	int (*rmdir)(struct inode *dir, struct dentry *dentry);
	int (*mknod)(struct inode *dir, struct dentry *dentry, umode_t mode, dev_t dev);
	int (*rename)(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
		      struct dentry *target, unsigned int flags);
	int (*setattr)(struct dentry *dentry, struct iattr *attr);
	int (*getattr)(const struct path *path, struct kstat *stat, u32 request_mask,
		       unsigned int flags);
	ssize_t (*listxattr)(struct dentry *dentry, char *buffer, size_t size);
	int (*fiemap)(struct inode *inode, struct fiemap_extent_info *info, u64 start, u64 len);
	int (*update_time)(struct inode *inode, struct timespec64 *time, int flags);
	int (*atomic_open)(struct inode *dir, struct dentry *dentry, struct file *file,
			   unsigned int open_flag, umode_t mode);
	int (*tmpfile)(struct inode *dir, struct dentry *dentry, umode_t mode);
	int (*set_acl)(struct inode *inode, struct posix_acl *acl, int type);
};

struct super_operations {
	/* A new inode embedded in the file system's own struct; NULL: plain ones from the core. */
	struct inode *(*alloc_inode)(struct super_block *sb);
	void (*destroy_inode)(struct inode *inode);
	void (*free_inode)(struct inode *inode);
	/* flags I_DIRTY_*. May not sleep. */
	void (*dirty_inode)(struct inode *inode, int flags);
	int (*write_inode)(struct inode *inode, struct writeback_control *wbc);
	/* The last reference goes: 1 = forget the inode now, 0 = keep it in the cache. i_lock held. NULL: keep if it
	 * has names and is hashed. */
	int (*drop_inode)(struct inode *inode);
	/* The inode is being freed: truncate_inode_pages_final() and clear_inode() it; delete it if i_nlink is 0. */
	void (*evict_inode)(struct inode *inode);
	/* The file system is being shut down, all inodes are gone. */
	void (*put_super)(struct super_block *sb);
	int (*sync_fs)(struct super_block *sb, int wait);
	int (*freeze_fs)(struct super_block *sb);
	int (*unfreeze_fs)(struct super_block *sb);
	int (*statfs)(struct dentry *dentry, struct kstatfs *buf);
	int (*remount_fs)(struct super_block *sb, int *flags, char *data);
	void (*umount_begin)(struct super_block *sb);
	/* ",option=value…" for /proc/mounts. */
	int (*show_options)(struct seq_file *m, struct dentry *root);
	int (*show_devname)(struct seq_file *m, struct dentry *root);
	int (*show_path)(struct seq_file *m, struct dentry *root);
	int (*show_stats)(struct seq_file *m, struct dentry *root);
};

#define SB_UNFROZEN 0

struct super_block {
	struct list_head s_list; /* of all (sb_lock) */
	dev_t s_dev;		 /* block device, or an anonymous number */
	unsigned char s_blocksize_bits;
	unsigned long s_blocksize; /* bytes */
	loff_t s_maxbytes;	   /* largest file */
	struct file_system_type *s_type;
	const struct super_operations *s_op;
	const struct dentry_operations *s_d_op; /* for new dentries */
	const void *s_export_op;
	const struct xattr_handler **s_xattr;
	unsigned long s_flags;	/* SB_* */
	unsigned long s_iflags; /* SB_I_* */
	unsigned long s_magic;
	struct dentry *s_root;
	struct rw_semaphore s_umount;  /* held for writing while mounted, remounted, shut down */
	int s_count;		       /* references on the struct (sb_lock) */
	atomic_t s_active;	       /* mounts and other users of the living file system */
	struct hlist_node s_instances; /* in type->fs_supers */
	struct block_device *s_bdev;
	struct backing_dev_info *s_bdi;
	fmode_t s_mode;
	char s_id[32]; /* name of the device, or of the type */
	u8 s_uuid[UUID_SIZE_SB];
	void *s_fs_info; /* the file system's own */
	u32 s_time_gran; /* resolution of times in ns, <= 1e9 */
	time64_t s_time_min, s_time_max;
	struct mutex s_vfs_rename_mutex; /* renames between directories */
	char *s_subtype;
	atomic_long_t s_remove_count;
	int s_readonly_remount;
	spinlock_t s_inode_list_lock; /* s_inodes and s_dirty */
	struct list_head s_inodes;    /* all inodes */
	struct list_head s_dirty;     /* those with something to write, oldest first */
	struct list_head s_mounts;    /* its mounts (mount lock) */
	struct hlist_head s_roots;
	int s_writers; /* mnt_want_write in progress (preemption off) */
	int s_stack_depth;
};

/* What a file system offers: registered by name. */
struct file_system_type {
	const char *name;
	int fs_flags; /* FS_* */
	int (*init_fs_context)(struct fs_context *fc);
	const void *parameters;
	/* Mount: the root dentry (referenced, its sb active and with s_umount held for writing) or ERR_PTR. */
	struct dentry *(*mount)(struct file_system_type *type, int flags, const char *dev,
				void *data);
	/* Shut one down: one of kill_block_super, kill_anon_super, kill_litter_super, or an own one that calls it. */
	void (*kill_sb)(struct super_block *sb);
	struct module *owner; /* pinned by each superblock */
	struct file_system_type *next;
	struct hlist_head fs_supers; /* superblocks of the type (sb_lock) */
};
#define FS_REQUIRES_DEV 1
#define FS_BINARY_MOUNTDATA 2
#define FS_HAS_SUBTYPE 4
#define FS_USERNS_MOUNT 8
#define FS_DISALLOW_NOTIFY_PERM 16
#define FS_RENAME_DOES_D_MOVE 32768
#define MODULE_ALIAS_FS(name) MODULE_ALIAS("fs-" name)

/*
 * register_filesystem: 0, -EBUSY (the name is taken), -EINVAL, -ENOMEM. unregister_filesystem: 0 or -EINVAL; sleeps
 * until nobody uses the entry.
 */
int register_filesystem(struct file_system_type *type);
int unregister_filesystem(struct file_system_type *type);
/* The type of that name, a user of it (put_filesystem() ends that); asks for module fs-NAME if there is none. */
struct file_system_type *get_fs_type(const char *name);
void put_filesystem(struct file_system_type *type);
struct file_system_type *get_filesystem(struct file_system_type *type);

/* For ->mount: fill(sb, data, silent) makes s_root. */
struct dentry *mount_bdev(struct file_system_type *type, int flags, const char *dev, void *data,
			  int (*fill)(struct super_block *sb, void *data, int silent));
struct dentry *mount_nodev(struct file_system_type *type, int flags, void *data,
			   int (*fill)(struct super_block *sb, void *data, int silent));
struct dentry *mount_single(struct file_system_type *type, int flags, void *data,
			    int (*fill)(struct super_block *sb, void *data, int silent));
struct dentry *mount_pseudo(struct file_system_type *type, char *name,
			    const struct super_operations *ops,
			    const struct dentry_operations *dops, unsigned long magic);
/* An existing superblock for which test(sb, data) holds, else a new one that set(sb, data) has accepted. */
struct super_block *sget(struct file_system_type *type, int (*test)(struct super_block *, void *),
			 int (*set)(struct super_block *, void *), int flags, void *data);
int set_anon_super(struct super_block *sb, void *data);
int get_anon_bdev(dev_t *dev);
void free_anon_bdev(dev_t dev);
void generic_shutdown_super(struct super_block *sb);
void kill_block_super(struct super_block *sb);
void kill_anon_super(struct super_block *sb);
void kill_litter_super(struct super_block *sb);
void deactivate_super(struct super_block *sb);
void deactivate_locked_super(struct super_block *sb);
void drop_super(struct super_block *sb);
void iterate_supers(void (*fn)(struct super_block *sb, void *arg), void *arg);
struct super_block *get_super(struct block_device *bdev);
int sb_set_blocksize(struct super_block *sb, int size);
int sb_min_blocksize(struct super_block *sb, int size);
int sync_filesystem(struct super_block *sb);
extern spinlock_t sb_lock;
static inline bool sb_rdonly(const struct super_block *sb)
{
	return sb->s_flags & SB_RDONLY;
}
static inline void sb_start_write(struct super_block *sb)
{
}
static inline void sb_end_write(struct super_block *sb)
{
}

/*
 * Inodes. new_inode: with i_ino set to a fresh number, referenced once, in no directory; NULL: no memory.
 * iget_locked: the inode with that number, from the cache or new (I_NEW set: fill it, then unlock_new_inode() or
 * iget_failed()). iput() may sleep.
 */
struct inode *new_inode(struct super_block *sb);
struct inode *new_inode_pseudo(struct super_block *sb);
struct inode *alloc_anon_inode(struct super_block *sb);
int inode_init_always(struct super_block *sb, struct inode *inode);
void inode_init_once(struct inode *inode);
unsigned int get_next_ino(void);
struct inode *iget_locked(struct super_block *sb, unsigned long ino);
struct inode *iget5_locked(struct super_block *sb, unsigned long hash,
			   int (*test)(struct inode *, void *), int (*set)(struct inode *, void *),
			   void *data);
struct inode *ilookup(struct super_block *sb, unsigned long ino);
struct inode *ilookup5(struct super_block *sb, unsigned long hash,
		       int (*test)(struct inode *, void *), void *data);
int insert_inode_locked(struct inode *inode);
void unlock_new_inode(struct inode *inode);
void discard_new_inode(struct inode *inode);
void iget_failed(struct inode *inode);
struct inode *igrab(struct inode *inode);
void ihold(struct inode *inode);
void iput(struct inode *inode);
void clear_inode(struct inode *inode);
void __insert_inode_hash(struct inode *inode, unsigned long hash);
void insert_inode_hash(struct inode *inode);
void remove_inode_hash(struct inode *inode);
int generic_drop_inode(struct inode *inode);
int generic_delete_inode(struct inode *inode);
void free_inode_nonrcu(struct inode *inode);
bool is_bad_inode(struct inode *inode);
void make_bad_inode(struct inode *inode);
void inode_init_owner(struct inode *inode, const struct inode *dir, umode_t mode);
bool inode_owner_or_capable(const struct inode *inode);
void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev);
void inode_nohighmem(struct inode *inode);
/* Link count. */
void set_nlink(struct inode *inode, unsigned int nlink);
void inc_nlink(struct inode *inode);
void drop_nlink(struct inode *inode);
void clear_nlink(struct inode *inode);
void inode_inc_link_count(struct inode *inode);
void inode_dec_link_count(struct inode *inode);
/* Times. current_time: now, rounded to what inode's file system can store. */
struct timespec64 current_time(struct inode *inode);
struct timespec64 timestamp_truncate(struct timespec64 t, struct inode *inode);
void file_accessed(struct file *file);
int file_update_time(struct file *file);
int file_remove_privs(struct file *file);
void touch_atime(const struct path *path);
int generic_update_time(struct inode *inode, struct timespec64 *time, int flags);
#define S_ATIME 1
#define S_MTIME 2
#define S_CTIME 4
#define S_VERSION 8
/* What has to be written. */
void __mark_inode_dirty(struct inode *inode, int flags);
static inline void mark_inode_dirty(struct inode *inode)
{
	__mark_inode_dirty(inode, I_DIRTY);
}
static inline void mark_inode_dirty_sync(struct inode *inode)
{
	__mark_inode_dirty(inode, I_DIRTY_SYNC);
}
int write_inode_now(struct inode *inode, int sync);
int sync_inode_metadata(struct inode *inode, int wait);
/* Size and space. */
static inline loff_t i_size_read(const struct inode *inode)
{
	return *(const volatile loff_t *)&inode->i_size;
}
void i_size_write(struct inode *inode, loff_t size);
void inode_add_bytes(struct inode *inode, loff_t bytes);
void inode_sub_bytes(struct inode *inode, loff_t bytes);
loff_t inode_get_bytes(struct inode *inode);
void inode_set_bytes(struct inode *inode, loff_t bytes);
static inline unsigned int i_blocksize(const struct inode *inode)
{
	return 1u << inode->i_blkbits;
}
static inline uid_t i_uid_read(const struct inode *inode)
{
	return from_kuid(&init_user_ns, inode->i_uid);
}
static inline gid_t i_gid_read(const struct inode *inode)
{
	return from_kgid(&init_user_ns, inode->i_gid);
}
static inline void i_uid_write(struct inode *inode, uid_t uid)
{
	inode->i_uid = make_kuid(&init_user_ns, uid);
}
static inline void i_gid_write(struct inode *inode, gid_t gid)
{
	inode->i_gid = make_kgid(&init_user_ns, gid);
}
static inline unsigned int iminor(const struct inode *inode)
{
	return MINOR(inode->i_rdev);
}
static inline unsigned int imajor(const struct inode *inode)
{
	return MAJOR(inode->i_rdev);
}
static inline void inode_lock(struct inode *inode)
{
	down_write(&inode->i_rwsem);
}
static inline void inode_unlock(struct inode *inode)
{
	up_write(&inode->i_rwsem);
}
static inline void inode_lock_shared(struct inode *inode)
{
	down_read(&inode->i_rwsem);
}
static inline void inode_unlock_shared(struct inode *inode)
{
	up_read(&inode->i_rwsem);
}
static inline int inode_trylock(struct inode *inode)
{
	return down_write_trylock(&inode->i_rwsem);
}
static inline int inode_is_locked(struct inode *inode)
{
	return rwsem_is_locked(&inode->i_rwsem);
}
#define inode_lock_nested(inode, subclass) inode_lock(inode)
static inline struct inode *file_inode(const struct file *file)
{
	return file->f_inode;
}
static inline struct dentry *file_dentry(const struct file *file)
{
	return file->f_path.dentry;
}
static inline bool execute_ok(struct inode *inode)
{
	return (inode->i_mode & 0111) || S_ISDIR(inode->i_mode);
}

/* Permission: 0 or -EACCES, -EROFS, -EPERM (immutable). mask MAY_*. */
int inode_permission(struct inode *inode, int mask);
int generic_permission(struct inode *inode, int mask);
int setattr_prepare(struct dentry *dentry, struct iattr *attr);
void setattr_copy(struct inode *inode, const struct iattr *attr);
int inode_newsize_ok(const struct inode *inode, loff_t offset);
int notify_change(struct dentry *dentry, struct iattr *attr, struct inode **delegated);
int may_open_dev(const struct path *path);

/* System calls from inside; locks of directories are the caller's, as for the inode operations. */
int vfs_create(struct inode *dir, struct dentry *dentry, umode_t mode, bool excl);
int vfs_mkdir(struct inode *dir, struct dentry *dentry, umode_t mode);
int vfs_mknod(struct inode *dir, struct dentry *dentry, umode_t mode, dev_t dev);
int vfs_symlink(struct inode *dir, struct dentry *dentry, const char *target);
int vfs_link(struct dentry *old, struct inode *dir, struct dentry *dentry,
	     struct inode **delegated);
int vfs_rmdir(struct inode *dir, struct dentry *dentry);
int vfs_unlink(struct inode *dir, struct dentry *dentry, struct inode **delegated);
int vfs_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
	       struct dentry *target, struct inode **delegated, unsigned int flags);
int vfs_readlink(struct dentry *dentry, char __user *buffer, int buflen);
const char *vfs_get_link(struct dentry *dentry, struct delayed_call *done);
int vfs_getattr(const struct path *path, struct kstat *stat, u32 request_mask, unsigned int flags);
int vfs_getattr_nosec(const struct path *path, struct kstat *stat, u32 request_mask,
		      unsigned int flags);
int vfs_stat(const char __user *name, struct kstat *stat);
int vfs_lstat(const char __user *name, struct kstat *stat);
int vfs_fstat(int fd, struct kstat *stat);
int vfs_statfs(const struct path *path, struct kstatfs *buf);
int vfs_truncate(const struct path *path, loff_t length);
int vfs_fallocate(struct file *file, int mode, loff_t offset, loff_t len);
int vfs_fsync(struct file *file, int datasync);
int vfs_fsync_range(struct file *file, loff_t start, loff_t end, int datasync);
loff_t vfs_llseek(struct file *file, loff_t offset, int whence);
long vfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg);
int iterate_dir(struct file *file, struct dir_context *ctx);
void generic_fillattr(struct inode *inode, struct kstat *stat);
bool dir_emit(struct dir_context *ctx, const char *name, int len, u64 ino, unsigned int type);
bool dir_emit_dots(struct file *file, struct dir_context *ctx);
bool dir_relax(struct inode *inode);
#define DT_UNKNOWN 0
#define DT_FIFO 1
#define DT_CHR 2
#define DT_DIR 4
#define DT_BLK 6
#define DT_REG 8
#define DT_LNK 10
#define DT_SOCK 12
#define DT_WHT 14
#define S_DT(mode) (((mode)&S_IFMT) >> 12)
static inline unsigned char fs_umode_to_dtype(umode_t mode)
{
	return S_DT(mode);
}

/* Open files. */
struct filename;
struct file *filp_open(const char *name, int flags, umode_t mode);
struct file *file_open_root(struct dentry *dentry, struct vfsmount *mnt, const char *name,
			    int flags, umode_t mode);
struct file *dentry_open(const struct path *path, int flags, const struct cred *cred);
int filp_close(struct file *file, fl_owner_t id);
int finish_open(struct file *file, struct dentry *dentry,
		int (*open)(struct inode *, struct file *));
int finish_no_open(struct file *file, struct dentry *dentry);
struct file *get_file(struct file *file);
#define file_count(x) atomic_long_read(&(x)->f_count)
int generic_file_open(struct inode *inode, struct file *file);
int nonseekable_open(struct inode *inode, struct file *file);
int stream_open(struct inode *inode, struct file *file);
int simple_open(struct inode *inode, struct file *file);
/* For ->open: from now on this file is served by fops, whose owner is pinned instead of the present one's. */
#define fops_get(fops) (((fops) && try_module_get((fops)->owner) ? (fops) : NULL))
#define fops_put(fops)                             \
	do {                                       \
		if (fops)                          \
			module_put((fops)->owner); \
	} while (0)
void replace_fops(struct file *file, const struct file_operations *fops);
/* Writing denied to a running program's file, and the reverse. 0 or -ETXTBSY. */
int get_write_access(struct inode *inode);
void put_write_access(struct inode *inode);
int deny_write_access(struct file *file);
void allow_write_access(struct file *file);
bool inode_is_open_for_write(const struct inode *inode);
/* Reading and writing with buffers in the kernel; *pos is advanced. */
ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos);
ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos);
/* The same for buffers of the calling process. */
ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos);
ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos);
ssize_t vfs_iter_read(struct file *file, struct iov_iter *iter, loff_t *pos, int flags);
ssize_t vfs_iter_write(struct file *file, struct iov_iter *iter, loff_t *pos, int flags);
int rw_verify_area(int read_write, struct file *file, const loff_t *pos, size_t count);
/* A whole file into vmalloc memory: bytes read or -errno (-EFBIG above max). */
enum kernel_read_file_id { READING_UNKNOWN, READING_FIRMWARE, READING_MODULE, READING_MAX_ID };
int kernel_read_file_from_fd(int fd, loff_t offset, void **buf, size_t max, size_t *file_size,
			     enum kernel_read_file_id id);
int kernel_read_file_from_path(const char *path, loff_t offset, void **buf, size_t max,
			       size_t *file_size, enum kernel_read_file_id id);
int kernel_read_file(struct file *file, loff_t offset, void **buf, size_t max, size_t *file_size,
		     enum kernel_read_file_id id);

/* Ready-made operations for files whose bytes are in the page cache. */
ssize_t generic_file_read_iter(struct kiocb *iocb, struct iov_iter *to);
ssize_t generic_file_buffered_read(struct kiocb *iocb, struct iov_iter *to, ssize_t written);
ssize_t generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from);
ssize_t __generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from);
ssize_t generic_perform_write(struct file *file, struct iov_iter *from, loff_t pos);
ssize_t generic_write_checks(struct kiocb *iocb, struct iov_iter *from);
ssize_t generic_write_sync(struct kiocb *iocb, ssize_t count);
int generic_file_mmap(struct file *file, struct vm_area_struct *vma);
int generic_file_readonly_mmap(struct file *file, struct vm_area_struct *vma);
int generic_file_fsync(struct file *file, loff_t start, loff_t end, int datasync);
int __generic_file_fsync(struct file *file, loff_t start, loff_t end, int datasync);
ssize_t generic_file_splice_read(struct file *in, loff_t *pos, struct pipe_inode_info *pipe,
				 size_t len, unsigned int flags);
ssize_t iter_file_splice_write(struct pipe_inode_info *pipe, struct file *out, loff_t *pos,
			       size_t len, unsigned int flags);
ssize_t generic_read_dir(struct file *file, char __user *buf, size_t count, loff_t *pos);
loff_t generic_file_llseek(struct file *file, loff_t offset, int whence);
loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t max,
				loff_t eof);
loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size);
loff_t no_seek_end_llseek(struct file *file, loff_t offset, int whence);
loff_t no_llseek(struct file *file, loff_t offset, int whence);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);
loff_t default_llseek(struct file *file, loff_t offset, int whence);
loff_t vfs_setpos(struct file *file, loff_t offset, loff_t max);
int noop_fsync(struct file *file, loff_t start, loff_t end, int datasync);
void page_symlink_init(void);
int page_symlink(struct inode *inode, const char *target, int len);
const char *page_get_link(struct dentry *dentry, struct inode *inode, struct delayed_call *done);
void page_put_link(void *arg);
int page_readlink(struct dentry *dentry, char __user *buffer, int buflen);
extern const struct inode_operations page_symlink_inode_operations;
void kfree_link(void *p);

/* Ready-made pieces of file systems that live in memory. */
extern const struct file_operations simple_dir_operations;
extern const struct inode_operations simple_dir_inode_operations;
extern const struct inode_operations simple_symlink_inode_operations;
extern const struct dentry_operations simple_dentry_operations;
extern const struct super_operations simple_super_operations;
struct tree_descr {
	const char *name;
	const struct file_operations *ops;
	int mode;
};
int simple_fill_super(struct super_block *sb, unsigned long magic, const struct tree_descr *files);
struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags);
int simple_setattr(struct dentry *dentry, struct iattr *attr);
int simple_getattr(const struct path *path, struct kstat *stat, u32 request_mask,
		   unsigned int flags);
int simple_statfs(struct dentry *dentry, struct kstatfs *buf);
int simple_link(struct dentry *old, struct inode *dir, struct dentry *dentry);
int simple_unlink(struct inode *dir, struct dentry *dentry);
int simple_rmdir(struct inode *dir, struct dentry *dentry);
int simple_rename(struct inode *old_dir, struct dentry *old, struct inode *new_dir,
		  struct dentry *target, unsigned int flags);
int simple_empty(struct dentry *dentry);
const char *simple_get_link(struct dentry *dentry, struct inode *inode, struct delayed_call *done);
int simple_readpage(struct file *file, struct page *page);
int simple_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
		       unsigned int len, unsigned int flags, struct page **pagep, void **fsdata);
int simple_write_end(struct file *file, struct address_space *mapping, loff_t pos, unsigned int len,
		     unsigned int copied, struct page *page, void *fsdata);
int always_delete_dentry(const struct dentry *dentry);
int dcache_dir_open(struct inode *inode, struct file *file);
int dcache_dir_close(struct inode *inode, struct file *file);
loff_t dcache_dir_lseek(struct file *file, loff_t offset, int whence);
int dcache_readdir(struct file *file, struct dir_context *ctx);
int simple_pin_fs(struct file_system_type *type, struct vfsmount **mount, int *count);
void simple_release_fs(struct vfsmount **mount, int *count);
/* Copy between a buffer of `available` bytes in the kernel and the caller's; bytes copied or -errno, *pos advanced. */
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *pos, const void *from,
				size_t available);
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *pos, const void __user *from,
			       size_t count);
ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *pos, const void *from,
				size_t available);
char *simple_transaction_get(struct file *file, const char __user *buf, size_t size);
/* Attribute files holding one number: DEFINE_SIMPLE_ATTRIBUTE(fops, get, set, "%llu\n"). */
int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *, u64 *),
		     int (*set)(void *, u64), const char *fmt);
int simple_attr_release(struct inode *inode, struct file *file);
ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *pos);
ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *pos);
#define DEFINE_SIMPLE_ATTRIBUTE(__fops, __get, __set, __fmt)               \
	static int __fops##_open(struct inode *inode, struct file *file)   \
	{                                                                  \
		return simple_attr_open(inode, file, __get, __set, __fmt); \
	}                                                                  \
	static const struct file_operations __fops = {                     \
		.owner = THIS_MODULE,                                      \
		.open = __fops##_open,                                     \
		.release = simple_attr_release,                            \
		.read = simple_attr_read,                                  \
		.write = simple_attr_write,                                \
		.llseek = generic_file_llseek,                             \
	}

/* Character device numbers; see linux/cdev.h for what serves them. */
#define CHRDEV_MAJOR_MAX 512
#define CHRDEV_MAJOR_DYN_END 234
#define CHRDEV_MAJOR_DYN_EXT_START 511
#define CHRDEV_MAJOR_DYN_EXT_END 384
/*
 * alloc_chrdev_region: count minors from baseminor of a free major; *dev is the first number.
 * register_chrdev_region: a fixed range. 0, -EBUSY (taken; the log names the holder), -EINVAL, -ENOMEM.
 * register_chrdev: 256 minors of major (0: any free; returns it) served by fops.
 */
int alloc_chrdev_region(dev_t *dev, unsigned int baseminor, unsigned int count, const char *name);
int register_chrdev_region(dev_t from, unsigned int count, const char *name);
int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
		      const char *name, const struct file_operations *fops);
void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
			 const char *name);
void unregister_chrdev_region(dev_t from, unsigned int count);
#ifdef MODULE
#define register_chrdev(major, name, fops) __register_chrdev(major, 0, 256, name, fops)
#else
#define register_chrdev(major, name, fops) __register_chrdev(major, 0, 256, name, fops)
#endif
#define unregister_chrdev(major, name) __unregister_chrdev(major, 0, 256, name)
extern const struct file_operations def_chr_fops;
extern const struct file_operations def_blk_fops;
extern const struct file_operations pipefifo_fops;

/* Block device files (kernel/block). */
struct block_device *blkdev_get_by_path(const char *path, fmode_t mode, void *holder);
struct block_device *blkdev_get_by_dev(dev_t dev, fmode_t mode, void *holder);
void blkdev_put(struct block_device *bdev, fmode_t mode);
struct block_device *lookup_bdev(const char *path);
int sync_blockdev(struct block_device *bdev);
void invalidate_bdev(struct block_device *bdev);
int set_blocksize(struct block_device *bdev, int size);

/* Writing back what is dirty. */
int filemap_fdatawrite(struct address_space *mapping);
int filemap_fdatawrite_range(struct address_space *mapping, loff_t start, loff_t end);
int filemap_fdatawait(struct address_space *mapping);
int filemap_fdatawait_range(struct address_space *mapping, loff_t start, loff_t end);
int filemap_flush(struct address_space *mapping);
int filemap_write_and_wait(struct address_space *mapping);
int filemap_write_and_wait_range(struct address_space *mapping, loff_t start, loff_t end);
int file_write_and_wait_range(struct file *file, loff_t start, loff_t end);
int filemap_check_errors(struct address_space *mapping);
unsigned long invalidate_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t end);
int invalidate_inode_pages2(struct address_space *mapping);
int invalidate_inodes(struct super_block *sb, bool kill_dirty);
void address_space_init_once(struct address_space *mapping);
static inline int mapping_writably_mapped(struct address_space *mapping)
{
	return mapping->i_mmap_writable.counter > 0;
}
static inline int mapping_mapped(struct address_space *mapping)
{
	return !list_empty(&mapping->i_mmap_list);
}
static inline bool mapping_tagged(struct address_space *mapping, xa_mark_t tag)
{
	return xa_marked(&mapping->i_pages, tag);
}

/* File locks: POSIX ranges and flock(2). */
#define FL_POSIX 1
#define FL_FLOCK 2
#define FL_ACCESS 8
#define FL_CLOSE 64
#define FL_SLEEP 128
#define FL_OFDLCK 1024
struct file_lock {
	struct list_head fl_list; /* in its inode's context */
	fl_owner_t fl_owner;	  /* files_struct (POSIX) or file (flock, OFD) */
	unsigned int fl_flags;	  /* FL_* */
	unsigned char fl_type;	  /* F_RDLCK F_WRLCK F_UNLCK */
	unsigned int fl_pid;	  /* who took it */
	wait_queue_head_t fl_wait;
	struct file *fl_file;
	loff_t fl_start; /* first byte */
	loff_t fl_end;	 /* last byte, OFFSET_MAX: to the end */
};
#define OFFSET_MAX ((loff_t)(((u64)1 << 63) - 1))
/* f_op->lock/flock of file systems without locks of their own: 0, -EAGAIN, -EINTR, -EDEADLK, -ENOLCK. */
int posix_lock_file(struct file *file, struct file_lock *fl, struct file_lock *conflict);
void posix_test_lock(struct file *file, struct file_lock *fl);
int locks_lock_file_wait(struct file *file, struct file_lock *fl);
int locks_lock_inode_wait(struct inode *inode, struct file_lock *fl);
void locks_remove_posix(struct file *file, fl_owner_t owner);
void locks_remove_file(struct file *file);

#define MAX_LFS_FILESIZE ((loff_t)ULONG_MAX << PAGE_SHIFT)
#define MAX_NON_LFS ((1UL << 31) - 1)

/* Names from user space: a copy of at most PATH_MAX bytes. ERR_PTR: -EFAULT, -ENAMETOOLONG, -ENOENT (""), -ENOMEM. */
struct filename {
	const char *name;	 /* the copy */
	const char __user *uptr; /* where it came from; NULL: the kernel */
	int refcnt;
	u16 len; /* bytes, NUL excluded */
	char iname[];
};
#define EMBEDDED_NAME_MAX (PATH_MAX - (int)sizeof(struct filename))
struct filename *getname(const char __user *name);
struct filename *getname_flags(const char __user *name, int flags, int *empty);
struct filename *getname_kernel(const char *name);
void putname(struct filename *name);

/* SIGIO. */
struct fasync_struct {
	rwlock_t fa_lock;
	int magic;
	int fa_fd;
	struct fasync_struct *fa_next;
	struct file *fa_file;
	struct callback_head fa_rcu;
};
int fasync_helper(int fd, struct file *file, int on, struct fasync_struct **list);
void kill_fasync(struct fasync_struct **list, int sig, int band);
void f_setown(struct file *file, unsigned long arg, int force);
pid_t f_getown(struct file *file);

#define RENAME_NOREPLACE (1 << 0)
#define RENAME_EXCHANGE (1 << 1)
#define RENAME_WHITEOUT (1 << 2)

extern struct kobject *fs_kobj; /* /sys/fs */

#endif
