/*
 * Between queue and driver: the blk-mq interface with one hardware queue.
 *
 * A bio becomes a request (or part of a waiting one); requests are offered to the driver one at a time, by whoever
 * has work for it: the submitter, or the worker kblockd after a completion or a driver's call. tags->dispatch makes
 * that one at a time per tag set; who finds it taken leaves a note (tags->again) that the holder looks at before it
 * goes, so nothing waits unseen. A tag is a request's right to be in flight; the set has queue_depth of them.
 *
 * A request is in exactly one place: sorted, requeued, in_flight, or with nobody after its end, when it is freed.
 *
 * Locks: q->queue_lock (irq-safe) lists and counts; tags->lock (irq-safe, inside it) the tags; tags->dispatch
 * (sleeping) around ops->queue_rq.
 */
#include <linux/bio.h>
#include <linux/bitmap.h>
#include <linux/blk-mq.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "block/block.h"

#define RETRY_BUSY \
	msecs_to_jiffies(10) /* the driver said busy and nothing is in flight that could end */
#define DEFAULT_TIMEOUT (30 * HZ)

struct blk_mq_tags {
	spinlock_t lock; /* protects used */
	DECLARE_BITMAP(used, BLK_MQ_MAX_DEPTH);
	struct mutex dispatch;	 /* one queue_rq at a time */
	atomic_t again;		 /* work came while dispatch was held */
	struct list_head queues; /* of the set; under lock */
	unsigned int depth;	 /* tags there are */
};

static struct workqueue_struct *kblockd;

static int tag_take(struct blk_mq_tags *tags)
{
	unsigned long flags;
	int tag;

	spin_lock_irqsave(&tags->lock, flags);
	tag = find_first_zero_bit(tags->used, tags->depth);
	if (tag >= tags->depth)
		tag = -1;
	else
		__set_bit(tag, tags->used);
	spin_unlock_irqrestore(&tags->lock, flags);
	return tag;
}

static void tag_give(struct blk_mq_tags *tags, int tag)
{
	unsigned long flags;

	spin_lock_irqsave(&tags->lock, flags);
	__clear_bit(tag, tags->used);
	spin_unlock_irqrestore(&tags->lock, flags);
}

/* Under queue_lock: may the driver be offered something? */
static bool queue_may_run(const struct request_queue *q)
{
	return q->nr_waiting && !q->quiesce_depth && !test_bit(QUEUE_FLAG_STOPPED, &q->queue_flags);
}

/* The next request, with a tag and counted as in flight; NULL: none, or no tag. */
static struct request *mq_take(struct request_queue *q)
{
	struct request *rq = NULL;
	unsigned long flags;
	int tag;

	spin_lock_irqsave(&q->queue_lock, flags);
	if (queue_may_run(q)) {
		tag = tag_take(q->tag_set->tags);
		rq = tag >= 0 ? queue_next(q) : NULL;
		if (rq) {
			rq->tag = tag;
			list_add_tail(&rq->queuelist, &q->in_flight);
			q->nr_in_flight++;
		}
	}
	spin_unlock_irqrestore(&q->queue_lock, flags);
	return rq;
}

/* Under queue_lock: a request leaves the driver. */
static void mq_land(struct request_queue *q, struct request *rq)
{
	list_del_init(&rq->queuelist);
	rq->state = MQ_RQ_IDLE;
	tag_give(q->tag_set->tags, rq->tag);
	rq->tag = -1;
	if (--q->nr_in_flight == 0)
		wake_up_all(&q->idle);
}

/* The driver would not take it: it waits again, in front. */
static void mq_return(struct request_queue *q, struct request *rq)
{
	unsigned long flags;
	bool alone;

	spin_lock_irqsave(&q->queue_lock, flags);
	mq_land(q, rq);
	queue_put_back(q, rq);
	alone = !q->nr_in_flight;
	spin_unlock_irqrestore(&q->queue_lock, flags);
	if (alone)
		queue_delayed_work(kblockd, &q->run_work, RETRY_BUSY);
}

