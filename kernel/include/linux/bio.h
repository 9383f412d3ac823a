/*
 * bio: one transfer between a block device and pieces of memory pages. Made by file systems and the buffer cache,
 * taken apart by the request queue. As Linux 5.10's <linux/bio.h>.
 */
#ifndef _LINUX_BIO_H
#define _LINUX_BIO_H

#include <linux/blk_types.h>
#include <linux/minmax.h>

struct block_device;

#define BIO_MAX_PAGES 256

/* Where in its page the current piece begins, its bytes, and both with the page. */
static inline unsigned int bio_iter_offset(const struct bio *bio, struct bvec_iter iter)
{
	return bio->bi_io_vec[iter.bi_idx].bv_offset + iter.bi_bvec_done;
}

static inline unsigned int bio_iter_len(const struct bio *bio, struct bvec_iter iter)
{
	unsigned int left = bio->bi_io_vec[iter.bi_idx].bv_len - iter.bi_bvec_done;

	return min(iter.bi_size, left);
}

static inline struct bio_vec bio_iter_iovec(const struct bio *bio, struct bvec_iter iter)
{
	return (struct bio_vec){
		.bv_page = bio->bi_io_vec[iter.bi_idx].bv_page,
		.bv_len = bio_iter_len(bio, iter),
		.bv_offset = bio_iter_offset(bio, iter),
	};
}

#define bio_sectors(bio) ((bio)->bi_iter.bi_size >> SECTOR_SHIFT)
#define bio_end_sector(bio) ((bio)->bi_iter.bi_sector + bio_sectors(bio))
#define bio_data_dir(bio) (op_is_write(bio_op(bio)) ? 1 : 0)
#define bio_has_data(bio) ((bio)->bi_iter.bi_size != 0)

/* Fills *piece with the current piece; false: nothing is left. */
static inline bool bio_iter_piece(const struct bio *bio, const struct bvec_iter *iter,
				  struct bio_vec *piece)
{
	if (!iter->bi_size)
		return false;
	*piece = bio_iter_iovec(bio, *iter);
	return true;
}

/* Each piece that is still to do, at most a page. */
#define bio_for_each_segment(bvl, bio, iter)                                  \
	for ((iter) = (bio)->bi_iter; bio_iter_piece((bio), &(iter), &(bvl)); \
	     bio_advance_iter((bio), &(iter), (bvl).bv_len))
#define bio_for_each_bvec(bvl, bio, i) \
	for ((i) = 0, (bvl) = (bio)->bi_io_vec; (i) < (bio)->bi_vcnt; (i)++, (bvl)++)
#define bio_for_each_segment_all(bvl, bio, i) bio_for_each_bvec(bvl, bio, i)

/* Moves iter forward by bytes (not beyond the end). */
void bio_advance_iter(const struct bio *bio, struct bvec_iter *iter, unsigned int bytes);
void bio_advance(struct bio *bio, unsigned int bytes);

/*
 * bio_alloc - make a bio with one reference
 * @gfp: GFP_KERNEL, GFP_NOIO or GFP_ATOMIC; @pieces: 0..BIO_MAX_PAGES
 * Returns it, or NULL. Context: by gfp. Give it back with bio_put().
 */
struct bio *bio_alloc(gfp_t gfp, unsigned int pieces);
#define bio_kmalloc(gfp, pieces) bio_alloc(gfp, pieces)
void bio_get(struct bio *bio);
void bio_put(struct bio *bio);
void bio_set_dev(struct bio *bio, struct block_device *bdev);

/* Adds a piece; returns length, or 0 if there is no room for it. */
int bio_add_page(struct bio *bio, struct page *page, unsigned int length, unsigned int offset);

/*
 * submit_bio - start the transfer; bi_end_io is called when it is done, maybe before this returns
 * The range is checked against the device; one beyond its end ends with BLK_STS_IOERR. Process context.
 */
void submit_bio(struct bio *bio);

/* The same and wait. Returns 0 or -errno. The caller keeps its reference. May sleep. */
int submit_bio_wait(struct bio *bio);

/* Ends a bio: calls bi_end_io with bi_status as set. Any context. */
void bio_endio(struct bio *bio);
static inline void bio_io_error(struct bio *bio)
{
	bio->bi_status = BLK_STS_IOERR;
	bio_endio(bio);
}

#endif
