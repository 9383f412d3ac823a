/*
 * The allocation table: which cluster follows which.
 *
 * A file's chain begins at its first_cluster; the table holds each cluster's successor, 0 for a free one. All of it is
 * under table_lock of the volume. Nothing read from the table is trusted: a successor is a cluster of the volume, the end,
 * or damage; and no walk makes more steps than there are clusters, so that a loop ends. Each inode remembers one place
 * of its chain, so that reading forward does not walk from the beginning.
 */
#include <linux/kernel.h>
#include "vfat.h"

sector_t vfat_cluster_sector(const struct fat_geometry *geometry, u32 cluster)
{
	return geometry->data_start + (sector_t)(cluster - 2) * geometry->cluster_sectors;
}

/* The one or two buffers that hold an entry: a FAT12 entry may straddle two sectors. */
struct table_bytes {
	struct buffer_head *bh[2];
	u8 *byte[4];
	unsigned int count;
};

static void table_release(struct table_bytes *bytes)
{
	brelse(bytes->bh[0]);
	brelse(bytes->bh[1]);
}

static int table_locate(struct super_block *sb, u32 table, u32 cluster, struct table_bytes *bytes)
{
	const struct fat_geometry *g = &VFAT_SB(sb)->geometry;
	u32 offset = fat_table_offset(g, cluster);
	unsigned int i;

	bytes->bh[0] = bytes->bh[1] = NULL;
	bytes->count = g->type == FAT_TYPE_32 ? 4 : 2;
	for (i = 0; i < bytes->count; i++, offset++) {
		sector_t sector = g->fat_start + (sector_t)table * g->fat_sectors +
				  offset / g->sector_bytes;
		unsigned int which = bytes->bh[0] && bytes->bh[0]->b_blocknr != sector;

		if (!bytes->bh[which])
			bytes->bh[which] = sb_bread(sb, sector);
		if (!bytes->bh[which]) {
			table_release(bytes);
			return -EIO;
		}
		bytes->byte[i] = (u8 *)bytes->bh[which]->b_data + offset % g->sector_bytes;
	}
	return 0;
}

static int table_get(struct super_block *sb, u32 cluster, u32 *value)
{
	const struct fat_geometry *g = &VFAT_SB(sb)->geometry;
	struct table_bytes bytes;
	unsigned int i;

	if (table_locate(sb, g->fat_active, cluster, &bytes))
		return -EIO;
	*value = 0;
	for (i = bytes.count; i--;)
		*value = *value << 8 | *bytes.byte[i];
	if (g->type == FAT_TYPE_12)
		*value = cluster & 1 ? *value >> 4 : *value & 0xfff;
	if (g->type == FAT_TYPE_32)
		*value &= 0x0fffffff;
	table_release(&bytes);
	return 0;
}

static int table_set_one(struct super_block *sb, u32 table, u32 cluster, u32 value)
{
	const struct fat_geometry *g = &VFAT_SB(sb)->geometry;
	struct table_bytes bytes;
	unsigned int i;
	u32 old = 0;

	if (table_locate(sb, table, cluster, &bytes))
		return -EIO;
	for (i = bytes.count; i--;)
		old = old << 8 | *bytes.byte[i];
	if (g->type == FAT_TYPE_12)
		value = cluster & 1 ? (old & 0xf) | value << 4 : (old & 0xf000) | value;
	if (g->type == FAT_TYPE_32)
		value |= old & 0xf0000000; /* reserved bits are kept */
	for (i = 0; i < bytes.count; i++)
		*bytes.byte[i] = (u8)(value >> 8 * i);
	mark_buffer_dirty(bytes.bh[0]);
	if (bytes.bh[1])
		mark_buffer_dirty(bytes.bh[1]);
	table_release(&bytes);
	return 0;
}

static int table_set(struct super_block *sb, u32 cluster, u32 value)
{
	const struct fat_geometry *g = &VFAT_SB(sb)->geometry;
	u32 table;
	int err = 0;

	if (!g->mirrored)
		return table_set_one(sb, g->fat_active, cluster, value);
	for (table = 0; table < g->fat_count && !err; table++)
		err = table_set_one(sb, table, cluster, value);
	return err;
}

