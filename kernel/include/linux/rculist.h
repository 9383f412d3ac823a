/*
 * List operations safe against RCU readers. Writers exclude each other with their own lock; readers
 * use the _rcu walks in a read section. A removed entry may be freed only after a grace period.
 */
#ifndef _LINUX_RCULIST_H
#define _LINUX_RCULIST_H

#include <linux/list.h>
#include <linux/rcupdate.h>

#define INIT_LIST_HEAD_RCU(list) INIT_LIST_HEAD(list)

static inline void __list_add_rcu(struct list_head *entry, struct list_head *prev,
				  struct list_head *next)
{
	entry->next = next;
	entry->prev = prev;
	rcu_assign_pointer(prev->next, entry);
	next->prev = entry;
}
static inline void list_add_rcu(struct list_head *entry, struct list_head *head)
{
	__list_add_rcu(entry, head, head->next);
}
static inline void list_add_tail_rcu(struct list_head *entry, struct list_head *head)
{
	__list_add_rcu(entry, head->prev, head);
}
/* Readers on entry still find their way on: only prev is poisoned. */
static inline void list_del_rcu(struct list_head *entry)
{
	__list_del_entry(entry);
	entry->prev = LIST_POISON2;
}
static inline void list_replace_rcu(struct list_head *old, struct list_head *entry)
{
	entry->next = old->next;
	entry->prev = old->prev;
	rcu_assign_pointer(entry->prev->next, entry);
	entry->next->prev = entry;
	old->prev = LIST_POISON2;
}
#define list_next_rcu(list) (*((struct list_head **)(&(list)->next)))
#define list_entry_rcu(ptr, type, member) container_of(READ_ONCE(ptr), type, member)
#define list_first_or_null_rcu(ptr, type, member)                                          \
	({                                                                                 \
		struct list_head *__list_head = (ptr);                                     \
		struct list_head *__list_next = READ_ONCE(__list_head->next);              \
		__list_head != __list_next ? list_entry(__list_next, type, member) : NULL; \
	})
#define list_for_each_entry_rcu(pos, head, member, cond...)                                    \
	for (pos = list_entry_rcu((head)->next, typeof(*pos), member); &pos->member != (head); \
	     pos = list_entry_rcu(pos->member.next, typeof(*pos), member))
#define list_for_each_entry_continue_rcu(pos, head, member)                                        \
	for (pos = list_entry_rcu(pos->member.next, typeof(*pos), member); &pos->member != (head); \
	     pos = list_entry_rcu(pos->member.next, typeof(*pos), member))

static inline void hlist_del_rcu(struct hlist_node *n)
{
	__hlist_del(n);
	n->pprev = LIST_POISON2;
}
static inline void hlist_del_init_rcu(struct hlist_node *n)
{
	if (!hlist_unhashed(n)) {
		__hlist_del(n);
		n->pprev = NULL;
	}
}
static inline void hlist_add_head_rcu(struct hlist_node *n, struct hlist_head *h)
{
	struct hlist_node *first = h->first;

	n->next = first;
	n->pprev = &h->first;
	rcu_assign_pointer(h->first, n);
	if (first)
		first->pprev = &n->next;
}
static inline void hlist_replace_rcu(struct hlist_node *old, struct hlist_node *node)
{
	node->next = old->next;
	node->pprev = old->pprev;
	rcu_assign_pointer(*node->pprev, node);
	if (node->next)
		node->next->pprev = &node->next;
	old->pprev = LIST_POISON2;
}
#define hlist_first_rcu(head) READ_ONCE((head)->first)
#define hlist_next_rcu(node) READ_ONCE((node)->next)
#define hlist_for_each_entry_rcu(pos, head, member, cond...)                                \
	for (pos = hlist_entry_safe(READ_ONCE((head)->first), typeof(*(pos)), member); pos; \
	     pos = hlist_entry_safe(READ_ONCE((pos)->member.next), typeof(*(pos)), member))

#endif
