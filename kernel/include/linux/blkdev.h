/*
 * Block devices: the driver's operations, requests and their queue, opening by number or path.
 * As Linux 5.10's <linux/blkdev.h>.
 */
#ifndef _LINUX_BLKDEV_H
#define _LINUX_BLKDEV_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/fs.h>
#include <linux/genhd.h>
#include <linux/bio.h>
#include <linux/spinlock.h>
#include <linux/uio.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/major.h>

struct blk_mq_hw_ctx;
struct request;
struct blk_mq_tag_set;
struct hd_geometry;
struct seq_file;

/*
 * The driver's operations. open, release and ioctl run in process context under the disk's bd_mutex (ioctl without)
 * and may sleep. Any may be NULL.
 */
struct block_device_operations {
	/* Takes bios itself, without a request queue. Process context. */
	blk_qc_t (*submit_bio)(struct bio *bio);
	int (*open)(struct block_device *bdev, fmode_t mode);
	void (*release)(struct gendisk *disk, fmode_t mode);
	int (*rw_page)(struct block_device *bdev, sector_t sector, struct page *page,
		       unsigned int op);
	int (*ioctl)(struct block_device *bdev, fmode_t mode, unsigned int cmd, unsigned long arg);
	int (*compat_ioctl)(struct block_device *bdev, fmode_t mode, unsigned int cmd,
			    unsigned long arg);
	unsigned int (*check_events)(struct gendisk *disk,
				     unsigned int clearing); /* DISK_EVENT_* since last time */
	void (*unlock_native_capacity)(struct gendisk *disk);
	int (*revalidate_disk)(struct gendisk *disk); /* the medium changed: read its size again */
	int (*getgeo)(struct block_device *bdev, struct hd_geometry *geo);
	int (*set_read_only)(struct block_device *bdev, bool read_only);
	void (*swap_slot_free_notify)(struct block_device *bdev, unsigned long offset);
	char *(*devnode)(struct gendisk *disk, umode_t *mode);
	struct module *owner;
};

struct queue_limits {
	unsigned int max_hw_sectors;	  /* most sectors the device takes in one request */
	unsigned int max_sectors;	  /* most that the queue makes */
	unsigned short max_segments;	  /* most pieces in one request */
	unsigned int max_segment_size;	  /* most bytes in a piece */
	unsigned int logical_block_size;  /* unit of addressing, 512..4096 bytes */
	unsigned int physical_block_size; /* unit of writing */
	unsigned long bounce_pfn;	  /* highest page that the device can reach */
};

typedef void(rq_end_io_fn)(struct request *rq, blk_status_t error);

/* RQF_* */
typedef u32 req_flags_t;
#define RQF_STARTED ((req_flags_t)(1 << 1))
#define RQF_QUIET ((req_flags_t)(1 << 11))

enum mq_rq_state { MQ_RQ_IDLE = 0, MQ_RQ_IN_FLIGHT = 1, MQ_RQ_COMPLETE = 2 };

/* One or more bios next to each other, handed to the driver as one transfer. */
struct request {
	struct request_queue *q;       /* its queue */
	struct blk_mq_hw_ctx *mq_hctx; /* hardware queue it was dispatched to */
	unsigned int cmd_flags;	       /* REQ_OP_* and REQ_* */
	req_flags_t rq_flags;	       /* RQF_* */
	int tag;		       /* number 0..queue_depth-1, unique while in flight */
	unsigned int __data_len;       /* bytes still to do */
	sector_t __sector;	       /* where they begin */
	struct bio *bio;	       /* first bio not finished */
	struct bio *biotail;	       /* last one */
	struct list_head queuelist;    /* for the owner of the request: queue, then driver */
	struct gendisk *rq_disk;       /* disk */
	u64 start_time_ns;	       /* when it was made */
	enum mq_rq_state state;	       /* private */
	unsigned int timeout;	       /* ticks until ops->timeout is called, 0: the tag set's */
	unsigned long deadline;	       /* jiffies; private */
	rq_end_io_fn *end_io;	       /* called instead of freeing; may be NULL */
	void *end_io_data;	       /* for it */
};

