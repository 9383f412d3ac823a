/*
 * I/O on single buffers: reading a block, writing a dirty one, waiting for it.
 *
 * A buffer is locked from submit_bh() to its b_end_io; whoever waits for the lock waits for the I/O.
 */
#include <linux/bio.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include "block/block.h"
#include "block/buffer.h"

static void buffer_bio_end(struct bio *bio)
{
	struct buffer_head *bh = bio->bi_private;
	bool ok = !bio->bi_status;

	bio_put(bio);
	bh->b_end_io(bh, ok);
}

int submit_bh(int op, int op_flags, struct buffer_head *bh)
{
	struct bio *bio;

	WARN_ON(!buffer_locked(bh) || !buffer_mapped(bh) || !bh->b_end_io);
	if (test_set_buffer_req(bh) && op == REQ_OP_WRITE)
		clear_buffer_write_io_error(bh);
	bio = bio_alloc(GFP_NOIO, 1);
	if (!bio) {
		bh->b_end_io(bh, 0);
		return -ENOMEM;
	}
	bio->bi_iter.bi_sector = bh->b_blocknr * (bh->b_size >> SECTOR_SHIFT);
	bio_set_dev(bio, bh->b_bdev);
	bio_add_page(bio, bh->b_page, bh->b_size, bh_offset(bh));
	bio->bi_end_io = buffer_bio_end;
	bio->bi_private = bh;
	bio->bi_opf = op | op_flags;
	submit_bio(bio);
	return 0;
}
EXPORT_SYMBOL(submit_bh);

static void buffer_report_lost(struct buffer_head *bh)
{
	char name[BDEVNAME_SIZE];

	pr_err_ratelimited("block: %s: block %llu: write failed\n", bdevname(bh->b_bdev, name),
			   (unsigned long long)bh->b_blocknr);
}

void end_buffer_read_sync(struct buffer_head *bh, int uptodate)
{
	if (uptodate)
		set_buffer_uptodate(bh);
	else
		clear_buffer_uptodate(bh);
	unlock_buffer(bh);
	put_bh(bh);
}
EXPORT_SYMBOL(end_buffer_read_sync);

void end_buffer_write_sync(struct buffer_head *bh, int uptodate)
{
	if (uptodate) {
		set_buffer_uptodate(bh);
	} else {
		buffer_report_lost(bh);
		set_buffer_write_io_error(bh);
		if (bh->b_page->mapping)
			mapping_set_error(bh->b_page->mapping, -EIO);
		clear_buffer_uptodate(bh);
	}
	unlock_buffer(bh);
	put_bh(bh);
}
EXPORT_SYMBOL(end_buffer_write_sync);

int bh_submit_read(struct buffer_head *bh)
{
	if (buffer_uptodate(bh)) {
		unlock_buffer(bh);
		return 0;
	}
	get_bh(bh);
	bh->b_end_io = end_buffer_read_sync;
	submit_bh(REQ_OP_READ, 0, bh);
	wait_on_buffer(bh);
	return buffer_uptodate(bh) ? 0 : -EIO;
}
EXPORT_SYMBOL(bh_submit_read);

struct buffer_head *__bread_gfp(struct block_device *bdev, sector_t block, unsigned int size,
				gfp_t gfp)
{
	struct buffer_head *bh = __getblk_gfp(bdev, block, size, gfp);

	if (!bh || buffer_uptodate(bh))
		return bh;
	lock_buffer(bh);
	if (!bh_submit_read(bh))
		return bh;
	brelse(bh);
	return NULL;
}
EXPORT_SYMBOL(__bread_gfp);

struct buffer_head *sb_bread(struct super_block *sb, sector_t block)
{
	return __bread(sb->s_bdev, block, sb->s_blocksize);
}
EXPORT_SYMBOL(sb_bread);

struct buffer_head *sb_bread_unmovable(struct super_block *sb, sector_t block)
{
	return sb_bread(sb, block);
}
EXPORT_SYMBOL(sb_bread_unmovable);

