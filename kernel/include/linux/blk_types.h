/* Types shared by the headers of the block layer. */
#ifndef _LINUX_BLK_TYPES_H
#define _LINUX_BLK_TYPES_H

#include <linux/types.h>
#include <linux/bvec.h>
#include <linux/list.h>

struct bio;
struct bio_set;
struct gendisk;
struct hd_struct;
struct inode;
struct super_block;
struct mutex;

#define SECTOR_SHIFT 9
#define SECTOR_SIZE (1 << SECTOR_SHIFT)

/* Result of block I/O; 0 is success. blk_status_to_errno() turns it into -errno. */
typedef u8 blk_status_t;
typedef unsigned int blk_qc_t; /* cookie of a submitted bio; BLK_QC_T_NONE: none */
#define BLK_QC_T_NONE -1U
#define BLK_STS_OK 0
#define BLK_STS_NOTSUPP ((blk_status_t)1)
#define BLK_STS_TIMEOUT ((blk_status_t)2)
#define BLK_STS_NOSPC ((blk_status_t)3)
#define BLK_STS_TRANSPORT ((blk_status_t)4)
#define BLK_STS_TARGET ((blk_status_t)5)
#define BLK_STS_MEDIUM ((blk_status_t)7)
#define BLK_STS_PROTECTION ((blk_status_t)8)
#define BLK_STS_RESOURCE ((blk_status_t)9)
#define BLK_STS_IOERR ((blk_status_t)10)
#define BLK_STS_AGAIN ((blk_status_t)12)
#define BLK_STS_DEV_RESOURCE ((blk_status_t)13)

enum req_opf {
	REQ_OP_READ = 0,
	REQ_OP_WRITE = 1,
	REQ_OP_FLUSH = 2,
	REQ_OP_DISCARD = 3,
	REQ_OP_WRITE_ZEROES = 9,
	REQ_OP_DRV_IN = 34,
	REQ_OP_DRV_OUT = 35,
};

#define REQ_OP_BITS 8
#define REQ_OP_MASK ((1u << REQ_OP_BITS) - 1)
#define REQ_SYNC (1u << 11)
#define REQ_META (1u << 12)
#define REQ_PRIO (1u << 13)
#define REQ_NOMERGE (1u << 14)
#define REQ_FUA (1u << 17)
#define REQ_PREFLUSH (1u << 18)
#define REQ_RAHEAD (1u << 19)

#define op_is_write(op) ((op)&1u)

typedef void(bio_end_io_t)(struct bio *bio);

/* One transfer between a device and pieces of pages. */
struct bio {
	struct bio *bi_next;	    /* list link of whoever holds the bio */
	struct gendisk *bi_disk;    /* device */
	u8 bi_partno;		    /* partition that bi_sector is relative to; 0 once remapped */
	unsigned int bi_opf;	    /* REQ_OP_* and REQ_* flags */
	unsigned short bi_flags;    /* private */
	blk_status_t bi_status;	    /* result, valid in bi_end_io */
	struct bvec_iter bi_iter;   /* what is still to do */
	bio_end_io_t *bi_end_io;    /* called once when done; any context */
	void *bi_private;	    /* for bi_end_io */
	unsigned short bi_vcnt;	    /* pieces in use */
	unsigned short bi_max_vecs; /* pieces there is room for */
	atomic_t __bi_cnt;	    /* references */
	atomic_t __bi_remaining;    /* parts not yet ended: itself and what was split off */
	struct bio_vec *bi_io_vec;  /* the pieces */
	struct bio_vec bi_inline_vecs[]; /* room for them, allocated with the bio */
};

/* A block device special file's device: a whole disk or one partition. */
struct block_device {
	dev_t bd_dev;			  /* number */
	int bd_openers;			  /* opens; under bd_mutex of the whole disk */
	struct inode *bd_inode;		  /* holds the page cache of the device */
	struct super_block *bd_super;	  /* file system mounted on it */
	void *bd_claiming;		  /* being opened exclusively by */
	void *bd_holder;		  /* opened exclusively by */
	int bd_holders;			  /* how often */
	struct block_device *bd_contains; /* the whole disk's (itself for a whole disk) */
	u8 bd_partno;			  /* 0: whole disk */
	struct hd_struct *bd_part;	  /* extent on the disk, while open */
	struct gendisk *bd_disk;	  /* the disk, while open */
	unsigned int bd_part_count;	  /* opens of partitions, on the whole disk */
	int bd_invalidated;		  /* partitions must be read again */
	unsigned int bd_block_size;	  /* of the buffer cache: 512..4096 */
};

#define bio_op(bio) ((bio)->bi_opf & REQ_OP_MASK)

static inline void bio_set_op_attrs(struct bio *bio, unsigned int op, unsigned int op_flags)
{
	bio->bi_opf = op | op_flags;
}

#endif
