/*
 * Dentries: the cache of names. A dentry is one name in one directory; with an inode (positive) or as the knowledge
 * that the name does not exist (negative). Names are found by a hash of (parent, name). Source: Linux 5.10 dcache.h.
 */
#ifndef _LINUX_DCACHE_H
#define _LINUX_DCACHE_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/atomic.h>

struct inode;
struct path;
struct super_block;
struct vfsmount;
struct dentry_operations;

/* A name with its length and hash (set by d_hash or full_name_hash). */
struct qstr {
	union {
		struct {
			u32 hash;
			u32 len; /* bytes, NUL excluded */
		};
		u64 hash_len;
	};
	const unsigned char *name;
};

#define QSTR_INIT(n, l)                                              \
	{                                                            \
		{ { .len = l } }, .name = (const unsigned char *)(n) \
	}

#define DNAME_INLINE_LEN 40 /* names up to 39 bytes live in the dentry */

struct dentry {
	unsigned int d_flags;	  /* DCACHE_* (d_lock) */
	atomic_t d_refs;	  /* references */
	struct hlist_node d_hash; /* in the name table; unhashed: not found by lookups */
	struct dentry *d_parent;  /* itself for a root */
	struct qstr d_name;	  /* may change by rename: under rename_lock or d_lock */
	struct inode *d_inode;	  /* NULL: negative */
	unsigned char d_iname[DNAME_INLINE_LEN];
	spinlock_t d_lock; /* flags and name */
	const struct dentry_operations *d_op;
	struct super_block *d_sb;   /* the file system it belongs to */
	unsigned long d_time;	    /* for d_revalidate */
	void *d_fsdata;		    /* the file system's own */
	struct list_head d_lru;	    /* unused ones, oldest first */
	struct list_head d_child;   /* in d_parent->d_subdirs */
	struct list_head d_subdirs; /* children known to the cache */
	struct hlist_node d_alias;  /* in d_inode->i_dentry */
};

struct dentry_operations {
	/* Still valid? >0 yes, 0 no (it is dropped and looked up anew), -errno. flags LOOKUP_*. May sleep. */
	int (*d_revalidate)(struct dentry *dentry, unsigned int flags);
	int (*d_weak_revalidate)(struct dentry *dentry, unsigned int flags);
	/* Own hash of a name (case-insensitive file systems). May not sleep. */
	int (*d_hash)(const struct dentry *dir, struct qstr *name);
	/* 0 when name equals (str, len). May not sleep. */
	int (*d_compare)(const struct dentry *dentry, unsigned int len, const char *str,
			 const struct qstr *name);
	/* 1: do not keep it when the last reference goes. May not sleep. */
	int (*d_delete)(const struct dentry *dentry);
	int (*d_init)(struct dentry *dentry);
	void (*d_release)(struct dentry *dentry);
	void (*d_prune)(struct dentry *dentry);
	/* Instead of iput() when the dentry lets its inode go. */
	void (*d_iput)(struct dentry *dentry, struct inode *inode);
	/* Name of a dentry that is in no directory, for d_path(). */
	char *(*d_dname)(struct dentry *dentry, char *buffer, int buflen);
};

#define DCACHE_OP_HASH 0x00000001
#define DCACHE_OP_COMPARE 0x00000002
#define DCACHE_OP_REVALIDATE 0x00000004
#define DCACHE_OP_DELETE 0x00000008
#define DCACHE_DISCONNECTED 0x00000020
#define DCACHE_REFERENCED 0x00000040
#define DCACHE_CANT_MOUNT 0x00000100
#define DCACHE_LRU_LIST 0x00000400
#define DCACHE_DENTRY_KILLED 0x00008000
#define DCACHE_MOUNTED 0x00010000 /* something may be mounted on it */
#define DCACHE_ENTRY_TYPE 0x00700000
#define DCACHE_MISS_TYPE 0x00000000 /* negative */
#define DCACHE_DIRECTORY_TYPE 0x00200000
#define DCACHE_REGULAR_TYPE 0x00400000
#define DCACHE_SPECIAL_TYPE 0x00500000
#define DCACHE_SYMLINK_TYPE 0x00600000

extern const struct qstr empty_name;
extern const struct qstr slash_name;

/* Hash of a name of len bytes; salt is the parent. Any context. */
u32 full_name_hash(const void *salt, const char *name, unsigned int len);

