/* Heap sort: in place, no memory, O(n log n) also in the worst case. Any context. */
#ifndef _LINUX_SORT_H
#define _LINUX_SORT_H
#include <linux/types.h>
/* num elements of size bytes; cmp as for qsort; swap NULL: bytes are exchanged. */
void sort(void *base, size_t num, size_t size, int (*cmp)(const void *, const void *),
	  void (*swap)(void *, void *, int));
#endif
