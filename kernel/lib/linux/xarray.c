/*
 * XArray: kernel/lib/radix.c with memory, locks and Linux's names.
 *
 * Nodes come from a cache and go back to it after an RCU grace period, so that readers need no
 * lock. A store that may need nodes allocates with the lock held; when that fails and the caller
 * may sleep, the lock is dropped, nodes are put into a small reserve, and it is tried again. Taking
 * out never needs memory.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/xarray.h>
#include "lib/radix.h"

static_assert(sizeof(((struct radix_node *)0)->spare) >= sizeof(struct rcu_head));

static struct radix_node *node_alloc(void *context)
{
	return kzalloc(sizeof(struct radix_node), *(gfp_t *)context | __GFP_NOWARN);
}

static void node_free(void *context, struct radix_node *node)
{
	kvfree_call_rcu((struct rcu_head *)node->spare, node);
}

static void *visible(void *entry)
{
	return entry == RADIX_RESERVED ? NULL : entry;
}

static bool tracks_free(const struct xarray *xa)
{
	return xa->xa_flags & XA_FLAGS_TRACK_FREE;
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	void *entry;

	rcu_read_lock();
	entry = visible(radix_load(READ_ONCE(xa->xa_head), index));
	rcu_read_unlock();
	return entry;
}
EXPORT_SYMBOL(xa_load);

/* The lock is held as xa_flags say; released and taken again to allocate. */
static void unlock_as(struct xarray *xa)
{
	if (xa->xa_flags & XA_FLAGS_LOCK_IRQ)
		xa_unlock_irq(xa);
	else if (xa->xa_flags & XA_FLAGS_LOCK_BH)
		xa_unlock_bh(xa);
	else
		xa_unlock(xa);
}

static void lock_as(struct xarray *xa)
{
	if (xa->xa_flags & XA_FLAGS_LOCK_IRQ)
		xa_lock_irq(xa);
	else if (xa->xa_flags & XA_FLAGS_LOCK_BH)
		xa_lock_bh(xa);
	else
		xa_lock(xa);
}

/* Makes memory available for the nodes of one store; true if it is worth trying again. */
static bool refill(struct xarray *xa, gfp_t gfp)
{
	void *node;

	if (!gfpflags_allow_blocking(gfp))
		return false;
	unlock_as(xa);
	node = kmalloc(sizeof(struct radix_node) * 2, gfp);
	kfree(node);
	lock_as(xa);
	return node != NULL;
}

/* Stores with the lock held. Returns the old entry as it is, or an error entry. */
static void *store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	gfp_t atomic = (gfp & ~__GFP_DIRECT_RECLAIM) | GFP_NOWAIT;
	const struct radix_ops ops = { node_alloc, node_free, &atomic };
	void *old;

	if (WARN_ON_ONCE((unsigned long)entry & 2))
		return ERR_PTR(-EINVAL);
	while (!radix_store(&xa->xa_head, index, entry, &old, &ops))
		if (!refill(xa, gfp))
			return ERR_PTR(-ENOMEM);
	return old;
}

void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	if (!entry && tracks_free(xa))
		entry = RADIX_RESERVED;
	return visible(store(xa, index, entry, gfp));
}
EXPORT_SYMBOL(__xa_store);

#define LOCKED(result, lock, unlock, xa, call) \
	do {                                   \
		lock(xa);                      \
		result = call;                 \
		unlock(xa);                    \
	} while (0)

void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void *old;

	LOCKED(old, xa_lock, xa_unlock, xa, __xa_store(xa, index, entry, gfp));
	return old;
}
EXPORT_SYMBOL(xa_store);

void *xa_store_bh(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void *old;

	LOCKED(old, xa_lock_bh, xa_unlock_bh, xa, __xa_store(xa, index, entry, gfp));
	return old;
}
EXPORT_SYMBOL(xa_store_bh);

void *xa_store_irq(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void *old;

	LOCKED(old, xa_lock_irq, xa_unlock_irq, xa, __xa_store(xa, index, entry, gfp));
	return old;
}
EXPORT_SYMBOL(xa_store_irq);