/* Follow one link: *next is a cluster, or 0 at the end. -EIO: damage or I/O error. */
static int chain_next(struct super_block *sb, u32 cluster, u32 *next)
{
	const struct fat_geometry *g = &VFAT_SB(sb)->geometry;
	int err = table_get(sb, cluster, next);

	if (err)
		return err;
	if (fat_is_end(g, *next)) {
		*next = 0;
		return 0;
	}
	if (fat_is_cluster(g, *next))
		return 0;
	vfat_damaged(sb, "cluster %u: its successor %#x is no cluster", cluster, *next);
	return -EIO;
}

/* Walk to `index` or to the end; *reached tells where the walk stopped. table_lock is held. */
static int chain_walk(struct inode *inode, u32 index, u32 *cluster, u32 *reached)
{
	struct vfat_inode *vi = VFAT_I(inode);
	struct super_block *sb = inode->i_sb;
	u32 limit = VFAT_SB(sb)->geometry.max_cluster;
	u32 at = 0, here = vi->first_cluster, next;
	int err;

	if (vi->cached_cluster && vi->cached_index <= index) {
		at = vi->cached_index;
		here = vi->cached_cluster;
	}
	*reached = at;
	*cluster = 0;
	if (!here)
		return 0;
	if (!fat_is_cluster(&VFAT_SB(sb)->geometry, here)) {
		vfat_damaged(sb, "file begins at %#x, which is no cluster", here);
		return -EIO;
	}
	while (at < index) {
		err = chain_next(sb, here, &next);
		if (err)
			return err;
		if (!next)
			break;
		here = next;
		if (++at > limit) {
			vfat_damaged(sb, "cluster %u: chain is a loop", here);
			return -EIO;
		}
	}
	vi->cached_index = at;
	vi->cached_cluster = here;
	*reached = at;
	if (at == index)
		*cluster = here;
	return 0;
}

int vfat_chain_find(struct inode *inode, u32 index, u32 *cluster)
{
	struct vfat_sb *volume = VFAT_SB(inode->i_sb);
	u32 reached;
	int err;

	mutex_lock(&volume->table_lock);
	err = chain_walk(inode, index, cluster, &reached);
	mutex_unlock(&volume->table_lock);
	return err;
}

/* The chain's length; table_lock is held. */
static int chain_length(struct inode *inode, u32 *length)
{
	struct vfat_inode *vi = VFAT_I(inode);
	u32 cluster, reached;
	int err;

	if (vi->clusters == VFAT_UNKNOWN) {
		err = chain_walk(inode, VFAT_UNKNOWN, &cluster, &reached);
		if (err)
			return err;
		vi->clusters = vi->first_cluster ? reached + 1 : 0;
	}
	*length = vi->clusters;
	return 0;
}

int vfat_chain_length(struct inode *inode, u32 *length)
{
	struct vfat_sb *volume = VFAT_SB(inode->i_sb);
	int err;

	mutex_lock(&volume->table_lock);
	err = chain_length(inode, length);
	mutex_unlock(&volume->table_lock);
	return err;
}

/* A free cluster, marked as the end of a chain. table_lock is held. */
static int cluster_take(struct super_block *sb, u32 *cluster)
{
	struct vfat_sb *volume = VFAT_SB(sb);
	const struct fat_geometry *g = &volume->geometry;
	u32 tried, here = volume->next_free, value;
	int err;

	for (tried = 2; tried <= g->max_cluster; tried++, here++) {
		if (!fat_is_cluster(g, here))
			here = 2;
		err = table_get(sb, here, &value);
		if (err)
			return err;
		if (value)
			continue;
		err = table_set(sb, here, fat_end_mark(g));
		if (err)
			return err;
		volume->next_free = here + 1;
		if (volume->free_count != VFAT_UNKNOWN && volume->free_count)
			volume->free_count--;
		volume->counted_change = true;
		*cluster = here;
		return 0;
	}
	volume->free_count = 0;
	return -ENOSPC;
}

static int cluster_zero(struct super_block *sb, u32 cluster)
{
	const struct fat_geometry *g = &VFAT_SB(sb)->geometry;
	sector_t sector = vfat_cluster_sector(g, cluster);
	u32 i;

	for (i = 0; i < g->cluster_sectors; i++) {
		struct buffer_head *bh = sb_getblk(sb, sector + i);

		if (!bh)
			return -EIO;
		lock_buffer(bh);
		memset(bh->b_data, 0, bh->b_size);
		set_buffer_uptodate(bh);
		unlock_buffer(bh);
		mark_buffer_dirty(bh);
		brelse(bh);
	}
	return 0;
}

