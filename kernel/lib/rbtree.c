/*
 * Red-black trees. Each node is red or black; the root is black, a red node has no red child, and
 * every way from the root down to a missing child passes the same number of black nodes: so no way
 * is more than twice as long as another. Insertion and removal restore this by recolouring and at
 * most three rotations. A node's colour is bit 0 of its parent's address (1: black). Pure: links
 * only. The algorithms are those of Cormen, Leiserson, Rivest, Stein, chapter 13.
 */
#include "include/linux/rbtree.h"

#define RED 0UL
#define BLACK 1UL

static inline unsigned long colour(const struct rb_node *node)
{
	return node ? node->__rb_parent_color & 1 : BLACK;
}

static inline void set_colour(struct rb_node *node, unsigned long value)
{
	node->__rb_parent_color = (node->__rb_parent_color & ~1UL) | value;
}

static inline void set_parent(struct rb_node *node, struct rb_node *parent)
{
	node->__rb_parent_color = (unsigned long)parent | (node->__rb_parent_color & 1);
}

/* Puts `to` where `from` hangs. */
static void replace_child(struct rb_root *root, struct rb_node *parent, struct rb_node *from,
			  struct rb_node *to)
{
	if (!parent)
		root->rb_node = to;
	else if (parent->rb_left == from)
		parent->rb_left = to;
	else
		parent->rb_right = to;
}

static void rotate_left(struct rb_root *root, struct rb_node *node)
{
	struct rb_node *right = node->rb_right, *parent = rb_parent(node);

	node->rb_right = right->rb_left;
	if (node->rb_right)
		set_parent(node->rb_right, node);
	right->rb_left = node;
	replace_child(root, parent, node, right);
	set_parent(right, parent);
	set_parent(node, right);
}

static void rotate_right(struct rb_root *root, struct rb_node *node)
{
	struct rb_node *left = node->rb_left, *parent = rb_parent(node);

	node->rb_left = left->rb_right;
	if (node->rb_left)
		set_parent(node->rb_left, node);
	left->rb_right = node;
	replace_child(root, parent, node, left);
	set_parent(left, parent);
	set_parent(node, left);
}

static void rotate(struct rb_root *root, struct rb_node *node, bool left)
{
	if (left)
		rotate_left(root, node);
	else
		rotate_right(root, node);
}

void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *parent;

	while ((parent = rb_parent(node)) && colour(parent) == RED) {
		struct rb_node *grand = rb_parent(parent);
		bool left = parent == grand->rb_left;
		struct rb_node *uncle = left ? grand->rb_right : grand->rb_left;

		if (colour(uncle) == RED) {
			set_colour(parent, BLACK);
			set_colour(uncle, BLACK);
			set_colour(grand, RED);
			node = grand;
			continue;
		}
		if (node == (left ? parent->rb_right : parent->rb_left)) {
			rotate(root, parent, left);
			node = parent;
			parent = rb_parent(node);
		}
		set_colour(parent, BLACK);
		set_colour(grand, RED);
		rotate(root, grand, !left);
	}
	set_colour(root->rb_node, BLACK);
}

/* A black node is missing on the way through node (perhaps NULL), a child of parent. */
static void restore_after_erase(struct rb_node *node, struct rb_node *parent, struct rb_root *root)
{
	while (node != root->rb_node && colour(node) == BLACK) {
		bool left = node == parent->rb_left;
		struct rb_node *sibling = left ? parent->rb_right : parent->rb_left;
		struct rb_node *outer;

		if (colour(sibling) == RED) {
			set_colour(sibling, BLACK);
			set_colour(parent, RED);
			rotate(root, parent, left);
			sibling = left ? parent->rb_right : parent->rb_left;
		}
		if (colour(sibling->rb_left) == BLACK && colour(sibling->rb_right) == BLACK) {
			set_colour(sibling, RED);
			node = parent;
			parent = rb_parent(node);
			continue;
		}
		outer = left ? sibling->rb_right : sibling->rb_left;
		if (colour(outer) == BLACK) {
			set_colour(left ? sibling->rb_left : sibling->rb_right, BLACK);
			set_colour(sibling, RED);
			rotate(root, sibling, !left);
			sibling = left ? parent->rb_right : parent->rb_left;
			outer = left ? sibling->rb_right : sibling->rb_left;
		}
		set_colour(sibling, colour(parent));
		set_colour(parent, BLACK);
		set_colour(outer, BLACK);
		rotate(root, parent, left);
		node = root->rb_node;
	}
	if (node)
		set_colour(node, BLACK);
}

/* Takes out a node that has at most one child. */
static void unlink_node(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *child = node->rb_left ? node->rb_left : node->rb_right;
	struct rb_node *parent = rb_parent(node);
	bool black = colour(node) == BLACK;

	replace_child(root, parent, node, child);
	if (child)
		set_parent(child, parent);
	if (black && root->rb_node)
		restore_after_erase(child, parent, root);
}

void rb_erase(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *successor = node->rb_right;

	if (!node->rb_left || !node->rb_right) {
		unlink_node(node, root);
		return;
	}
	while (successor->rb_left)
		successor = successor->rb_left;
	unlink_node(successor, root);
	rb_replace_node(node, successor, root);
}

void rb_replace_node(struct rb_node *victim, struct rb_node *replacement, struct rb_root *root)
{
	replace_child(root, rb_parent(victim), victim, replacement);
	if (victim->rb_left)
		set_parent(victim->rb_left, replacement);
	if (victim->rb_right)
		set_parent(victim->rb_right, replacement);
	*replacement = *victim;
}

static struct rb_node *leftmost(struct rb_node *node)
{
	while (node && node->rb_left)
		node = node->rb_left;
	return node;
}

static struct rb_node *rightmost(struct rb_node *node)
{
	while (node && node->rb_right)
		node = node->rb_right;
	return node;
}

struct rb_node *rb_first(const struct rb_root *root)
{
	return leftmost(root->rb_node);
}

struct rb_node *rb_last(const struct rb_root *root)
{
	return rightmost(root->rb_node);
}

struct rb_node *rb_next(const struct rb_node *node)
{
	const struct rb_node *parent;

	if (RB_EMPTY_NODE(node))
		return NULL;
	if (node->rb_right)
		return leftmost(node->rb_right);
	while ((parent = rb_parent(node)) && node == parent->rb_right)
		node = parent;
	return (struct rb_node *)parent;
}

struct rb_node *rb_prev(const struct rb_node *node)
{
	const struct rb_node *parent;

	if (RB_EMPTY_NODE(node))
		return NULL;
	if (node->rb_left)
		return rightmost(node->rb_left);
	while ((parent = rb_parent(node)) && node == parent->rb_left)
		node = parent;
	return (struct rb_node *)parent;
}

/* The first leaf below node, going left where possible. */
static struct rb_node *deepest(struct rb_node *node)
{
	while (node && (node->rb_left || node->rb_right))
		node = node->rb_left ? node->rb_left : node->rb_right;
	return node;
}

struct rb_node *rb_first_postorder(const struct rb_root *root)
{
	return deepest(root->rb_node);
}

struct rb_node *rb_next_postorder(const struct rb_node *node)
{
	struct rb_node *parent;

	if (!node)
		return NULL;
	parent = rb_parent(node);
	if (parent && node == parent->rb_left && parent->rb_right)
		return deepest(parent->rb_right);
	return parent;
}
