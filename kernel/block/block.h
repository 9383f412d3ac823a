/* Inside of the block layer, shared by its files. */
#ifndef BLOCK_BLOCK_H
#define BLOCK_BLOCK_H

#include <linux/blkdev.h>
#include <linux/blk-mq.h>
#include <linux/mutex.h>

struct seq_file;

/* A block device and the inode whose page cache holds its data; one per device number while anybody refers to it. */
struct bdev_inode {
	struct block_device bdev;
	struct mutex
		mutex; /* bd_mutex: opening and closing, bd_openers, bd_disk, bd_part, bd_part_count */
	struct inode inode;
};

static inline struct mutex *bd_mutex(struct block_device *bdev)
{
	return &container_of(bdev, struct bdev_inode, bdev)->mutex;
}

/* queue.c: requests waiting. All under q->queue_lock. */
void queue_init(struct request_queue *q);
bool queue_merge_bio(struct request_queue *q,
		     struct bio *bio); /* true: bio is part of a waiting request now */
void queue_add(struct request_queue *q, struct request *rq);	  /* by sector */
void queue_put_back(struct request_queue *q, struct request *rq); /* first */
struct request *queue_next(struct request_queue *q);		  /* taken out; NULL: none */

/* mq.c */
void mq_submit_bio(struct request_queue *q, struct bio *bio);
void mq_init(void);

/* disk.c: the disk or partition of a device number. get: references on disk and driver, which disk_put() ends. */
struct gendisk *disk_get(dev_t devt, int *partno);
struct hd_struct *disk_part(struct gendisk *disk, int partno); /* NULL: no such partition */
void disk_put(struct gendisk *disk);
void disk_table_set(dev_t devt, struct hd_struct *part);
/* Calls fn for each disk that is added, until it returns non-zero. */
int disk_for_each(int (*fn)(struct gendisk *disk, void *data), void *data);
extern struct class block_class;
extern const struct attribute_group *block_part_groups[];

/* partition.c. The disk's bdev is open and bd_mutex is held. */
int partitions_read(struct gendisk *disk, struct block_device *bdev);
void partitions_drop(struct gendisk *disk);

/* major.c */
void major_init(void);

/* bdev.c */
void bdev_init(void);
void bdev_kill(struct block_device *bdev); /* drop all cached data */
void bdev_forget_disk(dev_t devt);	   /* the disk is going: its cached data is dropped */
int bdev_for_each(int (*fn)(struct block_device *bdev, void *data), void *data);
extern const struct address_space_operations bdev_aops;

/* sync.c: a device has been opened for the first time, closed for the last time. */
void block_sync_start(void);
void block_sync_stop(void);

/* buffer.c */
void buffer_init(void);
bool buffer_mapping_is_bdev(struct address_space *mapping);

#endif
