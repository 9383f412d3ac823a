/*
 * Requests that wait for the driver.
 *
 * They are sorted by sector. A bio that continues a waiting request at its end or its beginning becomes part of it.
 * The next request served is the first at or behind the place where the last one ended, and when there is none the
 * lowest (C-SCAN): the heads of a disk travel in one direction and every request is reached in one sweep.
 *
 * Lock: q->queue_lock, the callers'.
 */
#include <linux/bio.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/slab.h>
#include "block/block.h"

#define DEFAULT_MAX_SECTORS 1280
#define DEFAULT_MAX_SEGMENTS 128

void queue_init(struct request_queue *q)
{
	q->limits = (struct queue_limits){
		.max_hw_sectors = DEFAULT_MAX_SECTORS,
		.max_sectors = DEFAULT_MAX_SECTORS,
		.max_segments = DEFAULT_MAX_SEGMENTS,
		.max_segment_size = 65536,
		.logical_block_size = SECTOR_SIZE,
		.physical_block_size = SECTOR_SIZE,
	};
	spin_lock_init(&q->queue_lock);
	INIT_LIST_HEAD(&q->sorted);
	INIT_LIST_HEAD(&q->requeued);
	INIT_LIST_HEAD(&q->in_flight);
	INIT_LIST_HEAD(&q->set_list);
	init_waitqueue_head(&q->idle);
	atomic_set(&q->refs, 1);
}

static unsigned int request_segments(const struct request *rq)
{
	unsigned int segments = 0;
	struct bio *bio;

	for (bio = rq->bio; bio; bio = bio->bi_next)
		segments += bio->bi_vcnt - bio->bi_iter.bi_idx;
	return segments;
}

static bool queue_may_merge(const struct request_queue *q, const struct request *rq,
			    const struct bio *bio)
{
	return rq->cmd_flags == bio->bi_opf && rq->rq_disk == bio->bi_disk &&
	       !(bio->bi_opf & REQ_NOMERGE) &&
	       blk_rq_sectors(rq) + bio_sectors(bio) <= q->limits.max_sectors &&
	       request_segments(rq) + bio->bi_vcnt <= q->limits.max_segments;
}

bool queue_merge_bio(struct request_queue *q, struct bio *bio)
{
	struct request *rq;

	if (test_bit(QUEUE_FLAG_NOMERGES, &q->queue_flags))
		return false;
	list_for_each_entry(rq, &q->sorted, queuelist) {
		bool behind = blk_rq_pos(rq) + blk_rq_sectors(rq) == bio->bi_iter.bi_sector;
		bool before = bio_end_sector(bio) == blk_rq_pos(rq);

		if ((!behind && !before) || !queue_may_merge(q, rq, bio))
			continue;
		if (behind) {
			rq->biotail->bi_next = bio;
			rq->biotail = bio;
		} else {
			bio->bi_next = rq->bio;
			rq->bio = bio;
			rq->__sector = bio->bi_iter.bi_sector;
		}
		rq->__data_len += bio->bi_iter.bi_size;
		bio->bi_disk->part0.stats.merges[bio_data_dir(bio)]++;
		return true;
	}
	return false;
}

void queue_add(struct request_queue *q, struct request *rq)
{
	struct request *other;

	list_for_each_entry_reverse(other, &q->sorted, queuelist)
		if (blk_rq_pos(other) <= blk_rq_pos(rq))
			break;
	list_add(&rq->queuelist, &other->queuelist);
	q->nr_waiting++;
}

void queue_put_back(struct request_queue *q, struct request *rq)
{
	list_add(&rq->queuelist, &q->requeued);
	q->nr_waiting++;
}

static struct request *queue_pick(struct request_queue *q)
{
	struct request *rq;

	if (!list_empty(&q->requeued))
		return list_first_entry(&q->requeued, struct request, queuelist);
	list_for_each_entry(rq, &q->sorted, queuelist)
		if (blk_rq_pos(rq) >= q->position)
			return rq;
	return list_empty(&q->sorted) ? NULL
				      : list_first_entry(&q->sorted, struct request, queuelist);
}

struct request *queue_next(struct request_queue *q)
{
	struct request *rq = queue_pick(q);

	if (!rq)
		return NULL;
	list_del_init(&rq->queuelist);
	q->nr_waiting--;
	q->position = blk_rq_pos(rq) + blk_rq_sectors(rq);
	return rq;
}

void blk_queue_logical_block_size(struct request_queue *q, unsigned int size)
{
	q->limits.logical_block_size = size;
	q->limits.physical_block_size = max(q->limits.physical_block_size, size);
}
EXPORT_SYMBOL(blk_queue_logical_block_size);

void blk_queue_physical_block_size(struct request_queue *q, unsigned int size)
{
	q->limits.physical_block_size = max(q->limits.logical_block_size, size);
}
EXPORT_SYMBOL(blk_queue_physical_block_size);

void blk_queue_max_hw_sectors(struct request_queue *q, unsigned int sectors)
{
	sectors = max(sectors, (unsigned int)(PAGE_SIZE >> SECTOR_SHIFT));
	q->limits.max_hw_sectors = sectors;
	q->limits.max_sectors = min(sectors, (unsigned int)DEFAULT_MAX_SECTORS);
}
EXPORT_SYMBOL(blk_queue_max_hw_sectors);

void blk_queue_max_segments(struct request_queue *q, unsigned short segments)
{
	q->limits.max_segments = max_t(unsigned short, segments, 1);
}
EXPORT_SYMBOL(blk_queue_max_segments);

void blk_queue_max_segment_size(struct request_queue *q, unsigned int size)
{
	q->limits.max_segment_size = max_t(unsigned int, size, PAGE_SIZE);
}
EXPORT_SYMBOL(blk_queue_max_segment_size);

void blk_queue_bounce_limit(struct request_queue *q, u64 limit)
{
	q->limits.bounce_pfn = (unsigned long)(limit >> PAGE_SHIFT);
}
EXPORT_SYMBOL(blk_queue_bounce_limit);