/* Hangs a taken cluster behind the last one. table_lock is held. */
static int chain_append(struct inode *inode, u32 cluster)
{
	struct vfat_inode *vi = VFAT_I(inode);
	u32 length, last, reached;
	int err = chain_length(inode, &length);

	if (err)
		return err;
	if (!length) {
		vi->first_cluster = cluster;
		mark_inode_dirty(inode);
	} else {
		err = chain_walk(inode, length - 1, &last, &reached);
		if (!err && !last)
			err = -EIO;
		if (!err)
			err = table_set(inode->i_sb, last, cluster);
		if (err)
			return err;
	}
	vi->clusters = length + 1;
	vi->cached_index = length;
	vi->cached_cluster = cluster;
	inode_add_bytes(inode,
			(loff_t)VFAT_SB(inode->i_sb)->geometry.cluster_sectors << inode->i_blkbits);
	return 0;
}

/* Marks a cluster free. table_lock is held. */
static int cluster_give(struct super_block *sb, u32 cluster)
{
	struct vfat_sb *volume = VFAT_SB(sb);
	int err = table_set(sb, cluster, 0);

	if (!err && volume->free_count != VFAT_UNKNOWN)
		volume->free_count++;
	volume->counted_change = true;
	return err;
}

int vfat_chain_extend(struct inode *inode, bool zero, u32 *cluster)
{
	struct super_block *sb = inode->i_sb;
	struct vfat_sb *volume = VFAT_SB(sb);
	int err;

	mutex_lock(&volume->table_lock);
	err = cluster_take(sb, cluster);
	if (!err) {
		if (zero)
			err = cluster_zero(sb, *cluster);
		if (!err)
			err = chain_append(inode, *cluster);
		if (err)
			cluster_give(sb, *cluster);
	}
	mutex_unlock(&volume->table_lock);
	return err;
}

/* Frees the clusters from `cluster` to the end of the chain. table_lock is held. */
static int chain_free(struct super_block *sb, u32 cluster)
{
	u32 steps = 0, next;
	int err;

	while (cluster) {
		err = chain_next(sb, cluster, &next);
		if (!err)
			err = cluster_give(sb, cluster);
		if (err || ++steps > VFAT_SB(sb)->geometry.max_cluster)
			return -EIO;
		cluster = next;
	}
	return 0;
}

int vfat_chain_cut(struct inode *inode, u32 keep)
{
	struct vfat_inode *vi = VFAT_I(inode);
	struct super_block *sb = inode->i_sb;
	struct vfat_sb *volume = VFAT_SB(sb);
	u32 last = 0, rest = vi->first_cluster, reached;
	int err = 0;

	mutex_lock(&volume->table_lock);
	if (keep) {
		vi->cached_cluster = 0;
		err = chain_walk(inode, keep - 1, &last, &reached);
		if (err || !last)
			goto out;
		err = chain_next(sb, last, &rest);
		if (!err && rest)
			err = table_set(sb, last, fat_end_mark(&volume->geometry));
	} else if (rest && !fat_is_cluster(&volume->geometry, rest)) {
		err = -EIO;
	} else {
		vi->first_cluster = 0;
	}
	if (!err)
		err = chain_free(sb, rest);
	vi->cached_cluster = 0;
	vi->clusters = VFAT_UNKNOWN;
	inode_set_bytes(inode, (loff_t)keep * volume->geometry.cluster_sectors << inode->i_blkbits);
out:
	mutex_unlock(&volume->table_lock);
	mark_inode_dirty(inode);
	return err;
}

int vfat_free_clusters(struct super_block *sb, u32 *count)
{
	struct vfat_sb *volume = VFAT_SB(sb);
	u32 cluster, value, found = 0;
	int err = 0;

	mutex_lock(&volume->table_lock);
	if (volume->free_count == VFAT_UNKNOWN) {
		for (cluster = 2; cluster <= volume->geometry.max_cluster && !err; cluster++) {
			err = table_get(sb, cluster, &value);
			found += !err && !value;
		}
		if (!err)
			volume->free_count = found;
	}
	*count = volume->free_count;
	mutex_unlock(&volume->table_lock);
	return err;
}
