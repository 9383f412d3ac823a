/*
 * The data of files: blocks found through the chain, pages through the page cache.
 *
 * FAT has no holes: what lies between the initialised part of a file and a write behind it is zeroed first
 * (cont_write_begin). A file cut short frees its clusters after its pages have gone.
 */
#include <linux/kernel.h>
#include <linux/pagemap.h>
#include <linux/writeback.h>
#include "vfat.h"

static int vfat_get_block(struct inode *inode, sector_t block, struct buffer_head *bh, int create)
{
	const struct fat_geometry *g = &VFAT_SB(inode->i_sb)->geometry;
	u32 index = (u32)block / g->cluster_sectors, length, cluster;
	int err = vfat_chain_find(inode, index, &cluster);

	if (err)
		return err;
	if (!cluster) {
		if (!create) {
			vfat_damaged(inode->i_sb, "inode %lu: chain ends before the file does",
				     inode->i_ino);
			return -EIO;
		}
		err = vfat_chain_length(inode, &length);
		if (!err && length != index)
			err = -EIO;
		if (!err)
			err = vfat_chain_extend(inode, false, &cluster);
		if (err)
			return err;
		set_buffer_new(bh);
	} else if (create && (loff_t)block << inode->i_blkbits >= VFAT_I(inode)->initialised) {
		set_buffer_new(bh); /* its old content is nobody's business */
	}
	map_bh(bh, inode->i_sb, vfat_cluster_sector(g, cluster) + (u32)block % g->cluster_sectors);
	return 0;
}

static int vfat_readpage(struct file *file, struct page *page)
{
	return block_read_full_page(page, vfat_get_block);
}

static int vfat_writepage(struct page *page, struct writeback_control *wbc)
{
	return block_write_full_page(page, vfat_get_block, wbc);
}

static void cut_to_size(struct inode *inode)
{
	const struct fat_geometry *g = &VFAT_SB(inode->i_sb)->geometry;
	u32 cluster_bytes = g->cluster_sectors * g->sector_bytes;

	vfat_chain_cut(inode, (u32)DIV_ROUND_UP_ULL(inode->i_size, cluster_bytes));
}

/* A write that failed half way may have left pages and clusters behind the end. */
static void write_failed(struct address_space *mapping, loff_t to)
{
	struct inode *inode = mapping->host;

	if (to > inode->i_size) {
		truncate_pagecache(inode, inode->i_size);
		cut_to_size(inode);
	}
}

static int vfat_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
			    unsigned int len, unsigned int flags, struct page **pagep,
			    void **fsdata)
{
	int err;

	*pagep = NULL;
	err = cont_write_begin(file, mapping, pos, len, flags, pagep, fsdata, vfat_get_block,
			       &VFAT_I(mapping->host)->initialised);
	if (err < 0)
		write_failed(mapping, pos + len);
	return err;
}

static int vfat_write_end(struct file *file, struct address_space *mapping, loff_t pos,
			  unsigned int len, unsigned int copied, struct page *page, void *fsdata)
{
	struct inode *inode = mapping->host;
	int done = generic_write_end(file, mapping, pos, len, copied, page, fsdata);

	if (done > 0)
		VFAT_I(inode)->initialised = max(VFAT_I(inode)->initialised, pos + done);
	if (done < (int)len)
		write_failed(mapping, pos + len);
	if (done > 0 && !(VFAT_I(inode)->attributes & FAT_ATTR_ARCH)) {
		VFAT_I(inode)->attributes |= FAT_ATTR_ARCH;
		mark_inode_dirty(inode);
	}
	return done;
}

static sector_t vfat_bmap(struct address_space *mapping, sector_t block)
{
	return generic_block_bmap(mapping, block, vfat_get_block);
}

static int vfat_releasepage(struct page *page, gfp_t gfp)
{
	return try_to_free_buffers(page);
}

const struct address_space_operations vfat_aops = {
	.readpage = vfat_readpage,
	.writepage = vfat_writepage,
	.write_begin = vfat_write_begin,
	.write_end = vfat_write_end,
	.set_page_dirty = __set_page_dirty_buffers,
	.invalidatepage = block_invalidatepage,
	.releasepage = vfat_releasepage,
	.bmap = vfat_bmap,
};

const struct file_operations vfat_file_operations = {
	.llseek = generic_file_llseek,
	.read_iter = generic_file_read_iter,
	.write_iter = generic_file_write_iter,
	.mmap = generic_file_mmap,
	.fsync = generic_file_fsync,
};

static int change_size(struct inode *inode, loff_t size)
{
	int err;

	if (size > inode->i_size)
		return generic_cont_expand_simple(inode, size);
	if (size == inode->i_size)
		return 0;
	err = block_truncate_page(inode->i_mapping, size, vfat_get_block);
	if (err)
		return err;
	truncate_setsize(inode, size);
	VFAT_I(inode)->initialised = min(VFAT_I(inode)->initialised, size);
	cut_to_size(inode);
	inode->i_mtime = inode->i_ctime = current_time(inode);
	mark_inode_dirty(inode);
	return 0;
}

/* Of a mode FAT keeps only whether anybody may write to a file; any other change has no effect, as on Linux. */
static void change_mode(struct inode *inode, struct iattr *attr)
{
	struct vfat_inode *vi = VFAT_I(inode);
	umode_t mask = VFAT_SB(inode->i_sb)->file_mask;

	if (!S_ISREG(inode->i_mode)) {
		attr->ia_valid &= ~ATTR_MODE;
		return;
	}
	if (attr->ia_mode & 0222 & ~mask)
		vi->attributes &= (u8)~FAT_ATTR_RO;
	else
		vi->attributes |= FAT_ATTR_RO;
	attr->ia_mode = S_IFREG | (0777 & ~mask & (vi->attributes & FAT_ATTR_RO ? ~0222 : ~0));
}

int vfat_setattr(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	struct vfat_sb *volume = VFAT_SB(inode->i_sb);
	int err = setattr_prepare(dentry, attr);

	if (err)
		return err;
	if ((attr->ia_valid & ATTR_UID && !uid_eq(attr->ia_uid, volume->uid)) ||
	    (attr->ia_valid & ATTR_GID && !gid_eq(attr->ia_gid, volume->gid)))
		return -EPERM;
	if (attr->ia_valid & ATTR_MODE)
		change_mode(inode, attr);
	if (attr->ia_valid & ATTR_SIZE) {
		err = change_size(inode, attr->ia_size);
		if (err)
			return err;
	}
	setattr_copy(inode, attr);
	mark_inode_dirty(inode);
	return 0;
}

const struct inode_operations vfat_file_inode_operations = {
	.setattr = vfat_setattr,
	.getattr = simple_getattr,
};
