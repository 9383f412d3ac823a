/*
 * Buffers: blocks of a device in the page cache. A buffer describes one block of 512..4096 bytes inside a page; the
 * pages of a block device are found by block number, those of a file by offset. As Linux 5.10's <linux/buffer_head.h>.
 */
#ifndef _LINUX_BUFFER_HEAD_H
#define _LINUX_BUFFER_HEAD_H

#include <linux/types.h>
#include <linux/fs.h>
#include <linux/blk_types.h>
#include <linux/pagemap.h>
#include <linux/wait.h>
#include <linux/atomic.h>
#include <linux/bitops.h>

enum bh_state_bits {
	BH_Uptodate,	/* holds the device's data */
	BH_Dirty,	/* holds newer data than the device */
	BH_Lock,	/* I/O or initialisation under way */
	BH_Req,		/* has been submitted once */
	BH_Mapped,	/* b_blocknr is valid */
	BH_New,		/* block was just allocated by get_block */
	BH_Async_Read,	/* part of a page read */
	BH_Async_Write, /* part of a page write */
	BH_Delay,
	BH_Boundary,
	BH_Write_EIO, /* the last write failed */
	BH_Unwritten,
	BH_Quiet,
	BH_Meta,
	BH_Prio,
	BH_PrivateStart
};

#define MAX_BUF_PER_PAGE (PAGE_SIZE / 512)

struct buffer_head;
typedef void(bh_end_io_t)(struct buffer_head *bh, int uptodate);

struct buffer_head {
	unsigned long b_state;		   /* BH_* bits */
	struct buffer_head *b_this_page;   /* ring of the page's buffers */
	struct page *b_page;		   /* page it lies in */
	sector_t b_blocknr;		   /* block on the device, if mapped */
	size_t b_size;			   /* bytes */
	char *b_data;			   /* where they are (pages with buffers are low memory) */
	struct block_device *b_bdev;	   /* device */
	bh_end_io_t *b_end_io;		   /* end of the I/O under way; any context */
	void *b_private;		   /* for b_end_io */
	struct hlist_node b_hash;	   /* device blocks by (device, number); private */
	struct list_head b_dirty;	   /* device's dirty buffers; private */
	struct list_head b_assoc_buffers;  /* inode's metadata */
	struct address_space *b_assoc_map; /* the inode whose list it is on */
	atomic_t b_count;		   /* users */
};

