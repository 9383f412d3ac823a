/* Singly linked lists that many may add to, in any context, without a lock, and one takes whole. */
#ifndef _LINUX_LLIST_H
#define _LINUX_LLIST_H

#include <linux/container_of.h>
#include <linux/irqflags.h>
#include <linux/types.h>

struct llist_head {
	struct llist_node *first;
};
struct llist_node {
	struct llist_node *next;
};
#define LLIST_HEAD_INIT(name) \
	{                     \
		NULL          \
	}
#define LLIST_HEAD(name) struct llist_head name = LLIST_HEAD_INIT(name)
static inline void init_llist_head(struct llist_head *list)
{
	list->first = NULL;
}
#define llist_entry(ptr, type, member) container_of(ptr, type, member)
#define llist_for_each(pos, node) for ((pos) = (node); pos; (pos) = (pos)->next)
#define llist_for_each_safe(pos, n, node) \
	for ((pos) = (node); (pos) && ((n) = (pos)->next, true); (pos) = (n))
#define __llist_entry_or_null(ptr, type, member)                \
	({                                                      \
		struct llist_node *__ll = (ptr);                \
		__ll ? container_of(__ll, type, member) : NULL; \
	})
#define llist_for_each_entry(pos, node, member)                                  \
	for ((pos) = __llist_entry_or_null(node, typeof(*(pos)), member); (pos); \
	     (pos) = __llist_entry_or_null((pos)->member.next, typeof(*(pos)), member))
#define llist_for_each_entry_safe(pos, n, node, member)                                     \
	for ((pos) = __llist_entry_or_null(node, typeof(*(pos)), member);                   \
	     (pos) &&                                                                       \
	     ((n) = __llist_entry_or_null((pos)->member.next, typeof(*(n)), member), true); \
	     (pos) = (n))
static inline bool llist_empty(const struct llist_head *head)
{
	return READ_ONCE(head->first) == NULL;
}
/* True if the list was empty before. */
bool llist_add_batch(struct llist_node *new_first, struct llist_node *new_last,
		     struct llist_head *head);
static inline bool llist_add(struct llist_node *entry, struct llist_head *head)
{
	return llist_add_batch(entry, entry, head);
}
/* Empties the list: its nodes, newest first. */
struct llist_node *llist_del_all(struct llist_head *head);
struct llist_node *llist_del_first(struct llist_head *head);
struct llist_node *llist_reverse_order(struct llist_node *head);

#endif