/* A new negative dentry below parent, not yet hashed; NULL: no memory. Process context. */
struct dentry *d_alloc(struct dentry *parent, const struct qstr *name);
struct dentry *d_alloc_name(struct dentry *parent, const char *name);
/* One that is in no directory (pipes, sockets). */
struct dentry *d_alloc_pseudo(struct super_block *sb, const struct qstr *name);
struct dentry *d_alloc_anon(struct super_block *sb);
/* The root of a file system for inode, whose reference it takes over, also on failure. NULL inode or no memory: NULL. */
struct dentry *d_make_root(struct inode *inode);
/* Makes a negative dentry positive; takes over the reference on inode. d_add also hashes it (inode NULL: negative). */
void d_instantiate(struct dentry *dentry, struct inode *inode);
void d_instantiate_new(struct dentry *dentry, struct inode *inode);
void d_add(struct dentry *dentry, struct inode *inode);
/* As d_add, but if a directory inode has a dentry already that one is moved here and returned (referenced). */
struct dentry *d_splice_alias(struct inode *inode, struct dentry *dentry);
struct dentry *d_obtain_alias(struct inode *inode);
struct dentry *d_find_alias(struct inode *inode);
struct dentry *d_find_any_alias(struct inode *inode);
void d_prune_aliases(struct inode *inode);
/* Hash an unhashed dentry / unhash one, so that the name is looked up anew. */
void d_rehash(struct dentry *dentry);
void d_drop(struct dentry *dentry);
void __d_drop(struct dentry *dentry);
/* The name has been removed from the directory. */
void d_delete(struct dentry *dentry);
/* Renames dentry to target's place; target is unhashed. Both directories are locked. d_exchange swaps them. */
void d_move(struct dentry *dentry, struct dentry *target);
void d_exchange(struct dentry *a, struct dentry *b);
/* The child of that name in the cache, referenced; NULL: not known. Any context. */
struct dentry *d_lookup(const struct dentry *parent, const struct qstr *name);
struct dentry *d_hash_and_lookup(struct dentry *parent, struct qstr *name);
/* Forgets the unused names below parent (invalidate: all names of a directory that has vanished). */
void shrink_dcache_parent(struct dentry *parent);
void shrink_dcache_sb(struct super_block *sb);
void d_invalidate(struct dentry *dentry);
/* Removes the whole unpinned tree; of a mount that is going. */
void d_genocide(struct dentry *parent);
void d_tmpfile(struct dentry *dentry, struct inode *inode);
void d_set_d_op(struct dentry *dentry, const struct dentry_operations *op);
/* Is child below parent (or it)? */
bool is_subdir(struct dentry *child, struct dentry *parent);
struct dentry *d_ancestor(struct dentry *parent, struct dentry *child);

/*
 * The path as text, written to the end of buf; returns its beginning or ERR_PTR(-ENAMETOOLONG). d_path as seen from
 * the caller's root ("(unreachable)" is not added; deleted files end in " (deleted)"), dentry_path within its file
 * system. Any context but irq.
 */
char *d_path(const struct path *path, char *buf, int buflen);
char *d_absolute_path(const struct path *path, char *buf, int buflen);
char *dentry_path_raw(struct dentry *dentry, char *buf, int buflen);
char *dentry_path(struct dentry *dentry, char *buf, int buflen);
char *dynamic_dname(struct dentry *dentry, char *buffer, int buflen, const char *fmt, ...)
	__printf(4, 5);
char *simple_dname(struct dentry *dentry, char *buffer, int buflen);

/* References. dget: any context; NULL allowed. dput may sleep (the last one may free the inode). */
struct dentry *dget(struct dentry *dentry);
void dput(struct dentry *dentry);
struct dentry *dget_parent(struct dentry *dentry);
#define dget_dlock(d) dget(d)

static inline int d_unhashed(const struct dentry *dentry)
{
	return hlist_unhashed(&dentry->d_hash);
}

static inline int d_unlinked(const struct dentry *dentry)
{
	return d_unhashed(dentry) && dentry->d_parent != dentry;
}

static inline int cant_mount(const struct dentry *dentry)
{
	return dentry->d_flags & DCACHE_CANT_MOUNT;
}

static inline bool d_mountpoint(const struct dentry *dentry)
{
	return dentry->d_flags & DCACHE_MOUNTED;
}

static inline unsigned int __d_entry_type(const struct dentry *dentry)
{
	return dentry->d_flags & DCACHE_ENTRY_TYPE;
}

static inline bool d_is_negative(const struct dentry *dentry)
{
	return !dentry->d_inode;
}

static inline bool d_is_positive(const struct dentry *dentry)
{
	return dentry->d_inode != NULL;
}

static inline bool d_really_is_negative(const struct dentry *dentry)
{
	return !dentry->d_inode;
}

static inline bool d_really_is_positive(const struct dentry *dentry)
{
	return dentry->d_inode != NULL;
}

static inline bool d_is_dir(const struct dentry *dentry)
{
	return __d_entry_type(dentry) == DCACHE_DIRECTORY_TYPE;
}

static inline bool d_can_lookup(const struct dentry *dentry)
{
	return d_is_dir(dentry);
}

static inline bool d_is_symlink(const struct dentry *dentry)
{
	return __d_entry_type(dentry) == DCACHE_SYMLINK_TYPE;
}

static inline bool d_is_reg(const struct dentry *dentry)
{
	return __d_entry_type(dentry) == DCACHE_REGULAR_TYPE;
}

static inline bool d_is_special(const struct dentry *dentry)
{
	return __d_entry_type(dentry) == DCACHE_SPECIAL_TYPE;
}

static inline struct inode *d_inode(const struct dentry *dentry)
{
	return dentry->d_inode;
}

static inline struct inode *d_inode_rcu(const struct dentry *dentry)
{
	return READ_ONCE(dentry->d_inode);
}

static inline struct inode *d_backing_inode(const struct dentry *dentry)
{
	return dentry->d_inode;
}

static inline struct dentry *d_real(struct dentry *dentry, const struct inode *inode)
{
	return dentry;
}

static inline unsigned int d_count(const struct dentry *dentry)
{
	return dentry->d_refs.counter;
}

#define IS_ROOT(x) ((x) == (x)->d_parent)

struct name_snapshot {
	struct qstr name;
	unsigned char inline_name[256];
};
void take_dentry_name_snapshot(struct name_snapshot *name, struct dentry *dentry);
void release_dentry_name_snapshot(struct name_snapshot *name);

#endif
