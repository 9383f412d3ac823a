/*
 * The sparse array behind XArray, IDR and the page cache.
 *
 * The tree grows at the top when an index does not fit and shrinks there when only slot 0 of the
 * root is used. A node's mark bit for a slot tells whether anything below the slot has the mark,
 * its busy bit whether everything below is taken; both are kept up to date on the way up, and
 * searches use them to skip subtrees. Readers may walk down while one writer changes the tree, if
 * nodes are freed only when no reader can be in them (the owner's free function sees to that):
 * every change is one pointer store. Pure; the owner locks writers out.
 */
#include "lib/radix.h"

const uint32_t radix_reserved_storage = 0;

static inline bool is_node(const void *head)
{
	return ((uintptr_t)head & 3) == 2;
}

static inline struct radix_node *to_node(const void *head)
{
	return (struct radix_node *)((uintptr_t)head & ~(uintptr_t)2);
}

static inline void *to_head(const struct radix_node *node)
{
	return (void *)((uintptr_t)node | 2);
}

/* The largest index a tree with this root holds. */
static inline uint32_t max_index(const struct radix_node *root)
{
	unsigned int bits = root->shift + RADIX_BITS;

	return bits >= 32 ? UINT32_MAX : (1u << bits) - 1;
}

static inline unsigned int slot_of(const struct radix_node *node, uint32_t index)
{
	return (index >> node->shift) % RADIX_SLOTS;
}

/* The leaf node that index belongs to, NULL if there is none. */
static struct radix_node *find_leaf(void *head, uint32_t index)
{
	struct radix_node *node;

	if (!is_node(head))
		return NULL;
	node = to_node(head);
	if (index > max_index(node))
		return NULL;
	while (node && node->shift)
		node = node->slots[slot_of(node, index)];
	return node;
}

void *radix_load(void *head, uint32_t index)
{
	struct radix_node *leaf;

	if (!is_node(head))
		return index ? NULL : head;
	leaf = find_leaf(head, index);
	return leaf ? leaf->slots[index % RADIX_SLOTS] : NULL;
}

static void set_busy_up(struct radix_node *node, unsigned int slot)
{
	for (;;) {
		node->marks[RADIX_BUSY] |= 1u << slot;
		/*
		 * The uppermost node has slots beyond 2^32 that nobody can use; they are never full
		 * together.
		 */
		if (node->marks[RADIX_BUSY] != UINT32_MAX || !node->parent)
			return;
		slot = node->offset;
		node = node->parent;
	}
}

static void clear_busy_up(struct radix_node *node, unsigned int slot)
{
	for (; node; slot = node->offset, node = node->parent)
		node->marks[RADIX_BUSY] &= ~(1u << slot);
}

static void set_mark_up(struct radix_node *node, unsigned int slot, unsigned int mark)
{
	for (; node && !(node->marks[mark] >> slot & 1); slot = node->offset, node = node->parent)
		node->marks[mark] |= 1u << slot;
}

static void clear_mark_up(struct radix_node *node, unsigned int slot, unsigned int mark)
{
	for (; node; slot = node->offset, node = node->parent) {
		node->marks[mark] &= ~(1u << slot);
		if (node->marks[mark])
			return;
	}
}

/* One level more, above. */
static bool grow(void **head, const struct radix_ops *ops)
{
	struct radix_node *node = ops->alloc(ops->context);
	struct radix_node *below = is_node(*head) ? to_node(*head) : NULL;

	if (!node)
		return false;
	node->shift = below ? below->shift + RADIX_BITS : 0;
	node->slots[0] = below ? (void *)below : *head;
	node->count = node->slots[0] != NULL;
	if (below) {
		for (unsigned int mark = 0; mark < RADIX_MARKS; mark++)
			node->marks[mark] = below->marks[mark] != 0;
		node->marks[RADIX_BUSY] = below->marks[RADIX_BUSY] == UINT32_MAX;
		below->parent = node;
		below->offset = 0;
	} else {
		node->marks[RADIX_BUSY] = node->count;
	}
	*(void *volatile *)head = to_head(node);
	return true;
}

