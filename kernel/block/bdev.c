/*
 * Block devices: the object behind a device number, its page cache, opening and closing.
 *
 * Each device number in use has one bdev_inode in a pseudo file system of its own; its page cache is the device's
 * data, shared by the special file, the buffer cache and file systems. The first open finds the disk and lets the
 * driver open it; the last close writes what is dirty, drops the cache and lets the driver go. A partition's first
 * open opens the whole disk as well.
 *
 * Exclusive opens (a holder is given: a mount, a partition table change): one holder per device at a time; while a
 * partition is held the whole disk cannot be, and the reverse.
 *
 * Locks: bd_mutex of a partition, then of its disk; bdev_claim_lock protects bd_holder, bd_holders, bd_claiming.
 */
#include <linux/backing-dev.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/pagemap.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "block/block.h"

#define BDEVFS_MAGIC 0x62646576

static struct super_block *bdev_super;
static DEFINE_SPINLOCK(bdev_claim_lock);

struct block_device *I_BDEV(struct inode *inode)
{
	return &container_of(inode, struct bdev_inode, inode)->bdev;
}
EXPORT_SYMBOL(I_BDEV);

static struct inode *bdev_alloc_inode(struct super_block *sb)
{
	struct bdev_inode *device = kzalloc(sizeof(*device), GFP_KERNEL);

	if (!device)
		return NULL;
	mutex_init(&device->mutex);
	device->bdev.bd_inode = &device->inode;
	inode_init_once(&device->inode);
	return &device->inode;
}

static void bdev_free_inode(struct inode *inode)
{
	kfree(container_of(inode, struct bdev_inode, inode));
}

static void bdev_evict_inode(struct inode *inode)
{
	truncate_inode_pages_final(&inode->i_data);
	clear_inode(inode);
}

static const struct super_operations bdev_super_ops = {
	.alloc_inode = bdev_alloc_inode,
	.free_inode = bdev_free_inode,
	.drop_inode = generic_delete_inode,
	.evict_inode = bdev_evict_inode,
	.statfs = simple_statfs,
};

static struct dentry *bdev_mount(struct file_system_type *type, int flags, const char *dev,
				 void *data)
{
	return mount_pseudo(type, "bdev:", &bdev_super_ops, NULL, BDEVFS_MAGIC);
}

static struct file_system_type bdev_type = {
	.name = "bdev",
	.mount = bdev_mount,
	.kill_sb = kill_anon_super,
};

void bdev_init(void)
{
	struct vfsmount *mount;

	if (register_filesystem(&bdev_type))
		panic("block: cannot register bdev");
	mount = kern_mount(&bdev_type);
	if (IS_ERR(mount))
		panic("block: cannot mount bdev");
	bdev_super = mount->mnt_sb;
	bdev_super->s_bdi = &default_backing_dev_info;
}

static int bdev_test(struct inode *inode, void *data)
{
	return I_BDEV(inode)->bd_dev == *(dev_t *)data;
}

static int bdev_set(struct inode *inode, void *data)
{
	I_BDEV(inode)->bd_dev = *(dev_t *)data;
	return 0;
}

struct block_device *bdget(dev_t dev)
{
	struct inode *inode = iget5_locked(bdev_super, hash_32(dev, 16), bdev_test, bdev_set, &dev);
	struct block_device *bdev;

	if (!inode)
		return NULL;
	bdev = I_BDEV(inode);
	if (inode->i_state & I_NEW) {
		bdev->bd_block_size = SECTOR_SIZE;
		inode->i_mode = S_IFBLK;
		inode->i_rdev = dev;
		inode->i_bdev = bdev;
		inode->i_blkbits = SECTOR_SHIFT;
		inode->i_data.a_ops = &bdev_aops;
		mapping_set_gfp_mask(&inode->i_data, GFP_USER);
		unlock_new_inode(inode);
	}
	return bdev;
}
EXPORT_SYMBOL(bdget);

struct block_device *bdgrab(struct block_device *bdev)
{
	ihold(bdev->bd_inode);
	return bdev;
}
EXPORT_SYMBOL(bdgrab);

void bdput(struct block_device *bdev)
{
	iput(bdev->bd_inode);
}
EXPORT_SYMBOL(bdput);

