/*
 * Address ranges given out of one large range: pure bookkeeping in units of pages, for the vmalloc area. Boundary tags in
 * an ordered list, free extents also in lists by size, as in vmem (Bonwick and Adams, USENIX 2001).
 */
#ifndef MM_EXTENT_H
#define MM_EXTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXTENT_BINS 20
#define EXTENT_BUCKETS 512

/* A range of pages, free or taken. The caller provides the memory. */
struct extent {
	uint32_t first, count; /* pages [first, first + count) */
	bool taken;
	struct extent *lower, *higher; /* neighbours by address */
	struct extent *next, *prev;    /* free: in its bin; taken: in its hash bucket */
};

struct extent_map {
	struct extent *bins[EXTENT_BINS];	/* free ones of 2^n .. 2^(n+1)-1 pages */
	struct extent *buckets[EXTENT_BUCKETS]; /* taken ones by first page */
	struct extent *lowest;
	uint32_t free; /* pages */
};

/* whole becomes the one free extent [first, first + count). */
void extent_map_init(struct extent_map *map, struct extent *whole, uint32_t first, uint32_t count);
/*
 * Takes count pages. spare is used for the rest if the extent found is larger, and *spare_used tells.
 * NULL: no free extent is large enough.
 */
struct extent *extent_take(struct extent_map *map, uint32_t count, struct extent *spare,
			   bool *spare_used);
/* The taken extent that begins at page first, or NULL. */
struct extent *extent_find(const struct extent_map *map, uint32_t first);
/*
 * Gives a taken extent back and joins it with free neighbours. Descriptors that are not needed any more (at most two) are
 * stored in unused[]; returns how many.
 */
unsigned int extent_give(struct extent_map *map, struct extent *extent, struct extent *unused[2]);

#endif