/* Offers requests of one queue until there are none or the driver is busy. */
static void mq_dispatch_queue(struct request_queue *q)
{
	struct blk_mq_queue_data data;
	blk_status_t status;

	while ((data.rq = mq_take(q))) {
		data.last = !READ_ONCE(q->nr_waiting);
		status = q->tag_set->ops->queue_rq(q->queue_hw_ctx, &data);
		if (status == BLK_STS_RESOURCE || status == BLK_STS_DEV_RESOURCE) {
			mq_return(q, data.rq);
			return;
		}
		if (status)
			blk_mq_end_request(data.rq, status);
	}
}

static void mq_dispatch(struct request_queue *q)
{
	struct blk_mq_tags *tags = q->tag_set->tags;

	atomic_set(&tags->again, 1);
	while (atomic_read(&tags->again) && mutex_trylock(&tags->dispatch)) {
		struct request_queue *each;

		atomic_set(&tags->again, 0);
		list_for_each_entry(each, &tags->queues, set_list)
			mq_dispatch_queue(each);
		mutex_unlock(&tags->dispatch);
	}
}

static void mq_run_work(struct work_struct *work)
{
	mq_dispatch(container_of(to_delayed_work(work), struct request_queue, run_work));
}

static void mq_kick(struct request_queue *q)
{
	mod_delayed_work(kblockd, &q->run_work, 0);
}

static struct request *mq_request_make(struct request_queue *q, struct bio *bio)
{
	struct blk_mq_tag_set *set = q->tag_set;
	struct request *rq = kzalloc(sizeof(*rq) + set->cmd_size, GFP_NOIO);

	if (!rq)
		return NULL;
	rq->q = q;
	rq->mq_hctx = q->queue_hw_ctx;
	rq->cmd_flags = bio->bi_opf;
	rq->__sector = bio->bi_iter.bi_sector;
	rq->__data_len = bio->bi_iter.bi_size;
	rq->bio = bio;
	rq->biotail = bio;
	rq->rq_disk = bio->bi_disk;
	rq->tag = -1;
	rq->start_time_ns = ktime_get_ns();
	INIT_LIST_HEAD(&rq->queuelist);
	if (set->ops->init_request && set->ops->init_request(set, rq, 0, 0)) {
		kfree(rq);
		return NULL;
	}
	return rq;
}

static void mq_request_free(struct request *rq)
{
	struct blk_mq_tag_set *set = rq->q->tag_set;

	if (set->ops->exit_request)
		set->ops->exit_request(set, rq, 0);
	kfree(rq);
}

/* Under queue_lock: puts a new request among the waiting ones, or merges its bio. True: rq is no longer needed. */
static bool mq_enqueue(struct request_queue *q, struct request *rq)
{
	if (queue_merge_bio(q, rq->bio))
		return true;
	queue_add(q, rq);
	rq->rq_disk->part0.stats.in_flight++;
	return false;
}

void mq_submit_bio(struct request_queue *q, struct bio *bio)
{
	struct request *rq = mq_request_make(q, bio);
	unsigned long flags;
	bool dying, merged = false;

	if (!rq) {
		bio->bi_status = BLK_STS_RESOURCE;
		bio_endio(bio);
		return;
	}
	wait_event(q->idle,
		   !READ_ONCE(q->freeze_depth) || test_bit(QUEUE_FLAG_DYING, &q->queue_flags));
	spin_lock_irqsave(&q->queue_lock, flags);
	dying = test_bit(QUEUE_FLAG_DYING, &q->queue_flags);
	if (!dying)
		merged = mq_enqueue(q, rq);
	spin_unlock_irqrestore(&q->queue_lock, flags);
	if (dying)
		bio_io_error(bio);
	if (dying || merged)
		mq_request_free(rq);
	if (!dying)
		mq_dispatch(q);
}

