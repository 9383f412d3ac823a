/*
 * Buddy allocator (Knowlton, CACM 8 (1965) 623): taking splits the smallest block that is large enough, putting back
 * joins as long as the buddy (the frame number with one bit flipped) is free and whole.
 *
 * Owns nothing but the fields of struct buddy and of the frames' entries. A bit map of non-empty orders makes the
 * search one instruction; each split and each join is constant work, at most ten of them. No locking, no printing:
 * kernel/mm/page.c calls it with interrupts off.
 */
#include "mm/buddy.h"

void buddy_init(struct buddy *buddy, struct buddy_frame *frames)
{
	unsigned int order;

	buddy->frames = frames;
	buddy->nonempty = 0;
	buddy->free = 0;
	for (order = 0; order < BUDDY_ORDERS; order++)
		buddy->head[order] = BUDDY_NONE;
}

static void block_insert(struct buddy *buddy, uint32_t frame, unsigned int order)
{
	struct buddy_frame *entry = &buddy->frames[frame];
	uint32_t head = buddy->head[order];

	entry->flags |= BUDDY_FREE;
	entry->order = order;
	entry->prev = BUDDY_NONE;
	entry->next = head;
	if (head != BUDDY_NONE)
		buddy->frames[head].prev = frame;
	buddy->head[order] = frame;
	buddy->nonempty |= 1u << order;
}

static void block_remove(struct buddy *buddy, uint32_t frame, unsigned int order)
{
	struct buddy_frame *entry = &buddy->frames[frame];

	entry->flags &= ~BUDDY_FREE;
	entry->order = 0;
	if (entry->prev != BUDDY_NONE)
		buddy->frames[entry->prev].next = entry->next;
	else
		buddy->head[order] = entry->next;
	if (entry->next != BUDDY_NONE)
		buddy->frames[entry->next].prev = entry->prev;
	if (buddy->head[order] == BUDDY_NONE)
		buddy->nonempty &= ~(1u << order);
}

uint32_t buddy_take(struct buddy *buddy, unsigned int order)
{
	uint32_t candidates = buddy->nonempty >> order << order, frame;
	unsigned int have;

	if (!candidates)
		return BUDDY_NONE;
	have = (unsigned int)__builtin_ctz(candidates);
	frame = buddy->head[have];
	block_remove(buddy, frame, have);
	while (have > order) {
		have--;
		block_insert(buddy, frame + (1u << have), have);
	}
	buddy->free -= 1u << order;
	return frame;
}

void buddy_put(struct buddy *buddy, uint32_t frame, unsigned int order)
{
	uint32_t other;

	buddy->free += 1u << order;
	for (; order + 1 < BUDDY_ORDERS; order++) {
		other = frame ^ (1u << order);
		if (!(buddy->frames[other].flags & BUDDY_FREE) ||
		    buddy->frames[other].order != order)
			break;
		block_remove(buddy, other, order);
		frame &= ~(1u << order);
	}
	block_insert(buddy, frame, order);
}
