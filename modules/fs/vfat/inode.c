/*
 * Inodes of a FAT volume.
 *
 * FAT has no inodes: what identifies a file is the place of its short entry. The inodes in memory are hashed by that
 * position; a removed file has none. Position and hash are under hash_lock. A rename moves an inode to its new position, its
 * number stays.
 */
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/pagemap.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/writeback.h>
#include "vfat.h"

static struct kmem_cache *inode_cache;

static void init_once(void *object)
{
	inode_init_once(&((struct vfat_inode *)object)->vfs_inode);
}

int vfat_inode_cache_create(void)
{
	inode_cache = kmem_cache_create("vfat_inode_cache", sizeof(struct vfat_inode), 0,
					SLAB_RECLAIM_ACCOUNT, init_once);
	return inode_cache ? 0 : -ENOMEM;
}

void vfat_inode_cache_destroy(void)
{
	rcu_barrier();
	kmem_cache_destroy(inode_cache);
}

struct inode *vfat_alloc_inode(struct super_block *sb)
{
	struct vfat_inode *vi = kmem_cache_alloc(inode_cache, GFP_KERNEL);

	if (!vi)
		return NULL;
	vi->first_cluster = 0;
	vi->clusters = VFAT_UNKNOWN;
	vi->cached_cluster = 0;
	vi->position = 0;
	vi->initialised = 0;
	vi->attributes = 0;
	vi->letter_case = 0;
	INIT_HLIST_NODE(&vi->hash);
	return &vi->vfs_inode;
}

void vfat_free_inode(struct inode *inode)
{
	kmem_cache_free(inode_cache, VFAT_I(inode));
}

static struct hlist_head *hash_of(struct super_block *sb, u64 position)
{
	return &VFAT_SB(sb)->hash[hash_64(position, VFAT_HASH_BITS)];
}

void vfat_attach(struct inode *inode, u64 position)
{
	struct vfat_sb *volume = VFAT_SB(inode->i_sb);

	spin_lock(&volume->hash_lock);
	VFAT_I(inode)->position = position;
	hlist_add_head(&VFAT_I(inode)->hash, hash_of(inode->i_sb, position));
	spin_unlock(&volume->hash_lock);
}

void vfat_detach(struct inode *inode)
{
	struct vfat_sb *volume = VFAT_SB(inode->i_sb);

	spin_lock(&volume->hash_lock);
	VFAT_I(inode)->position = 0;
	hlist_del_init(&VFAT_I(inode)->hash);
	spin_unlock(&volume->hash_lock);
}

static struct inode *find_in_memory(struct super_block *sb, u64 position)
{
	struct vfat_sb *volume = VFAT_SB(sb);
	struct inode *inode = NULL;
	struct vfat_inode *vi;

	spin_lock(&volume->hash_lock);
	hlist_for_each_entry(vi, hash_of(sb, position), hash) {
		if (vi->position == position) {
			inode = igrab(&vi->vfs_inode);
			break;
		}
	}
	spin_unlock(&volume->hash_lock);
	return inode;
}

static void set_times(struct inode *inode, const struct fat_entry *entry)
{
	inode->i_mtime.tv_sec = fat_time_decode(entry->modified_date, entry->modified_time, 0);
	inode->i_mtime.tv_nsec = 0;
	inode->i_ctime = inode->i_mtime;
	inode->i_atime.tv_sec = fat_time_decode(entry->accessed_date, 0, 0);
	inode->i_atime.tv_nsec = 0;
}

/* Sizes in bytes of a directory: its chain's length. */
static int fill_directory(struct inode *inode)
{
	struct vfat_sb *volume = VFAT_SB(inode->i_sb);
	u32 clusters;
	int err = vfat_chain_length(inode, &clusters);

	if (err)
		return err;
	inode->i_size = min_t(loff_t,
			      (loff_t)clusters * volume->geometry.cluster_sectors *
				      volume->geometry.sector_bytes,
			      FAT_DIR_BYTES);
	inode_set_bytes(inode, inode->i_size);
	return 0;
}