const char *bdevname(struct block_device *bdev, char *buf)
{
	if (bdev->bd_disk)
		return disk_name(bdev->bd_disk, bdev->bd_partno, buf);
	snprintf(buf, BDEVNAME_SIZE, "%u:%u", MAJOR(bdev->bd_dev), MINOR(bdev->bd_dev));
	return buf;
}
EXPORT_SYMBOL(bdevname);

/* Calls fn for each block device that exists, with a reference on it, until it returns non-zero. May sleep. */
int bdev_for_each(int (*fn)(struct block_device *bdev, void *data), void *data)
{
	struct inode *inode, *previous = NULL;
	int result = 0;

	spin_lock(&bdev_super->s_inode_list_lock);
	list_for_each_entry(inode, &bdev_super->s_inodes, i_sb_list) {
		if (!igrab(inode))
			continue;
		spin_unlock(&bdev_super->s_inode_list_lock);
		iput(previous);
		previous = inode;
		result = inode->i_bdev ? fn(I_BDEV(inode), data) : 0;
		spin_lock(&bdev_super->s_inode_list_lock);
		if (result)
			break;
	}
	spin_unlock(&bdev_super->s_inode_list_lock);
	iput(previous);
	return result;
}

void bdev_kill(struct block_device *bdev)
{
	truncate_inode_pages(bdev->bd_inode->i_mapping, 0);
}

void invalidate_bdev(struct block_device *bdev)
{
	invalidate_mapping_pages(bdev->bd_inode->i_mapping, 0, -1);
}
EXPORT_SYMBOL(invalidate_bdev);

int sync_blockdev(struct block_device *bdev)
{
	return bdev ? filemap_write_and_wait(bdev->bd_inode->i_mapping) : 0;
}
EXPORT_SYMBOL(sync_blockdev);

int fsync_bdev(struct block_device *bdev)
{
	if (bdev->bd_super)
		sync_filesystem(bdev->bd_super);
	return sync_blockdev(bdev);
}
EXPORT_SYMBOL(fsync_bdev);

int __invalidate_device(struct block_device *bdev, bool kill_dirty)
{
	if (bdev->bd_super) {
		shrink_dcache_sb(bdev->bd_super);
		invalidate_inodes(bdev->bd_super, kill_dirty);
	}
	if (kill_dirty)
		bdev_kill(bdev);
	else
		invalidate_bdev(bdev);
	return 0;
}
EXPORT_SYMBOL(__invalidate_device);

void bdev_forget_disk(dev_t devt)
{
	struct block_device *bdev = bdget(devt);

	if (!bdev)
		return;
	fsync_bdev(bdev);
	__invalidate_device(bdev, true);
	bdput(bdev);
}

/* The largest block size up to a page that divides the size of the device. */
static void bdev_set_size(struct block_device *bdev, sector_t sectors)
{
	loff_t bytes = (loff_t)sectors << SECTOR_SHIFT;
	unsigned int size = bdev_logical_block_size(bdev);

	while (size < PAGE_SIZE && !((u32)bytes & size))
		size <<= 1;
	i_size_write(bdev->bd_inode, bytes);
	bdev->bd_block_size = size;
	bdev->bd_inode->i_blkbits = ilog2(size);
}

int set_blocksize(struct block_device *bdev, int size)
{
	if (size > PAGE_SIZE || size < SECTOR_SIZE || !is_power_of_2(size) ||
	    size < bdev_logical_block_size(bdev))
		return -EINVAL;
	if (bdev->bd_block_size != size) {
		sync_blockdev(bdev);
		bdev->bd_block_size = size;
		bdev->bd_inode->i_blkbits = ilog2((unsigned int)size);
		bdev_kill(bdev);
	}
	return 0;
}
EXPORT_SYMBOL(set_blocksize);

bool bdev_check_media_change(struct block_device *bdev)
{
	struct gendisk *disk = bdev->bd_disk;

	if (!disk->fops->check_events ||
	    !(disk->fops->check_events(disk, DISK_EVENT_MEDIA_CHANGE) & DISK_EVENT_MEDIA_CHANGE))
		return false;
	__invalidate_device(bdev, true);
	bdev->bd_invalidated = 1;
	if (disk->fops->revalidate_disk)
		disk->fops->revalidate_disk(disk);
	return true;
}
EXPORT_SYMBOL(bdev_check_media_change);

