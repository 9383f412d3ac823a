/*
 * Iterators over the buffers of a read or write: one walk (iter_step) for user vectors, kernel vectors and page vectors.
 *
 * A user buffer is checked by access_ok() when it is imported; a fault while copying ends the copy short, and the caller
 * reports what was done or -EFAULT.
 */
#include <linux/bvec.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

void iov_iter_init(struct iov_iter *i, unsigned int direction, const struct iovec *iov,
		   unsigned long nr_segs, size_t count)
{
	i->type = ITER_IOVEC | (direction & WRITE);
	i->iov = iov;
	i->nr_segs = nr_segs;
	i->iov_offset = 0;
	i->count = count;
}
EXPORT_SYMBOL(iov_iter_init);

void iov_iter_kvec(struct iov_iter *i, unsigned int direction, const struct kvec *kvec,
		   unsigned long nr_segs, size_t count)
{
	i->type = ITER_KVEC | (direction & WRITE);
	i->kvec = kvec;
	i->nr_segs = nr_segs;
	i->iov_offset = 0;
	i->count = count;
}
EXPORT_SYMBOL(iov_iter_kvec);

void iov_iter_bvec(struct iov_iter *i, unsigned int direction, const struct bio_vec *bvec,
		   unsigned long nr_segs, size_t count)
{
	i->type = ITER_BVEC | (direction & WRITE);
	i->bvec = bvec;
	i->nr_segs = nr_segs;
	i->iov_offset = 0;
	i->count = count;
}
EXPORT_SYMBOL(iov_iter_bvec);

static size_t segment_len(const struct iov_iter *i)
{
	if (iov_iter_type(i) == ITER_BVEC)
		return i->bvec->bv_len;
	return i->iov->iov_len; /* struct kvec has the same layout */
}

static_assert(sizeof(struct kvec) == sizeof(struct iovec));

static void next_segment(struct iov_iter *i)
{
	if (iov_iter_type(i) == ITER_BVEC)
		i->bvec++;
	else
		i->iov++;
	i->nr_segs--;
	i->iov_offset = 0;
}

void iov_iter_advance(struct iov_iter *i, size_t bytes)
{
	bytes = min(bytes, i->count);
	i->count -= bytes;
	while (bytes || (i->count && i->iov_offset == segment_len(i))) {
		size_t n = min(bytes, segment_len(i) - i->iov_offset);

		i->iov_offset += n;
		bytes -= n;
		if (i->iov_offset == segment_len(i)) {
			if (i->nr_segs <= 1)
				break;
			next_segment(i);
		}
	}
}
EXPORT_SYMBOL(iov_iter_advance);

void iov_iter_revert(struct iov_iter *i, size_t bytes)
{
	i->count += bytes;
	while (bytes > i->iov_offset) {
		bytes -= i->iov_offset;
		if (iov_iter_type(i) == ITER_BVEC)
			i->bvec--;
		else
			i->iov--;
		i->nr_segs++;
		i->iov_offset = segment_len(i);
	}
	i->iov_offset -= bytes;
}
EXPORT_SYMBOL(iov_iter_revert);

size_t iov_iter_single_seg_count(const struct iov_iter *i)
{
	return min(i->count, segment_len(i) - i->iov_offset);
}
EXPORT_SYMBOL(iov_iter_single_seg_count);

/* Copies up to n bytes (within the present segment) from kernel memory into the iterator; how many. */
static size_t segment_fill(struct iov_iter *i, const void *from, size_t n)
{
	void *page;

	switch (iov_iter_type(i)) {
	case ITER_IOVEC:
		return n - copy_to_user((char __user *)i->iov->iov_base + i->iov_offset, from, n);
	case ITER_KVEC:
		memcpy((char *)i->kvec->iov_base + i->iov_offset, from, n);
		return n;
	case ITER_BVEC:
		page = kmap_atomic(i->bvec->bv_page);
		memcpy((char *)page + i->bvec->bv_offset + i->iov_offset, from, n);
		kunmap_atomic(page);
		return n;
	default:
		return n;
	}
}

