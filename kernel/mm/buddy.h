/*
 * A buddy allocator over page frames: pure bookkeeping, so that host tests can run it. Blocks of 1 << order frames lie
 * on multiples of their size; two free buddies are always joined to one block of the next order.
 */
#ifndef MM_BUDDY_H
#define MM_BUDDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUDDY_ORDERS 11
#define BUDDY_NONE UINT32_MAX
#define BUDDY_FREE (1u << 21) /* in flags: a free block begins here */

/* The state of one frame; struct page has this shape (page.c asserts it). */
struct buddy_frame {
	uint32_t flags;
	uint32_t other[4];   /* not ours */
	uint32_t order;	     /* of the free block that begins here */
	uint32_t next, prev; /* in the list of its order, frame numbers or BUDDY_NONE */
};

/* Free blocks among a set of frames. */
struct buddy {
	struct buddy_frame *frames;  /* by frame number */
	uint32_t nonempty;	     /* bit n: head[n] is not BUDDY_NONE */
	uint32_t head[BUDDY_ORDERS]; /* first free block by order */
	uint32_t free;		     /* free frames */
};

/* No free block; frames is the table of all frames, valid for those handed in and for their buddies. */
void buddy_init(struct buddy *buddy, struct buddy_frame *frames);
/* A block of 1 << order frames, or BUDDY_NONE. */
uint32_t buddy_take(struct buddy *buddy, unsigned int order);
/* Puts a block back. frame is a multiple of 1 << order; no frame of it is free. */
void buddy_put(struct buddy *buddy, uint32_t frame, unsigned int order);

#endif