/* While the root has nothing but slot 0, that becomes the root. */
static void shrink(void **head, const struct radix_ops *ops)
{
	while (is_node(*head)) {
		struct radix_node *root = to_node(*head);

		if (root->count > 1 || (root->count && !root->slots[0]))
			return;
		if (root->shift && root->count) {
			struct radix_node *below = root->slots[0];

			below->parent = NULL;
			*(void *volatile *)head = to_head(below);
		} else if (!root->count) {
			*(void *volatile *)head = NULL;
		} else {
			if (root->marks[0] | root->marks[1] | root->marks[2])
				return; /* the bare entry has no place for marks */
			*(void *volatile *)head = root->slots[0];
		}
		ops->free(ops->context, root);
	}
}

/* Takes out nodes that have become empty, from leaf upwards. */
static void prune(void **head, struct radix_node *leaf, const struct radix_ops *ops)
{
	while (leaf->parent && !leaf->count) {
		struct radix_node *parent = leaf->parent;

		*(void *volatile *)&parent->slots[leaf->offset] = NULL;
		parent->count--;
		ops->free(ops->context, leaf);
		leaf = parent;
	}
	shrink(head, ops);
}

/* The leaf for index, made if needed. Nodes made before memory ran out are taken back. */
static struct radix_node *make_leaf(void **head, uint32_t index, const struct radix_ops *ops)
{
	struct radix_node *node;

	while (!is_node(*head) || index > max_index(to_node(*head)))
		if (!grow(head, ops)) {
			shrink(head, ops);
			return NULL;
		}
	node = to_node(*head);
	while (node->shift) {
		unsigned int slot = slot_of(node, index);
		struct radix_node *below = node->slots[slot];

		if (!below) {
			below = ops->alloc(ops->context);
			if (!below) {
				prune(head, node, ops);
				return NULL;
			}
			below->shift = node->shift - RADIX_BITS;
			below->offset = slot;
			below->parent = node;
			node->count++;
			*(void *volatile *)&node->slots[slot] = below;
		}
		node = below;
	}
	return node;
}

static void erase(void **head, struct radix_node *leaf, uint32_t index, const struct radix_ops *ops)
{
	unsigned int slot = index % RADIX_SLOTS;

	*(void *volatile *)&leaf->slots[slot] = NULL;
	leaf->count--;
	for (unsigned int mark = 0; mark < RADIX_MARKS; mark++)
		if (leaf->marks[mark] >> slot & 1)
			clear_mark_up(leaf, slot, mark);
	clear_busy_up(leaf, slot);
	prune(head, leaf, ops);
}

bool radix_store(void **head, uint32_t index, void *entry, void **old, const struct radix_ops *ops)
{
	struct radix_node *leaf = find_leaf(*head, index);

	*old = radix_load(*head, index);
	if (!entry) {
		if (*old && leaf)
			erase(head, leaf, index, ops);
		else if (*old)
			*(void *volatile *)head = NULL;
		return true;
	}
	if (!leaf) {
		if (!index && !is_node(*head)) {
			*(void *volatile *)head = entry;
			return true;
		}
		leaf = make_leaf(head, index, ops);
		if (!leaf)
			return false;
	}
	if (!*old) {
		leaf->count++;
		set_busy_up(leaf, index % RADIX_SLOTS);
	}
	*(void *volatile *)&leaf->slots[index % RADIX_SLOTS] = entry;
	return true;
}

bool radix_get_mark(void *head, uint32_t index, unsigned int mark)
{
	struct radix_node *leaf = find_leaf(head, index);

	return leaf && (leaf->marks[mark] >> index % RADIX_SLOTS & 1);
}

bool radix_set_mark(void **head, uint32_t index, unsigned int mark, const struct radix_ops *ops)
{
	struct radix_node *leaf = find_leaf(*head, index);

	if (!leaf && !index && *head && !is_node(*head))
		leaf = make_leaf(head, index, ops);
	if (!leaf || !leaf->slots[index % RADIX_SLOTS])
		return false;
	set_mark_up(leaf, index % RADIX_SLOTS, mark);
	return true;
}

