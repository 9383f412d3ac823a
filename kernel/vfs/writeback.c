/*
 * Writing back. Dirty pages carry PAGECACHE_TAG_DIRTY in their mapping, dirty inodes are on their superblock's list
 * s_dirty (s_inode_list_lock). They are written by sync, fsync and umount, by the thread `writeback` once they are
 * DIRTY_AGE old, and by writers themselves when there are too many dirty pages. Only file systems whose
 * backing_dev_info says BDI_CAP_WRITEBACK take part; for the others dirty means nothing.
 */
#include "vfs/vfs.h"
#include <linux/backing-dev.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/pagemap.h>
#include <linux/writeback.h>

#define DIRTY_AGE (5 * HZ)	  /* how long a change may stay in memory only */
#define WRITEBACK_PERIOD (2 * HZ) /* how often the thread looks */
#define BATCH 16

static unsigned long nr_dirty; /* pages (preemption off) */
static DECLARE_WAIT_QUEUE_HEAD(writeback_wait);
static bool writeback_wanted;

/* Dirty inodes. */

void __mark_inode_dirty(struct inode *inode, int flags)
{
	struct super_block *sb = inode->i_sb;

	if ((flags & I_DIRTY_INODE) && sb->s_op->dirty_inode)
		sb->s_op->dirty_inode(inode, flags);
	if (!(sb->s_bdi->capabilities & BDI_CAP_WRITEBACK))
		return;
	spin_lock(&sb->s_inode_list_lock);
	if ((inode->i_state & flags) != flags) {
		bool was_dirty = inode->i_state & I_DIRTY;

		inode->i_state |= flags;
		if (!was_dirty && !(inode->i_state & I_FREEING)) {
			inode->dirtied_when = jiffies;
			if (list_empty(&inode->i_io_list))
				list_add_tail(&inode->i_io_list, &sb->s_dirty);
		}
	}
	spin_unlock(&sb->s_inode_list_lock);
}
EXPORT_SYMBOL(__mark_inode_dirty);

void inode_dirty_forget(struct inode *inode)
{
	struct super_block *sb = inode->i_sb;

	if (list_empty(&inode->i_io_list))
		return;
	spin_lock(&sb->s_inode_list_lock);
	list_del_init(&inode->i_io_list);
	spin_unlock(&sb->s_inode_list_lock);
}

/* Dirty pages. */

static void page_mark_dirty(struct page *page, struct address_space *mapping)
{
	preempt_disable();
	nr_dirty++;
	preempt_enable();
	xa_set_mark(&mapping->i_pages, page->index, PAGECACHE_TAG_DIRTY);
	if (mapping->host)
		__mark_inode_dirty(mapping->host, I_DIRTY_PAGES);
}

int __set_page_dirty_nobuffers(struct page *page)
{
	struct address_space *mapping = page->mapping;

	if (TestSetPageDirty(page))
		return 0;
	if (mapping)
		page_mark_dirty(page, mapping);
	return 1;
}
EXPORT_SYMBOL(__set_page_dirty_nobuffers);

int __set_page_dirty_no_writeback(struct page *page)
{
	return !PageDirty(page) && !TestSetPageDirty(page);
}
EXPORT_SYMBOL(__set_page_dirty_no_writeback);

int set_page_dirty(struct page *page)
{
	struct address_space *mapping = page->mapping;

	if (!mapping)
		return !TestSetPageDirty(page);
	if (mapping->a_ops->set_page_dirty)
		return mapping->a_ops->set_page_dirty(page);
	return __set_page_dirty_nobuffers(page);
}
EXPORT_SYMBOL(set_page_dirty);

int set_page_dirty_lock(struct page *page)
{
	int was_clean;

	lock_page(page);
	was_clean = set_page_dirty(page);
	unlock_page(page);
	return was_clean;
}
EXPORT_SYMBOL(set_page_dirty_lock);

static void page_unmark_dirty(struct page *page)
{
	struct address_space *mapping = page->mapping;

	if (!mapping || !xa_get_mark(&mapping->i_pages, page->index, PAGECACHE_TAG_DIRTY))
		return;
	xa_clear_mark(&mapping->i_pages, page->index, PAGECACHE_TAG_DIRTY);
	preempt_disable();
	nr_dirty--;
	preempt_enable();
}

void cancel_dirty_page(struct page *page)
{
	if (TestClearPageDirty(page))
		page_unmark_dirty(page);
}
EXPORT_SYMBOL(cancel_dirty_page);

