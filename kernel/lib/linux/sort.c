/* Sorting, searching, matching and checksums under Linux's names. */
#include <linux/sort.h>
#include <linux/bsearch.h>
#include <linux/crc32.h>
#include <linux/export.h>
#include <linux/glob.h>
#include "lib/crc.h"
#include "lib/glob.h"

static void swap_bytes(void *a, void *b, int size)
{
	for (char *x = a, *y = b; size; size--) {
		char t = *x;

		*x++ = *y;
		*y++ = t;
	}
}

struct sorting {
	char *base;
	size_t size;
	int (*cmp)(const void *, const void *);
	void (*swap)(void *, void *, int);
};

static void *element(const struct sorting *s, size_t index)
{
	return s->base + index * s->size;
}

/* Lets the element at root sink to its place in the heap of the first num. */
static void sift_down(const struct sorting *s, size_t root, size_t num)
{
	for (size_t child; (child = 2 * root + 1) < num; root = child) {
		if (child + 1 < num && s->cmp(element(s, child), element(s, child + 1)) < 0)
			child++;
		if (s->cmp(element(s, root), element(s, child)) >= 0)
			return;
		s->swap(element(s, root), element(s, child), (int)s->size);
	}
}

void sort(void *base, size_t num, size_t size, int (*cmp)(const void *, const void *),
	  void (*swap)(void *, void *, int))
{
	struct sorting s = { base, size, cmp, swap ?: swap_bytes };

	for (size_t i = num / 2; i-- > 0;)
		sift_down(&s, i, num);
	for (size_t last = num; last-- > 1;) {
		s.swap(element(&s, 0), element(&s, last), (int)size);
		sift_down(&s, 0, last);
	}
}
EXPORT_SYMBOL(sort);

void *bsearch(const void *key, const void *base, size_t num, size_t size,
	      int (*cmp)(const void *, const void *))
{
	const char *first = base;

	while (num) {
		const char *middle = first + num / 2 * size;
		int order = cmp(key, middle);

		if (!order)
			return (void *)middle;
		if (order > 0) {
			first = middle + size;
			num--;
		}
		num /= 2;
	}
	return NULL;
}
EXPORT_SYMBOL(bsearch);

bool glob_match(const char *pattern, const char *text)
{
	return glob_text(pattern, text);
}
EXPORT_SYMBOL(glob_match);

u32 crc32_le(u32 crc, const unsigned char *p, size_t len)
{
	return crc32_update(crc, p, len);
}
EXPORT_SYMBOL(crc32_le);
