/*
 * Small numbers for pointers (idr) and small numbers alone (ida): the lowest free one is found in
 * O(log n). idr: the user excludes concurrent changes; lookups need only an RCU read section. ida:
 * locks itself. Allocation with a gfp that may sleep: threads; else any context.
 */
#ifndef _LINUX_IDR_H
#define _LINUX_IDR_H

#include <linux/xarray.h>

struct idr {
	struct xarray idr_rt;
	unsigned int idr_base;
	unsigned int idr_next; /* where idr_alloc_cyclic() goes on */
};

#define IDR_INIT(name)                                               \
	{                                                            \
		.idr_rt = XARRAY_INIT((name).idr_rt, XA_FLAGS_ALLOC) \
	}
#define DEFINE_IDR(name) struct idr name = IDR_INIT(name)

void idr_init(struct idr *idr);
void idr_init_base(struct idr *idr, int base);
/* Frees the nodes; what the pointers point to is the caller's. */
void idr_destroy(struct idr *idr);
/*
 * The lowest free number in start … end - 1 (end <= 0: no limit) for ptr (may be NULL), or -ENOSPC,
 * -ENOMEM, -EINVAL. cyclic: from the last one given on. _u32: *nextid is where to begin and the
 * result, max inclusive; 0 or -errno.
 */
int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
int __must_check idr_alloc_u32(struct idr *idr, void *ptr, u32 *nextid, unsigned long max,
			       gfp_t gfp);
void *idr_find(const struct idr *idr, unsigned long id);
/* The old pointer, or ERR_PTR(-ENOENT): id is not allocated. */
void *idr_replace(struct idr *idr, void *ptr, unsigned long id);
void *idr_remove(struct idr *idr, unsigned long id);
bool idr_is_empty(const struct idr *idr);
/* Calls fn for each until it returns nonzero. */
int idr_for_each(const struct idr *idr, int (*fn)(int id, void *p, void *data), void *data);
/* The first at or after *nextid, whose number goes there; NULL: none. */
void *idr_get_next(struct idr *idr, int *nextid);
void *idr_get_next_ul(struct idr *idr, unsigned long *nextid);
static inline unsigned int idr_get_cursor(const struct idr *idr)
{
	return READ_ONCE(idr->idr_next);
}
static inline void idr_set_cursor(struct idr *idr, unsigned int val)
{
	WRITE_ONCE(idr->idr_next, val);
}
/* Between these idr_alloc() with GFP_NOWAIT is less likely to fail; preemption is off. */
void idr_preload(gfp_t gfp_mask);
static inline void idr_preload_end(void)
{
	preempt_enable();
}
#define idr_for_each_entry(idr, entry, id) \
	for (id = 0; ((entry) = idr_get_next(idr, &(id))) != NULL; id += 1)
#define idr_for_each_entry_continue(idr, entry, id)       \
	for ((entry) = idr_get_next((idr), &(id)); entry; \
	     ++id, (entry) = idr_get_next((idr), &(id)))

struct ida {
	struct xarray xa; /* bit maps of IDA_BITMAP_BITS numbers each */
};
#define IDA_CHUNK_SIZE 128
#define IDA_BITMAP_LONGS (IDA_CHUNK_SIZE / sizeof(long))
#define IDA_BITMAP_BITS (IDA_BITMAP_LONGS * sizeof(long) * 8)
#define IDA_INIT(name)                                       \
	{                                                    \
		.xa = XARRAY_INIT((name).xa, XA_FLAGS_ALLOC) \
	}
#define DEFINE_IDA(name) struct ida name = IDA_INIT(name)

void ida_init(struct ida *ida);
void ida_destroy(struct ida *ida);
bool ida_is_empty(const struct ida *ida);
/* The lowest free number in min … max, or -ENOSPC, -ENOMEM. */
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp);
void ida_free(struct ida *ida, unsigned int id);
#define ida_alloc(ida, gfp) ida_alloc_range(ida, 0, ~0, gfp)
#define ida_alloc_min(ida, min, gfp) ida_alloc_range(ida, min, ~0, gfp)
#define ida_alloc_max(ida, max, gfp) ida_alloc_range(ida, 0, max, gfp)
#define ida_simple_get(ida, start, end, gfp) ida_alloc_range(ida, start, (end)-1, gfp)
#define ida_simple_remove(ida, id) ida_free(ida, id)

#endif