#define BUFFER_FNS(bit, name)                                          \
	static inline void set_buffer_##name(struct buffer_head *bh)   \
	{                                                              \
		set_bit(BH_##bit, &bh->b_state);                       \
	}                                                              \
	static inline void clear_buffer_##name(struct buffer_head *bh) \
	{                                                              \
		clear_bit(BH_##bit, &bh->b_state);                     \
	}                                                              \
	static inline int buffer_##name(const struct buffer_head *bh)  \
	{                                                              \
		return test_bit(BH_##bit, &bh->b_state);               \
	}
#define TAS_BUFFER_FNS(bit, name)                                          \
	static inline int test_set_buffer_##name(struct buffer_head *bh)   \
	{                                                                  \
		return test_and_set_bit(BH_##bit, &bh->b_state);           \
	}                                                                  \
	static inline int test_clear_buffer_##name(struct buffer_head *bh) \
	{                                                                  \
		return test_and_clear_bit(BH_##bit, &bh->b_state);         \
	}

BUFFER_FNS(Uptodate, uptodate)
BUFFER_FNS(Dirty, dirty)
TAS_BUFFER_FNS(Dirty, dirty)
BUFFER_FNS(Lock, locked)
BUFFER_FNS(Req, req)
TAS_BUFFER_FNS(Req, req)
BUFFER_FNS(Mapped, mapped)
BUFFER_FNS(New, new)
BUFFER_FNS(Async_Read, async_read)
BUFFER_FNS(Async_Write, async_write)
BUFFER_FNS(Delay, delay)
BUFFER_FNS(Boundary, boundary)
BUFFER_FNS(Write_EIO, write_io_error)
BUFFER_FNS(Unwritten, unwritten)
BUFFER_FNS(Meta, meta)
BUFFER_FNS(Prio, prio)

#define bh_offset(bh) ((unsigned long)(bh)->b_data & (PAGE_SIZE - 1))
#define page_buffers(page) ((struct buffer_head *)page_private(page))
#define page_has_buffers(page) PagePrivate(page)

/* Maps block `block` of a file to bh (b_bdev, b_blocknr, BH_Mapped, BH_New); create: allocate it if missing.
 * 0 or -errno; unmapped afterwards means a hole. Process context. */
typedef int(get_block_t)(struct inode *inode, sector_t block, struct buffer_head *bh, int create);

/*
 * Blocks of a device. All may sleep. size must be the device's block size (set_blocksize()).
 * __getblk: the buffer, maybe not up to date; NULL only for a block that the device cannot have or no memory.
 * __bread: the same, read; NULL also on an I/O error. __find_get_block: NULL if it is not cached.
 * Each gives a reference, which brelse() ends.
 */
struct buffer_head *__find_get_block(struct block_device *bdev, sector_t block, unsigned int size);
struct buffer_head *__getblk_gfp(struct block_device *bdev, sector_t block, unsigned int size,
				 gfp_t gfp);
struct buffer_head *__bread_gfp(struct block_device *bdev, sector_t block, unsigned int size,
				gfp_t gfp);
void __breadahead(struct block_device *bdev, sector_t block, unsigned int size);
void __brelse(struct buffer_head *bh);
void __bforget(struct buffer_head *bh); /* its data need not reach the device */

#define __getblk(bdev, block, size) __getblk_gfp((bdev), (block), (size), 0)
#define __bread(bdev, block, size) __bread_gfp((bdev), (block), (size), 0)
#define getblk_unmovable(bdev, block, size) __getblk_gfp((bdev), (block), (size), 0)

struct buffer_head *sb_bread(struct super_block *sb, sector_t block);
struct buffer_head *sb_bread_unmovable(struct super_block *sb, sector_t block);
struct buffer_head *sb_getblk(struct super_block *sb, sector_t block);
struct buffer_head *sb_find_get_block(struct super_block *sb, sector_t block);
void sb_breadahead(struct super_block *sb, sector_t block);

static inline void brelse(struct buffer_head *bh)
{
	if (bh)
		__brelse(bh);
}
static inline void bforget(struct buffer_head *bh)
{
	if (bh)
		__bforget(bh);
}
static inline void get_bh(struct buffer_head *bh)
{
	atomic_inc(&bh->b_count);
}
static inline void put_bh(struct buffer_head *bh)
{
	atomic_dec(&bh->b_count);
}

/* BH_Lock as a sleeping lock: held while the buffer's data is read, written or made. Unlock: any context. */
void lock_buffer(struct buffer_head *bh);
int trylock_buffer(struct buffer_head *bh);
void unlock_buffer(struct buffer_head *bh);
void wait_on_buffer(struct buffer_head *bh);

/* The data has been changed in memory. Process context. */
void mark_buffer_dirty(struct buffer_head *bh);
void mark_buffer_dirty_inode(struct buffer_head *bh, struct inode *inode);
int sync_mapping_buffers(struct address_space *mapping);

/* Starts I/O on a locked buffer; b_end_io is set by the caller. 0. */
int submit_bh(int op, int op_flags, struct buffer_head *bh);
void ll_rw_block(int op, int op_flags, int count, struct buffer_head *bhs[]);
int bh_submit_read(struct buffer_head *bh);    /* locked on entry, unlocked on return; 0 or -EIO */
int sync_dirty_buffer(struct buffer_head *bh); /* write it and wait; 0 or -EIO */
int __sync_dirty_buffer(struct buffer_head *bh, int op_flags);
void write_dirty_buffer(struct buffer_head *bh, int op_flags);
void end_buffer_read_sync(struct buffer_head *bh, int uptodate);
void end_buffer_write_sync(struct buffer_head *bh, int uptodate);

static inline void map_bh(struct buffer_head *bh, struct super_block *sb, sector_t block)
{
	set_buffer_mapped(bh);
	bh->b_bdev = sb->s_bdev;
	bh->b_blocknr = block;
	bh->b_size = sb->s_blocksize;
}

/* Buffers of pages of files: the usual address_space operations, by a get_block function. Page locked on entry. */
void create_empty_buffers(struct page *page, unsigned long blocksize, unsigned long state);
int try_to_free_buffers(struct page *page);
int block_read_full_page(struct page *page, get_block_t *get_block);
int block_write_full_page(struct page *page, get_block_t *get_block, struct writeback_control *wbc);
int __block_write_begin(struct page *page, loff_t pos, unsigned int len, get_block_t *get_block);
int block_write_begin(struct address_space *mapping, loff_t pos, unsigned int len,
		      unsigned int flags, struct page **pagep, get_block_t *get_block);
int block_write_end(struct file *file, struct address_space *mapping, loff_t pos, unsigned int len,
		    unsigned int copied, struct page *page, void *fsdata);
int generic_write_end(struct file *file, struct address_space *mapping, loff_t pos,
		      unsigned int len, unsigned int copied, struct page *page, void *fsdata);
/* For file systems without holes: zeroes what lies between *bytes (how far the file is initialised) and pos. */
int cont_write_begin(struct file *file, struct address_space *mapping, loff_t pos, unsigned int len,
		     unsigned int flags, struct page **pagep, void **fsdata, get_block_t *get_block,
		     loff_t *bytes);
int generic_cont_expand_simple(struct inode *inode, loff_t size);
int block_truncate_page(struct address_space *mapping, loff_t from, get_block_t *get_block);
void block_invalidatepage(struct page *page, unsigned int offset, unsigned int length);
sector_t generic_block_bmap(struct address_space *mapping, sector_t block, get_block_t *get_block);
int block_commit_write(struct page *page, unsigned int from, unsigned int to);
int __set_page_dirty_buffers(struct page *page);
void clean_bdev_aliases(struct block_device *bdev, sector_t block, sector_t len);
void invalidate_bh_lrus(void);

#endif