struct request_queue {
	void *queuedata;		    /* the driver's */
	struct queue_limits limits;	    /* what requests may look like */
	unsigned long queue_flags;	    /* QUEUE_FLAG_* */
	struct blk_mq_tag_set *tag_set;	    /* NULL: the disk's submit_bio takes the bios */
	struct blk_mq_hw_ctx *queue_hw_ctx; /* the one hardware queue */
	/* private */
	spinlock_t queue_lock;	      /* protects all below; taken in irq context */
	struct list_head sorted;      /* requests waiting, by sector */
	struct list_head requeued;    /* given back by the driver, served before the sorted ones */
	struct list_head in_flight;   /* with the driver */
	sector_t position;	      /* where the last dispatched one ended */
	unsigned int nr_waiting;      /* in sorted and requeued */
	unsigned int nr_in_flight;    /* in in_flight */
	unsigned int freeze_depth;    /* blk_mq_freeze_queue() calls not undone */
	unsigned int quiesce_depth;   /* blk_mq_quiesce_queue() calls not undone */
	wait_queue_head_t idle;	      /* woken when nothing is in flight, and at unfreeze */
	struct delayed_work run_work; /* offers waiting requests to the driver */
	struct delayed_work timeout_work; /* looks for requests that take too long */
	struct list_head set_list;	  /* in the tag set's list of queues */
	atomic_t refs;			  /* references */
};

#define QUEUE_FLAG_STOPPED 0
#define QUEUE_FLAG_DYING 1
#define QUEUE_FLAG_NOMERGES 3
#define QUEUE_FLAG_NONROT 6
#define QUEUE_FLAG_ADD_RANDOM 10

static inline void blk_queue_flag_set(unsigned int flag, struct request_queue *q)
{
	q->queue_flags |= 1ul << flag;
}
static inline void blk_queue_flag_clear(unsigned int flag, struct request_queue *q)
{
	q->queue_flags &= ~(1ul << flag);
}

#define req_op(req) ((req)->cmd_flags & REQ_OP_MASK)
#define rq_data_dir(rq) (op_is_write(req_op(rq)) ? WRITE : READ)

static inline sector_t blk_rq_pos(const struct request *rq)
{
	return rq->__sector;
}
static inline unsigned int blk_rq_bytes(const struct request *rq)
{
	return rq->__data_len;
}
static inline unsigned int blk_rq_sectors(const struct request *rq)
{
	return rq->__data_len >> SECTOR_SHIFT;
}
/* Bytes and sectors of the current piece. */
static inline unsigned int blk_rq_cur_bytes(const struct request *rq)
{
	return rq->bio ? bio_iter_len(rq->bio, rq->bio->bi_iter) : 0;
}
static inline unsigned int blk_rq_cur_sectors(const struct request *rq)
{
	return blk_rq_cur_bytes(rq) >> SECTOR_SHIFT;
}

struct req_iterator {
	struct bvec_iter iter;
	struct bio *bio;
};
#define __rq_for_each_bio(_bio, rq) \
	if ((rq)->bio)              \
		for (_bio = (rq)->bio; _bio; _bio = _bio->bi_next)
#define rq_for_each_segment(bvl, _rq, _iter) \
	__rq_for_each_bio(_iter.bio, _rq) bio_for_each_segment(bvl, _iter.bio, _iter.iter)

/* Address of the current piece (low memory). */
void *bio_data(struct bio *bio);

int blk_status_to_errno(blk_status_t status);
blk_status_t errno_to_blk_status(int errno);

