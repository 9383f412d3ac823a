/*
 * Arena: disjoint ranges in a tree of trees.
 *
 * The ranges directly inside a range are an AVL tree ordered by number; since they are disjoint, ordering by first
 * and by last is the same, and the lowest range whose last is not below x is found in one descent. Each range's own
 * inside is another such tree, rooted in the node.
 *
 * Invariants: siblings do not overlap; a node lies within its parent; height is 1 + the greater of the subtrees'
 * heights, which differ by at most 1; a node with height 0 is in no tree and has no left and right.
 *
 * Pure: no globals, no allocation, no lock. Recursion is as deep as the tree is high, at most 1.44 log2(n).
 */
#include "include/rakit/arena.h"

static unsigned int height_of(const struct arena_node *node)
{
	return node ? node->height : 0;
}

static void set_height(struct arena_node *node)
{
	unsigned int left = height_of(node->left), right = height_of(node->right);

	node->height = 1 + (left > right ? left : right);
}

static struct arena_node *rotate_right(struct arena_node *node)
{
	struct arena_node *top = node->left;

	node->left = top->right;
	top->right = node;
	set_height(node);
	set_height(top);
	return top;
}

static struct arena_node *rotate_left(struct arena_node *node)
{
	struct arena_node *top = node->right;

	node->right = top->left;
	top->left = node;
	set_height(node);
	set_height(top);
	return top;
}

/* Restores the AVL property at a node whose subtrees differ by at most 2; returns the new root. */
static struct arena_node *balance(struct arena_node *node)
{
	if (height_of(node->left) > height_of(node->right) + 1) {
		if (height_of(node->left->left) < height_of(node->left->right))
			node->left = rotate_left(node->left);
		return rotate_right(node);
	}
	if (height_of(node->right) > height_of(node->left) + 1) {
		if (height_of(node->right->right) < height_of(node->right->left))
			node->right = rotate_right(node->right);
		return rotate_left(node);
	}
	set_height(node);
	return node;
}

static struct arena_node *tree_insert(struct arena_node *root, struct arena_node *node)
{
	if (!root)
		return node;
	if (node->first < root->first)
		root->left = tree_insert(root->left, node);
	else
		root->right = tree_insert(root->right, node);
	return balance(root);
}

/* Takes the lowest node out of a tree; returns the new root. */
static struct arena_node *tree_pop_lowest(struct arena_node *root, struct arena_node **lowest)
{
	if (!root->left) {
		*lowest = root;
		return root->right;
	}
	root->left = tree_pop_lowest(root->left, lowest);
	return balance(root);
}

static struct arena_node *tree_remove(struct arena_node *root, struct arena_node *node)
{
	if (root != node) {
		if (node->first < root->first)
			root->left = tree_remove(root->left, node);
		else
			root->right = tree_remove(root->right, node);
		return balance(root);
	}
	if (!node->left)
		return node->right;
	if (!node->right)
		return node->left;
	node->right = tree_pop_lowest(node->right, &root);
	root->left = node->left;
	root->right = node->right;
	return balance(root);
}

static void place(struct arena_node *parent, struct arena_node *node)
{
	node->parent = parent;
	node->left = NULL;
	node->right = NULL;
	node->height = 1;
	parent->inside = tree_insert(parent->inside, node);
}

void arena_node_init(struct arena_node *node, unsigned int first, unsigned int last)
{
	*node = (struct arena_node){ .first = first, .last = last };
}

struct arena_node *arena_find(const struct arena_node *parent, unsigned int first,
			      unsigned int last)
{
	struct arena_node *node = parent->inside, *found = NULL;

	while (node) {
		if (node->last >= first) {
			found = node;
			node = node->left;
		} else {
			node = node->right;
		}
	}
	return found && range_overlaps(found->first, found->last, first, last) ? found : NULL;
}

struct arena_node *arena_from(const struct arena_node *parent, unsigned int minimum)
{
	struct arena_node *node = parent->inside, *found = NULL;

	while (node) {
		if (node->first >= minimum) {
			found = node;
			node = node->left;
		} else {
			node = node->right;
		}
	}
	return found;
}

struct arena_node *arena_after(const struct arena_node *node)
{
	if (!node->parent || node->last == node->parent->last)
		return NULL;
	return arena_from(node->parent, node->last + 1);
}

struct arena_node *arena_add(struct arena_node *parent, struct arena_node *node)
{
	struct arena_node *conflict;

	if (node->first > node->last ||
	    !range_contains(parent->first, parent->last, node->first, node->last))
		return parent;
	conflict = arena_find(parent, node->first, node->last);
	if (!conflict)
		place(parent, node);
	return conflict;
}

/* Moves the ranges inside parent that node covers into node, then node into parent. */
static void adopt(struct arena_node *parent, struct arena_node *node)
{
	struct arena_node *child;

	while ((child = arena_find(parent, node->first, node->last))) {
		arena_remove(child);
		place(node, child);
	}
	place(parent, node);
}

struct arena_node *arena_insert(struct arena_node *parent, struct arena_node *node)
{
	struct arena_node *child;

	while ((child = arena_add(parent, node)) && child != parent) {
		bool same = child->first == node->first && child->last == node->last;

		if (same || !range_contains(child->first, child->last, node->first, node->last))
			break;
		parent = child;
	}
	if (!child || child == parent)
		return child;
	for (; child && child->first <= node->last; child = arena_after(child))
		if (!range_contains(node->first, node->last, child->first, child->last))
			return child;
	adopt(parent, node);
	return NULL;
}

bool arena_remove(struct arena_node *node)
{
	if (!node->parent)
		return false;
	node->parent->inside = tree_remove(node->parent->inside, node);
	node->parent = NULL;
	node->left = NULL;
	node->right = NULL;
	node->height = 0;
	return true;
}

bool arena_dissolve(struct arena_node *node)
{
	struct arena_node *parent = node->parent, *child;

	if (!arena_remove(node))
		return false;
	while ((child = node->inside)) {
		arena_remove(child);
		place(parent, child);
	}
	return true;
}

/* The lowest multiple of align that is not below number; false if there is none. */
static bool align_up(unsigned int number, unsigned int align, unsigned int *aligned)
{
	*aligned = (number + align - 1) & ~(align - 1);
	return *aligned >= number;
}

bool arena_find_free(const struct arena_node *parent, unsigned int size, unsigned int lowest,
		     unsigned int highest, unsigned int align, unsigned int *first)
{
	unsigned int start = lowest > parent->first ? lowest : parent->first;
	unsigned int end = highest < parent->last ? highest : parent->last;
	struct arena_node *node;

	if (!size || !align)
		return false;
	for (;;) {
		if (!align_up(start, align, &start) || start > end || end - start < size - 1)
			return false;
		node = arena_find(parent, start, start + (size - 1));
		if (!node) {
			*first = start;
			return true;
		}
		if (node->last >= end)
			return false;
		start = node->last + 1;
	}
}