void blk_mq_start_request(struct request *rq)
{
	struct blk_mq_tag_set *set = rq->q->tag_set;

	rq->state = MQ_RQ_IN_FLIGHT;
	rq->deadline = jiffies + (rq->timeout	 ? rq->timeout
				  : set->timeout ? set->timeout
						 : DEFAULT_TIMEOUT);
	if (set->ops->timeout && !delayed_work_pending(&rq->q->timeout_work))
		queue_delayed_work(kblockd, &rq->q->timeout_work, HZ);
}
EXPORT_SYMBOL(blk_mq_start_request);

bool blk_update_request(struct request *rq, blk_status_t error, unsigned int bytes)
{
	struct bio *bio;

	while ((bio = rq->bio)) {
		unsigned int step = min(bytes, bio->bi_iter.bi_size);

		if (error)
			bio->bi_status = error;
		bio_advance(bio, step);
		bytes -= step;
		rq->__data_len -= step;
		rq->__sector += step >> SECTOR_SHIFT;
		rq->rq_disk->part0.stats.sectors[rq_data_dir(rq)] += step >> SECTOR_SHIFT;
		if (bio->bi_iter.bi_size)
			break;
		rq->bio = bio->bi_next;
		bio->bi_next = NULL;
		bio_endio(bio);
		if (!bytes)
			break;
	}
	return rq->bio;
}
EXPORT_SYMBOL(blk_update_request);

static void mq_account(struct request *rq)
{
	struct disk_stats *stats = &rq->rq_disk->part0.stats;
	unsigned int direction = rq_data_dir(rq);

	stats->ticks[direction] += (unsigned long)div_u64(ktime_get_ns() - rq->start_time_ns,
							  1000000);
	stats->ios[direction]++;
	if (stats->in_flight)
		stats->in_flight--;
}

void __blk_mq_end_request(struct request *rq, blk_status_t error)
{
	struct request_queue *q = rq->q;
	unsigned long flags;
	bool more;

	spin_lock_irqsave(&q->queue_lock, flags);
	mq_land(q, rq);
	mq_account(rq);
	more = queue_may_run(q);
	spin_unlock_irqrestore(&q->queue_lock, flags);
	if (rq->end_io)
		rq->end_io(rq, error);
	else
		mq_request_free(rq);
	if (more)
		mq_kick(q);
}
EXPORT_SYMBOL(__blk_mq_end_request);

void blk_mq_end_request(struct request *rq, blk_status_t error)
{
	WARN_ON(blk_update_request(rq, error, blk_rq_bytes(rq)));
	__blk_mq_end_request(rq, error);
}
EXPORT_SYMBOL(blk_mq_end_request);

void blk_mq_complete_request(struct request *rq)
{
	rq->state = MQ_RQ_COMPLETE;
	if (rq->q->tag_set->ops->complete)
		rq->q->tag_set->ops->complete(rq);
	else
		blk_mq_end_request(rq, BLK_STS_OK);
}
EXPORT_SYMBOL(blk_mq_complete_request);

void blk_mq_requeue_request(struct request *rq, bool kick_requeue_list)
{
	struct request_queue *q = rq->q;
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	mq_land(q, rq);
	queue_put_back(q, rq);
	spin_unlock_irqrestore(&q->queue_lock, flags);
	if (kick_requeue_list)
		mq_kick(q);
}
EXPORT_SYMBOL(blk_mq_requeue_request);

void blk_mq_kick_requeue_list(struct request_queue *q)
{
	mq_kick(q);
}
EXPORT_SYMBOL(blk_mq_kick_requeue_list);

/* One request in flight whose time is up, or NULL; *any tells whether there are others to watch. */
static struct request *mq_find_late(struct request_queue *q, bool *any)
{
	struct request *rq, *late = NULL;
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	*any = !list_empty(&q->in_flight);
	list_for_each_entry(rq, &q->in_flight, queuelist)
		if (rq->state == MQ_RQ_IN_FLIGHT && time_after_eq(jiffies, rq->deadline)) {
			late = rq;
			break;
		}
	spin_unlock_irqrestore(&q->queue_lock, flags);
	return late;
}