/* Queues of drivers that take bios themselves (block_device_operations.submit_bio). NULL: out of memory. */
struct request_queue *blk_alloc_queue(int node_id);
/* Ends a queue: waiting requests fail, running ones are waited for. Process context. */
void blk_cleanup_queue(struct request_queue *q);
void blk_put_queue(struct request_queue *q);
bool blk_get_queue(struct request_queue *q);

void blk_queue_logical_block_size(struct request_queue *q, unsigned int size);
void blk_queue_physical_block_size(struct request_queue *q, unsigned int size);
void blk_queue_max_hw_sectors(struct request_queue *q, unsigned int sectors);
void blk_queue_max_segments(struct request_queue *q, unsigned short segments);
void blk_queue_max_segment_size(struct request_queue *q, unsigned int size);
void blk_queue_bounce_limit(struct request_queue *q, u64 limit);
static inline unsigned int queue_logical_block_size(const struct request_queue *q)
{
	return q->limits.logical_block_size;
}

/*
 * Opening. mode is FMODE_READ, FMODE_WRITE, FMODE_EXCL (holder then names the exclusive user) or'ed.
 * blkdev_get_by_* return the device or ERR_PTR: -ENXIO, -ENODEV (no such device; request_module was tried),
 * -EBUSY (held exclusively; or it has open partitions), -EROFS, -ENOMEDIUM, -ENOTBLK, -EACCES.
 * Process context, may sleep.
 */
struct block_device *blkdev_get_by_dev(dev_t dev, fmode_t mode, void *holder);
struct block_device *blkdev_get_by_path(const char *path, fmode_t mode, void *holder);
void blkdev_put(struct block_device *bdev, fmode_t mode);
/* Finds the device that a path names without opening it; bdput() ends it. */
struct block_device *lookup_bdev(const char *path);
struct block_device *bdget(dev_t dev);
void bdput(struct block_device *bdev);
struct block_device *bdgrab(struct block_device *bdev);
struct block_device *I_BDEV(struct inode *inode);

/* "sda1" into buf of BDEVNAME_SIZE bytes. */
const char *bdevname(struct block_device *bdev, char *buf);

/* Operations of block device special files; init_special_inode() uses them. */
extern const struct file_operations def_blk_fops;

/* Unit of the buffer cache of a device; what is cached is written and dropped. 0 or -EINVAL. May sleep. */
int set_blocksize(struct block_device *bdev, int size);
static inline unsigned int block_size(struct block_device *bdev)
{
	return bdev->bd_block_size;
}

/* Writes what is dirty in a device's cache and waits. 0 or -errno. */
int sync_blockdev(struct block_device *bdev);
/* The same for the file system on it too. */
int fsync_bdev(struct block_device *bdev);
/* Starts (wait false) or completes writing of all block devices: for sync(2). */
void sync_block_devices(bool wait);
/* Drops what is cached of a device; dirty data is lost. */
void invalidate_bdev(struct block_device *bdev);
/* Asks the driver whether the medium changed; if so drops caches and returns true. May sleep. */
bool bdev_check_media_change(struct block_device *bdev);
int __invalidate_device(struct block_device *bdev, bool kill_dirty);

int ioctl_by_bdev(struct block_device *bdev, unsigned int cmd, unsigned long arg);
int blkdev_ioctl(struct block_device *bdev, fmode_t mode, unsigned int cmd, unsigned long arg);
int blkdev_fsync(struct file *file, loff_t start, loff_t end, int datasync);
int blkdev_issue_flush(struct block_device *bdev, gfp_t gfp);

/* The disk behind an open device's queue. */
static inline struct request_queue *bdev_get_queue(struct block_device *bdev)
{
	return bdev->bd_disk->queue;
}
static inline unsigned int bdev_logical_block_size(struct block_device *bdev)
{
	return queue_logical_block_size(bdev_get_queue(bdev));
}

/* The lists of /proc/devices ("Block devices:") and /proc/partitions. */
void blkdev_show(struct seq_file *seq);

#endif
