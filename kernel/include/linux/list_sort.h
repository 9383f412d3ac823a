/* Stable merge sort of lists, no extra memory. Any context. */
#ifndef _LINUX_LIST_SORT_H
#define _LINUX_LIST_SORT_H

#include <linux/types.h>

/* cmp: > 0 when a must come after b. */
void list_sort(void *priv, struct list_head *head,
	       int (*cmp)(void *priv, struct list_head *a, struct list_head *b));

#endif
