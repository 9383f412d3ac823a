/*
 * bios: allocation, adding pieces, iterating, ending.
 *
 * A bio belongs to whoever submitted it; the block layer only moves bi_iter forward and calls bi_end_io once. A bio
 * that was split is ended when all parts are: __bi_remaining counts them.
 *
 * No lock: a bio is touched by one party at a time.
 */
#include <linux/atomic.h>
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct bio *bio_alloc(gfp_t gfp, unsigned int pieces)
{
	struct bio *bio;

	if (pieces > BIO_MAX_PAGES)
		return NULL;
	bio = kzalloc(sizeof(*bio) + pieces * sizeof(struct bio_vec), gfp);
	if (!bio)
		return NULL;
	bio->bi_io_vec = bio->bi_inline_vecs;
	bio->bi_max_vecs = pieces;
	atomic_set(&bio->__bi_cnt, 1);
	atomic_set(&bio->__bi_remaining, 1);
	return bio;
}
EXPORT_SYMBOL(bio_alloc);

void bio_get(struct bio *bio)
{
	atomic_inc(&bio->__bi_cnt);
}
EXPORT_SYMBOL(bio_get);

void bio_put(struct bio *bio)
{
	if (atomic_dec_and_test(&bio->__bi_cnt))
		kfree(bio);
}
EXPORT_SYMBOL(bio_put);

void bio_set_dev(struct bio *bio, struct block_device *bdev)
{
	bio->bi_disk = bdev->bd_disk;
	bio->bi_partno = bdev->bd_partno;
}
EXPORT_SYMBOL(bio_set_dev);

int bio_add_page(struct bio *bio, struct page *page, unsigned int length, unsigned int offset)
{
	struct bio_vec *last = bio->bi_vcnt ? &bio->bi_io_vec[bio->bi_vcnt - 1] : NULL;

	if (WARN_ON(!length || offset > PAGE_SIZE || length > PAGE_SIZE - offset))
		return 0;
	if (last && last->bv_page == page && last->bv_offset + last->bv_len == offset) {
		last->bv_len += length;
	} else {
		if (bio->bi_vcnt == bio->bi_max_vecs)
			return 0;
		bio->bi_io_vec[bio->bi_vcnt++] = (struct bio_vec){ page, length, offset };
	}
	bio->bi_iter.bi_size += length;
	return length;
}
EXPORT_SYMBOL(bio_add_page);

void bio_advance_iter(const struct bio *bio, struct bvec_iter *iter, unsigned int bytes)
{
	bytes = min(bytes, iter->bi_size);
	iter->bi_sector += bytes >> SECTOR_SHIFT;
	iter->bi_size -= bytes;
	while (bytes) {
		unsigned int left = bio->bi_io_vec[iter->bi_idx].bv_len - iter->bi_bvec_done;
		unsigned int step = min(bytes, left);

		bytes -= step;
		iter->bi_bvec_done += step;
		if (step == left) {
			iter->bi_idx++;
			iter->bi_bvec_done = 0;
		}
	}
}
EXPORT_SYMBOL(bio_advance_iter);

void bio_advance(struct bio *bio, unsigned int bytes)
{
	bio_advance_iter(bio, &bio->bi_iter, bytes);
}
EXPORT_SYMBOL(bio_advance);

void *bio_data(struct bio *bio)
{
	if (!bio_has_data(bio))
		return NULL;
	return (char *)page_address(bio->bi_io_vec[bio->bi_iter.bi_idx].bv_page) +
	       bio_iter_offset(bio, bio->bi_iter);
}
EXPORT_SYMBOL(bio_data);

void bio_endio(struct bio *bio)
{
	if (!atomic_dec_and_test(&bio->__bi_remaining))
		return;
	if (bio->bi_end_io)
		bio->bi_end_io(bio);
}
EXPORT_SYMBOL(bio_endio);

static void bio_wait_end(struct bio *bio)
{
	complete(bio->bi_private);
}

int submit_bio_wait(struct bio *bio)
{
	DECLARE_COMPLETION_ONSTACK(done);

	bio->bi_private = &done;
	bio->bi_end_io = bio_wait_end;
	bio->bi_opf |= REQ_SYNC;
	submit_bio(bio);
	wait_for_completion_io(&done);
	bio->bi_private = NULL;
	return blk_status_to_errno(bio->bi_status);
}
EXPORT_SYMBOL(submit_bio_wait);

/* What the layers agree an I/O error means to a program. */
static const struct {
	blk_status_t status;
	int errno;
} blk_errors[] = {
	{ BLK_STS_OK, 0 },
	{ BLK_STS_IOERR, -EIO }, /* before the others: what any unknown errno becomes */
	{ BLK_STS_NOTSUPP, -EOPNOTSUPP },
	{ BLK_STS_TIMEOUT, -ETIMEDOUT },
	{ BLK_STS_NOSPC, -ENOSPC },
	{ BLK_STS_TRANSPORT, -ENOLINK },
	{ BLK_STS_TARGET, -EREMOTEIO },
	{ BLK_STS_MEDIUM, -ENODATA },
	{ BLK_STS_PROTECTION, -EROFS },
	{ BLK_STS_RESOURCE, -ENOMEM },
	{ BLK_STS_AGAIN, -EAGAIN },
	{ BLK_STS_DEV_RESOURCE, -EBUSY },
};

int blk_status_to_errno(blk_status_t status)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(blk_errors); i++)
		if (blk_errors[i].status == status)
			return blk_errors[i].errno;
	return -EIO;
}
EXPORT_SYMBOL(blk_status_to_errno);

blk_status_t errno_to_blk_status(int errno)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(blk_errors); i++)
		if (blk_errors[i].errno == errno)
			return blk_errors[i].status;
	return BLK_STS_IOERR;
}
EXPORT_SYMBOL(errno_to_blk_status);
