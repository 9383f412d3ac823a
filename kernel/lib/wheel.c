/*
 * The hierarchical timing wheel of Varghese and Lauck (SOSP 1987). A node hangs at the level whose
 * slots are just fine enough for its distance from now; when the finer level below has gone round
 * once, the nodes of the current coarse slot are added anew and so come to finer slots in time.
 * Ticks are compared modulo 2^32. Pure; the caller locks.
 */
#include <stddef.h>
#include "lib/wheel.h"

static void push(struct wheel_node **slot, struct wheel_node *node)
{
	node->next = *slot;
	if (node->next)
		node->next->pprev = &node->next;
	node->pprev = slot;
	*slot = node;
}

void wheel_remove(struct wheel_node *node)
{
	*node->pprev = node->next;
	if (node->next)
		node->next->pprev = node->pprev;
	node->pprev = NULL;
}

static unsigned int level_shift(unsigned int level)
{
	return WHEEL_FINE_BITS + level * WHEEL_COARSE_BITS;
}

void wheel_add(struct wheel *wheel, struct wheel_node *node)
{
	uint32_t distance = node->expires - wheel->now, at = node->expires;

	if ((int32_t)distance < 0) {
		push(&wheel->fine[wheel->now % WHEEL_FINE_SLOTS], node);
		return;
	}
	if (distance < WHEEL_FINE_SLOTS) {
		push(&wheel->fine[at % WHEEL_FINE_SLOTS], node);
		return;
	}
	for (unsigned int level = 0; level < WHEEL_COARSE_LEVELS; level++) {
		if (level == WHEEL_COARSE_LEVELS - 1 || distance >> level_shift(level + 1) == 0) {
			push(&wheel->coarse[level][(at >> level_shift(level)) % WHEEL_COARSE_SLOTS],
			     node);
			return;
		}
	}
}

/* Distributes the current slot of a level anew; returns its number. */
static unsigned int cascade(struct wheel *wheel, unsigned int level)
{
	unsigned int slot = (wheel->now >> level_shift(level)) % WHEEL_COARSE_SLOTS;
	struct wheel_node *list = wheel->coarse[level][slot];

	wheel->coarse[level][slot] = NULL;
	while (list) {
		struct wheel_node *node = list;

		list = node->next;
		wheel_add(wheel, node);
	}
	return slot;
}

void wheel_tick(struct wheel *wheel, struct wheel_node **due)
{
	unsigned int slot = wheel->now % WHEEL_FINE_SLOTS;

	if (!slot)
		for (unsigned int level = 0; level < WHEEL_COARSE_LEVELS && !cascade(wheel, level);
		     level++)
			;
	*due = wheel->fine[slot];
	wheel->fine[slot] = NULL;
	if (*due)
		(*due)->pprev = due;
	wheel->now++;
}
