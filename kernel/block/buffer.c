/*
 * Buffers: the blocks of pages.
 *
 * A page of the page cache that is read or written by blocks has a ring of buffers (page->private), one per block; it
 * holds one reference on the page. Buffers of a block device's pages are in a hash table by device and block number,
 * so that __find_get_block() is O(1) and needs no page lock; those of files' pages are not (their block numbers belong
 * to the file system, and the same device block is never cached in both places while in use).
 *
 * A buffer may be freed with its page's ring when no buffer of the ring has users, is dirty, or locked.
 *
 * Locks: buffer_hash_lock protects the hash table and the step from no user to one user; the ring is changed under
 * the page lock only. BH_Lock is a sleeping lock on the data.
 */
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait_bit.h>
#include "block/block.h"
#include "block/buffer.h"

#define BUFFER_HASH_BITS 10

static DEFINE_SPINLOCK(buffer_hash_lock);
static struct hlist_head buffer_table[1 << BUFFER_HASH_BITS];
static struct kmem_cache *buffer_cache;

static struct hlist_head *buffer_bucket(const struct block_device *bdev, sector_t block)
{
	return &buffer_table[hash_32((u32)(unsigned long)bdev ^ (u32)block * 0x9e3779b1u,
				     BUFFER_HASH_BITS)];
}

static void buffer_hash(struct buffer_head *bh)
{
	unsigned long flags;

	spin_lock_irqsave(&buffer_hash_lock, flags);
	hlist_add_head(&bh->b_hash, buffer_bucket(bh->b_bdev, bh->b_blocknr));
	spin_unlock_irqrestore(&buffer_hash_lock, flags);
}

static void buffer_unhash(struct buffer_head *bh)
{
	unsigned long flags;

	spin_lock_irqsave(&buffer_hash_lock, flags);
	hlist_del_init(&bh->b_hash);
	spin_unlock_irqrestore(&buffer_hash_lock, flags);
}

struct buffer_head *__find_get_block(struct block_device *bdev, sector_t block, unsigned int size)
{
	struct buffer_head *bh;
	unsigned long flags;

	spin_lock_irqsave(&buffer_hash_lock, flags);
	hlist_for_each_entry(bh, buffer_bucket(bdev, block), b_hash)
		if (bh->b_bdev == bdev && bh->b_blocknr == block && bh->b_size == size) {
			get_bh(bh);
			break;
		}
	spin_unlock_irqrestore(&buffer_hash_lock, flags);
	return bh;
}
EXPORT_SYMBOL(__find_get_block);

bool buffer_mapping_is_bdev(struct address_space *mapping)
{
	return mapping && mapping->a_ops == &bdev_aops;
}

/* Makes a buffer of a device page stand for its block, unless that lies beyond the end of the device. */
static void buffer_map_device(struct buffer_head *bh, struct inode *inode, sector_t block)
{
	if (block >= (sector_t)((u64)i_size_read(inode) >> inode->i_blkbits))
		return;
	bh->b_bdev = I_BDEV(inode);
	bh->b_blocknr = block;
	set_buffer_mapped(bh);
	buffer_hash(bh);
}

/* Under the page lock: a ring of new buffers, not yet the page's; NULL: out of memory. */
static struct buffer_head *buffer_ring_alloc(struct page *page, unsigned int size, gfp_t gfp)
{
	struct buffer_head *first = NULL, *last = NULL;
	unsigned int offset = PAGE_SIZE;

	while (offset) {
		struct buffer_head *bh = kmem_cache_zalloc(buffer_cache, gfp);

		if (!bh)
			goto undo_ring;
		offset -= size;
		bh->b_page = page;
		bh->b_size = size;
		bh->b_data = (char *)page_address(page) + offset;
		INIT_LIST_HEAD(&bh->b_assoc_buffers);
		bh->b_this_page = first;
		first = bh;
		if (!last)
			last = bh;
	}
	last->b_this_page = first;
	return first;
undo_ring:
	while (first) {
		last = first->b_this_page;
		kmem_cache_free(buffer_cache, first);
		first = last;
	}
	return NULL;
}

void buffer_ring_make(struct page *page, unsigned int size, unsigned long state)
{
	struct buffer_head *first = buffer_ring_alloc(page, size, GFP_NOFS | __GFP_NOFAIL),
			   *bh = first;
	struct address_space *mapping = page->mapping;
	bool device = buffer_mapping_is_bdev(mapping);
	sector_t block = device ? (sector_t)page->index << (PAGE_SHIFT - mapping->host->i_blkbits)
				: 0;

	if (!first)
		panic("block: no memory for buffers");
	do {
		bh->b_state |= state;
		if (PageUptodate(page))
			set_buffer_uptodate(bh);
		if (PageDirty(page))
			set_buffer_dirty(bh);
		if (device)
			buffer_map_device(bh, mapping->host, block++);
		bh = bh->b_this_page;
	} while (bh != first);
	get_page(page);
	SetPagePrivate(page);
	set_page_private(page, (unsigned long)first);
}

struct buffer_head *buffer_ring_get(struct page *page, unsigned int size)
{
	if (!page_has_buffers(page))
		buffer_ring_make(page, size, 0);
	return page_buffers(page);
}

void create_empty_buffers(struct page *page, unsigned long blocksize, unsigned long state)
{
	buffer_ring_make(page, blocksize, state);
}
EXPORT_SYMBOL(create_empty_buffers);

void buffer_discard(struct buffer_head *bh)
{
	lock_buffer(bh);
	buffer_unhash(bh);
	clear_buffer_dirty(bh);
	bh->b_bdev = NULL;
	clear_buffer_mapped(bh);
	clear_buffer_req(bh);
	clear_buffer_new(bh);
	clear_buffer_unwritten(bh);
	unlock_buffer(bh);
}