/* The page, locked, is about to be written: write-protect its mappings so that the next store makes it dirty again. */
int clear_page_dirty_for_io(struct page *page)
{
	struct address_space *mapping = page->mapping;

	if (mapping && page_mapped(page) && page_mkclean(page))
		set_page_dirty(page);
	if (!TestClearPageDirty(page))
		return 0;
	page_unmark_dirty(page);
	return 1;
}
EXPORT_SYMBOL(clear_page_dirty_for_io);

int redirty_page_for_writepage(struct writeback_control *wbc, struct page *page)
{
	wbc->pages_skipped++;
	return __set_page_dirty_nobuffers(page);
}
EXPORT_SYMBOL(redirty_page_for_writepage);

/* One mapping. */

static int write_one(struct page *page, struct address_space *mapping,
		     struct writeback_control *wbc, writepage_t writepage, void *data)
{
	int error = 0;

	lock_page(page);
	if (page->mapping != mapping || !PageDirty(page)) {
		unlock_page(page);
		return 0;
	}
	if (PageWriteback(page)) {
		if (wbc->sync_mode == WB_SYNC_NONE) {
			unlock_page(page);
			return 0;
		}
		wait_on_page_writeback(page);
	}
	if (!clear_page_dirty_for_io(page)) {
		unlock_page(page);
		return 0;
	}
	error = writepage(page, wbc, data);
	if (error == AOP_WRITEPAGE_ACTIVATE) {
		unlock_page(page);
		error = 0;
	}
	wbc->nr_to_write--;
	return error;
}

int write_cache_pages(struct address_space *mapping, struct writeback_control *wbc,
		      writepage_t writepage, void *data)
{
	pgoff_t index = wbc->range_start >> PAGE_SHIFT;
	pgoff_t end = wbc->range_end == LLONG_MAX ? ULONG_MAX : wbc->range_end >> PAGE_SHIFT;
	struct page *pages[BATCH];
	unsigned int n, i;
	int error = 0;

	if (!(wbc->range_start || wbc->range_end))
		end = ULONG_MAX;
	while ((n = find_get_pages_range_tag(mapping, &index, end, PAGECACHE_TAG_DIRTY, BATCH,
					     pages))) {
		for (i = 0; i < n; i++) {
			int e = write_one(pages[i], mapping, wbc, writepage, data);

			if (e && !error)
				error = e;
			put_page(pages[i]);
		}
		if (!index || (wbc->sync_mode == WB_SYNC_NONE && wbc->nr_to_write <= 0))
			break;
		cond_resched();
	}
	return error;
}
EXPORT_SYMBOL(write_cache_pages);

static int call_writepage(struct page *page, struct writeback_control *wbc, void *data)
{
	struct address_space *mapping = data;
	int error = mapping->a_ops->writepage(page, wbc);

	mapping_set_error(mapping, error < 0 ? error : 0);
	return error;
}

int generic_writepages(struct address_space *mapping, struct writeback_control *wbc)
{
	if (!mapping->a_ops->writepage)
		return 0;
	return write_cache_pages(mapping, wbc, call_writepage, mapping);
}
EXPORT_SYMBOL(generic_writepages);

int do_writepages(struct address_space *mapping, struct writeback_control *wbc)
{
	if (wbc->nr_to_write <= 0)
		return 0;
	return mapping->a_ops->writepages ? mapping->a_ops->writepages(mapping, wbc)
					  : generic_writepages(mapping, wbc);
}

static int write_range(struct address_space *mapping, loff_t start, loff_t end,
		       enum writeback_sync_modes mode)
{
	struct writeback_control wbc = {
		.sync_mode = mode,
		.nr_to_write = LONG_MAX,
		.range_start = start,
		.range_end = end,
	};

	if (!mapping_can_writeback(mapping) || !mapping_tagged(mapping, PAGECACHE_TAG_DIRTY))
		return 0;
	return do_writepages(mapping, &wbc);
}

int filemap_fdatawrite_range(struct address_space *mapping, loff_t start, loff_t end)
{
	return write_range(mapping, start, end, WB_SYNC_ALL);
}
EXPORT_SYMBOL(filemap_fdatawrite_range);

int filemap_fdatawrite(struct address_space *mapping)
{
	return write_range(mapping, 0, LLONG_MAX, WB_SYNC_ALL);
}
EXPORT_SYMBOL(filemap_fdatawrite);