static int bdev_open(struct block_device *bdev, fmode_t mode, bool for_part);
static void bdev_close(struct block_device *bdev, fmode_t mode, bool for_part);

/* An open of a whole disk. bd_mutex is held. */
static int bdev_open_disk(struct block_device *bdev, fmode_t mode)
{
	struct gendisk *disk = bdev->bd_disk;
	int err;

	bdev->bd_part = &disk->part0;
	err = disk->fops->open ? disk->fops->open(bdev, mode) : 0;
	if (!bdev->bd_openers && !err)
		bdev_set_size(bdev, get_capacity(disk));
	if (bdev->bd_invalidated && err == -ENOMEDIUM)
		partitions_drop(disk);
	else if (bdev->bd_invalidated && !err)
		partitions_read(disk, bdev);
	return err;
}

/* The first open of a partition: opens the disk, too. bd_mutex is held. */
static int bdev_open_part(struct block_device *bdev, fmode_t mode)
{
	struct block_device *whole = bdget(disk_devt(bdev->bd_disk));
	struct hd_struct *part;
	int err = whole ? bdev_open(whole, mode, true) : -ENOMEM;

	if (err)
		goto undo_get;
	part = disk_part(bdev->bd_disk, bdev->bd_partno);
	if (!part || !part->nr_sects) {
		err = -ENXIO;
		goto undo_open;
	}
	bdev->bd_contains = whole;
	bdev->bd_part = part;
	bdev_set_size(bdev, part->nr_sects);
	return 0;
undo_open:
	bdev_close(whole, mode, true);
undo_get:
	if (whole)
		bdput(whole);
	return err;
}

/* Nobody has the device open any more: nothing of the disk stays in it. */
static void bdev_detach(struct block_device *bdev)
{
	bdev->bd_disk = NULL;
	bdev->bd_part = NULL;
	bdev->bd_contains = NULL;
	bdev->bd_partno = 0;
}

/* bd_mutex is held; disk is what the device number stands for now. */
static int bdev_open_locked(struct block_device *bdev, struct gendisk *disk, int partno,
			    fmode_t mode)
{
	int err = 0;

	if (bdev->bd_openers && bdev->bd_disk != disk)
		return -ENXIO;
	if (!bdev->bd_openers) {
		bdev->bd_disk = disk;
		bdev->bd_partno = partno;
		bdev->bd_contains = bdev;
	}
	if (!partno)
		err = bdev_open_disk(bdev, mode);
	else if (!bdev->bd_openers)
		err = bdev_open_part(bdev, mode);
	if (err && !bdev->bd_openers)
		bdev_detach(bdev);
	return err;
}

/* Each successful open keeps one reference on disk and driver, taken by disk_get(). */
static int bdev_open(struct block_device *bdev, fmode_t mode, bool for_part)
{
	int partno = 0, err;
	struct gendisk *disk = disk_get(bdev->bd_dev, &partno);

	if (!disk)
		return -ENXIO;
	mutex_lock(bd_mutex(bdev));
	err = bdev_open_locked(bdev, disk, partno, mode);
	if (!err) {
		if (!bdev->bd_openers++)
			block_sync_start();
		bdev->bd_part_count += for_part;
	}
	mutex_unlock(bd_mutex(bdev));
	if (err)
		disk_put(disk);
	return err;
}

static void bdev_close(struct block_device *bdev, fmode_t mode, bool for_part)
{
	struct block_device *whole = NULL;
	struct gendisk *disk;

	mutex_lock(bd_mutex(bdev));
	disk = bdev->bd_disk;
	bdev->bd_part_count -= for_part;
	if (bdev->bd_openers == 1) {
		sync_blockdev(bdev);
		bdev_kill(bdev);
	}
	if (!--bdev->bd_openers)
		block_sync_stop();
	if (!bdev->bd_partno && disk->fops->release)
		disk->fops->release(disk, mode);
	if (!bdev->bd_openers) {
		if (bdev->bd_contains != bdev)
			whole = bdev->bd_contains;
		bdev_detach(bdev);
	}
	mutex_unlock(bd_mutex(bdev));
	if (whole) {
		bdev_close(whole, mode, true);
		bdput(whole);
	}
	disk_put(disk);
}