void __breadahead(struct block_device *bdev, sector_t block, unsigned int size)
{
	struct buffer_head *bh = __getblk(bdev, block, size);

	if (bh)
		ll_rw_block(REQ_OP_READ, REQ_RAHEAD, 1, &bh);
	brelse(bh);
}
EXPORT_SYMBOL(__breadahead);

void sb_breadahead(struct super_block *sb, sector_t block)
{
	__breadahead(sb->s_bdev, block, sb->s_blocksize);
}
EXPORT_SYMBOL(sb_breadahead);

/* Starts writing a locked buffer if it is dirty, else unlocks it. */
static void buffer_write_locked(struct buffer_head *bh, int op_flags)
{
	if (!test_clear_buffer_dirty(bh)) {
		unlock_buffer(bh);
		return;
	}
	get_bh(bh);
	bh->b_end_io = end_buffer_write_sync;
	submit_bh(REQ_OP_WRITE, op_flags, bh);
}

void ll_rw_block(int op, int op_flags, int count, struct buffer_head *bhs[])
{
	int i;

	for (i = 0; i < count; i++) {
		struct buffer_head *bh = bhs[i];

		if (!trylock_buffer(bh))
			continue;
		if (op == REQ_OP_WRITE) {
			buffer_write_locked(bh, op_flags);
		} else if (buffer_uptodate(bh)) {
			unlock_buffer(bh);
		} else {
			get_bh(bh);
			bh->b_end_io = end_buffer_read_sync;
			submit_bh(op, op_flags, bh);
		}
	}
}
EXPORT_SYMBOL(ll_rw_block);

void write_dirty_buffer(struct buffer_head *bh, int op_flags)
{
	lock_buffer(bh);
	buffer_write_locked(bh, op_flags);
}
EXPORT_SYMBOL(write_dirty_buffer);

int __sync_dirty_buffer(struct buffer_head *bh, int op_flags)
{
	write_dirty_buffer(bh, op_flags);
	wait_on_buffer(bh);
	return buffer_write_io_error(bh) ? -EIO : 0;
}
EXPORT_SYMBOL(__sync_dirty_buffer);

int sync_dirty_buffer(struct buffer_head *bh)
{
	return __sync_dirty_buffer(bh, REQ_SYNC);
}
EXPORT_SYMBOL(sync_dirty_buffer);

void mark_buffer_dirty(struct buffer_head *bh)
{
	WARN_ON(!buffer_uptodate(bh));
	if (!test_set_buffer_dirty(bh) && bh->b_page->mapping)
		__set_page_dirty_nobuffers(bh->b_page);
}
EXPORT_SYMBOL(mark_buffer_dirty);

void mark_buffer_dirty_inode(struct buffer_head *bh, struct inode *inode)
{
	struct address_space *mapping = inode->i_mapping;

	mark_buffer_dirty(bh);
	spin_lock(&mapping->private_lock);
	if (list_empty(&bh->b_assoc_buffers)) {
		list_add_tail(&bh->b_assoc_buffers, &mapping->private_list);
		bh->b_assoc_map = mapping;
	}
	spin_unlock(&mapping->private_lock);
}
EXPORT_SYMBOL(mark_buffer_dirty_inode);

/* Takes the next buffer off an inode's list, with a reference; NULL: none. */
static struct buffer_head *mapping_pop_buffer(struct address_space *mapping)
{
	struct buffer_head *bh = NULL;

	spin_lock(&mapping->private_lock);
	if (!list_empty(&mapping->private_list)) {
		bh = list_first_entry(&mapping->private_list, struct buffer_head, b_assoc_buffers);
		list_del_init(&bh->b_assoc_buffers);
		bh->b_assoc_map = NULL;
		get_bh(bh);
	}
	spin_unlock(&mapping->private_lock);
	return bh;
}

int sync_mapping_buffers(struct address_space *mapping)
{
	struct buffer_head *bh;
	int err = 0;

	while ((bh = mapping_pop_buffer(mapping))) {
		if (sync_dirty_buffer(bh))
			err = -EIO;
		brelse(bh);
	}
	return err;
}
EXPORT_SYMBOL(sync_mapping_buffers);

void invalidate_bh_lrus(void)
{
}
EXPORT_SYMBOL(invalidate_bh_lrus);
