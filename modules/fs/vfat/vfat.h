/*
 * vfat: what its files share. format.h has the on-disk format, table.c the allocation table, dir.c directories, namei.c
 * the operations on names, file.c the data of files, inode.c inodes, super.c mounting.
 */
#ifndef VFAT_H
#define VFAT_H

#include <linux/buffer_head.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include "format.h"

#define VFAT_HASH_BITS 6
#define VFAT_ROOT_INO 1
#define VFAT_UNKNOWN 0xffffffffu /* free_count: not counted yet */

/* One mounted volume (sb->s_fs_info). */
struct vfat_sb {
	struct fat_geometry geometry; /* constant */
	struct mutex
		table_lock;  /* the allocation table, next_free, free_count, chains of all inodes */
	u32 next_free;	     /* where the search for a free cluster begins */
	u32 free_count;	     /* free clusters or VFAT_UNKNOWN */
	bool counted_change; /* FSINFO on disk is behind */
	spinlock_t hash_lock;			     /* hash and every inode's position */
	struct hlist_head hash[1 << VFAT_HASH_BITS]; /* inodes by position */
	kuid_t uid;				     /* owner of everything; FAT stores none */
	kgid_t gid;
	umode_t file_mask, dir_mask; /* permission bits taken away */
};

struct vfat_inode {
	struct inode vfs_inode;
	u32 first_cluster; /* 0: no data (table_lock) */
	u32 clusters;	  /* length of the chain, VFAT_UNKNOWN before the first walk (table_lock) */
	u32 cached_index; /* a place in the chain reached before … */
	u32 cached_cluster; /* … and its cluster, 0: none (table_lock) */
	u64 position; /* of the short entry: sector * 128 + index; 0: in no directory (hash_lock) */
	struct hlist_node hash; /* in vfat_sb.hash while position is set */
	loff_t initialised;	/* bytes of the file written or zeroed so far (i_rwsem) */
	u8 attributes;		/* FAT_ATTR_* */
	u8 letter_case;
	u16 created_date, created_time;
	u8 created_centiseconds;
};

/* A name found in, or to be put into, a directory. */
struct vfat_place {
	u32 first;		/* index of its first entry (a slot or the short entry) */
	u32 count;		/* entries, the short one last */
	u64 position;		/* of the short entry */
	struct fat_entry entry; /* the short entry */
};

static inline struct vfat_sb *VFAT_SB(struct super_block *sb)
{
	return sb->s_fs_info;
}

static inline struct vfat_inode *VFAT_I(struct inode *inode)
{
	return container_of(inode, struct vfat_inode, vfs_inode);
}

/* Inode number of what stands at a position: FAT has none. */
static inline unsigned long vfat_ino(u64 position)
{
	return (unsigned long)position + VFAT_ROOT_INO + 1;
}

/* Does this directory lie in the fixed area of FAT12/16? */
static inline bool vfat_fixed_root(struct inode *dir)
{
	return dir->i_ino == VFAT_ROOT_INO && VFAT_SB(dir->i_sb)->geometry.type != FAT_TYPE_32;
}

/* Logs that the volume is damaged and makes it read-only. Any context that may log. */
void vfat_damaged(struct super_block *sb, const char *fmt, ...) __printf(2, 3);

/* table.c. Process context, may sleep; table_lock is theirs. */
/* Cluster `index` of the file: 0 and *cluster (0: the chain ends before it), or -EIO. */
int vfat_chain_find(struct inode *inode, u32 index, u32 *cluster);
/* Appends a cluster (zero: its sectors are zeroed): 0 and *cluster, -ENOSPC, -EIO. */
int vfat_chain_extend(struct inode *inode, bool zero, u32 *cluster);
/* Frees the chain behind its first `keep` clusters. 0 or -EIO. */
int vfat_chain_cut(struct inode *inode, u32 keep);
/* Number of clusters in the chain, or -EIO. */
int vfat_chain_length(struct inode *inode, u32 *length);
/* Free clusters, counted when unknown: 0 or -EIO. */
int vfat_free_clusters(struct super_block *sb, u32 *count);
sector_t vfat_cluster_sector(const struct fat_geometry *geometry, u32 cluster);

/* dir.c. The directory's i_rwsem is held. */
int vfat_dir_find(struct inode *dir, const char *name, size_t length, struct vfat_place *place);
/* Writes name (with long slots where needed) and *entry; fills *place. -ENOSPC, -EIO, -EINVAL (name). */
int vfat_dir_add(struct inode *dir, const char *name, size_t length, const struct fat_entry *entry,
		 struct vfat_place *place);
int vfat_dir_remove(struct inode *dir, const struct vfat_place *place);
/* 0: only `.` and `..`; -ENOTEMPTY; -EIO. */
int vfat_dir_empty(struct inode *dir);
/* Writes the two first entries of a new directory. */
int vfat_dir_make(struct inode *dir, u32 parent_cluster, const struct fat_entry *times);
/* Lets `..` point to another parent. */
int vfat_dir_set_parent(struct inode *dir, u32 parent_cluster);
/* Rewrites the short entry at position by change(entry, arg); sync: wait for the disk. */
int vfat_entry_change(struct super_block *sb, u64 position,
		      void (*change)(struct fat_entry *entry, const void *arg), const void *arg,
		      bool sync);
extern const struct file_operations vfat_dir_operations;

/* inode.c */
struct inode *vfat_alloc_inode(struct super_block *sb);
void vfat_free_inode(struct inode *inode);
void vfat_evict_inode(struct inode *inode);
int vfat_write_inode(struct inode *inode, struct writeback_control *wbc);
/* The inode of an entry, from memory or new; ERR_PTR. */
struct inode *vfat_iget(struct super_block *sb, const struct fat_entry *entry, u64 position);
struct inode *vfat_root(struct super_block *sb);
void vfat_attach(struct inode *inode, u64 position);
void vfat_detach(struct inode *inode);
/* The entry that describes inode now; name and case are left alone. */
void vfat_entry_from_inode(struct fat_entry *entry, const void *inode);
int vfat_inode_cache_create(void);
void vfat_inode_cache_destroy(void);

/* file.c, namei.c */
extern const struct file_operations vfat_file_operations;
extern const struct inode_operations vfat_file_inode_operations;
extern const struct inode_operations vfat_dir_inode_operations;
extern const struct address_space_operations vfat_aops;
extern const struct dentry_operations vfat_dentry_operations;
int vfat_setattr(struct dentry *dentry, struct iattr *attr);

#endif
