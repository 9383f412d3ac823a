/*
 * Disks: from add_disk() to del_gendisk(), and finding the disk of a device number.
 *
 * The table disk_devts maps each device number in use to its hd_struct (part0 for the whole disk). It is what opens
 * look in; an entry is there exactly while the disk (or partition) is in the system. A found disk is referenced (its
 * device) and its driver's module too.
 *
 * Lock: disk_mutex protects the table, the list of disks and GENHD_FL_UP.
 */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/xarray.h>
#include <rakit/boot_order.h>
#include <rakit/holders.h>
#include <rakit/ledger.h>
#include "block/block.h"

static DEFINE_MUTEX(disk_mutex);
static DEFINE_XARRAY(disk_devts);
static LIST_HEAD(disk_list);

/* A driver that makes disks on demand. */
struct disk_region {
	struct list_head list;
	dev_t first;
	unsigned long range;
	struct module *owner;
	struct kobject *(*probe)(dev_t devt, int *partno, void *data);
	void *data;
};
static LIST_HEAD(disk_regions);

struct class block_class = { .name = "block" };
static struct kobject *block_links; /* /sys/block: a link to each whole disk */

char *disk_name(struct gendisk *disk, int partno, char *buf)
{
	size_t length = strlen(disk->disk_name);
	bool digit = length && disk->disk_name[length - 1] >= '0' &&
		     disk->disk_name[length - 1] <= '9';

	if (partno)
		snprintf(buf, BDEVNAME_SIZE, "%s%s%d", disk->disk_name, digit ? "p" : "", partno);
	else
		strscpy(buf, disk->disk_name, BDEVNAME_SIZE);
	return buf;
}
EXPORT_SYMBOL(disk_name);

static ssize_t size_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%llu\n", (unsigned long long)dev_to_part(dev)->nr_sects);
}
static DEVICE_ATTR_RO(size);

static ssize_t ro_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%d\n", dev_to_part(dev)->policy ? 1 : 0);
}
static DEVICE_ATTR_RO(ro);

static ssize_t stat_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	const struct disk_stats *s = &dev_to_part(dev)->stats;

	return sprintf(buf, "%8lu %8lu %8lu %8lu %8lu %8lu %8lu %8lu %8u %8lu %8lu\n", s->ios[0],
		       s->merges[0], s->sectors[0], s->ticks[0], s->ios[1], s->merges[1],
		       s->sectors[1], s->ticks[1], s->in_flight, s->ticks[0] + s->ticks[1],
		       s->ticks[0] + s->ticks[1]);
}
static DEVICE_ATTR_RO(stat);

static struct attribute *part_attrs[] = { &dev_attr_size.attr, &dev_attr_ro.attr,
					  &dev_attr_stat.attr, NULL };
static const struct attribute_group part_group = { .attrs = part_attrs };
const struct attribute_group *block_part_groups[] = { &part_group, NULL };

static ssize_t range_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%d\n", dev_to_disk(dev)->minors);
}
static DEVICE_ATTR_RO(range);

static ssize_t removable_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%d\n", dev_to_disk(dev)->flags & GENHD_FL_REMOVABLE ? 1 : 0);
}
static DEVICE_ATTR_RO(removable);

static struct attribute *disk_attrs[] = { &dev_attr_range.attr, &dev_attr_removable.attr, NULL };
static const struct attribute_group disk_group = { .attrs = disk_attrs };
static const struct attribute_group *disk_groups[] = { &part_group, &disk_group, NULL };

static void disk_release(struct device *dev)
{
	struct gendisk *disk = dev_to_disk(dev);

	if (disk->queue_held)
		blk_put_queue(disk->queue);
	kfree(disk);
}

static char *disk_devnode(struct device *dev, umode_t *mode, kuid_t *uid, kgid_t *gid)
{
	struct gendisk *disk = dev_to_disk(dev);

	return disk->fops->devnode ? disk->fops->devnode(disk, mode) : NULL;
}

static struct device_type disk_type = { .name = "disk",
					.release = disk_release,
					.devnode = disk_devnode };

struct gendisk *alloc_disk(int minors)
{
	struct gendisk *disk;

