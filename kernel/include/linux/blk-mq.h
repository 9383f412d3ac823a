/*
 * Request queues. A driver describes its hardware queue by a tag set, gets a queue for each disk, and is handed
 * requests one by one by ops->queue_rq; it ends each with blk_mq_end_request(). One hardware queue per set. The queue
 * merges neighbours and serves in one direction of travel (C-SCAN). As Linux 5.10's <linux/blk-mq.h>, in part.
 */
#ifndef _LINUX_BLK_MQ_H
#define _LINUX_BLK_MQ_H

#include <linux/blkdev.h>

enum blk_eh_timer_return { BLK_EH_DONE, BLK_EH_RESET_TIMER };

struct blk_mq_hw_ctx {
	struct request_queue *queue;	/* its queue */
	void *driver_data;		/* the driver's */
	unsigned int queue_num;		/* always 0 */
	struct blk_mq_tag_set *tag_set; /* the set */
};

struct blk_mq_queue_data {
	struct request *rq; /* the request to start */
	bool last;	    /* none follows at once */
};

struct blk_mq_ops {
	/*
	 * Start a request (call blk_mq_start_request() first). Returns BLK_STS_OK: it will be ended with
	 * blk_mq_end_request(); BLK_STS_RESOURCE: busy, offer it again when a request ends or
	 * blk_mq_run_hw_queues() is called; else an error with which the request ends.
	 * Process context; may sleep only with BLK_MQ_F_BLOCKING. One call at a time per set.
	 */
	blk_status_t (*queue_rq)(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *data);
	void (*commit_rqs)(struct blk_mq_hw_ctx *hctx);
	/* A request took longer than its timeout. Process context. May be NULL. */
	enum blk_eh_timer_return (*timeout)(struct request *rq, bool reserved);
	/* Ends a request given to blk_mq_complete_request(). */
	void (*complete)(struct request *rq);
	int (*init_hctx)(struct blk_mq_hw_ctx *hctx, void *data, unsigned int index);
	void (*exit_hctx)(struct blk_mq_hw_ctx *hctx, unsigned int index);
	/* Prepares the driver's part of each request (cmd_size bytes behind it). */
	int (*init_request)(struct blk_mq_tag_set *set, struct request *rq, unsigned int hctx,
			    unsigned int node);
	void (*exit_request)(struct blk_mq_tag_set *set, struct request *rq, unsigned int hctx);
};

#define BLK_MQ_F_SHOULD_MERGE (1 << 0)
#define BLK_MQ_F_TAG_SHARED (1 << 1)
#define BLK_MQ_F_BLOCKING (1 << 5)
#define BLK_MQ_F_NO_SCHED (1 << 6)
#define BLK_MQ_MAX_DEPTH 256

struct blk_mq_tag_set {
	const struct blk_mq_ops *ops; /* set by the driver */
	unsigned int nr_hw_queues;    /* 1 */
	unsigned int queue_depth;     /* requests in flight, 1..BLK_MQ_MAX_DEPTH */
	unsigned int reserved_tags;   /* unused */
	unsigned int cmd_size;	      /* bytes of the driver's part of a request */
	int numa_node;		      /* unused */
	unsigned int timeout;	      /* ticks, 0: 30 s */
	unsigned int flags;	      /* BLK_MQ_F_* */
	void *driver_data;	      /* the driver's */
	struct blk_mq_tags *tags;     /* requests; private */
};

/* Makes the requests of a set. 0, -EINVAL, -ENOMEM. Process context. */
int blk_mq_alloc_tag_set(struct blk_mq_tag_set *set);
/* The reverse, after all its queues are gone. */
void blk_mq_free_tag_set(struct blk_mq_tag_set *set);

/* A queue on a set; ERR_PTR(-ENOMEM). Process context. End it with blk_cleanup_queue(). */
struct request_queue *blk_mq_init_queue(struct blk_mq_tag_set *set);
/* Fills set for one hardware queue of that depth, and makes a queue on it. */
struct request_queue *blk_mq_init_sq_queue(struct blk_mq_tag_set *set, const struct blk_mq_ops *ops,
					   unsigned int queue_depth, unsigned int flags);

void blk_mq_start_request(struct request *rq);
/* Ends a whole request. Any context. */
void blk_mq_end_request(struct request *rq, blk_status_t error);
/* Ends bytes of a request (from its beginning). True: some of it is still to do. Any context. */
bool blk_update_request(struct request *rq, blk_status_t error, unsigned int bytes);
/* After blk_update_request() returned false. */
void __blk_mq_end_request(struct request *rq, blk_status_t error);
/* Ends it by ops->complete. */
void blk_mq_complete_request(struct request *rq);
/* Gives a request back to the queue, to be offered again. */
void blk_mq_requeue_request(struct request *rq, bool kick_requeue_list);
void blk_mq_kick_requeue_list(struct request_queue *q);

/* No request is offered between stop and start. run: look for work now. Any context. */
void blk_mq_stop_hw_queues(struct request_queue *q);
void blk_mq_start_hw_queues(struct request_queue *q);
void blk_mq_start_stopped_hw_queues(struct request_queue *q, bool async);
void blk_mq_run_hw_queues(struct request_queue *q, bool async);

/* Freeze: waits until no request is in flight and holds new ones back. Process context. */
void blk_mq_freeze_queue(struct request_queue *q);
void blk_mq_unfreeze_queue(struct request_queue *q);
void blk_mq_quiesce_queue(struct request_queue *q);
void blk_mq_unquiesce_queue(struct request_queue *q);

static inline int blk_mq_request_started(struct request *rq)
{
	return rq->state != MQ_RQ_IDLE;
}

/* The driver's part of a request, and back. */
static inline void *blk_mq_rq_to_pdu(struct request *rq)
{
	return rq + 1;
}
static inline struct request *blk_mq_rq_from_pdu(void *pdu)
{
	return (struct request *)pdu - 1;
}

#endif
