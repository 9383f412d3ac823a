/*
 * /proc/partitions and /proc/diskstats in Linux's formats (proc(5)).
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "block/block.h"

static int disk_partitions_show(struct gendisk *disk, void *data)
{
	struct seq_file *seq = data;
	char name[BDEVNAME_SIZE];
	int partno;

	if (!get_capacity(disk) || (disk->flags & GENHD_FL_SUPPRESS_PARTITION_INFO))
		return 0;
	for (partno = 0; partno < disk->minors; partno++) {
		struct hd_struct *part = disk->part[partno];

		if (part && part->nr_sects)
			seq_printf(seq, "%4d  %7d %10llu %s\n", disk->major,
				   disk->first_minor + partno,
				   (unsigned long long)part->nr_sects >> 1,
				   disk_name(disk, partno, name));
	}
	return 0;
}

static int partitions_show(struct seq_file *seq, void *unused)
{
	seq_puts(seq, "major minor  #blocks  name\n\n");
	return disk_for_each(disk_partitions_show, seq);
}

static int disk_stats_show(struct gendisk *disk, void *data)
{
	struct seq_file *seq = data;
	char name[BDEVNAME_SIZE];
	int partno;

	for (partno = 0; partno < disk->minors; partno++) {
		struct hd_struct *part = disk->part[partno];
		const struct disk_stats *s;

		if (!part)
			continue;
		s = &part->stats;
		seq_printf(seq, "%4d %7d %s %lu %lu %lu %lu %lu %lu %lu %lu %u %lu %lu\n",
			   disk->major, disk->first_minor + partno, disk_name(disk, partno, name),
			   s->ios[0], s->merges[0], s->sectors[0], s->ticks[0], s->ios[1],
			   s->merges[1], s->sectors[1], s->ticks[1], s->in_flight,
			   s->ticks[0] + s->ticks[1], s->ticks[0] + s->ticks[1]);
	}
	return 0;
}

static int diskstats_show(struct seq_file *seq, void *unused)
{
	return disk_for_each(disk_stats_show, seq);
}

static int __init block_view_init(void)
{
	proc_create_single("partitions", 0444, NULL, partitions_show);
	proc_create_single("diskstats", 0444, NULL, diskstats_show);
	return 0;
}
fs_initcall(block_view_init);
