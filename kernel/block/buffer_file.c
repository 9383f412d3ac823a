/*
 * Pages of files, read and written by blocks: the address_space operations that a file system builds from its
 * get_block function. Holes are read as zeroes; what lies behind the end of the file is zeroed before it is written.
 *
 * A page read ends when the last of its buffers does: each that ends looks, under ring_lock, whether another of the
 * ring is still busy (BH_Async_Read); the last one settles the page. The same for writes with the writeback flag.
 *
 * Context: the page is locked on entry; process context. Ends of I/O: any context.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/writeback.h>
#include "block/block.h"
#include "block/buffer.h"

static DEFINE_SPINLOCK(ring_lock);

static unsigned int page_block_size(struct page *page)
{
	return i_blocksize(page->mapping->host);
}

static sector_t page_first_block(struct page *page)
{
	return (sector_t)page->index << (PAGE_SHIFT - page->mapping->host->i_blkbits);
}

/* How many blocks of the file there are, the last one maybe in part. */
static sector_t inode_blocks(struct inode *inode)
{
	return ((u64)i_size_read(inode) + i_blocksize(inode) - 1) >> inode->i_blkbits;
}

/* A buffer of an asynchronous page I/O has ended: clears bit and unlocks it, tells whether it was the ring's last. */
static bool ring_is_done(struct buffer_head *bh, int bit, bool *all_uptodate)
{
	struct buffer_head *other = bh;
	bool done = true;
	unsigned long flags;

	spin_lock_irqsave(&ring_lock, flags);
	clear_bit(bit, &bh->b_state);
	unlock_buffer(bh);
	*all_uptodate = true;
	do {
		if (test_bit(bit, &other->b_state))
			done = false;
		if (!buffer_uptodate(other))
			*all_uptodate = false;
		other = other->b_this_page;
	} while (other != bh);
	spin_unlock_irqrestore(&ring_lock, flags);
	return done;
}

static void end_async_read(struct buffer_head *bh, int uptodate)
{
	struct page *page = bh->b_page;
	bool all_uptodate, done;

	if (uptodate) {
		set_buffer_uptodate(bh);
	} else {
		clear_buffer_uptodate(bh);
		SetPageError(page);
	}
	done = ring_is_done(bh, BH_Async_Read, &all_uptodate);
	if (!done)
		return;
	if (all_uptodate && !PageError(page))
		SetPageUptodate(page);
	unlock_page(page);
}

static void zero_buffer(struct buffer_head *bh)
{
	memset(bh->b_data, 0, bh->b_size);
	set_buffer_uptodate(bh);
}

/* Prepares a page's buffer for reading: true if it must be read. */
static bool read_prepare(struct page *page, struct buffer_head *bh, sector_t block,
			 get_block_t *get_block)
{
	struct inode *inode = page->mapping->host;

	if (buffer_uptodate(bh))
		return false;
	if (!buffer_mapped(bh) && block < inode_blocks(inode)) {
		if (get_block(inode, block, bh, 0)) {
			SetPageError(page);
			memset(bh->b_data, 0, bh->b_size);
			return false;
		}
	}
	if (!buffer_mapped(bh)) {
		zero_buffer(bh);
		return false;
	}
	return !buffer_uptodate(bh);
}

int block_read_full_page(struct page *page, get_block_t *get_block)
{
	struct buffer_head *first = buffer_ring_get(page, page_block_size(page)), *bh = first;
	struct buffer_head *wanted[MAX_BUF_PER_PAGE];
	sector_t block = page_first_block(page);
	unsigned int count = 0, i;

	do {
		if (read_prepare(page, bh, block++, get_block))
			wanted[count++] = bh;
		bh = bh->b_this_page;
	} while (bh != first);
	if (!count) {
		if (!PageError(page))
			SetPageUptodate(page);
		unlock_page(page);
		return 0;
	}
	for (i = 0; i < count; i++) {
		lock_buffer(wanted[i]);
		wanted[i]->b_end_io = end_async_read;
		set_buffer_async_read(wanted[i]);
	}
	for (i = 0; i < count; i++)
		if (buffer_uptodate(wanted[i]))
			end_async_read(wanted[i], 1);
		else
			submit_bh(REQ_OP_READ, 0, wanted[i]);
	return 0;
}
EXPORT_SYMBOL(block_read_full_page);