	if (minors < 1 || minors > DISK_MAX_PARTS)
		return NULL;
	disk = kzalloc(sizeof(*disk), GFP_KERNEL);
	if (!disk)
		return NULL;
	disk->minors = minors;
	disk->part[0] = &disk->part0;
	disk->part0.disk = disk;
	INIT_LIST_HEAD(&disk->list);
	device_initialize(disk_to_dev(disk));
	disk_to_dev(disk)->class = &block_class;
	disk_to_dev(disk)->type = &disk_type;
	return disk;
}
EXPORT_SYMBOL(alloc_disk);

void put_disk(struct gendisk *disk)
{
	if (disk)
		put_device(disk_to_dev(disk));
}
EXPORT_SYMBOL(put_disk);

struct kobject *get_disk(struct gendisk *disk)
{
	return &get_device(disk_to_dev(disk))->kobj;
}
EXPORT_SYMBOL(get_disk);

void disk_table_set(dev_t devt, struct hd_struct *part)
{
	mutex_lock(&disk_mutex);
	if (part)
		WARN_ON(xa_err(xa_store(&disk_devts, devt, part, GFP_KERNEL)));
	else
		xa_erase(&disk_devts, devt);
	mutex_unlock(&disk_mutex);
}

static struct gendisk *disk_lookup(dev_t devt, int *partno)
{
	struct gendisk *disk = NULL;
	struct hd_struct *part;

	mutex_lock(&disk_mutex);
	part = xa_load(&disk_devts, devt);
	if (part && module_get_for(part->disk->fops->owner, part->disk)) {
		disk = part->disk;
		get_device(disk_to_dev(disk));
		*partno = part->partno;
	}
	mutex_unlock(&disk_mutex);
	return disk;
}

/* Lets a driver that makes disks on demand make this one. */
static void disk_probe(dev_t devt)
{
	struct disk_region *region;

	mutex_lock(&disk_mutex);
	list_for_each_entry(region, &disk_regions, list) {
		int partno = 0;

		if (devt < region->first || devt - region->first >= region->range ||
		    !try_module_get(region->owner))
			continue;
		mutex_unlock(&disk_mutex);
		region->probe(devt, &partno, region->data);
		module_put(region->owner);
		return;
	}
	mutex_unlock(&disk_mutex);
}

struct gendisk *disk_get(dev_t devt, int *partno)
{
	struct gendisk *disk = disk_lookup(devt, partno);

	if (disk)
		return disk;
	disk_probe(devt);
	disk = disk_lookup(devt, partno);
	if (disk)
		return disk;
	if (request_module("block-major-%d-%d", MAJOR(devt), MINOR(devt)) > 0)
		request_module("block-major-%d", MAJOR(devt));
	return disk_lookup(devt, partno);
}

void disk_put(struct gendisk *disk)
{
	struct module *owner = disk->fops->owner;

	module_put_for(owner, disk);
	put_device(disk_to_dev(disk));
}

struct hd_struct *disk_part(struct gendisk *disk, int partno)
{
	return partno >= 0 && partno < disk->minors ? disk->part[partno] : NULL;
}

int disk_for_each(int (*fn)(struct gendisk *disk, void *data), void *data)
{
	struct gendisk *disk;
	int result = 0;

	mutex_lock(&disk_mutex);
	list_for_each_entry(disk, &disk_list, list) {
		result = fn(disk, data);
		if (result)
			break;
	}
	mutex_unlock(&disk_mutex);
	return result;
}

void blk_register_region(dev_t devt, unsigned long range, struct module *owner,
			 struct kobject *(*probe)(dev_t, int *, void *), int (*lock)(dev_t, void *),
			 void *data)
{
	struct disk_region *region = kzalloc(sizeof(*region), GFP_KERNEL);

	if (!region)
		return;
	*region = (struct disk_region){
		.first = devt, .range = range, .owner = owner, .probe = probe, .data = data
	};
	mutex_lock(&disk_mutex);
	list_add(&region->list, &disk_regions);
	mutex_unlock(&disk_mutex);
}
EXPORT_SYMBOL(blk_register_region);

void blk_unregister_region(dev_t devt, unsigned long range)
{
	struct disk_region *region, *next;

	mutex_lock(&disk_mutex);
	list_for_each_entry_safe(region, next, &disk_regions, list)
		if (region->first == devt && region->range == range) {
			list_del(&region->list);
			kfree(region);
			break;
		}
	mutex_unlock(&disk_mutex);
}
EXPORT_SYMBOL(blk_unregister_region);

