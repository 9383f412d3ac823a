/*
 * Arena: disjoint ranges of numbers (ports, addresses), each of which may hold ranges inside it. The node is part
 * of the caller's struct; finding, adding and removing are O(log n) per level. No allocation, no lock: the caller
 * serialises. Pure: also compiled for the host.
 *
 * Ranges are (first, last), both inclusive, first <= last; so the whole space 0..UINT_MAX is a range.
 */
#ifndef _RAKIT_ARENA_H
#define _RAKIT_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_node {
	unsigned int first;	   /* first number of the range */
	unsigned int last;	   /* last number of the range */
	unsigned int height;	   /* of the subtree rooted here; 0: not in any arena */
	struct arena_node *left;   /* siblings below first */
	struct arena_node *right;  /* siblings above last */
	struct arena_node *parent; /* range that this one lies in, NULL for a root */
	struct arena_node *inside; /* root of the tree of ranges in this one */
};

/* Whether two ranges have a number in common. */
static inline bool range_overlaps(unsigned int first1, unsigned int last1, unsigned int first2,
				  unsigned int last2)
{
	return first1 <= last2 && first2 <= last1;
}

/* Whether the first range contains the whole second one. */
static inline bool range_contains(unsigned int first1, unsigned int last1, unsigned int first2,
				  unsigned int last2)
{
	return first1 <= first2 && last2 <= last1;
}

/* Makes node the range first..last, in no arena and with nothing inside. */
void arena_node_init(struct arena_node *node, unsigned int first, unsigned int last);

/* The lowest range directly inside parent that overlaps first..last, or NULL. */
struct arena_node *arena_find(const struct arena_node *parent, unsigned int first,
			      unsigned int last);

/*
 * Puts node directly inside parent. Returns NULL, or what is in the way: a range inside parent that overlaps, or
 * parent itself if node does not fit in it. Nothing changes then.
 */
struct arena_node *arena_add(struct arena_node *parent, struct arena_node *node);

/*
 * Puts node inside parent, taking ranges that it covers entirely into itself, or going down into a range that
 * covers it. Returns NULL, or a range that overlaps in part (nothing changes then).
 */
struct arena_node *arena_insert(struct arena_node *parent, struct arena_node *node);

/* Takes node out; what is inside it goes with it. False: it is in no arena. */
bool arena_remove(struct arena_node *node);

/* Takes node out and leaves what was inside it in its place. False: it is in no arena. */
bool arena_dissolve(struct arena_node *node);

/*
 * Finds a free range of size numbers (>= 1) directly inside parent, within lowest..highest, whose first number is
 * a multiple of align (a power of two). True: *first is set to the lowest such.
 */
bool arena_find_free(const struct arena_node *parent, unsigned int size, unsigned int lowest,
		     unsigned int highest, unsigned int align, unsigned int *first);

/* The lowest range directly inside parent whose first number is at least minimum, or NULL. */
struct arena_node *arena_from(const struct arena_node *parent, unsigned int minimum);

/* The sibling that follows node, or NULL. */
struct arena_node *arena_after(const struct arena_node *node);

#endif
