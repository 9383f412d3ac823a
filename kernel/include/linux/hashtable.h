/*
 * Hash tables of fixed size (a power of two), chains of hlist_node. The user does the locking. Any
 * context.
 */
#ifndef _LINUX_HASHTABLE_H
#define _LINUX_HASHTABLE_H

#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/rculist.h>

#define DEFINE_HASHTABLE(name, bits) \
	struct hlist_head name[1 << (bits)] = { [0 ...((1 << (bits)) - 1)] = HLIST_HEAD_INIT }
#define DECLARE_HASHTABLE(name, bits) struct hlist_head name[1 << (bits)]
#define HASH_SIZE(name) (ARRAY_SIZE(name))
#define HASH_BITS(name) ilog2(HASH_SIZE(name))
#define hash_min(val, bits) (sizeof(val) <= 4 ? hash_32((u32)(val), bits) : hash_64(val, bits))
static inline void __hash_init(struct hlist_head *ht, unsigned int sz)
{
	while (sz)
		INIT_HLIST_HEAD(&ht[--sz]);
}
static inline bool __hash_empty(struct hlist_head *ht, unsigned int sz)
{
	while (sz)
		if (!hlist_empty(&ht[--sz]))
			return false;
	return true;
}
#define hash_init(table) __hash_init(table, HASH_SIZE(table))
#define hash_empty(table) __hash_empty(table, HASH_SIZE(table))
#define hash_add(table, node, key) hlist_add_head(node, &(table)[hash_min(key, HASH_BITS(table))])
#define hash_add_rcu(table, node, key) \
	hlist_add_head_rcu(node, &(table)[hash_min(key, HASH_BITS(table))])
#define hash_del(node) hlist_del_init(node)
#define hash_del_rcu(node) hlist_del_init_rcu(node)
#define hash_hashed(node) (!hlist_unhashed(node))
#define hash_for_each(name, bkt, obj, member)                                        \
	for ((bkt) = 0, obj = NULL; obj == NULL && (bkt) < HASH_SIZE(name); (bkt)++) \
		hlist_for_each_entry(obj, &(name)[bkt], member)
#define hash_for_each_safe(name, bkt, tmp, obj, member)                              \
	for ((bkt) = 0, obj = NULL; obj == NULL && (bkt) < HASH_SIZE(name); (bkt)++) \
		hlist_for_each_entry_safe(obj, tmp, &(name)[bkt], member)
#define hash_for_each_rcu(name, bkt, obj, member)                                    \
	for ((bkt) = 0, obj = NULL; obj == NULL && (bkt) < HASH_SIZE(name); (bkt)++) \
	hlist_for_each_entry_rcu(obj, &(name)[bkt], member)
#define hash_for_each_possible(name, obj, member, key) \
	hlist_for_each_entry(obj, &(name)[hash_min(key, HASH_BITS(name))], member)
#define hash_for_each_possible_rcu(name, obj, member, key) \
	hlist_for_each_entry_rcu(obj, &(name)[hash_min(key, HASH_BITS(name))], member)
#define hash_for_each_possible_safe(name, obj, tmp, member, key) \
	hlist_for_each_entry_safe(obj, tmp, &(name)[hash_min(key, HASH_BITS(name))], member)

#endif