/* Marks a whole disk one of whose partitions is held exclusively. */
static char bdev_held_in_part;

/* Under bdev_claim_lock. */
static bool bdev_may_claim(struct block_device *bdev, struct block_device *whole, void *holder)
{
	if (bdev->bd_holder)
		return bdev->bd_holder == holder;
	return whole == bdev || !whole->bd_holder || whole->bd_holder == &bdev_held_in_part;
}

static int bdev_claim(struct block_device *bdev, void *holder)
{
	struct block_device *whole = bdev->bd_contains;
	bool ok;

	spin_lock(&bdev_claim_lock);
	ok = bdev_may_claim(bdev, whole, holder);
	if (ok) {
		if (whole != bdev) {
			whole->bd_holder = &bdev_held_in_part;
			whole->bd_holders++;
		}
		bdev->bd_holder = holder;
		bdev->bd_holders++;
	}
	spin_unlock(&bdev_claim_lock);
	return ok ? 0 : -EBUSY;
}

static void bdev_unclaim(struct block_device *bdev)
{
	struct block_device *whole = bdev->bd_contains;

	spin_lock(&bdev_claim_lock);
	if (whole != bdev && --whole->bd_holders == 0)
		whole->bd_holder = NULL;
	if (--bdev->bd_holders == 0)
		bdev->bd_holder = NULL;
	spin_unlock(&bdev_claim_lock);
}

void blkdev_put(struct block_device *bdev, fmode_t mode)
{
	if (mode & FMODE_EXCL)
		bdev_unclaim(bdev);
	bdev_close(bdev, mode, false);
	bdput(bdev);
}
EXPORT_SYMBOL(blkdev_put);

struct block_device *blkdev_get_by_dev(dev_t dev, fmode_t mode, void *holder)
{
	struct block_device *bdev = bdget(dev);
	int err;

	if (!bdev)
		return ERR_PTR(-ENOMEM);
	err = bdev_open(bdev, mode, false);
	if (err) {
		bdput(bdev);
		return ERR_PTR(err);
	}
	if (mode & FMODE_EXCL)
		err = bdev_claim(bdev, holder);
	if (err) {
		blkdev_put(bdev, mode & ~FMODE_EXCL);
		return ERR_PTR(err);
	}
	return bdev;
}
EXPORT_SYMBOL(blkdev_get_by_dev);

struct block_device *lookup_bdev(const char *name)
{
	struct block_device *bdev;
	struct inode *inode;
	struct path path;
	int err = kern_path(name, LOOKUP_FOLLOW, &path);

	if (err)
		return ERR_PTR(err);
	inode = d_backing_inode(path.dentry);
	if (!S_ISBLK(inode->i_mode))
		bdev = ERR_PTR(-ENOTBLK);
	else if (path.mnt->mnt_flags & MNT_NODEV)
		bdev = ERR_PTR(-EACCES);
	else
		bdev = bdget(inode->i_rdev);
	path_put(&path);
	return bdev ? bdev : ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(lookup_bdev);

struct block_device *blkdev_get_by_path(const char *path, fmode_t mode, void *holder)
{
	struct block_device *named = lookup_bdev(path), *bdev;

	if (IS_ERR(named))
		return named;
	bdev = blkdev_get_by_dev(named->bd_dev, mode, holder);
	bdput(named);
	if (!IS_ERR(bdev) && (mode & FMODE_WRITE) && bdev_read_only(bdev)) {
		blkdev_put(bdev, mode);
		return ERR_PTR(-EACCES);
	}
	return bdev;
}
EXPORT_SYMBOL(blkdev_get_by_path);

int bdev_read_only(struct block_device *bdev)
{
	return bdev->bd_part ? bdev->bd_part->policy : 0;
}
EXPORT_SYMBOL(bdev_read_only);

void set_device_ro(struct block_device *bdev, int read_only)
{
	bdev->bd_part->policy = read_only;
}
EXPORT_SYMBOL(set_device_ro);
