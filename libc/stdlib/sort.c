/* qsort: a heap sort, so that no input makes it quadratic and no memory is needed. bsearch. */
#include <stdlib.h>
#include <string.h>

struct sort {
	char *base;
	size_t size;
	int (*compare)(const void *, const void *, void *);
	void *context;
};

static void swap(char *a, char *b, size_t size)
{
	if (((size_t)a | (size_t)b | size) % sizeof(int) == 0) {
		for (size_t i = 0; i < size / sizeof(int); i++) {
			int t = ((int *)a)[i];

			((int *)a)[i] = ((int *)b)[i];
			((int *)b)[i] = t;
		}
		return;
	}
	while (size--) {
		char t = *a;

		*a++ = *b;
		*b++ = t;
	}
}

/* Lets element i sink until no child is larger. */
static void sink(const struct sort *s, size_t i, size_t count)
{
	for (size_t child; (child = 2 * i + 1) < count; i = child) {
		char *c = s->base + child * s->size;

		if (child + 1 < count && s->compare(c, c + s->size, s->context) < 0)
			child++, c += s->size;
		char *p = s->base + i * s->size;

		if (s->compare(p, c, s->context) >= 0)
			return;
		swap(p, c, s->size);
	}
}

void qsort_r(void *base, size_t count, size_t size,
	     int (*compare)(const void *, const void *, void *), void *context)
{
	struct sort s = { base, size, compare, context };

	for (size_t i = count / 2; i-- > 0;)
		sink(&s, i, count);
	for (size_t i = count; i-- > 1;) {
		swap(s.base, s.base + i * size, size);
		sink(&s, 0, i);
	}
}

static int plain(const void *a, const void *b, void *context)
{
	int (*const *compare)(const void *, const void *) = context;

	return (*compare)(a, b);
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	qsort_r(base, count, size, plain, &compare);
}

void *bsearch(const void *key, const void *base, size_t count, size_t size,
	      int (*compare)(const void *, const void *))
{
	const char *first = base;

	while (count > 0) {
		const char *middle = first + count / 2 * size;
		int order = compare(key, middle);

		if (order == 0)
			return (void *)middle;
		if (order > 0) {
			first = middle + size;
			count -= count / 2 + 1;
		} else {
			count /= 2;
		}
	}
	return NULL;
}