void radix_clear_mark(void *head, uint32_t index, unsigned int mark)
{
	struct radix_node *leaf = find_leaf(head, index);

	if (leaf && (leaf->marks[mark] >> index % RADIX_SLOTS & 1))
		clear_mark_up(leaf, index % RADIX_SLOTS, mark);
}

bool radix_marked(void *head, unsigned int mark)
{
	return is_node(head) && to_node(head)->marks[mark];
}

/* The first slot of node from `from` on that may hold what is searched for; RADIX_SLOTS: none. */
static unsigned int next_slot(const struct radix_node *node, unsigned int from, unsigned int mark)
{
	if (mark != RADIX_ANY) {
		uint32_t bits = node->marks[mark] & (UINT32_MAX << from);

		return bits ? (unsigned int)__builtin_ctz(bits) : RADIX_SLOTS;
	}
	while (from < RADIX_SLOTS && !node->slots[from])
		from++;
	return from;
}

void *radix_find(void *head, uint32_t *index, uint32_t max, unsigned int mark)
{
	uint32_t at = *index;

	if (!is_node(head)) {
		if (at || !head || mark != RADIX_ANY)
			return NULL;
		return head;
	}
	while (at <= max && at <= max_index(to_node(head))) {
		struct radix_node *node = to_node(head);
		unsigned int slot;
		uint64_t next;

		for (;;) {
			slot = next_slot(node, slot_of(node, at), mark);
			if (slot == RADIX_SLOTS)
				break;
			if (slot != slot_of(node, at))
				at = (at & ~((((uint64_t)1 << node->shift) << RADIX_BITS) - 1)) |
				     (uint32_t)slot << node->shift;
			if (!node->shift) {
				if (at > max)
					return NULL;
				*index = at;
				return node->slots[slot];
			}
			node = node->slots[slot];
			if (!node)
				return NULL; /* taken out under a reader: it looks again */
		}
		/* Nothing more below node: go on behind it. */
		next = ((uint64_t)at | ((((uint64_t)1 << node->shift) << RADIX_BITS) - 1)) + 1;
		if (next > max)
			return NULL;
		at = next;
	}
	return NULL;
}

bool radix_find_free(void *head, uint32_t *index, uint32_t max)
{
	uint32_t at = *index;

	if (!is_node(head)) {
		if (!at && head)
			at = 1;
		*index = at;
		return at <= max;
	}
	while (at <= max) {
		struct radix_node *node = to_node(head);
		uint64_t next;

		if (at > max_index(node))
			break;
		for (;;) {
			unsigned int slot = slot_of(node, at);
			uint32_t free = ~node->marks[RADIX_BUSY] & (UINT32_MAX << slot);

			if (!free)
				break;
			if ((unsigned int)__builtin_ctz(free) != slot) {
				uint64_t base = at &
						~((((uint64_t)1 << node->shift) << RADIX_BITS) - 1);
				uint64_t moved = base | (uint64_t)__builtin_ctz(free)
								<< node->shift;

				if (moved > max)
					return false;
				at = moved;
				slot = __builtin_ctz(free);
			}
			if (!node->shift || !node->slots[slot]) {
				*index = at;
				return true;
			}
			node = node->slots[slot];
		}
		next = ((uint64_t)at | ((((uint64_t)1 << node->shift) << RADIX_BITS) - 1)) + 1;
		if (next > max)
			return false;
		at = next;
	}
	*index = at;
	return at <= max;
}

void radix_clear(void **head, const struct radix_ops *ops)
{
	struct radix_node *node = is_node(*head) ? to_node(*head) : NULL;

	*head = NULL;
	while (node) {
		struct radix_node *below = NULL;

		if (node->shift) {
			unsigned int slot = next_slot(node, 0, RADIX_ANY);

			if (slot < RADIX_SLOTS) {
				below = node->slots[slot];
				node->slots[slot] = NULL;
			}
		}
		if (below) {
			node = below;
		} else {
			struct radix_node *parent = node->parent;

			ops->free(ops->context, node);
			node = parent;
		}
	}
}
