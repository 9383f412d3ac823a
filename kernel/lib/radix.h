/*
 * A sparse array: a tree of nodes with 32 slots, indexed by 32-bit numbers, as deep as its largest
 * index needs. Each entry has three marks that can be searched for, and (in arrays that give out
 * free numbers) a "busy" bit.
 */
#ifndef LIB_RADIX_H
#define LIB_RADIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RADIX_BITS 5
#define RADIX_SLOTS (1 << RADIX_BITS)
#define RADIX_MARKS 3
#define RADIX_BUSY 3 /* the "mark" of entries that are taken */
#define RADIX_ANY 8  /* search for entries of any mark */
#define RADIX_DEPTH_MAX 7

struct radix_node {
	struct radix_node *parent; /* NULL: this is the root */
	uint8_t shift;		   /* of the index, for this node's slots */
	uint8_t offset;		   /* slot in parent */
	uint8_t count;		   /* slots that are not NULL */
	uint32_t
		marks[RADIX_MARKS + 1]; /* bit per slot; busy: slot (leaf) taken, or subtree full */
	void *slots[RADIX_SLOTS];	/* entries (shift 0) or nodes */
	void *spare[2];			/* for the owner, while the node is waiting to be freed */
};

/*
 * The head: NULL (empty), the entry of index 0 alone, or a node's address with bit 1 set. Entries
 * have bit 1 clear.
 */
struct radix_ops {
	struct radix_node *(*alloc)(void *context); /* zeroed; NULL: no memory */
	void (*free)(void *context, struct radix_node *node);
	void *context;
};

/* An entry that takes a place but reads as NULL. */
extern const uint32_t radix_reserved_storage;
#define RADIX_RESERVED ((void *)&radix_reserved_storage)

/* The entry at index; RADIX_RESERVED where only a place is taken. */
void *radix_load(void *head, uint32_t index);
/*
 * radix_store - put entry (NULL: take out) at index *old receives what was there. Returns false
 * without memory; then nothing has changed. Storing NULL or replacing an entry never fails. The
 * marks of a new entry are clear; a replaced one keeps them.
 */
bool radix_store(void **head, uint32_t index, void *entry, void **old, const struct radix_ops *ops);
bool radix_get_mark(void *head, uint32_t index, unsigned int mark);
/*
 * True if there is an entry to mark. The single entry of index 0 gets a node first, which may fail.
 */
bool radix_set_mark(void **head, uint32_t index, unsigned int mark, const struct radix_ops *ops);
void radix_clear_mark(void *head, uint32_t index, unsigned int mark);
bool radix_marked(void *head, unsigned int mark);
/*
 * The first entry at *index … max with the mark (RADIX_ANY: any, also RADIX_RESERVED); *index
 * becomes its place. NULL: none.
 */
void *radix_find(void *head, uint32_t *index, uint32_t max, unsigned int mark);
/* The first index in *index … max that holds nothing. */
bool radix_find_free(void *head, uint32_t *index, uint32_t max);
/* Frees all nodes. */
void radix_clear(void **head, const struct radix_ops *ops);

#endif