int filemap_flush(struct address_space *mapping)
{
	return write_range(mapping, 0, LLONG_MAX, WB_SYNC_NONE);
}
EXPORT_SYMBOL(filemap_flush);

int filemap_check_errors(struct address_space *mapping)
{
	int error = 0;

	if (test_and_clear_bit(AS_ENOSPC, &mapping->flags))
		error = -ENOSPC;
	if (test_and_clear_bit(AS_EIO, &mapping->flags))
		error = -EIO;
	return error;
}
EXPORT_SYMBOL(filemap_check_errors);

int filemap_fdatawait_range(struct address_space *mapping, loff_t start, loff_t end)
{
	pgoff_t index = start >> PAGE_SHIFT,
		last = end == LLONG_MAX ? ULONG_MAX : end >> PAGE_SHIFT;
	struct page *pages[BATCH];
	unsigned int n, i;

	while ((n = find_get_pages_range_tag(mapping, &index, last, PAGECACHE_TAG_WRITEBACK, BATCH,
					     pages))) {
		for (i = 0; i < n; i++) {
			wait_on_page_writeback(pages[i]);
			xa_clear_mark(&mapping->i_pages, pages[i]->index, PAGECACHE_TAG_WRITEBACK);
			if (TestClearPageError(pages[i]))
				mapping_set_error(mapping, -EIO);
			put_page(pages[i]);
		}
		if (!index)
			break;
	}
	return filemap_check_errors(mapping);
}
EXPORT_SYMBOL(filemap_fdatawait_range);

int filemap_fdatawait(struct address_space *mapping)
{
	return filemap_fdatawait_range(mapping, 0, LLONG_MAX);
}
EXPORT_SYMBOL(filemap_fdatawait);

int filemap_write_and_wait_range(struct address_space *mapping, loff_t start, loff_t end)
{
	int error = filemap_fdatawrite_range(mapping, start, end);
	int wait_error = filemap_fdatawait_range(mapping, start, end);

	return error ? error : wait_error;
}
EXPORT_SYMBOL(filemap_write_and_wait_range);

int filemap_write_and_wait(struct address_space *mapping)
{
	return filemap_write_and_wait_range(mapping, 0, LLONG_MAX);
}
EXPORT_SYMBOL(filemap_write_and_wait);

int file_write_and_wait_range(struct file *file, loff_t start, loff_t end)
{
	return filemap_write_and_wait_range(file->f_mapping, start, end);
}
EXPORT_SYMBOL(file_write_and_wait_range);

/* page is locked; unlocked on return. */
int write_one_page(struct page *page)
{
	struct address_space *mapping = page->mapping;
	struct writeback_control wbc = { .sync_mode = WB_SYNC_ALL, .nr_to_write = 1 };
	int error;

	wait_on_page_writeback(page);
	if (!clear_page_dirty_for_io(page)) {
		unlock_page(page);
		return 0;
	}
	get_page(page);
	error = mapping->a_ops->writepage(page, &wbc);
	if (!error)
		wait_on_page_writeback(page);
	put_page(page);
	return error ? error : filemap_check_errors(mapping);
}
EXPORT_SYMBOL(write_one_page);

/* One inode: pages first, then the inode itself. The caller references it. */
static int write_inode(struct inode *inode, struct writeback_control *wbc)
{
	struct address_space *mapping = inode->i_mapping;
	const struct super_operations *ops = inode->i_sb->s_op;
	unsigned long dirty;
	int error, e = 0;

	error = do_writepages(mapping, wbc);
	if (wbc->sync_mode == WB_SYNC_ALL) {
		e = filemap_fdatawait(mapping);
		error = error ? error : e;
	}
	spin_lock(&inode->i_sb->s_inode_list_lock);
	dirty = inode->i_state & I_DIRTY;
	inode->i_state &= ~I_DIRTY;
	list_del_init(&inode->i_io_list);
	if (mapping_tagged(mapping, PAGECACHE_TAG_DIRTY)) {
		inode->i_state |= I_DIRTY_PAGES;
		inode->dirtied_when = jiffies;
		list_add_tail(&inode->i_io_list, &inode->i_sb->s_dirty);
	}
	spin_unlock(&inode->i_sb->s_inode_list_lock);
	if ((dirty & I_DIRTY_INODE) && ops->write_inode && !is_bad_inode(inode)) {
		e = ops->write_inode(inode, wbc);
		error = error ? error : e;
	}
	return error;
}