void *__xa_erase(struct xarray *xa, unsigned long index)
{
	return visible(store(xa, index, NULL, 0));
}
EXPORT_SYMBOL(__xa_erase);

void *xa_erase(struct xarray *xa, unsigned long index)
{
	void *old;

	LOCKED(old, xa_lock, xa_unlock, xa, __xa_erase(xa, index));
	return old;
}
EXPORT_SYMBOL(xa_erase);

void *xa_erase_bh(struct xarray *xa, unsigned long index)
{
	void *old;

	LOCKED(old, xa_lock_bh, xa_unlock_bh, xa, __xa_erase(xa, index));
	return old;
}
EXPORT_SYMBOL(xa_erase_bh);

void *xa_erase_irq(struct xarray *xa, unsigned long index)
{
	void *old;

	LOCKED(old, xa_lock_irq, xa_unlock_irq, xa, __xa_erase(xa, index));
	return old;
}
EXPORT_SYMBOL(xa_erase_irq);

int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	if (radix_load(xa->xa_head, index))
		return -EBUSY;
	return xa_err(store(xa, index, entry ? entry : RADIX_RESERVED, gfp));
}
EXPORT_SYMBOL(__xa_insert);

int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	int error;

	LOCKED(error, xa_lock, xa_unlock, xa, __xa_insert(xa, index, entry, gfp));
	return error;
}
EXPORT_SYMBOL(xa_insert);

int xa_insert_irq(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	int error;

	LOCKED(error, xa_lock_irq, xa_unlock_irq, xa, __xa_insert(xa, index, entry, gfp));
	return error;
}
EXPORT_SYMBOL(xa_insert_irq);

void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
{
	void *now = visible(radix_load(xa->xa_head, index));
	void *result;

	if (now != old)
		return now;
	result = __xa_store(xa, index, entry, gfp);
	return xa_is_err(result) ? result : old;
}
EXPORT_SYMBOL(__xa_cmpxchg);

void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)
{
	void *now;

	LOCKED(now, xa_lock, xa_unlock, xa, __xa_cmpxchg(xa, index, old, entry, gfp));
	return now;
}
EXPORT_SYMBOL(xa_cmpxchg);

int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	int error;

	LOCKED(error, xa_lock, xa_unlock, xa,
	       radix_load(xa->xa_head, index) ? 0 : __xa_insert(xa, index, NULL, gfp));
	return error;
}
EXPORT_SYMBOL(xa_reserve);

void xa_release(struct xarray *xa, unsigned long index)
{
	xa_lock(xa);
	if (radix_load(xa->xa_head, index) == RADIX_RESERVED)
		__xa_erase(xa, index);
	xa_unlock(xa);
}
EXPORT_SYMBOL(xa_release);

int __xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	u32 min = xa->xa_flags & XA_FLAGS_ZERO_BUSY ? max(limit.min, 1U) : limit.min;
	u32 index = min;
	void *old;

	if (min > limit.max || !radix_find_free(xa->xa_head, &index, limit.max))
		return -EBUSY;
	old = store(xa, index, entry ? entry : RADIX_RESERVED, gfp);
	if (xa_is_err(old))
		return xa_err(old);
	*id = index;
	return 0;
}
EXPORT_SYMBOL(__xa_alloc);

int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	int error;

	LOCKED(error, xa_lock, xa_unlock, xa, __xa_alloc(xa, id, entry, limit, gfp));
	return error;
}
EXPORT_SYMBOL(xa_alloc);

int xa_alloc_irq(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	int error;

	LOCKED(error, xa_lock_irq, xa_unlock_irq, xa, __xa_alloc(xa, id, entry, limit, gfp));
	return error;
}
EXPORT_SYMBOL(xa_alloc_irq);

