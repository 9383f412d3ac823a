/*
 * Block device special files: reading and writing a device through its page cache.
 *
 * The file's own inode only names the device; f_mapping is the device's, so all special files of one device, and a
 * file system on it, see the same data.
 */
#include <linux/buffer_head.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/pagemap.h>
#include <linux/uio.h>
#include "block/block.h"

static struct inode *bdev_file_inode(struct file *file)
{
	return file->f_mapping->host;
}

static struct block_device *bdev_of_file(struct file *file)
{
	return I_BDEV(bdev_file_inode(file));
}

static fmode_t bdev_file_mode(struct file *file)
{
	return file->f_mode & (FMODE_READ | FMODE_WRITE | FMODE_NDELAY | FMODE_EXCL);
}

static int bdev_file_open(struct inode *inode, struct file *file)
{
	struct block_device *bdev;

	file->f_flags |= O_LARGEFILE;
	if (file->f_flags & O_NDELAY)
		file->f_mode |= FMODE_NDELAY;
	if (file->f_flags & O_EXCL)
		file->f_mode |= FMODE_EXCL;
	bdev = blkdev_get_by_dev(inode->i_rdev, bdev_file_mode(file), file);
	if (IS_ERR(bdev))
		return PTR_ERR(bdev);
	if ((file->f_mode & FMODE_WRITE) && bdev_read_only(bdev) && !(file->f_flags & O_NDELAY)) {
		blkdev_put(bdev, bdev_file_mode(file));
		return -EROFS;
	}
	file->f_mapping = bdev->bd_inode->i_mapping;
	file->f_wb_err = 0;
	return 0;
}

static int bdev_file_release(struct inode *inode, struct file *file)
{
	blkdev_put(bdev_of_file(file), bdev_file_mode(file));
	return 0;
}

static loff_t bdev_file_llseek(struct file *file, loff_t offset, int whence)
{
	return fixed_size_llseek(file, offset, whence, i_size_read(bdev_file_inode(file)));
}

static ssize_t bdev_file_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	loff_t size = i_size_read(bdev_file_inode(iocb->ki_filp));

	if (iocb->ki_pos >= size)
		return 0;
	iov_iter_truncate(to, size - iocb->ki_pos);
	return generic_file_read_iter(iocb, to);
}

static ssize_t bdev_file_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct inode *inode = bdev_file_inode(iocb->ki_filp);
	loff_t size = i_size_read(inode);
	ssize_t written;

	if (bdev_read_only(I_BDEV(inode)))
		return -EPERM;
	if (!iov_iter_count(from))
		return 0;
	if (iocb->ki_pos >= size)
		return -ENOSPC;
	iov_iter_truncate(from, size - iocb->ki_pos);
	inode_lock(inode);
	written = generic_perform_write(iocb->ki_filp, from, iocb->ki_pos);
	inode_unlock(inode);
	if (written <= 0)
		return written;
	iocb->ki_pos += written;
	return generic_write_sync(iocb, written);
}

int blkdev_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct inode *inode = bdev_file_inode(file);
	int err = filemap_write_and_wait_range(inode->i_mapping, start, end);

	return err ? err : blkdev_issue_flush(I_BDEV(inode), GFP_KERNEL);
}
EXPORT_SYMBOL(blkdev_fsync);

int blkdev_issue_flush(struct block_device *bdev, gfp_t gfp)
{
	return bdev->bd_disk ? 0 : -ENXIO;
}
EXPORT_SYMBOL(blkdev_issue_flush);

static long bdev_file_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	fmode_t mode = bdev_file_mode(file);

	if (file->f_flags & O_NDELAY)
		mode |= FMODE_NDELAY;
	else
		mode &= ~FMODE_NDELAY;
	return blkdev_ioctl(bdev_of_file(file), mode, cmd, arg);
}

const struct file_operations def_blk_fops = {
	.open = bdev_file_open,
	.release = bdev_file_release,
	.llseek = bdev_file_llseek,
	.read_iter = bdev_file_read_iter,
	.write_iter = bdev_file_write_iter,
	.mmap = generic_file_mmap,
	.fsync = blkdev_fsync,
	.unlocked_ioctl = bdev_file_ioctl,
};

/* Block n of a device is its block n. Blocks beyond the end stay unmapped. */
static int bdev_get_block(struct inode *inode, sector_t block, struct buffer_head *bh, int create)
{
	if (block >= (sector_t)(i_size_read(inode) >> inode->i_blkbits))
		return create ? -EIO : 0;
	bh->b_bdev = I_BDEV(inode);
	bh->b_blocknr = block;
	set_buffer_mapped(bh);
	return 0;
}

static int bdev_readpage(struct file *file, struct page *page)
{
	return block_read_full_page(page, bdev_get_block);
}

static int bdev_writepage(struct page *page, struct writeback_control *wbc)
{
	return block_write_full_page(page, bdev_get_block, wbc);
}

static int bdev_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
			    unsigned int len, unsigned int flags, struct page **pagep,
			    void **fsdata)
{
	return block_write_begin(mapping, pos, len, flags, pagep, bdev_get_block);
}

static int bdev_write_end(struct file *file, struct address_space *mapping, loff_t pos,
			  unsigned int len, unsigned int copied, struct page *page, void *fsdata)
{
	int done = block_write_end(file, mapping, pos, len, copied, page, fsdata);

	unlock_page(page);
	put_page(page);
	return done;
}

static int bdev_releasepage(struct page *page, gfp_t gfp)
{
	return try_to_free_buffers(page);
}

const struct address_space_operations bdev_aops = {
	.readpage = bdev_readpage,
	.writepage = bdev_writepage,
	.write_begin = bdev_write_begin,
	.write_end = bdev_write_end,
	.set_page_dirty = __set_page_dirty_buffers,
	.invalidatepage = block_invalidatepage,
	.releasepage = bdev_releasepage,
};