static size_t segment_drain(struct iov_iter *i, void *to, size_t n)
{
	void *page;

	switch (iov_iter_type(i)) {
	case ITER_IOVEC:
		return n - copy_from_user(to, (char __user *)i->iov->iov_base + i->iov_offset, n);
	case ITER_KVEC:
		memcpy(to, (char *)i->kvec->iov_base + i->iov_offset, n);
		return n;
	case ITER_BVEC:
		page = kmap_atomic(i->bvec->bv_page);
		memcpy(to, (char *)page + i->bvec->bv_offset + i->iov_offset, n);
		kunmap_atomic(page);
		return n;
	default:
		return 0;
	}
}

size_t copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i)
{
	size_t done = 0;

	bytes = min(bytes, i->count);
	while (done < bytes) {
		size_t n = min(bytes - done, iov_iter_single_seg_count(i));
		size_t copied = segment_fill(i, (const char *)addr + done, n);

		iov_iter_advance(i, copied);
		done += copied;
		if (copied != n)
			break;
	}
	return done;
}
EXPORT_SYMBOL(copy_to_iter);

size_t copy_from_iter(void *addr, size_t bytes, struct iov_iter *i)
{
	size_t done = 0;

	bytes = min(bytes, i->count);
	while (done < bytes) {
		size_t n = min(bytes - done, iov_iter_single_seg_count(i));
		size_t copied = segment_drain(i, (char *)addr + done, n);

		iov_iter_advance(i, copied);
		done += copied;
		if (copied != n)
			break;
	}
	return done;
}
EXPORT_SYMBOL(copy_from_iter);

bool copy_from_iter_full(void *addr, size_t bytes, struct iov_iter *i)
{
	size_t copied;

	if (i->count < bytes)
		return false;
	copied = copy_from_iter(addr, bytes, i);
	if (copied == bytes)
		return true;
	iov_iter_revert(i, copied);
	return false;
}
EXPORT_SYMBOL(copy_from_iter_full);

size_t copy_page_to_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i)
{
	char *addr = kmap(page);
	size_t done = copy_to_iter(addr + offset, bytes, i);

	kunmap(page);
	return done;
}
EXPORT_SYMBOL(copy_page_to_iter);

size_t copy_page_from_iter(struct page *page, size_t offset, size_t bytes, struct iov_iter *i)
{
	char *addr = kmap(page);
	size_t done = copy_from_iter(addr + offset, bytes, i);

	kunmap(page);
	return done;
}
EXPORT_SYMBOL(copy_page_from_iter);

size_t iov_iter_copy_from_user_atomic(struct page *page, struct iov_iter *i, unsigned long offset,
				      size_t bytes)
{
	char *addr = kmap_atomic(page);
	struct iov_iter copy = *i;
	size_t done;

	pagefault_disable();
	done = copy_from_iter(addr + offset, bytes, &copy);
	pagefault_enable();
	kunmap_atomic(addr);
	return done;
}
EXPORT_SYMBOL(iov_iter_copy_from_user_atomic);

int iov_iter_fault_in_readable(struct iov_iter *i, size_t bytes)
{
	const char __user *start, *end;
	volatile char c;

	bytes = min(bytes, iov_iter_single_seg_count(i));
	if (!iter_is_iovec(i) || !bytes)
		return 0;
	start = (const char __user *)i->iov->iov_base + i->iov_offset;
	end = start + bytes - 1;
	for (; start < end;
	     start = (const char __user *)(((unsigned long)start & PAGE_MASK) + PAGE_SIZE))
		if (get_user(c, start))
			return -EFAULT;
	return get_user(c, end) ? -EFAULT : 0;
}
EXPORT_SYMBOL(iov_iter_fault_in_readable);

static const char zeroes[256];