int __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
		      gfp_t gfp)
{
	struct xa_limit upper = { .min = max(limit.min, *next), .max = limit.max };
	int error = __xa_alloc(xa, id, entry, upper, gfp);
	int again = 0;

	if (error == -EBUSY && upper.min > limit.min) {
		error = __xa_alloc(xa, id, entry, limit, gfp);
		again = 1;
	}
	if (error)
		return error;
	*next = *id + 1;
	return again;
}
EXPORT_SYMBOL(__xa_alloc_cyclic);

int xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
		    gfp_t gfp)
{
	int error;

	LOCKED(error, xa_lock, xa_unlock, xa, __xa_alloc_cyclic(xa, id, entry, limit, next, gfp));
	return error;
}
EXPORT_SYMBOL(xa_alloc_cyclic);

int xa_alloc_cyclic_irq(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, u32 *next,
			gfp_t gfp)
{
	int error;

	LOCKED(error, xa_lock_irq, xa_unlock_irq, xa,
	       __xa_alloc_cyclic(xa, id, entry, limit, next, gfp));
	return error;
}
EXPORT_SYMBOL(xa_alloc_cyclic_irq);

void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
{
	u32 at = *index;
	void *entry;

	rcu_read_lock();
	while ((entry = radix_find(READ_ONCE(xa->xa_head), &at, max, filter)) == RADIX_RESERVED &&
	       at < max)
		at++;
	rcu_read_unlock();
	entry = visible(entry);
	if (entry)
		*index = at;
	return entry;
}
EXPORT_SYMBOL(xa_find);

void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max, xa_mark_t filter)
{
	unsigned long next = *index + 1;
	void *entry;

	if (!next || next > max)
		return NULL;
	entry = xa_find(xa, &next, max, filter);
	if (entry)
		*index = next;
	return entry;
}
EXPORT_SYMBOL(xa_find_after);

unsigned int xa_extract(struct xarray *xa, void **dst, unsigned long start, unsigned long max,
			unsigned int n, xa_mark_t filter)
{
	unsigned int count = 0;
	unsigned long index = start;
	void *entry;

	for (entry = xa_find(xa, &index, max, filter); entry && count < n;
	     entry = xa_find_after(xa, &index, max, filter))
		dst[count++] = entry;
	return count;
}
EXPORT_SYMBOL(xa_extract);

bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	bool set;

	rcu_read_lock();
	set = radix_get_mark(READ_ONCE(xa->xa_head), index, mark);
	rcu_read_unlock();
	return set;
}
EXPORT_SYMBOL(xa_get_mark);

void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	gfp_t gfp = GFP_ATOMIC;
	const struct radix_ops ops = { node_alloc, node_free, &gfp };

	radix_set_mark(&xa->xa_head, index, mark, &ops);
}
EXPORT_SYMBOL(__xa_set_mark);

void __xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	radix_clear_mark(xa->xa_head, index, mark);
}
EXPORT_SYMBOL(__xa_clear_mark);

void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	xa_lock(xa);
	__xa_set_mark(xa, index, mark);
	xa_unlock(xa);
}
EXPORT_SYMBOL(xa_set_mark);

void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)
{
	xa_lock(xa);
	__xa_clear_mark(xa, index, mark);
	xa_unlock(xa);
}
EXPORT_SYMBOL(xa_clear_mark);

bool xa_marked(const struct xarray *xa, xa_mark_t mark)
{
	bool any;

	rcu_read_lock();
	any = radix_marked(READ_ONCE(xa->xa_head), mark);
	rcu_read_unlock();
	return any;
}
EXPORT_SYMBOL(xa_marked);

void xa_destroy(struct xarray *xa)
{
	gfp_t gfp = 0;
	const struct radix_ops ops = { node_alloc, node_free, &gfp };
	unsigned long flags;

	xa_lock_irqsave(xa, flags);
	radix_clear(&xa->xa_head, &ops);
	xa_unlock_irqrestore(xa, flags);
}
EXPORT_SYMBOL(xa_destroy);

int radix_tree_insert(struct xarray *root, unsigned long index, void *item)
{
	int error = xa_insert(root, index, item, GFP_NOWAIT);

	return error == -EBUSY ? -EEXIST : error;
}
EXPORT_SYMBOL(radix_tree_insert);
