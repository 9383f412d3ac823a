/*
 * Disks and their partitions. A driver makes a gendisk, gives it a queue and a size, and adds it; the kernel reads
 * the partition table, makes the device nodes and the views in /proc/partitions and /sys/block.
 * As Linux 5.10's <linux/genhd.h>.
 */
#ifndef _LINUX_GENHD_H
#define _LINUX_GENHD_H

#include <linux/types.h>
#include <linux/blk_types.h>
#include <linux/kdev_t.h>
#include <linux/device.h>

struct block_device;
struct block_device_operations;
struct request_queue;
struct disk_part_tbl;

#define DISK_NAME_LEN 32
#define DISK_MAX_PARTS 256

#define GENHD_FL_REMOVABLE 0x0001
#define GENHD_FL_CD 0x0008
#define GENHD_FL_UP 0x0010 /* added; private */
#define GENHD_FL_SUPPRESS_PARTITION_INFO 0x0020
#define GENHD_FL_NO_PART_SCAN 0x0200 /* has no partition table */
#define GENHD_FL_HIDDEN 0x0400

#define DISK_EVENT_MEDIA_CHANGE 1
#define DISK_EVENT_EJECT_REQUEST 2

/* Transfers counted per disk or partition, [0] reads, [1] writes; as /sys/block/<disk>/stat shows them. */
struct disk_stats {
	unsigned long ios[2];	  /* transfers */
	unsigned long merges[2];  /* merged into a queued request */
	unsigned long sectors[2]; /* 512-byte sectors */
	unsigned long ticks[2];	  /* milliseconds they took */
	unsigned int in_flight;	  /* now */
};

/* A partition, or the whole disk as number 0. */
struct hd_struct {
	sector_t start_sect;	 /* where it begins on the disk */
	sector_t nr_sects;	 /* its size */
	struct device __dev;	 /* the device */
	struct gendisk *disk;	 /* the disk it is on */
	int partno;		 /* number, 0: whole disk */
	int policy;		 /* non-zero: read-only */
	struct disk_stats stats; /* traffic */
};

struct gendisk {
	int major;	 /* device number of the disk, set by the driver */
	int first_minor; /* set by the driver */
	int minors;	 /* how many minors it may use: 1 + partitions; 1: it cannot have any */
	char disk_name[DISK_NAME_LEN];		    /* "fd0", set by the driver */
	unsigned short events;			    /* DISK_EVENT_* it can notice */
	const struct block_device_operations *fops; /* set by the driver */
	struct request_queue *queue;		    /* set by the driver */
	void *private_data;			    /* the driver's */
	int flags;				    /* GENHD_FL_* */
	struct hd_struct part0;			    /* the whole disk */
	struct hd_struct *part[DISK_MAX_PARTS];	    /* partitions by number, [0] is &part0 */
	struct kobject *slave_dir;		    /* unused, for source compatibility */
	struct list_head list;			    /* all disks; private */
	bool queue_held;			    /* the disk has a reference on queue; private */
};

#define disk_to_dev(disk) (&(disk)->part0.__dev)
#define dev_to_disk(device) container_of((device), struct gendisk, part0.__dev)
#define part_to_dev(partition) (&(partition)->__dev)
#define dev_to_part(device) container_of((device), struct hd_struct, __dev)
#define disk_to_cdi(disk) NULL

static inline int disk_max_parts(struct gendisk *disk)
{
	return disk->minors;
}

static inline dev_t disk_devt(struct gendisk *disk)
{
	return MKDEV(disk->major, disk->first_minor);
}

/* Writes "sda1", "fd0", "mmcblk0p1" into buf (BDEVNAME_SIZE bytes). Returns buf. */
#define BDEVNAME_SIZE 32
char *disk_name(struct gendisk *disk, int partno, char *buf);

/*
 * alloc_disk - make a disk for the given number of minors (1..DISK_MAX_PARTS)
 * Returns it with one reference, or NULL. Process context. Give it back with put_disk().
 */
struct gendisk *alloc_disk(int minors);
void put_disk(struct gendisk *disk);
struct kobject *get_disk(struct gendisk *disk);

/*
 * add_disk - make the disk usable: it is in /proc/partitions, /sys/block, /dev, and its partitions are read
 * All fields of the driver's must be set, set_capacity() done. Process context, may do I/O on the disk.
 */
void add_disk(struct gendisk *disk);
void device_add_disk(struct device *parent, struct gendisk *disk,
		     const struct attribute_group **groups);

/* The reverse: no open succeeds from now on, dirty data is written, nodes vanish. Process context. */
void del_gendisk(struct gendisk *disk);

/* Size in 512-byte sectors. Any context. */
void set_capacity(struct gendisk *disk, sector_t sectors);
sector_t get_capacity(struct gendisk *disk);

void set_disk_ro(struct gendisk *disk, int read_only);
void set_device_ro(struct block_device *bdev, int read_only);
int get_disk_ro(struct gendisk *disk);
int bdev_read_only(struct block_device *bdev);

/*
 * register_blkdev - take a major number
 * @major: 1..511, or 0 for any free one; @name: as in /proc/devices, must stay valid
 * Returns 0 (the major number if 0 was given), -EBUSY (the log names the holder), -EINVAL, -ENOMEM. Process context.
 */
int register_blkdev(unsigned int major, const char *name);
void unregister_blkdev(unsigned int major, const char *name);

/*
 * blk_register_region - a driver that makes disks when they are asked for
 * @probe is called with a device number in devt..devt+range-1 that has no disk; it may add one.
 */
void blk_register_region(dev_t devt, unsigned long range, struct module *owner,
			 struct kobject *(*probe)(dev_t, int *, void *), int (*lock)(dev_t, void *),
			 void *data);
void blk_unregister_region(dev_t devt, unsigned long range);

#endif