size_t iov_iter_zero(size_t bytes, struct iov_iter *i)
{
	size_t done = 0;

	bytes = min(bytes, i->count);
	while (done < bytes) {
		size_t n = min(bytes - done, iov_iter_single_seg_count(i)), cleared;

		if (iter_is_iovec(i)) {
			cleared = n -
				  clear_user((char __user *)i->iov->iov_base + i->iov_offset, n);
		} else {
			n = min_t(size_t, n, sizeof(zeroes));
			cleared = segment_fill(i, zeroes, n);
		}
		iov_iter_advance(i, cleared);
		done += cleared;
		if (cleared != n)
			break;
	}
	return done;
}
EXPORT_SYMBOL(iov_iter_zero);

unsigned long iov_iter_alignment(const struct iov_iter *i)
{
	unsigned long seg, bits = 0;

	for (seg = 0; seg < i->nr_segs; seg++) {
		if (iov_iter_type(i) == ITER_BVEC)
			bits |= i->bvec[seg].bv_offset | i->bvec[seg].bv_len;
		else
			bits |= (unsigned long)i->iov[seg].iov_base | i->iov[seg].iov_len;
	}
	return bits | i->iov_offset;
}
EXPORT_SYMBOL(iov_iter_alignment);

int iov_iter_npages(const struct iov_iter *i, int maxpages)
{
	struct iov_iter copy = *i;
	int pages = 0;

	while (copy.count && pages < maxpages) {
		unsigned long at = iov_iter_type(&copy) == ITER_BVEC
					   ? copy.bvec->bv_offset
					   : (unsigned long)copy.iov->iov_base;
		size_t n = iov_iter_single_seg_count(&copy);

		at += copy.iov_offset;
		pages += (offset_in_page(at) + n + PAGE_SIZE - 1) >> PAGE_SHIFT;
		iov_iter_advance(&copy, n);
	}
	return min(pages, maxpages);
}
EXPORT_SYMBOL(iov_iter_npages);

/* Vectors from user space. */

#define MAX_RW_COUNT (INT_MAX & PAGE_MASK)

static ssize_t check_vector(struct iovec *iov, unsigned int nr_segs)
{
	ssize_t total = 0;
	unsigned int seg;

	for (seg = 0; seg < nr_segs; seg++) {
		ssize_t len = (ssize_t)iov[seg].iov_len;

		if (len < 0)
			return -EINVAL;
		if (!access_ok(iov[seg].iov_base, len))
			return -EFAULT;
		if (len > (ssize_t)MAX_RW_COUNT - total) {
			len = MAX_RW_COUNT - total;
			iov[seg].iov_len = len;
		}
		total += len;
	}
	return total;
}

ssize_t import_iovec(int type, const struct iovec __user *uvec, unsigned int nr_segs,
		     unsigned int fast_segs, struct iovec **iovp, struct iov_iter *i)
{
	struct iovec *iov = *iovp;
	ssize_t total;

	*iovp = NULL;
	if (nr_segs > UIO_MAXIOV)
		return -EINVAL;
	if (nr_segs > fast_segs) {
		iov = kmalloc_array(nr_segs, sizeof(*iov), GFP_KERNEL);
		if (!iov)
			return -ENOMEM;
		*iovp = iov;
	}
	total = copy_from_user(iov, uvec, nr_segs * sizeof(*iov)) ? -EFAULT
								  : check_vector(iov, nr_segs);
	if (total < 0) {
		kfree(*iovp);
		*iovp = NULL;
		return total;
	}
	iov_iter_init(i, type, iov, nr_segs, total);
	return total;
}
EXPORT_SYMBOL(import_iovec);

int import_single_range(int type, void __user *buf, size_t len, struct iovec *iov,
			struct iov_iter *i)
{
	if (len > MAX_RW_COUNT)
		len = MAX_RW_COUNT;
	if (!access_ok(buf, len))
		return -EFAULT;
	iov->iov_base = buf;
	iov->iov_len = len;
	iov_iter_init(i, type, iov, 1, len);
	return 0;
}
EXPORT_SYMBOL(import_single_range);
