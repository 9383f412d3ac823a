/* Pieces of pages that together are a buffer, and a position in them. */
#ifndef _LINUX_BVEC_H
#define _LINUX_BVEC_H

#include <linux/types.h>

struct page;

struct bio_vec {
	struct page *bv_page;	/* page that holds the piece */
	unsigned int bv_len;	/* its bytes */
	unsigned int bv_offset; /* where in the page it begins */
};

struct bvec_iter {
	sector_t bi_sector;	   /* device address in 512-byte sectors */
	unsigned int bi_size;	   /* bytes still to do */
	unsigned int bi_idx;	   /* current piece */
	unsigned int bi_bvec_done; /* bytes done of the current piece */
};

#endif
