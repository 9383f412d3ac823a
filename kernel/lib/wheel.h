/*
 * A timer wheel: nodes by the tick at which they are due. Adding and removing take constant time; a
 * tick takes constant time plus what is due, and now and then moves the nodes of one coarse slot to
 * finer ones.
 */
#ifndef LIB_WHEEL_H
#define LIB_WHEEL_H

#include <stdbool.h>
#include <stdint.h>

#define WHEEL_FINE_BITS 8   /* the finest level: 256 slots of one tick */
#define WHEEL_COARSE_BITS 6 /* four coarser ones: 64 slots each, of 2^8, 2^14, 2^20, 2^26 ticks */
#define WHEEL_COARSE_LEVELS 4
#define WHEEL_FINE_SLOTS (1 << WHEEL_FINE_BITS)
#define WHEEL_COARSE_SLOTS (1 << WHEEL_COARSE_BITS)

struct wheel_node {
	struct wheel_node *next, **pprev; /* pprev NULL: in no wheel */
	uint32_t expires;		  /* tick; compared modulo 2^32 */
};

struct wheel {
	uint32_t now; /* the next tick to be processed */
	struct wheel_node *fine[WHEEL_FINE_SLOTS];
	struct wheel_node *coarse[WHEEL_COARSE_LEVELS][WHEEL_COARSE_SLOTS];
};

/* Adds a node that is in no wheel; one that is due already comes with the next tick. */
void wheel_add(struct wheel *wheel, struct wheel_node *node);
/* Takes a node out of its wheel, or of a list returned by wheel_tick(). */
void wheel_remove(struct wheel_node *node);
/*
 * Processes one tick: moves what is due to *due, whose nodes count as being in the wheel until
 * removed. wheel->now moves on.
 */
void wheel_tick(struct wheel *wheel, struct wheel_node **due);

#endif
