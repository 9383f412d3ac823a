/*
 * kmod's index file: a trie whose node holds what its keys have in common, the values that end there, and
 * children by the next character. Numbers are big-endian. Children come before their parent; the reference
 * to a node is its offset with three flags in the upper bits for what the node has. Layout: magic,
 * version 2.1, reference to the root, nodes.
 *
 * The trie is never built in memory: the sorted keys are one, cut where they differ.
 */
#include <stdlib.h>
#include <string.h>
#include "guest/sbin/depmod/depmod.h"

#define MAGIC 0xb007f457u
#define VERSION 0x00020001u
#define HAS_PREFIX 0x80000000u
#define HAS_VALUES 0x40000000u
#define HAS_CHILDREN 0x20000000u

void index_add(struct index *index, const char *key, const char *value, uint32_t priority)
{
	if (index->count == index->room) {
		index->room = index->room * 2 + 64;
		index->list = kmod_need(realloc(index->list, index->room * sizeof(*index->list)));
	}
	for (const char *p = key; *p; p++)
		if (*p & 0x80) {
			kmod_warning("%s: not ASCII, left out of the index\n", key);
			return;
		}
	index->list[index->count] = (struct index_value){ kmod_copy(key), kmod_copy(value),
							  priority, index->count };
	index->count++;
}

static int compare(const void *a, const void *b)
{
	const struct index_value *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	if (order)
		return order;
	if (x->priority != y->priority)
		return x->priority < y->priority ? -1 : 1;
	return x->arrival > y->arrival ? -1 : 1; /* the last comes first */
}

static void put(FILE *to, uint32_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		putc(value >> shift & 0xff, to);
}

static size_t common_length(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

/* The values list[0..count), all with the same first `depth` characters, as one node. */
static uint32_t write_node(const struct index_value *list, size_t count, size_t depth, FILE *to)
{
	uint32_t child[128], reference;
	int first = 128, last = -1;
	/* the root is in front of all keys, even if they have something in common */
	size_t end = count && depth ? common_length(list[0].key, list[count - 1].key) : depth;
	size_t values = 0;

	while (values < count && !list[values].key[end])
		values++;
	memset(child, 0, sizeof(child));
	for (size_t i = values, next; i < count; i = next) {
		int c = (unsigned char)list[i].key[end];

		for (next = i; next < count && list[next].key[end] == c;)
			next++;
		child[c] = write_node(list + i, next - i, end + 1, to);
		first = first < c ? first : c;
		last = c;
	}
	reference = ftell(to);
	if (end > depth) {
		fwrite(list[0].key + depth, 1, end - depth, to);
		putc(0, to);
		reference |= HAS_PREFIX;
	}
	if (last >= 0) {
		putc(first, to);
		putc(last, to);
		for (int c = first; c <= last; c++)
			put(to, child[c]);
		reference |= HAS_CHILDREN;
	}
	if (values) {
		put(to, values);
		for (size_t i = 0; i < values; i++) {
			put(to, list[i].priority);
			fwrite(list[i].value, 1, strlen(list[i].value) + 1, to);
		}
		reference |= HAS_VALUES;
	}
	return reference;
}

void index_write(struct index *index, FILE *to)
{
	if (index->count)
		qsort(index->list, index->count, sizeof(*index->list), compare);
	put(to, MAGIC);
	put(to, VERSION);
	put(to, 0);
	uint32_t root = write_node(index->list, index->count, 0, to);

	fseek(to, 8, SEEK_SET);
	put(to, root);
}