static void mq_timeout_work(struct work_struct *work)
{
	struct request_queue *q = container_of(to_delayed_work(work), struct request_queue,
					       timeout_work);
	struct request *rq;
	bool any;

	while ((rq = mq_find_late(q, &any))) {
		rq->deadline = jiffies +
			       (q->tag_set->timeout ? q->tag_set->timeout : DEFAULT_TIMEOUT);
		if (q->tag_set->ops->timeout(rq, false) == BLK_EH_RESET_TIMER)
			break;
	}
	if (any)
		queue_delayed_work(kblockd, &q->timeout_work, HZ);
}

int blk_mq_alloc_tag_set(struct blk_mq_tag_set *set)
{
	struct blk_mq_tags *tags;

	if (!set->ops || !set->ops->queue_rq || !set->queue_depth || !set->nr_hw_queues)
		return -EINVAL;
	tags = kzalloc(sizeof(*tags), GFP_KERNEL);
	if (!tags)
		return -ENOMEM;
	spin_lock_init(&tags->lock);
	mutex_init(&tags->dispatch);
	INIT_LIST_HEAD(&tags->queues);
	tags->depth = min_t(unsigned int, set->queue_depth, BLK_MQ_MAX_DEPTH);
	set->tags = tags;
	set->nr_hw_queues = 1;
	return 0;
}
EXPORT_SYMBOL(blk_mq_alloc_tag_set);

void blk_mq_free_tag_set(struct blk_mq_tag_set *set)
{
	if (!set->tags)
		return;
	WARN_ON(!list_empty(&set->tags->queues));
	kfree(set->tags);
	set->tags = NULL;
}
EXPORT_SYMBOL(blk_mq_free_tag_set);

struct request_queue *blk_mq_init_queue(struct blk_mq_tag_set *set)
{
	struct request_queue *q = kzalloc(sizeof(*q), GFP_KERNEL);
	struct blk_mq_hw_ctx *hctx = kzalloc(sizeof(*hctx), GFP_KERNEL);
	int err = -ENOMEM;

	if (!q || !hctx)
		goto undo_alloc;
	queue_init(q);
	q->tag_set = set;
	q->queue_hw_ctx = hctx;
	hctx->queue = q;
	hctx->tag_set = set;
	INIT_DELAYED_WORK(&q->run_work, mq_run_work);
	INIT_DELAYED_WORK(&q->timeout_work, mq_timeout_work);
	err = set->ops->init_hctx ? set->ops->init_hctx(hctx, set->driver_data, 0) : 0;
	if (err)
		goto undo_alloc;
	mutex_lock(&set->tags->dispatch);
	list_add_tail(&q->set_list, &set->tags->queues);
	mutex_unlock(&set->tags->dispatch);
	return q;
undo_alloc:
	kfree(hctx);
	kfree(q);
	return ERR_PTR(err);
}
EXPORT_SYMBOL(blk_mq_init_queue);

struct request_queue *blk_mq_init_sq_queue(struct blk_mq_tag_set *set, const struct blk_mq_ops *ops,
					   unsigned int queue_depth, unsigned int flags)
{
	struct request_queue *q;
	int err;

	memset(set, 0, sizeof(*set));
	set->ops = ops;
	set->nr_hw_queues = 1;
	set->queue_depth = queue_depth;
	set->flags = flags;
	err = blk_mq_alloc_tag_set(set);
	if (err)
		return ERR_PTR(err);
	q = blk_mq_init_queue(set);
	if (IS_ERR(q))
		blk_mq_free_tag_set(set);
	return q;
}
EXPORT_SYMBOL(blk_mq_init_sq_queue);

struct request_queue *blk_alloc_queue(int node_id)
{
	struct request_queue *q = kzalloc(sizeof(*q), GFP_KERNEL);

	if (q)
		queue_init(q);
	return q;
}
EXPORT_SYMBOL(blk_alloc_queue);

bool blk_get_queue(struct request_queue *q)
{
	if (test_bit(QUEUE_FLAG_DYING, &q->queue_flags))
		return false;
	atomic_inc(&q->refs);
	return true;
}
EXPORT_SYMBOL(blk_get_queue);

