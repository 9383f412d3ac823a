/*
 * Iterators over buffers of a read or write: user vectors, kernel vectors, pages. Source: Linux 5.10 uio.h.
 */
#ifndef _LINUX_UIO_H
#define _LINUX_UIO_H

#include <linux/kernel.h>
#include <uapi/linux/uio.h>

struct page;
struct pipe_inode_info;

struct kvec {
	void *iov_base;
	size_t iov_len; /* bytes */
};

struct bio_vec;

enum iter_type {
	ITER_IOVEC = 4,
	ITER_KVEC = 8,
	ITER_BVEC = 16,
	ITER_PIPE = 32,
	ITER_DISCARD = 64,
};

#ifndef READ
#define READ 0
#define WRITE 1
#endif

struct iov_iter {
	unsigned int type; /* enum iter_type | WRITE when data is taken from the buffers */
	size_t iov_offset; /* done of the first segment */
	size_t count;	   /* bytes left */
	union {
		const struct iovec *iov;
		const struct kvec *kvec;
		const struct bio_vec *bvec;
	};
	unsigned long nr_segs; /* segments left */
};

static inline enum iter_type iov_iter_type(const struct iov_iter *i)
{
	return i->type & ~(unsigned int)(READ | WRITE);
}

static inline bool iter_is_iovec(const struct iov_iter *i)
{
	return iov_iter_type(i) == ITER_IOVEC;
}

static inline bool iov_iter_is_kvec(const struct iov_iter *i)
{
	return iov_iter_type(i) == ITER_KVEC;
}

static inline bool iov_iter_is_bvec(const struct iov_iter *i)
{
	return iov_iter_type(i) == ITER_BVEC;
}

static inline unsigned char iov_iter_rw(const struct iov_iter *i)
{
	return i->type & (READ | WRITE);
}

static inline size_t iov_iter_count(const struct iov_iter *i)
{
	return i->count;
}

static inline void iov_iter_truncate(struct iov_iter *i, u64 count)
{
	if (i->count > count)
		i->count = count;
}

static inline void iov_iter_reexpand(struct iov_iter *i, size_t count)
{
	i->count = count;
}

static inline size_t iov_length(const struct iovec *iov, unsigned long nr_segs)
{
	unsigned long seg;
	size_t length = 0;

	for (seg = 0; seg < nr_segs; seg++)
		length += iov[seg].iov_len;
	return length;
}

/* direction: READ (the iterator is filled) or WRITE (it is the source). The vectors must outlive it. */
void iov_iter_init(struct iov_iter *i, unsigned int direction, const struct iovec *iov,
		   unsigned long nr_segs, size_t count);
void iov_iter_kvec(struct iov_iter *i, unsigned int direction, const struct kvec *kvec,
		   unsigned long nr_segs, size_t count);
void iov_iter_bvec(struct iov_iter *i, unsigned int direction, const struct bio_vec *bvec,
		   unsigned long nr_segs, size_t count);
/* Copies; the iterator advances. Return the bytes copied (less than asked for: end, or a fault). May sleep for iovecs. */
size_t copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i);
size_t copy_from_iter(void *addr, size_t bytes, struct iov_iter *i);
bool copy_from_iter_full(void *addr, size_t bytes, struct iov_iter *i);
size_t copy_page_to_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i);
size_t copy_page_from_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i);
/* From i into page without faulting and without advancing; 0 when it would have to fault. */
size_t iov_iter_copy_from_user_atomic(struct page *page, struct iov_iter *i, unsigned long offset,
				      size_t bytes);
/* Touches the first bytes so that the next atomic copy succeeds; 0 or -EFAULT. */
int iov_iter_fault_in_readable(struct iov_iter *i, size_t bytes);
size_t iov_iter_zero(size_t bytes, struct iov_iter *i);
void iov_iter_advance(struct iov_iter *i, size_t bytes);
void iov_iter_revert(struct iov_iter *i, size_t bytes);
size_t iov_iter_single_seg_count(const struct iov_iter *i);
unsigned long iov_iter_alignment(const struct iov_iter *i);
int iov_iter_npages(const struct iov_iter *i, int maxpages);
/*
 * The user's vector of nr_segs parts, copied and checked: into *iov (an array of fast_segs; on return NULL if it was
 * enough, else memory for kfree()). Bytes in all, or -EFAULT, -EINVAL, -ENOMEM.
 */
ssize_t import_iovec(int type, const struct iovec __user *uvec, unsigned int nr_segs,
		     unsigned int fast_segs, struct iovec **iov, struct iov_iter *i);
int import_single_range(int type, void __user *buf, size_t len, struct iovec *iov,
			struct iov_iter *i);

#endif
