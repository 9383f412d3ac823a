/*
 * The way of a bio from its maker to the driver: check it against the device, turn a partition's sector into the
 * disk's, split what is longer than the device takes, hand it over.
 *
 * Data that a device is told to flush is with the medium already (no driver keeps a volatile cache), so a flush ends
 * at once.
 */
#include <linux/atomic.h>
#include <linux/bio.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include "block/block.h"

static bool bio_fits(const struct bio *bio, sector_t sectors)
{
	unsigned int count = bio_sectors(bio);

	return count <= sectors && bio->bi_iter.bi_sector <= sectors - count;
}

static bool bio_is_aligned(const struct bio *bio, const struct request_queue *q)
{
	unsigned int block = q->limits.logical_block_size, sectors = block >> SECTOR_SHIFT;

	return !(bio->bi_iter.bi_size & (block - 1)) &&
	       !((u32)bio->bi_iter.bi_sector & (sectors - 1));
}

/* The end of the device lies before the end of the bio. */
static void bio_report_beyond(const struct bio *bio, sector_t sectors)
{
	char name[BDEVNAME_SIZE];

	pr_err_ratelimited("block: %s: sector %llu+%u: beyond the end of the device at %llu\n",
			   disk_name(bio->bi_disk, bio->bi_partno, name),
			   (unsigned long long)bio->bi_iter.bi_sector, bio_sectors(bio),
			   (unsigned long long)sectors);
}

/* Checks a bio and makes its sector the disk's. */
static blk_status_t bio_prepare(struct bio *bio)
{
	struct hd_struct *part = bio->bi_disk ? disk_part(bio->bi_disk, bio->bi_partno) : NULL;

	if (!part)
		return BLK_STS_IOERR;
	if (op_is_write(bio_op(bio)) && bio_has_data(bio) && part->policy)
		return BLK_STS_PROTECTION;
	if (!bio_fits(bio, part->nr_sects)) {
		bio_report_beyond(bio, part->nr_sects);
		return BLK_STS_IOERR;
	}
	if (bio->bi_partno) {
		part->stats.ios[bio_data_dir(bio)]++;
		part->stats.sectors[bio_data_dir(bio)] += bio_sectors(bio);
		bio->bi_iter.bi_sector += part->start_sect;
		bio->bi_partno = 0;
	}
	return bio_is_aligned(bio, bio->bi_disk->queue) ? BLK_STS_OK : BLK_STS_IOERR;
}

/* A part that was split off has ended: so may the whole. */
static void bio_part_end(struct bio *part)
{
	struct bio *whole = part->bi_private;

	if (part->bi_status)
		whole->bi_status = part->bi_status;
	bio_put(part);
	bio_endio(whole);
}

/* Splits the first bytes off a bio. They share its pieces. NULL: out of memory. */
static struct bio *bio_split_off(struct bio *bio, unsigned int bytes)
{
	struct bio *part = bio_alloc(GFP_NOIO, 0);

	if (!part)
		return NULL;
	part->bi_disk = bio->bi_disk;
	part->bi_opf = bio->bi_opf;
	part->bi_io_vec = bio->bi_io_vec;
	part->bi_vcnt = bio->bi_vcnt;
	part->bi_iter = bio->bi_iter;
	part->bi_iter.bi_size = bytes;
	part->bi_private = bio;
	part->bi_end_io = bio_part_end;
	atomic_inc(&bio->__bi_remaining);
	bio_advance(bio, bytes);
	return part;
}

/* How many bytes of a bio the device takes at once. */
static unsigned int bio_limit(const struct bio *bio, const struct queue_limits *limits)
{
	unsigned int max = limits->max_sectors << SECTOR_SHIFT, bytes = 0, segments = 0;
	struct bvec_iter iter;
	struct bio_vec piece;

	bio_for_each_segment(piece, bio, iter)
	{
		if (segments++ == limits->max_segments || bytes + piece.bv_len > max)
			break;
		bytes += piece.bv_len;
	}
	if (!bytes)
		bytes = min(bio->bi_iter.bi_size, max);
	return bytes;
}

static void bio_hand_over(struct bio *bio)
{
	struct request_queue *q = bio->bi_disk->queue;

	if (bio->bi_disk->fops->submit_bio)
		bio->bi_disk->fops->submit_bio(bio);
	else
		mq_submit_bio(q, bio);
}

void submit_bio(struct bio *bio)
{
	blk_status_t status = bio_prepare(bio);

	if (status || !bio_has_data(bio)) {
		bio->bi_status = status;
		bio_endio(bio);
		return;
	}
	for (;;) {
		unsigned int bytes = bio_limit(bio, &bio->bi_disk->queue->limits);
		struct bio *part;

		if (bytes >= bio->bi_iter.bi_size)
			break;
		part = bio_split_off(bio, bytes);
		if (!part) {
			bio->bi_status = BLK_STS_RESOURCE;
			bio_endio(bio);
			return;
		}
		bio_hand_over(part);
	}
	bio_hand_over(bio);
}
EXPORT_SYMBOL(submit_bio);