void blk_put_queue(struct request_queue *q)
{
	if (!atomic_dec_and_test(&q->refs))
		return;
	kfree(q->queue_hw_ctx);
	kfree(q);
}
EXPORT_SYMBOL(blk_put_queue);

/* Ends all that waits with an error. */
static void mq_fail_waiting(struct request_queue *q)
{
	struct request *rq;
	unsigned long flags;

	for (;;) {
		spin_lock_irqsave(&q->queue_lock, flags);
		rq = queue_next(q);
		spin_unlock_irqrestore(&q->queue_lock, flags);
		if (!rq)
			return;
		blk_update_request(rq, BLK_STS_IOERR, blk_rq_bytes(rq));
		mq_request_free(rq);
	}
}

void blk_cleanup_queue(struct request_queue *q)
{
	set_bit(QUEUE_FLAG_DYING, &q->queue_flags);
	if (q->tag_set) {
		struct blk_mq_tag_set *set = q->tag_set;

		wake_up_all(&q->idle);
		mq_fail_waiting(q);
		wait_event(q->idle, !READ_ONCE(q->nr_in_flight));
		mutex_lock(&set->tags->dispatch);
		list_del_init(&q->set_list);
		mutex_unlock(&set->tags->dispatch);
		cancel_delayed_work_sync(&q->run_work);
		cancel_delayed_work_sync(&q->timeout_work);
		if (set->ops->exit_hctx)
			set->ops->exit_hctx(q->queue_hw_ctx, 0);
	}
	blk_put_queue(q);
}
EXPORT_SYMBOL(blk_cleanup_queue);

void blk_mq_stop_hw_queues(struct request_queue *q)
{
	set_bit(QUEUE_FLAG_STOPPED, &q->queue_flags);
}
EXPORT_SYMBOL(blk_mq_stop_hw_queues);

void blk_mq_start_hw_queues(struct request_queue *q)
{
	clear_bit(QUEUE_FLAG_STOPPED, &q->queue_flags);
	mq_kick(q);
}
EXPORT_SYMBOL(blk_mq_start_hw_queues);

void blk_mq_start_stopped_hw_queues(struct request_queue *q, bool async)
{
	if (test_and_clear_bit(QUEUE_FLAG_STOPPED, &q->queue_flags))
		mq_kick(q);
}
EXPORT_SYMBOL(blk_mq_start_stopped_hw_queues);

void blk_mq_run_hw_queues(struct request_queue *q, bool async)
{
	mq_kick(q);
}
EXPORT_SYMBOL(blk_mq_run_hw_queues);

void blk_mq_quiesce_queue(struct request_queue *q)
{
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	q->quiesce_depth++;
	spin_unlock_irqrestore(&q->queue_lock, flags);
	mutex_lock(&q->tag_set->tags->dispatch);
	mutex_unlock(&q->tag_set->tags->dispatch);
}
EXPORT_SYMBOL(blk_mq_quiesce_queue);

void blk_mq_unquiesce_queue(struct request_queue *q)
{
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	q->quiesce_depth--;
	spin_unlock_irqrestore(&q->queue_lock, flags);
	mq_kick(q);
}
EXPORT_SYMBOL(blk_mq_unquiesce_queue);

void blk_mq_freeze_queue(struct request_queue *q)
{
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	q->freeze_depth++;
	spin_unlock_irqrestore(&q->queue_lock, flags);
	wait_event(q->idle, !READ_ONCE(q->nr_in_flight) && !READ_ONCE(q->nr_waiting));
}
EXPORT_SYMBOL(blk_mq_freeze_queue);

void blk_mq_unfreeze_queue(struct request_queue *q)
{
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	q->freeze_depth--;
	spin_unlock_irqrestore(&q->queue_lock, flags);
	wake_up_all(&q->idle);
}
EXPORT_SYMBOL(blk_mq_unfreeze_queue);

void mq_init(void)
{
	kblockd = alloc_workqueue("kblockd", WQ_MEM_RECLAIM | WQ_HIGHPRI, 0);
	if (!kblockd)
		panic("block: no memory for kblockd");
}
