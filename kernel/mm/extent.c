/*
 * Extents: who has which pages of an address range.
 *
 * Taking looks into the bin that certainly fits first (every extent in it is large enough), then searches the one bin
 * whose extents may fit; giving back joins with both neighbours, which the ordered list names. Both are constant work
 * but for the search in one bin. Invariant: neighbours are never both free; every page belongs to one extent.
 * No locking, no allocation: kernel/mm/vmalloc.c brings both.
 */
#include "mm/extent.h"

static unsigned int bin_of(uint32_t count)
{
	unsigned int bin = 31 - (unsigned int)__builtin_clz(count);

	return bin < EXTENT_BINS ? bin : EXTENT_BINS - 1;
}

static struct extent **bucket_of(struct extent_map *map, uint32_t first)
{
	return &map->buckets[(first * 2654435761u) >> 23];
}

static void list_insert(struct extent **head, struct extent *extent)
{
	extent->prev = NULL;
	extent->next = *head;
	if (*head)
		(*head)->prev = extent;
	*head = extent;
}

static void list_remove(struct extent **head, struct extent *extent)
{
	if (extent->prev)
		extent->prev->next = extent->next;
	else
		*head = extent->next;
	if (extent->next)
		extent->next->prev = extent->prev;
}

static void bin_insert(struct extent_map *map, struct extent *extent)
{
	list_insert(&map->bins[bin_of(extent->count)], extent);
}

static void bin_remove(struct extent_map *map, struct extent *extent)
{
	list_remove(&map->bins[bin_of(extent->count)], extent);
}

void extent_map_init(struct extent_map *map, struct extent *whole, uint32_t first, uint32_t count)
{
	*map = (struct extent_map){ .lowest = whole, .free = count };
	*whole = (struct extent){ .first = first, .count = count };
	bin_insert(map, whole);
}

static struct extent *free_find(struct extent_map *map, uint32_t count)
{
	unsigned int low = bin_of(count), bin;
	struct extent *extent;

	for (bin = count & (count - 1) ? low + 1 : low; bin < EXTENT_BINS - 1; bin++) {
		if (map->bins[bin])
			return map->bins[bin];
	}
	for (extent = map->bins[EXTENT_BINS - 1]; extent; extent = extent->next) {
		if (extent->count >= count)
			return extent;
	}
	for (extent = map->bins[low]; extent; extent = extent->next) {
		if (extent->count >= count)
			return extent;
	}
	return NULL;
}

/* spare becomes the free upper part of extent from its page count on. */
static void split(struct extent_map *map, struct extent *extent, uint32_t count,
		  struct extent *spare)
{
	*spare = (struct extent){
		.first = extent->first + count,
		.count = extent->count - count,
		.lower = extent,
		.higher = extent->higher,
	};
	if (extent->higher)
		extent->higher->lower = spare;
	extent->higher = spare;
	extent->count = count;
	bin_insert(map, spare);
}

struct extent *extent_take(struct extent_map *map, uint32_t count, struct extent *spare,
			   bool *spare_used)
{
	struct extent *extent = count ? free_find(map, count) : NULL;

	*spare_used = false;
	if (!extent)
		return NULL;
	bin_remove(map, extent);
	if (extent->count > count) {
		split(map, extent, count, spare);
		*spare_used = true;
	}
	extent->taken = true;
	list_insert(bucket_of(map, extent->first), extent);
	map->free -= count;
	return extent;
}

struct extent *extent_find(const struct extent_map *map, uint32_t first)
{
	struct extent *extent;

	for (extent = *bucket_of((struct extent_map *)map, first); extent; extent = extent->next) {
		if (extent->first == first)
			return extent;
	}
	return NULL;
}

/* Takes the neighbour behind extent into it. */
static struct extent *absorb_higher(struct extent_map *map, struct extent *extent)
{
	struct extent *higher = extent->higher;

	bin_remove(map, higher);
	extent->count += higher->count;
	extent->higher = higher->higher;
	if (higher->higher)
		higher->higher->lower = extent;
	return higher;
}

unsigned int extent_give(struct extent_map *map, struct extent *extent, struct extent *unused[2])
{
	struct extent *lower = extent->lower;
	unsigned int count = 0;

	list_remove(bucket_of(map, extent->first), extent);
	extent->taken = false;
	map->free += extent->count;
	if (extent->higher && !extent->higher->taken)
		unused[count++] = absorb_higher(map, extent);
	if (lower && !lower->taken) {
		bin_remove(map, lower);
		lower->count += extent->count;
		lower->higher = extent->higher;
		if (extent->higher)
			extent->higher->lower = lower;
		unused[count++] = extent;
		extent = lower;
	}
	bin_insert(map, extent);
	return count;
}
