/*
 * IDR and IDA on the XArray. An idr's numbers are indices; the user excludes concurrent changes
 * (the array's own lock is taken as well, which costs little). An ida keeps bit maps of 1024
 * numbers at index number / 1024, and marks those that still have a free one.
 */
#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include "lib/radix.h"

void idr_init_base(struct idr *idr, int base)
{
	xa_init_flags(&idr->idr_rt, XA_FLAGS_ALLOC);
	idr->idr_base = base;
	idr->idr_next = 0;
}
EXPORT_SYMBOL(idr_init_base);

void idr_init(struct idr *idr)
{
	idr_init_base(idr, 0);
}
EXPORT_SYMBOL(idr_init);

void idr_destroy(struct idr *idr)
{
	xa_destroy(&idr->idr_rt);
}
EXPORT_SYMBOL(idr_destroy);

static int alloc_in(struct idr *idr, void *ptr, u32 min, u32 max, gfp_t gfp, u32 *id)
{
	struct xarray *xa = &idr->idr_rt;
	unsigned long flags;
	int error;

	/* Nodes are allocated with the lock held; the caller may already hold one of his own. */
	xa_lock_irqsave(xa, flags);
	error = __xa_alloc(xa, id, ptr, XA_LIMIT(min, max), gfp & ~__GFP_DIRECT_RECLAIM);
	xa_unlock_irqrestore(xa, flags);
	return error == -EBUSY ? -ENOSPC : error;
}

int idr_alloc_u32(struct idr *idr, void *ptr, u32 *nextid, unsigned long max, gfp_t gfp)
{
	return alloc_in(idr, ptr, *nextid, max, gfp, nextid);
}
EXPORT_SYMBOL_GPL(idr_alloc_u32);

int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	u32 id;
	int error;

	if (WARN_ON_ONCE(start < 0))
		return -EINVAL;
	error = alloc_in(idr, ptr, start, end > 0 ? end - 1 : INT_MAX, gfp, &id);
	return error ? error : (int)id;
}
EXPORT_SYMBOL_GPL(idr_alloc);

int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	u32 last = end > 0 ? end - 1 : INT_MAX, first = start, id;
	u32 from = max(idr->idr_next, first);
	int error = from > last ? -ENOSPC : alloc_in(idr, ptr, from, last, gfp, &id);

	if (error == -ENOSPC && from > first)
		error = alloc_in(idr, ptr, first, last, gfp, &id);
	if (error)
		return error;
	idr->idr_next = id + 1;
	return id;
}
EXPORT_SYMBOL(idr_alloc_cyclic);

void *idr_find(const struct idr *idr, unsigned long id)
{
	return xa_load((struct xarray *)&idr->idr_rt, id);
}
EXPORT_SYMBOL_GPL(idr_find);

void *idr_replace(struct idr *idr, void *ptr, unsigned long id)
{
	struct xarray *xa = &idr->idr_rt;
	void *old = ERR_PTR(-ENOENT);
	unsigned long flags;

	xa_lock_irqsave(xa, flags);
	if (radix_load(xa->xa_head, id))
		old = __xa_store(xa, id, ptr, GFP_NOWAIT);
	xa_unlock_irqrestore(xa, flags);
	return old;
}
EXPORT_SYMBOL(idr_replace);

void *idr_remove(struct idr *idr, unsigned long id)
{
	struct xarray *xa = &idr->idr_rt;
	unsigned long flags;
	void *old;

	xa_lock_irqsave(xa, flags);
	old = __xa_erase(xa, id);
	xa_unlock_irqrestore(xa, flags);
	return old;
}
EXPORT_SYMBOL_GPL(idr_remove);

bool idr_is_empty(const struct idr *idr)
{
	return xa_empty(&idr->idr_rt);
}
EXPORT_SYMBOL(idr_is_empty);

void *idr_get_next_ul(struct idr *idr, unsigned long *nextid)
{
	return xa_find(&idr->idr_rt, nextid, ULONG_MAX, XA_PRESENT);
}
EXPORT_SYMBOL(idr_get_next_ul);

void *idr_get_next(struct idr *idr, int *nextid)
{
	unsigned long id = *nextid;
	void *entry = xa_find(&idr->idr_rt, &id, INT_MAX, XA_PRESENT);

	if (entry)
		*nextid = id;
	return entry;
}
EXPORT_SYMBOL(idr_get_next);

int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data)
{
	unsigned long id;
	void *entry;
	int result = 0;

	xa_for_each((struct xarray *)&idr->idr_rt, id, entry)
	{
		result = fn(id, entry, data);
		if (result)
			break;
	}
	return result;
}
EXPORT_SYMBOL(idr_for_each);

/* Lets the allocator fetch pages for the nodes to come, while it may sleep. */
void idr_preload(gfp_t gfp_mask)
{
	kfree(kmalloc(sizeof(struct radix_node), gfp_mask));
	preempt_disable();
}
EXPORT_SYMBOL(idr_preload);