static void end_async_write(struct buffer_head *bh, int uptodate)
{
	struct page *page = bh->b_page;
	bool all_uptodate, done;

	if (!uptodate) {
		pr_err_ratelimited("block: block %llu: write failed\n",
				   (unsigned long long)bh->b_blocknr);
		mapping_set_error(page->mapping, -EIO);
		set_buffer_write_io_error(bh);
		SetPageError(page);
	}
	done = ring_is_done(bh, BH_Async_Write, &all_uptodate);
	if (done)
		end_page_writeback(page);
}

/* Zeroes the part of a page that lies behind the end of the file. */
static void zero_behind_end(struct page *page)
{
	loff_t size = i_size_read(page->mapping->host);
	unsigned int offset = (u32)size & (PAGE_SIZE - 1);

	if (page->index == (pgoff_t)(size >> PAGE_SHIFT))
		memset((char *)page_address(page) + offset, 0, PAGE_SIZE - offset);
}

/* Finds the blocks of a page's dirty buffers. */
static int write_map(struct page *page, struct buffer_head *first, get_block_t *get_block)
{
	struct inode *inode = page->mapping->host;
	sector_t block = page_first_block(page), end = inode_blocks(inode);
	struct buffer_head *bh = first;
	int err = 0;

	do {
		if (block >= end) {
			clear_buffer_dirty(bh);
			set_buffer_uptodate(bh);
		} else if (!buffer_mapped(bh) && buffer_dirty(bh)) {
			int one = get_block(inode, block, bh, 1);

			if (one)
				err = one;
			else if (buffer_new(bh))
				clear_buffer_new(bh);
		}
		block++;
		bh = bh->b_this_page;
	} while (bh != first);
	return err;
}

/* Locks the dirty, mapped buffers of a page and marks them as being written; their number. */
static unsigned int write_collect(struct buffer_head *first, struct buffer_head **wanted)
{
	struct buffer_head *bh = first;
	unsigned int count = 0;

	do {
		if (buffer_mapped(bh)) {
			lock_buffer(bh);
			if (test_clear_buffer_dirty(bh)) {
				bh->b_end_io = end_async_write;
				set_buffer_async_write(bh);
				wanted[count++] = bh;
			} else {
				unlock_buffer(bh);
			}
		}
		bh = bh->b_this_page;
	} while (bh != first);
	return count;
}

int block_write_full_page(struct page *page, get_block_t *get_block, struct writeback_control *wbc)
{
	struct inode *inode = page->mapping->host;
	struct buffer_head *wanted[MAX_BUF_PER_PAGE], *first;
	unsigned int count, i;
	int err;

	if ((loff_t)page->index << PAGE_SHIFT >= i_size_read(inode)) {
		unlock_page(page);
		return 0;
	}
	if (!S_ISBLK(inode->i_mode))
		zero_behind_end(page);
	if (!page_has_buffers(page))
		buffer_ring_make(page, page_block_size(page), (1 << BH_Dirty) | (1 << BH_Uptodate));
	first = page_buffers(page);
	err = write_map(page, first, get_block);
	if (err) {
		mapping_set_error(page->mapping, err);
		SetPageError(page);
	}
	count = write_collect(first, wanted);
	set_page_writeback(page);
	for (i = 0; i < count; i++)
		submit_bh(REQ_OP_WRITE, wbc->sync_mode == WB_SYNC_ALL ? REQ_SYNC : 0, wanted[i]);
	unlock_page(page);
	if (!count)
		end_page_writeback(page);
	return err;
}
EXPORT_SYMBOL(block_write_full_page);

/* Zeroes what of a new block is not about to be written. */
static void zero_new(struct buffer_head *bh, unsigned int at, unsigned int from, unsigned int to)
{
	unsigned int end = at + bh->b_size;

	if (to < end)
		memset(bh->b_data + (max(to, at) - at), 0, end - max(to, at));
	if (from > at)
		memset(bh->b_data, 0, min(from, end) - at);
}