/* Opens and closes the disk once, which reads its partitions. */
static void disk_scan(struct gendisk *disk)
{
	struct block_device *bdev;

	if (disk->minors <= 1 || (disk->flags & GENHD_FL_NO_PART_SCAN) || !get_capacity(disk))
		return;
	bdev = bdget(disk_devt(disk));
	if (!bdev)
		return;
	bdev->bd_invalidated = 1;
	bdput(bdev);
	bdev = blkdev_get_by_dev(disk_devt(disk), FMODE_READ, NULL);
	if (!IS_ERR(bdev))
		blkdev_put(bdev, FMODE_READ);
}

void device_add_disk(struct device *parent, struct gendisk *disk,
		     const struct attribute_group **groups)
{
	struct device *dev = disk_to_dev(disk);

	if (WARN_ON(!disk->fops || !disk->queue || (disk->flags & GENHD_FL_UP)))
		return;
	dev->parent = parent;
	dev->devt = disk_devt(disk);
	dev->groups = disk_groups;
	dev_set_name(dev, "%s", disk->disk_name);
	if (ledger_add(disk->fops->owner, LEDGER_DISK, disk, dev->devt, 0, disk->disk_name,
		       _RET_IP_))
		return;
	disk->queue_held = blk_get_queue(disk->queue);
	if (device_add(dev)) {
		pr_err("block: %s: device not added\n", disk->disk_name);
		ledger_remove(LEDGER_DISK, disk);
		return;
	}
	if (block_links && sysfs_create_link(block_links, &dev->kobj, dev_name(dev)))
		pr_warn("block: %s: not in /sys/block\n", disk->disk_name);
	mutex_lock(&disk_mutex);
	disk->flags |= GENHD_FL_UP;
	list_add_tail(&disk->list, &disk_list);
	mutex_unlock(&disk_mutex);
	disk_table_set(dev->devt, &disk->part0);
	disk_scan(disk);
}
EXPORT_SYMBOL(device_add_disk);

void add_disk(struct gendisk *disk)
{
	device_add_disk(NULL, disk, NULL);
}
EXPORT_SYMBOL(add_disk);

void del_gendisk(struct gendisk *disk)
{
	if (!(disk->flags & GENHD_FL_UP))
		return;
	disk_table_set(disk_devt(disk), NULL);
	mutex_lock(&disk_mutex);
	disk->flags &= ~GENHD_FL_UP;
	list_del_init(&disk->list);
	mutex_unlock(&disk_mutex);
	partitions_drop(disk);
	bdev_forget_disk(disk_devt(disk));
	set_capacity(disk, 0);
	sysfs_remove_link(block_links, dev_name(disk_to_dev(disk)));
	device_del(disk_to_dev(disk));
	ledger_remove(LEDGER_DISK, disk);
}
EXPORT_SYMBOL(del_gendisk);

void set_capacity(struct gendisk *disk, sector_t sectors)
{
	disk->part0.nr_sects = sectors;
}
EXPORT_SYMBOL(set_capacity);

sector_t get_capacity(struct gendisk *disk)
{
	return disk->part0.nr_sects;
}
EXPORT_SYMBOL(get_capacity);

void set_disk_ro(struct gendisk *disk, int read_only)
{
	int partno;

	for (partno = 0; partno < disk->minors; partno++)
		if (disk->part[partno])
			disk->part[partno]->policy = read_only;
}
EXPORT_SYMBOL(set_disk_ro);

int get_disk_ro(struct gendisk *disk)
{
	return disk->part0.policy;
}
EXPORT_SYMBOL(get_disk_ro);

static void disk_ledger_release(const struct ledger_entry *entry)
{
	struct gendisk *disk = (struct gendisk *)entry->object;
	struct request_queue *q = disk->queue;

	del_gendisk(disk);
	blk_cleanup_queue(q);
	put_disk(disk);
}

static const struct ledger_kind_ops disk_ledger_ops = { .name = "disk",
							.release = disk_ledger_release };

void block_init(void)
{
	ledger_kind_register(LEDGER_DISK, &disk_ledger_ops);
	major_init();
	if (class_register(&block_class))
		panic("block: no memory for the class");
	block_links = kobject_create_and_add("block", NULL);
	mq_init();
	buffer_init();
	bdev_init();
}