int write_inode_now(struct inode *inode, int sync)
{
	struct writeback_control wbc = {
		.sync_mode = sync ? WB_SYNC_ALL : WB_SYNC_NONE,
		.nr_to_write = LONG_MAX,
		.range_end = LLONG_MAX,
	};

	if (!(inode->i_sb->s_bdi->capabilities & BDI_CAP_WRITEBACK))
		return 0;
	return write_inode(inode, &wbc);
}
EXPORT_SYMBOL(write_inode_now);

int sync_inode_metadata(struct inode *inode, int wait)
{
	struct writeback_control wbc = {
		.sync_mode = wait ? WB_SYNC_ALL : WB_SYNC_NONE,
		.nr_to_write = 0,
		.range_end = LLONG_MAX,
	};

	return write_inode(inode, &wbc);
}
EXPORT_SYMBOL(sync_inode_metadata);

int __generic_file_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct inode *inode = file->f_mapping->host;
	int error = file_write_and_wait_range(file, start, end), e;

	inode_lock(inode);
	if ((inode->i_state & I_DIRTY_INODE) &&
	    !(datasync && !(inode->i_state & I_DIRTY_DATASYNC))) {
		e = sync_inode_metadata(inode, 1);
		error = error ? error : e;
	}
	inode_unlock(inode);
	return error;
}
EXPORT_SYMBOL(__generic_file_fsync);

int generic_file_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	int error = __generic_file_fsync(file, start, end, datasync);
	struct block_device *bdev = file_inode(file)->i_sb->s_bdev;

	return error || !bdev ? error : sync_blockdev(bdev);
}
EXPORT_SYMBOL(generic_file_fsync);

/* One superblock: inodes that were dirtied before `before`, oldest first. */
static void write_sb(struct super_block *sb, enum writeback_sync_modes mode, unsigned long before)
{
	struct writeback_control wbc = { .sync_mode = mode, .range_end = LLONG_MAX };
	unsigned int limit = 100000;

	while (limit--) {
		struct inode *inode = NULL;

		spin_lock(&sb->s_inode_list_lock);
		if (!list_empty(&sb->s_dirty)) {
			inode = list_first_entry(&sb->s_dirty, struct inode, i_io_list);
			if (time_after(inode->dirtied_when, before))
				inode = NULL;
			else
				list_del_init(&inode->i_io_list);
		}
		spin_unlock(&sb->s_inode_list_lock);
		if (!inode)
			return;
		inode = igrab(inode);
		if (!inode)
			continue;
		wbc.nr_to_write = LONG_MAX;
		write_inode(inode, &wbc);
		iput(inode);
		cond_resched();
	}
}

void writeback_inodes_sb(struct super_block *sb)
{
	write_sb(sb, WB_SYNC_NONE, jiffies);
}
EXPORT_SYMBOL(writeback_inodes_sb);

void sync_inodes_sb(struct super_block *sb)
{
	if (sb->s_bdi->capabilities & BDI_CAP_WRITEBACK)
		write_sb(sb, WB_SYNC_ALL, jiffies);
}
EXPORT_SYMBOL(sync_inodes_sb);

static void write_old(struct super_block *sb, void *before)
{
	if (sb->s_bdi->capabilities & BDI_CAP_WRITEBACK)
		write_sb(sb, WB_SYNC_NONE, (unsigned long)before);
}

static int writeback_thread(void *unused)
{
	while (!kthread_should_stop()) {
		wait_event_interruptible_timeout(writeback_wait,
						 writeback_wanted || kthread_should_stop(),
						 WRITEBACK_PERIOD);
		iterate_supers(write_old,
			       (void *)(writeback_wanted ? jiffies : jiffies - DIRTY_AGE));
		writeback_wanted = false;
	}
	return 0;
}

/* More than a quarter of memory dirty: the writer helps. */
void balance_dirty_pages_ratelimited(struct address_space *mapping)
{
	unsigned long limit = totalram_pages() / 4;

	if (likely(nr_dirty < limit / 2))
		return;
	writeback_wanted = true;
	wake_up_interruptible(&writeback_wait);
	if (nr_dirty > limit && mapping_can_writeback(mapping))
		write_range(mapping, 0, LLONG_MAX, WB_SYNC_ALL);
}
EXPORT_SYMBOL(balance_dirty_pages_ratelimited);

/* Started with the first file system on a device: others need no thread. */
void writeback_start(void)
{
	static bool started;

	if (!started) {
		started = true;
		kthread_run(writeback_thread, NULL, "writeback");
	}
}