/* One buffer of a page into which from..to-1 will be written: mapped, and up to date outside of that. */
static int write_prepare(struct page *page, struct buffer_head *bh, sector_t block, unsigned int at,
			 unsigned int from, unsigned int to, get_block_t *get_block, bool *read)
{
	unsigned int end = at + bh->b_size;
	int err;

	*read = false;
	if (end <= from || at >= to) {
		if (PageUptodate(page))
			set_buffer_uptodate(bh);
		return 0;
	}
	clear_buffer_new(bh);
	if (!buffer_mapped(bh)) {
		err = get_block(page->mapping->host, block, bh, 1);
		if (err)
			return err;
		if (buffer_new(bh)) {
			clean_bdev_aliases(bh->b_bdev, bh->b_blocknr, 1);
			if (!PageUptodate(page))
				zero_new(bh, at, from, to);
			return 0;
		}
	}
	if (PageUptodate(page))
		set_buffer_uptodate(bh);
	*read = !buffer_uptodate(bh) && (from > at || to < end);
	return 0;
}

int __block_write_begin(struct page *page, loff_t pos, unsigned int len, get_block_t *get_block)
{
	unsigned int from = (u32)pos & (PAGE_SIZE - 1), to = from + len, at = 0;
	struct buffer_head *first = buffer_ring_get(page, page_block_size(page)), *bh = first;
	sector_t block = page_first_block(page);
	int err = 0;

	do {
		bool read;

		err = write_prepare(page, bh, block++, at, from, to, get_block, &read);
		if (!err && read) {
			lock_buffer(bh);
			err = bh_submit_read(bh);
		}
		at += bh->b_size;
		bh = bh->b_this_page;
	} while (!err && bh != first);
	return err;
}
EXPORT_SYMBOL(__block_write_begin);

int block_write_begin(struct address_space *mapping, loff_t pos, unsigned int len,
		      unsigned int flags, struct page **pagep, get_block_t *get_block)
{
	struct page *page = grab_cache_page_write_begin(mapping, (pgoff_t)(pos >> PAGE_SHIFT),
							flags);
	int err;

	if (!page)
		return -ENOMEM;
	err = __block_write_begin(page, pos, len, get_block);
	if (err) {
		unlock_page(page);
		put_page(page);
		page = NULL;
	}
	*pagep = page;
	return err;
}
EXPORT_SYMBOL(block_write_begin);

int block_commit_write(struct page *page, unsigned int from, unsigned int to)
{
	struct buffer_head *first = page_buffers(page), *bh = first;
	bool partial = false;
	unsigned int at = 0;

	do {
		unsigned int end = at + bh->b_size;

		if (end <= from || at >= to) {
			if (!buffer_uptodate(bh))
				partial = true;
		} else {
			set_buffer_uptodate(bh);
			mark_buffer_dirty(bh);
		}
		clear_buffer_new(bh);
		at = end;
		bh = bh->b_this_page;
	} while (bh != first);
	if (!partial)
		SetPageUptodate(page);
	return 0;
}
EXPORT_SYMBOL(block_commit_write);

int block_write_end(struct file *file, struct address_space *mapping, loff_t pos, unsigned int len,
		    unsigned int copied, struct page *page, void *fsdata)
{
	unsigned int from = (u32)pos & (PAGE_SIZE - 1);

	if (copied < len && !PageUptodate(page))
		copied = 0;
	if (copied)
		block_commit_write(page, from, from + copied);
	return copied;
}
EXPORT_SYMBOL(block_write_end);

int generic_write_end(struct file *file, struct address_space *mapping, loff_t pos,
		      unsigned int len, unsigned int copied, struct page *page, void *fsdata)
{
	struct inode *inode = mapping->host;
	bool grown = false;

	copied = block_write_end(file, mapping, pos, len, copied, page, fsdata);
	if (pos + copied > inode->i_size) {
		i_size_write(inode, pos + copied);
		grown = true;
	}
	unlock_page(page);
	put_page(page);
	if (grown)
		mark_inode_dirty(inode);
	return copied;
}
EXPORT_SYMBOL(generic_write_end);

