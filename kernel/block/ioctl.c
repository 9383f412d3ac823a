/*
 * The ioctls of block devices that are the same for all of them; what is left goes to the driver.
 * Source: Linux 5.10, include/uapi/linux/fs.h and block ioctl semantics.
 */
#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hdreg.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "block/block.h"

static int ioctl_reread_partitions(struct block_device *bdev)
{
	int err = -EBUSY;

	if (bdev->bd_contains != bdev || bdev->bd_disk->minors <= 1)
		return -EINVAL;
	if (!capable(CAP_SYS_ADMIN))
		return -EACCES;
	mutex_lock(bd_mutex(bdev));
	if (!bdev->bd_part_count)
		err = partitions_read(bdev->bd_disk, bdev);
	mutex_unlock(bd_mutex(bdev));
	return err;
}

static int ioctl_set_blocksize(struct block_device *bdev, fmode_t mode, int __user *arg)
{
	int size, err;

	if (!capable(CAP_SYS_ADMIN))
		return -EACCES;
	if (get_user(size, arg))
		return -EFAULT;
	if (mode & FMODE_EXCL)
		return set_blocksize(bdev, size);
	bdev = blkdev_get_by_dev(bdev->bd_dev, mode | FMODE_EXCL, &bdev);
	if (IS_ERR(bdev))
		return -EBUSY;
	err = set_blocksize(bdev, size);
	blkdev_put(bdev, mode | FMODE_EXCL);
	return err;
}

static int ioctl_set_read_only(struct block_device *bdev, int __user *arg)
{
	int read_only;

	if (!capable(CAP_SYS_ADMIN))
		return -EACCES;
	if (get_user(read_only, arg))
		return -EFAULT;
	set_device_ro(bdev, !!read_only);
	return 0;
}

static int ioctl_flush(struct block_device *bdev)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EACCES;
	fsync_bdev(bdev);
	invalidate_bdev(bdev);
	return 0;
}

static int ioctl_geometry(struct block_device *bdev, struct hd_geometry __user *arg)
{
	struct hd_geometry geometry;
	int err;

	if (!arg)
		return -EINVAL;
	if (!bdev->bd_disk->fops->getgeo)
		return -ENOTTY;
	memset(&geometry, 0, sizeof(geometry));
	geometry.start = bdev->bd_partno ? (unsigned long)bdev->bd_part->start_sect : 0;
	err = bdev->bd_disk->fops->getgeo(bdev, &geometry);
	if (err)
		return err;
	return copy_to_user(arg, &geometry, sizeof(geometry)) ? -EFAULT : 0;
}

static int ioctl_size(struct block_device *bdev, unsigned long __user *arg)
{
	u64 sectors = (u64)i_size_read(bdev->bd_inode) >> SECTOR_SHIFT;

	return sectors > ~0ul ? -EFBIG : put_user((unsigned long)sectors, arg);
}

static unsigned short ioctl_max_sectors(struct block_device *bdev)
{
	unsigned int sectors = bdev_get_queue(bdev)->limits.max_sectors;

	return sectors < 0xffff ? sectors : 0xffff;
}

static int ioctl_driver(struct block_device *bdev, fmode_t mode, unsigned int cmd,
			unsigned long arg)
{
	const struct block_device_operations *ops = bdev->bd_disk->fops;

	return ops->ioctl ? ops->ioctl(bdev, mode, cmd, arg) : -ENOTTY;
}

int blkdev_ioctl(struct block_device *bdev, fmode_t mode, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case BLKGETSIZE64:
		return put_user((u64)i_size_read(bdev->bd_inode), (u64 __user *)arg);
	case BLKGETSIZE:
		return ioctl_size(bdev, (unsigned long __user *)arg);
	case BLKSSZGET:
		return put_user((int)bdev_logical_block_size(bdev), (int __user *)arg);
	case BLKPBSZGET:
		return put_user(bdev_get_queue(bdev)->limits.physical_block_size,
				(unsigned int __user *)arg);
	case BLKBSZGET:
		return put_user((int)bdev->bd_block_size, (int __user *)arg);
	case BLKBSZSET:
		return ioctl_set_blocksize(bdev, mode, (int __user *)arg);
	case BLKROGET:
		return put_user(bdev_read_only(bdev) != 0, (int __user *)arg);
	case BLKROSET:
		return ioctl_set_read_only(bdev, (int __user *)arg);
	case BLKFLSBUF:
		return ioctl_flush(bdev);
	case BLKRRPART:
		return ioctl_reread_partitions(bdev);
	case BLKSECTGET:
		return put_user(ioctl_max_sectors(bdev), (unsigned short __user *)arg);
	case HDIO_GETGEO:
		return ioctl_geometry(bdev, (struct hd_geometry __user *)arg);
	default:
		return ioctl_driver(bdev, mode, cmd, arg);
	}
}
EXPORT_SYMBOL(blkdev_ioctl);

int ioctl_by_bdev(struct block_device *bdev, unsigned int cmd, unsigned long arg)
{
	return blkdev_ioctl(bdev, 0, cmd, arg);
}
EXPORT_SYMBOL(ioctl_by_bdev);