void ida_init(struct ida *ida)
{
	xa_init_flags(&ida->xa, XA_FLAGS_ALLOC | XA_FLAGS_LOCK_IRQ);
}
EXPORT_SYMBOL(ida_init);

#define IDA_HAS_FREE XA_MARK_0

/* The first free number in [min, max] of the chunk, or -1. */
static long free_in_chunk(const unsigned long *bitmap, u32 chunk, unsigned int min,
			  unsigned int max)
{
	unsigned long first = chunk == min / IDA_BITMAP_BITS ? min % IDA_BITMAP_BITS : 0;
	unsigned long bit = find_next_zero_bit(bitmap, IDA_BITMAP_BITS, first);

	if (bit >= IDA_BITMAP_BITS || (u64)chunk * IDA_BITMAP_BITS + bit > max)
		return -1;
	return bit;
}

/*
 * The first chunk at or after `chunk` that may have a free number: one with the mark, or one not
 * there yet.
 */
static u32 next_chunk(struct xarray *xa, u32 chunk)
{
	unsigned long marked = chunk;
	u32 missing = chunk;
	void *found = xa_find(xa, &marked, ULONG_MAX, IDA_HAS_FREE);

	radix_find_free(xa->xa_head, &missing, UINT_MAX);
	return found && marked < missing ? marked : missing;
}

static int take(struct ida *ida, u32 chunk, unsigned long bit, unsigned long **spare)
{
	unsigned long *bitmap = xa_load(&ida->xa, chunk);

	if (!bitmap) {
		bitmap = *spare;
		if (!bitmap || xa_err(__xa_store(&ida->xa, chunk, bitmap, GFP_NOWAIT)))
			return -ENOMEM;
		*spare = NULL;
		__xa_set_mark(&ida->xa, chunk, IDA_HAS_FREE);
	}
	__set_bit(bit, bitmap);
	if (bitmap_full(bitmap, IDA_BITMAP_BITS))
		__xa_clear_mark(&ida->xa, chunk, IDA_HAS_FREE);
	return chunk * IDA_BITMAP_BITS + bit;
}

static int alloc_locked(struct ida *ida, unsigned int min, unsigned int max, unsigned long **spare)
{
	u32 chunk = min / IDA_BITMAP_BITS;

	for (;; chunk++) {
		unsigned long *bitmap;
		long bit;

		chunk = next_chunk(&ida->xa, chunk);
		if (chunk > max / IDA_BITMAP_BITS)
			return -ENOSPC;
		bitmap = xa_load(&ida->xa, chunk);
		if (!bitmap)
			return take(ida, chunk,
				    chunk == min / IDA_BITMAP_BITS ? min % IDA_BITMAP_BITS : 0,
				    spare);
		bit = free_in_chunk(bitmap, chunk, min, max);
		if (bit >= 0)
			return take(ida, chunk, bit, spare);
	}
}

int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp)
{
	unsigned long *spare = NULL;
	unsigned long flags;
	int id;

	if ((int)min < 0)
		return -ENOSPC;
	max = min_t(unsigned int, max, INT_MAX);
	for (;;) {
		xa_lock_irqsave(&ida->xa, flags);
		id = alloc_locked(ida, min, max, &spare);
		xa_unlock_irqrestore(&ida->xa, flags);
		if (id != -ENOMEM || spare)
			break;
		spare = kzalloc(IDA_CHUNK_SIZE, gfp);
		if (!spare)
			break;
	}
	kfree(spare);
	return id;
}
EXPORT_SYMBOL(ida_alloc_range);

void ida_free(struct ida *ida, unsigned int id)
{
	u32 chunk = id / IDA_BITMAP_BITS;
	unsigned long *bitmap, *empty = NULL;
	unsigned long flags;

	xa_lock_irqsave(&ida->xa, flags);
	bitmap = xa_load(&ida->xa, chunk);
	if (!WARN(!bitmap || !test_bit(id % IDA_BITMAP_BITS, bitmap),
		  "ida: %u: freed but not allocated\n", id)) {
		__clear_bit(id % IDA_BITMAP_BITS, bitmap);
		if (bitmap_empty(bitmap, IDA_BITMAP_BITS))
			empty = __xa_erase(&ida->xa, chunk);
		else
			__xa_set_mark(&ida->xa, chunk, IDA_HAS_FREE);
	}
	xa_unlock_irqrestore(&ida->xa, flags);
	kfree(empty);
}
EXPORT_SYMBOL(ida_free);

bool ida_is_empty(const struct ida *ida)
{
	return xa_empty(&ida->xa);
}
EXPORT_SYMBOL(ida_is_empty);

void ida_destroy(struct ida *ida)
{
	unsigned long chunk;
	void *bitmap;

	xa_for_each(&ida->xa, chunk, bitmap) kfree(bitmap);
	xa_destroy(&ida->xa);
}
EXPORT_SYMBOL(ida_destroy);