/* Writes zeroes from *bytes up to the page or block in which pos lies. */
static int cont_expand_zero(struct file *file, struct address_space *mapping, loff_t pos,
			    loff_t *bytes)
{
	while (*bytes < pos) {
		unsigned int offset = (u32)*bytes & (PAGE_SIZE - 1);
		unsigned int len = min_t(loff_t, PAGE_SIZE - offset, pos - *bytes);
		struct page *page;
		void *fsdata;
		int err = pagecache_write_begin(file, mapping, *bytes, len, 0, &page, &fsdata);

		if (err)
			return err;
		memset((char *)page_address(page) + offset, 0, len);
		err = pagecache_write_end(file, mapping, *bytes, len, len, page, fsdata);
		if (err < 0)
			return err;
		*bytes += len;
	}
	return 0;
}

int cont_write_begin(struct file *file, struct address_space *mapping, loff_t pos, unsigned int len,
		     unsigned int flags, struct page **pagep, void **fsdata, get_block_t *get_block,
		     loff_t *bytes)
{
	int err = *bytes < pos ? cont_expand_zero(file, mapping, pos, bytes) : 0;

	return err ? err : block_write_begin(mapping, pos, len, flags, pagep, get_block);
}
EXPORT_SYMBOL(cont_write_begin);

int generic_cont_expand_simple(struct inode *inode, loff_t size)
{
	struct page *page;
	void *fsdata;
	int err = pagecache_write_begin(NULL, inode->i_mapping, size, 0, 0, &page, &fsdata);

	if (err)
		return err;
	err = pagecache_write_end(NULL, inode->i_mapping, size, 0, 0, page, fsdata);
	return err < 0 ? err : 0;
}
EXPORT_SYMBOL(generic_cont_expand_simple);

int block_truncate_page(struct address_space *mapping, loff_t from, get_block_t *get_block)
{
	unsigned int offset = (u32)from & (PAGE_SIZE - 1), size = i_blocksize(mapping->host);
	unsigned int length = size - (offset & (size - 1)), at = 0;
	struct buffer_head *bh;
	struct page *page;
	sector_t block;
	int err = 0;

	if (length == size)
		return 0;
	page = grab_cache_page(mapping, (pgoff_t)(from >> PAGE_SHIFT));
	if (!page)
		return -ENOMEM;
	block = page_first_block(page);
	for (bh = buffer_ring_get(page, size); offset >= at + size; at += size, block++)
		bh = bh->b_this_page;
	if (!buffer_mapped(bh))
		err = get_block(mapping->host, block, bh, 0);
	if (err || !buffer_mapped(bh))
		goto out;
	if (PageUptodate(page))
		set_buffer_uptodate(bh);
	if (!buffer_uptodate(bh)) {
		lock_buffer(bh);
		err = bh_submit_read(bh);
		if (err)
			goto out;
	}
	memset((char *)page_address(page) + offset, 0, length);
	mark_buffer_dirty(bh);
out:
	unlock_page(page);
	put_page(page);
	return err;
}
EXPORT_SYMBOL(block_truncate_page);

sector_t generic_block_bmap(struct address_space *mapping, sector_t block, get_block_t *get_block)
{
	struct buffer_head bh = { .b_size = i_blocksize(mapping->host) };

	return get_block(mapping->host, block, &bh, 0) ? 0 : bh.b_blocknr;
}
EXPORT_SYMBOL(generic_block_bmap);

int __set_page_dirty_buffers(struct page *page)
{
	struct buffer_head *first, *bh;

	if (page_has_buffers(page)) {
		first = bh = page_buffers(page);
		do {
			if (buffer_uptodate(bh) || PageUptodate(page))
				set_buffer_dirty(bh);
			bh = bh->b_this_page;
		} while (bh != first);
	}
	return __set_page_dirty_nobuffers(page);
}
EXPORT_SYMBOL(__set_page_dirty_buffers);
