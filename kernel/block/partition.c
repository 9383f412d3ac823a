/*
 * The partitions of a disk: reading the table, making and dropping their devices.
 *
 * Primary partitions are numbers 1..4; logical ones, found by following the chain in an extended partition, 5 and up.
 * The table is not trusted: a partition that does not lie on the disk is cut or left out, and the chain is followed
 * for a limited number of steps only.
 *
 * Lock: bd_mutex of the disk, the caller's.
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/sysfs.h>
#include "block/block.h"
#include "block/mbr.h"

#define FIRST_LOGICAL 5

static ssize_t partition_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%d\n", dev_to_part(dev)->partno);
}
static DEVICE_ATTR_RO(partition);

static ssize_t start_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%llu\n", (unsigned long long)dev_to_part(dev)->start_sect);
}
static DEVICE_ATTR_RO(start);

static struct attribute *partition_attrs[] = { &dev_attr_partition.attr, &dev_attr_start.attr,
					       NULL };
static const struct attribute_group partition_group = { .attrs = partition_attrs };
static const struct attribute_group *partition_groups[4];

static void partition_release(struct device *dev)
{
	kfree(dev_to_part(dev));
}

static struct device_type partition_type = { .name = "partition", .release = partition_release };

static void partition_add(struct gendisk *disk, int partno, sector_t start, sector_t sectors)
{
	sector_t capacity = get_capacity(disk);
	char name[BDEVNAME_SIZE];
	struct hd_struct *part;

	if (partno >= disk->minors || start >= capacity) {
		pr_warn("block: %s: partition %d: not on the disk\n", disk->disk_name, partno);
		return;
	}
	part = kzalloc(sizeof(*part), GFP_KERNEL);
	if (!part)
		return;
	part->disk = disk;
	part->partno = partno;
	part->start_sect = start;
	part->nr_sects = min(sectors, capacity - start);
	part->policy = disk->part0.policy;
	device_initialize(&part->__dev);
	dev_set_name(&part->__dev, "%s", disk_name(disk, partno, name));
	part->__dev.class = &block_class;
	part->__dev.type = &partition_type;
	part->__dev.parent = disk_to_dev(disk);
	part->__dev.devt = MKDEV(disk->major, disk->first_minor + partno);
	partition_groups[0] = &partition_group;
	partition_groups[1] = block_part_groups[0];
	part->__dev.groups = partition_groups;
	disk->part[partno] = part;
	disk_table_set(part->__dev.devt, part);
	if (device_add(&part->__dev)) {
		disk_table_set(part->__dev.devt, NULL);
		disk->part[partno] = NULL;
		put_device(&part->__dev);
	}
}

void partitions_drop(struct gendisk *disk)
{
	int partno;

	for (partno = 1; partno < disk->minors; partno++) {
		struct hd_struct *part = disk->part[partno];

		if (!part)
			continue;
		disk->part[partno] = NULL;
		disk_table_set(part->__dev.devt, NULL);
		bdev_forget_disk(part->__dev.devt);
		device_del(&part->__dev);
		put_device(&part->__dev);
	}
}

/* A sector of the disk's, parsed; false: not readable or no table. */
static bool partition_table(struct block_device *bdev, sector_t sector,
			    struct mbr_entry entries[MBR_ENTRIES])
{
	pgoff_t index = (pgoff_t)(sector >> (PAGE_SHIFT - SECTOR_SHIFT));
	unsigned int offset = ((u32)sector << SECTOR_SHIFT) & (PAGE_SIZE - 1);
	struct page *page = read_mapping_page(bdev->bd_inode->i_mapping, index, NULL);
	bool ok;

	if (IS_ERR(page))
		return false;
	ok = mbr_parse((const unsigned char *)page_address(page) + offset, entries);
	put_page(page);
	return ok;
}

/* Follows the chain of logical partitions: each link's first entry is one, its second leads on. */
static void partition_add_logical(struct gendisk *disk, struct block_device *bdev, sector_t base)
{
	struct mbr_entry entries[MBR_ENTRIES];
	sector_t link = base;
	int partno;

	for (partno = FIRST_LOGICAL; partno < disk->minors; partno++) {
		if (link >= get_capacity(disk) || !partition_table(bdev, link, entries))
			return;
		if (entries[0].sectors)
			partition_add(disk, partno, link + entries[0].start, entries[0].sectors);
		if (!entries[1].extended)
			return;
		link = base + entries[1].start;
	}
}

int partitions_read(struct gendisk *disk, struct block_device *bdev)
{
	struct mbr_entry entries[MBR_ENTRIES];
	unsigned int i;

	partitions_drop(disk);
	bdev->bd_invalidated = 0;
	if (disk->minors <= 1 || (disk->flags & GENHD_FL_NO_PART_SCAN) || !get_capacity(disk))
		return 0;
	if (!partition_table(bdev, 0, entries))
		return 0;
	for (i = 0; i < MBR_ENTRIES; i++)
		if (entries[i].sectors)
			partition_add(disk, i + 1, entries[i].start,
				      entries[i].extended ? min(entries[i].sectors, 2u)
							  : entries[i].sectors);
	for (i = 0; i < MBR_ENTRIES; i++)
		if (entries[i].extended)
			partition_add_logical(disk, bdev, entries[i].start);
	return 0;
}
