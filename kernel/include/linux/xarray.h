/*
 * XArray: an array of 2^32 pointers, most of them NULL, that grows by itself. Lookup takes O(log32
 * index).
 *
 * Entries are pointers aligned to 4 bytes or values made by xa_mk_value(). Reading (xa_load, the
 * iterators): any context, no lock needed. Storing: takes xa_lock; may allocate with gfp (with the
 * lock held, so without sleeping: nodes are prepared before). The __xa_ forms expect xa_lock to be
 * held. Marks are three bits per entry that can be searched for.
 */
#ifndef _LINUX_XARRAY_H
#define _LINUX_XARRAY_H

#include <linux/err.h>
#include <linux/limits.h>
#include <linux/spinlock.h>
#include <linux/gfp.h>

typedef unsigned int xa_mark_t;
#define XA_MARK_0 0U
#define XA_MARK_1 1U
#define XA_MARK_2 2U
#define XA_PRESENT 8U

#define XA_FLAGS_LOCK_IRQ 1U
#define XA_FLAGS_LOCK_BH 2U
#define XA_FLAGS_TRACK_FREE 4U
#define XA_FLAGS_ZERO_BUSY 8U
#define XA_FLAGS_ALLOC XA_FLAGS_TRACK_FREE			   /* xa_alloc() gives 0 … */
#define XA_FLAGS_ALLOC1 (XA_FLAGS_TRACK_FREE | XA_FLAGS_ZERO_BUSY) /* xa_alloc() gives 1 … */

struct xarray {
	spinlock_t xa_lock; /* protects changes */
	gfp_t xa_flags;	    /* XA_FLAGS_* */
	void *xa_head;	    /* tree of kernel/lib/radix.h */
};

#define XARRAY_INIT(name, flags)                                                     \
	{                                                                            \
		.xa_lock = __SPIN_LOCK_UNLOCKED((name).xa_lock), .xa_flags = (flags) \
	}
#define DEFINE_XARRAY_FLAGS(name, flags) struct xarray name = XARRAY_INIT(name, flags)
#define DEFINE_XARRAY(name) DEFINE_XARRAY_FLAGS(name, 0)
#define DEFINE_XARRAY_ALLOC(name) DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC)
#define DEFINE_XARRAY_ALLOC1(name) DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC1)

static inline void xa_init_flags(struct xarray *xa, gfp_t flags)
{
	spin_lock_init(&xa->xa_lock);
	xa->xa_flags = flags;
	xa->xa_head = NULL;
}
static inline void xa_init(struct xarray *xa)
{
	xa_init_flags(xa, 0);
}

/* Integers 0 … LONG_MAX as entries. */
static inline void *xa_mk_value(unsigned long v)
{
	return (void *)((v << 1) | 1);
}
static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}
static inline bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}
/*
 * An error as the storing functions return it in place of the old entry, and its number (0: none).
 */
static inline bool xa_is_err(const void *entry)
{
	return IS_ERR(entry);
}
static inline int xa_err(void *entry)
{
	return IS_ERR(entry) ? (int)PTR_ERR(entry) : 0;
}

struct xa_limit {
	u32 max, min;
};
#define XA_LIMIT(_min, _max) ((struct xa_limit){ .min = (_min), .max = (_max) })
#define xa_limit_32b XA_LIMIT(0, UINT_MAX)
#define xa_limit_31b XA_LIMIT(0, INT_MAX)
#define xa_limit_16b XA_LIMIT(0, USHRT_MAX)

static inline bool xa_empty(const struct xarray *xa)
{
	return !READ_ONCE(xa->xa_head);
}
void *xa_load(struct xarray *xa, unsigned long index);
/* The old entry, or an error entry (-ENOMEM, -EINVAL). Storing NULL erases. */
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_store_bh(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_store_irq(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
/* The old entry. */
void *xa_erase(struct xarray *xa, unsigned long index);
void *xa_erase_bh(struct xarray *xa, unsigned long index);
void *xa_erase_irq(struct xarray *xa, unsigned long index);
void *__xa_erase(struct xarray *xa, unsigned long index);
/* Stores only where NULL is: 0, -EBUSY, -ENOMEM. */
int __must_check xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
int __must_check xa_insert_irq(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
int __must_check __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
/* Stores only where old is: what was there. */
void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp);
void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp);
/*
 * Makes a place that reads as NULL but takes memory now, so that storing cannot fail: 0, -ENOMEM,
 * -EBUSY.
 */
int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp);
void xa_release(struct xarray *xa, unsigned long index);
/*
 * Stores at the first free index within limit (array made with XA_FLAGS_ALLOC): 0, -EBUSY (none
 * free), -ENOMEM. cyclic: from *next on, 1 if it started over.
 */
int __must_check xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
			  gfp_t gfp);
int __must_check xa_alloc_irq(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
			      gfp_t gfp);
int __must_check __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
			    gfp_t gfp);
int __must_check xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
				 u32 *next, gfp_t gfp);
int __must_check xa_alloc_cyclic_irq(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
				     u32 *next, gfp_t gfp);
int __must_check __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit,
				   u32 *next, gfp_t gfp);

/*
 * The first entry at (after) *index, up to max, with the mark (XA_PRESENT: any); *index becomes its
 * place. NULL: none.
 */
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter);
void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter);
#define xa_for_each_range(xa, index, entry, start, last)                          \
	for (index = start, entry = xa_find(xa, &index, last, XA_PRESENT); entry; \
	     entry = xa_find_after(xa, &index, last, XA_PRESENT))
#define xa_for_each_start(xa, index, entry, start) \
	xa_for_each_range(xa, index, entry, start, ULONG_MAX)
#define xa_for_each(xa, index, entry) xa_for_each_start(xa, index, entry, 0)
#define xa_for_each_marked(xa, index, entry, filter)                           \
	for (index = 0, entry = xa_find(xa, &index, ULONG_MAX, filter); entry; \
	     entry = xa_find_after(xa, &index, ULONG_MAX, filter))
/* Copies up to n entries from start … max into dst: how many. */
unsigned int xa_extract(struct xarray *xa, void **dst, unsigned long start, unsigned long max,
			unsigned int n, xa_mark_t filter);

bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
void __xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark);
/* Does any entry have the mark. */
bool xa_marked(const struct xarray *xa, xa_mark_t mark);
/* Frees the nodes; entries are the caller's. */
void xa_destroy(struct xarray *xa);

#define xa_trylock(xa) spin_trylock(&(xa)->xa_lock)
#define xa_lock(xa) spin_lock(&(xa)->xa_lock)
#define xa_unlock(xa) spin_unlock(&(xa)->xa_lock)
#define xa_lock_bh(xa) spin_lock_bh(&(xa)->xa_lock)
#define xa_unlock_bh(xa) spin_unlock_bh(&(xa)->xa_lock)
#define xa_lock_irq(xa) spin_lock_irq(&(xa)->xa_lock)
#define xa_unlock_irq(xa) spin_unlock_irq(&(xa)->xa_lock)
#define xa_lock_irqsave(xa, flags) spin_lock_irqsave(&(xa)->xa_lock, flags)
#define xa_unlock_irqrestore(xa, flags) spin_unlock_irqrestore(&(xa)->xa_lock, flags)

#endif