static void set_kind(struct inode *inode)
{
	struct vfat_sb *volume = VFAT_SB(inode->i_sb);
	struct vfat_inode *vi = VFAT_I(inode);

	inode->i_uid = volume->uid;
	inode->i_gid = volume->gid;
	set_nlink(inode, 1);
	if (vi->attributes & FAT_ATTR_DIR) {
		inode->i_mode = S_IFDIR | (0777 & ~volume->dir_mask);
		inode->i_op = &vfat_dir_inode_operations;
		inode->i_fop = &vfat_dir_operations;
		return;
	}
	inode->i_mode = S_IFREG | (0777 & ~volume->file_mask);
	if (vi->attributes & FAT_ATTR_RO)
		inode->i_mode &= ~0222;
	inode->i_op = &vfat_file_inode_operations;
	inode->i_fop = &vfat_file_operations;
	inode->i_mapping->a_ops = &vfat_aops;
	inode_nohighmem(inode); /* its pages have buffers */
}

static int fill_inode(struct inode *inode, const struct fat_entry *entry)
{
	struct vfat_sb *volume = VFAT_SB(inode->i_sb);
	struct vfat_inode *vi = VFAT_I(inode);

	vi->first_cluster = entry->cluster;
	vi->attributes = entry->attributes;
	vi->letter_case = entry->letter_case;
	vi->created_date = entry->created_date;
	vi->created_time = entry->created_time;
	vi->created_centiseconds = entry->created_centiseconds;
	set_kind(inode);
	set_times(inode, entry);
	if (vi->attributes & FAT_ATTR_DIR)
		return fill_directory(inode);
	inode->i_size = entry->size;
	vi->initialised = entry->size;
	inode_set_bytes(inode,
			round_up((loff_t)entry->size, (loff_t)volume->geometry.cluster_sectors *
							      volume->geometry.sector_bytes));
	return 0;
}

struct inode *vfat_iget(struct super_block *sb, const struct fat_entry *entry, u64 position)
{
	struct inode *inode = find_in_memory(sb, position);
	int err;

	if (inode)
		return inode;
	inode = new_inode(sb);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_ino = vfat_ino(position);
	err = fill_inode(inode, entry);
	if (err) {
		make_bad_inode(inode);
		iput(inode);
		return ERR_PTR(err);
	}
	insert_inode_hash(inode); /* so that it is kept, and written, when its last user goes */
	vfat_attach(inode, position);
	return inode;
}

struct inode *vfat_root(struct super_block *sb)
{
	const struct fat_geometry *g = &VFAT_SB(sb)->geometry;
	struct fat_entry entry = { .attributes = FAT_ATTR_DIR, .cluster = g->root_cluster };
	struct inode *inode = new_inode(sb);
	int err;

	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_ino = VFAT_ROOT_INO;
	err = fill_inode(inode, &entry);
	if (err) {
		make_bad_inode(inode);
		iput(inode);
		return ERR_PTR(err);
	}
	if (vfat_fixed_root(inode))
		inode->i_size = (loff_t)g->root_sectors * g->sector_bytes;
	insert_inode_hash(inode);
	return inode;
}

void vfat_entry_from_inode(struct fat_entry *entry, const void *arg)
{
	struct inode *inode = (struct inode *)arg;
	struct vfat_inode *vi = VFAT_I(inode);
	u16 unused_time;
	u8 unused_centi;

	entry->attributes = vi->attributes;
	entry->cluster = vi->first_cluster;
	entry->size = vi->attributes & FAT_ATTR_DIR ? 0 : (u32)inode->i_size;
	entry->created_date = vi->created_date;
	entry->created_time = vi->created_time;
	entry->created_centiseconds = vi->created_centiseconds;
	fat_time_encode(inode->i_mtime.tv_sec, &entry->modified_date, &entry->modified_time,
			&unused_centi);
	fat_time_encode(inode->i_atime.tv_sec, &entry->accessed_date, &unused_time, &unused_centi);
}

int vfat_write_inode(struct inode *inode, struct writeback_control *wbc)
{
	struct vfat_inode *vi = VFAT_I(inode);

	if (inode->i_ino == VFAT_ROOT_INO || !vi->position)
		return 0;
	return vfat_entry_change(inode->i_sb, vi->position, vfat_entry_from_inode, inode,
				 wbc->sync_mode == WB_SYNC_ALL);
}

void vfat_evict_inode(struct inode *inode)
{
	truncate_inode_pages_final(&inode->i_data);
	if (!inode->i_nlink && !is_bad_inode(inode))
		vfat_chain_cut(inode, 0);
	clear_inode(inode);
	vfat_detach(inode);
}
