/*
 * Who exports which symbol. Of several modules with one symbol the last counts. modules.symbols lists them in the order in
 * which kmod's table has them: 2,048 buckets by P. Hsieh's hash (http://www.azillionmonkeys.com/qed/hash.html), each sorted by
 * name; so that the file is the same to the byte.
 */
#include <stdlib.h>
#include <string.h>
#include "guest/sbin/depmod/depmod.h"

#define BUCKETS 2048

static uint32_t pair(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8;
}

static uint32_t hash_rest(uint32_t hash, const unsigned char *p, size_t rest)
{
	switch (rest) {
	case 3:
		hash += pair(p);
		hash ^= hash << 16;
		hash ^= (uint32_t)(signed char)p[2] << 18;
		return hash + (hash >> 11);
	case 2:
		hash += pair(p);
		hash ^= hash << 11;
		return hash + (hash >> 17);
	case 1:
		hash += (uint32_t)(signed char)*p;
		hash ^= hash << 10;
		return hash + (hash >> 1);
	}
	return hash;
}

static uint32_t hash_of(const char *name)
{
	const unsigned char *p = (const unsigned char *)name;
	size_t length = strlen(name);
	uint32_t hash = length;

	for (size_t i = length / 4; i > 0; i--, p += 4) {
		hash += pair(p);
		hash = (hash << 16) ^ ((pair(p + 2) << 11) ^ hash);
		hash += hash >> 11;
	}
	hash = hash_rest(hash, p, length & 3);
	hash ^= hash << 3;
	hash += hash >> 5;
	hash ^= hash << 4;
	hash += hash >> 17;
	hash ^= hash << 25;
	return hash + (hash >> 6);
}

/* By bucket, name, and the owner's place: of equals the last counts. */
static int compare(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	if (x->bucket != y->bucket)
		return x->bucket < y->bucket ? -1 : 1;
	int order = strcmp(x->name, y->name);

	if (order)
		return order;
	return x->owner->rank < y->owner->rank ? -1 : x->owner->rank > y->owner->rank;
}

static void collect(struct symbols *symbols, const struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		const char *name;

		for (uint32_t s = 0; (s = kmod_file_next_export(&tree->list[i].file, s, &name));) {
			if (symbols->count == symbols->room) {
				symbols->room = symbols->room * 2 + 64;
				symbols->list = kmod_need(realloc(
					symbols->list, symbols->room * sizeof(*symbols->list)));
			}
			symbols->list[symbols->count++] =
				(struct symbol){ name, hash_of(name) % BUCKETS, &tree->list[i] };
		}
	}
}

void symbols_make(struct symbols *symbols, const struct tree *tree)
{
	size_t kept = 0;

	collect(symbols, tree);
	if (symbols->count)
		qsort(symbols->list, symbols->count, sizeof(*symbols->list), compare);
	for (size_t i = 0; i < symbols->count; i++) {
		if (kept && strcmp(symbols->list[kept - 1].name, symbols->list[i].name) == 0)
			kept--;
		symbols->list[kept++] = symbols->list[i];
	}
	symbols->count = kept;
}

static int by_name(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	if (x->bucket != y->bucket)
		return x->bucket < y->bucket ? -1 : 1;
	return strcmp(x->name, y->name);
}

struct entry *symbols_owner(const struct symbols *symbols, const char *name)
{
	struct symbol key = { name, hash_of(name) % BUCKETS, NULL }, *found = NULL;

	if (symbols->count)
		found = bsearch(&key, symbols->list, symbols->count, sizeof(key), by_name);
	return found ? found->owner : NULL;
}
