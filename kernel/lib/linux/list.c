/* Lists: the merge sort, and lists that are added to without a lock. */
#include <linux/export.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/llist.h>
#include <asm/cmpxchg.h>

#define RUNS_MAX 32 /* sorted runs of 1, 2, 4 … entries */

typedef int (*list_compare)(void *priv, struct list_head *a, struct list_head *b);

/*
 * Two sorted chains (linked by next only, NULL at the end) become one; a's entries come first among
 * equals.
 */
static struct list_head *merge(void *priv, list_compare cmp, struct list_head *a,
			       struct list_head *b)
{
	struct list_head *first = NULL, **link = &first;

	while (a && b) {
		struct list_head **smaller = cmp(priv, a, b) <= 0 ? &a : &b;

		*link = *smaller;
		link = &(*smaller)->next;
		*smaller = *link;
	}
	*link = a ? a : b;
	return first;
}

static void rebuild(struct list_head *head, struct list_head *chain)
{
	INIT_LIST_HEAD(head);
	while (chain) {
		struct list_head *entry = chain;

		chain = entry->next;
		list_add_tail(entry, head);
	}
}

/*
 * Runs of powers of two, as bits of a binary counter: adding an entry carries by merging. Earlier
 * entries are in higher runs.
 */
void list_sort(void *priv, struct list_head *head, list_compare cmp)
{
	struct list_head *runs[RUNS_MAX] = { NULL };
	struct list_head *entry = head->next, *chain = NULL;

	while (entry != head) {
		struct list_head *run = entry;
		int i = 0;

		entry = entry->next;
		run->next = NULL;
		for (; i < RUNS_MAX - 1 && runs[i]; i++) {
			run = merge(priv, cmp, runs[i], run);
			runs[i] = NULL;
		}
		runs[i] = runs[i] ? merge(priv, cmp, runs[i], run) : run;
	}
	for (int i = 0; i < RUNS_MAX; i++)
		if (runs[i])
			chain = merge(priv, cmp, runs[i], chain);
	rebuild(head, chain);
}
EXPORT_SYMBOL(list_sort);

bool llist_add_batch(struct llist_node *new_first, struct llist_node *new_last,
		     struct llist_head *head)
{
	struct llist_node *first;

	do {
		new_last->next = first = READ_ONCE(head->first);
	} while (cmpxchg(&head->first, first, new_first) != first);
	return !first;
}
EXPORT_SYMBOL_GPL(llist_add_batch);

struct llist_node *llist_del_all(struct llist_head *head)
{
	return xchg(&head->first, NULL);
}
EXPORT_SYMBOL_GPL(llist_del_all);

/* One taker at a time. */
struct llist_node *llist_del_first(struct llist_head *head)
{
	struct llist_node *first;

	do {
		first = READ_ONCE(head->first);
		if (!first)
			return NULL;
	} while (cmpxchg(&head->first, first, first->next) != first);
	return first;
}
EXPORT_SYMBOL_GPL(llist_del_first);

struct llist_node *llist_reverse_order(struct llist_node *head)
{
	struct llist_node *reversed = NULL;

	while (head) {
		struct llist_node *next = head->next;

		head->next = reversed;
		reversed = head;
		head = next;
	}
	return reversed;
}
EXPORT_SYMBOL_GPL(llist_reverse_order);
