/*
 * Writing back block devices: for sync(2), and by and by on its own.
 *
 * While any device is open, a work item runs every few seconds and starts writing all block devices that have dirty
 * pages, so that a crash loses little. File systems' own data and inodes are the vfs's.
 */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/pagemap.h>
#include <linux/workqueue.h>
#include "block/block.h"

#define FLUSH_INTERVAL (5 * HZ)

static int sync_start(struct block_device *bdev, void *unused)
{
	if (mapping_tagged(bdev->bd_inode->i_mapping, PAGECACHE_TAG_DIRTY))
		filemap_fdatawrite(bdev->bd_inode->i_mapping);
	return 0;
}

static int sync_finish(struct block_device *bdev, void *unused)
{
	sync_blockdev(bdev);
	return 0;
}

void sync_block_devices(bool wait)
{
	bdev_for_each(sync_start, NULL);
	if (wait)
		bdev_for_each(sync_finish, NULL);
}
EXPORT_SYMBOL(sync_block_devices);

static atomic_t open_devices;

static void flush_work_run(struct work_struct *work)
{
	sync_block_devices(false);
	if (atomic_read(&open_devices))
		schedule_delayed_work(to_delayed_work(work), FLUSH_INTERVAL);
}

static DECLARE_DELAYED_WORK(flush_work_item, flush_work_run);

void block_sync_start(void)
{
	if (atomic_inc_return(&open_devices) == 1)
		schedule_delayed_work(&flush_work_item, FLUSH_INTERVAL);
}

void block_sync_stop(void)
{
	atomic_dec(&open_devices);
}