static bool buffer_is_busy(const struct buffer_head *bh)
{
	return atomic_read(&bh->b_count) || buffer_dirty(bh) || buffer_locked(bh);
}

/* Takes all buffers of a ring out of the hash table, unless one of them is busy. */
static bool buffer_ring_retire(struct buffer_head *first)
{
	struct buffer_head *bh = first;
	bool busy = false;
	unsigned long flags;

	spin_lock_irqsave(&buffer_hash_lock, flags);
	do {
		busy = buffer_is_busy(bh);
		bh = bh->b_this_page;
	} while (!busy && bh != first);
	if (!busy)
		do {
			hlist_del_init(&bh->b_hash);
			bh = bh->b_this_page;
		} while (bh != first);
	spin_unlock_irqrestore(&buffer_hash_lock, flags);
	return !busy;
}

int try_to_free_buffers(struct page *page)
{
	struct buffer_head *first, *bh, *next;

	if (PageWriteback(page))
		return 0;
	if (!page_has_buffers(page))
		return 1;
	first = page_buffers(page);
	if (!buffer_ring_retire(first))
		return 0;
	cancel_dirty_page(page);
	ClearPagePrivate(page);
	set_page_private(page, 0);
	put_page(page);
	bh = first;
	do {
		next = bh->b_this_page;
		list_del_init(&bh->b_assoc_buffers);
		kmem_cache_free(buffer_cache, bh);
		bh = next;
	} while (bh != first);
	return 1;
}
EXPORT_SYMBOL(try_to_free_buffers);

void block_invalidatepage(struct page *page, unsigned int offset, unsigned int length)
{
	unsigned int at = 0, stop = offset + length;
	struct buffer_head *first, *bh;

	if (!page_has_buffers(page))
		return;
	first = bh = page_buffers(page);
	do {
		if (at + bh->b_size > stop)
			break;
		if (at >= offset)
			buffer_discard(bh);
		at += bh->b_size;
		bh = bh->b_this_page;
	} while (bh != first);
	if (!offset && length == PAGE_SIZE)
		try_to_free_buffers(page);
}
EXPORT_SYMBOL(block_invalidatepage);

void lock_buffer(struct buffer_head *bh)
{
	might_sleep();
	wait_on_bit_lock_io(&bh->b_state, BH_Lock, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(lock_buffer);

int trylock_buffer(struct buffer_head *bh)
{
	return !test_and_set_bit(BH_Lock, &bh->b_state);
}
EXPORT_SYMBOL(trylock_buffer);

void unlock_buffer(struct buffer_head *bh)
{
	clear_bit(BH_Lock, &bh->b_state);
	wake_up_bit(&bh->b_state, BH_Lock);
}
EXPORT_SYMBOL(unlock_buffer);

void wait_on_buffer(struct buffer_head *bh)
{
	wait_on_bit_io(&bh->b_state, BH_Lock, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_on_buffer);

/* Makes the page of a device block and its buffers. False: out of memory, or no such block. */
static bool buffer_grow(struct block_device *bdev, sector_t block, unsigned int size)
{
	struct inode *inode = bdev->bd_inode;
	struct page *page;

	if (size != bdev->bd_block_size ||
	    block >= (sector_t)((u64)i_size_read(inode) >> inode->i_blkbits))
		return false;
	page = find_or_create_page(inode->i_mapping,
				   (pgoff_t)(block >> (PAGE_SHIFT - inode->i_blkbits)),
				   mapping_gfp_mask(inode->i_mapping));
	if (!page)
		return false;
	if (page_has_buffers(page) && page_buffers(page)->b_size != size)
		try_to_free_buffers(page);
	buffer_ring_get(page, size);
	unlock_page(page);
	put_page(page);
	return true;
}

struct buffer_head *__getblk_gfp(struct block_device *bdev, sector_t block, unsigned int size,
				 gfp_t gfp)
{
	struct buffer_head *bh;

	might_sleep();
	while (!(bh = __find_get_block(bdev, block, size)))
		if (!buffer_grow(bdev, block, size))
			return NULL;
	return bh;
}
EXPORT_SYMBOL(__getblk_gfp);

void __brelse(struct buffer_head *bh)
{
	if (WARN_ON(!atomic_read(&bh->b_count)))
		return;
	put_bh(bh);
}
EXPORT_SYMBOL(__brelse);

void __bforget(struct buffer_head *bh)
{
	clear_buffer_dirty(bh);
	__brelse(bh);
}
EXPORT_SYMBOL(__bforget);

struct buffer_head *sb_getblk(struct super_block *sb, sector_t block)
{
	return __getblk(sb->s_bdev, block, sb->s_blocksize);
}
EXPORT_SYMBOL(sb_getblk);

struct buffer_head *sb_find_get_block(struct super_block *sb, sector_t block)
{
	return __find_get_block(sb->s_bdev, block, sb->s_blocksize);
}
EXPORT_SYMBOL(sb_find_get_block);

void clean_bdev_aliases(struct block_device *bdev, sector_t block, sector_t len)
{
	for (; len; block++, len--) {
		struct buffer_head *bh = __find_get_block(bdev, block, bdev->bd_block_size);

		if (!bh)
			continue;
		clear_buffer_dirty(bh);
		wait_on_buffer(bh);
		clear_buffer_req(bh);
		__brelse(bh);
	}
}
EXPORT_SYMBOL(clean_bdev_aliases);

void buffer_init(void)
{
	buffer_cache = KMEM_CACHE(buffer_head, SLAB_PANIC);
}
