/*
 * The older name of the XArray: see linux/xarray.h for context and cost. The user does the locking
 * of changes.
 */
#ifndef _LINUX_RADIX_TREE_H
#define _LINUX_RADIX_TREE_H

#include <linux/xarray.h>

#define radix_tree_root xarray
#define RADIX_TREE_INIT(name, mask) XARRAY_INIT(name, 0)
#define RADIX_TREE(name, mask) struct radix_tree_root name = RADIX_TREE_INIT(name, mask)
#define INIT_RADIX_TREE(root, mask) xa_init(root)
#define RADIX_TREE_MAX_TAGS 3

static inline bool radix_tree_empty(const struct radix_tree_root *root)
{
	return xa_empty(root);
}
/* 0, -EEXIST, -ENOMEM. */
int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item);
static inline void *radix_tree_lookup(struct radix_tree_root *root, unsigned long index)
{
	return xa_load(root, index);
}
/* What was there, or NULL. */
static inline void *radix_tree_delete(struct radix_tree_root *root, unsigned long index)
{
	return xa_erase(root, index);
}
static inline unsigned int radix_tree_gang_lookup(struct radix_tree_root *root, void **results,
						  unsigned long first_index, unsigned int max_items)
{
	return xa_extract(root, results, first_index, ULONG_MAX, max_items, XA_PRESENT);
}
#define radix_tree_preload(gfp) ((void)(gfp), preempt_disable(), 0)
#define radix_tree_preload_end() preempt_enable()
#define radix_tree_tag_set(root, index, tag) xa_set_mark(root, index, tag)
#define radix_tree_tag_clear(root, index, tag) xa_clear_mark(root, index, tag)
#define radix_tree_tag_get(root, index, tag) xa_get_mark(root, index, tag)
#define radix_tree_tagged(root, tag) xa_marked(root, tag)

#endif
