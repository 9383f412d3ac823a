/*
 * Red-black trees with the node inside the object. The user walks down and compares, then links and
 * rebalances. No locking of their own; any context. Insert, erase and step take O(log n). (Also
 * compiled on the build machine: includes nothing of the kernel's.)
 */
#ifndef _LINUX_RBTREE_H
#define _LINUX_RBTREE_H

#include <stdbool.h>
#include <stddef.h>

struct rb_node {
	unsigned long
		__rb_parent_color; /* parent's address; bit 0: black. Own address: in no tree */
	struct rb_node *rb_right;
	struct rb_node *rb_left;
};
struct rb_root {
	struct rb_node *rb_node;
};
/* With the first node at hand. */
struct rb_root_cached {
	struct rb_root rb_root;
	struct rb_node *rb_leftmost;
};

#define RB_ROOT ((struct rb_root){ NULL })
#define RB_ROOT_CACHED ((struct rb_root_cached){ { NULL }, NULL })
#define rb_entry(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))
#define rb_entry_safe(ptr, type, member)                            \
	({                                                          \
		struct rb_node *__rb_ptr = (ptr);                   \
		__rb_ptr ? rb_entry(__rb_ptr, type, member) : NULL; \
	})
#define rb_parent(r) ((struct rb_node *)((r)->__rb_parent_color & ~3UL))
#define RB_EMPTY_ROOT(root) ((root)->rb_node == NULL)
#define RB_EMPTY_NODE(node) ((node)->__rb_parent_color == (unsigned long)(node))
#define RB_CLEAR_NODE(node) ((node)->__rb_parent_color = (unsigned long)(node))

/* Puts node at *link below parent (a new red leaf); then rb_insert_color() restores the balance. */
static inline void rb_link_node(struct rb_node *node, struct rb_node *parent, struct rb_node **link)
{
	node->__rb_parent_color = (unsigned long)parent;
	node->rb_left = node->rb_right = NULL;
	*link = node;
}
void rb_insert_color(struct rb_node *node, struct rb_root *root);
void rb_erase(struct rb_node *node, struct rb_root *root);
/* In order; NULL at the end. */
struct rb_node *rb_first(const struct rb_root *root);
struct rb_node *rb_last(const struct rb_root *root);
struct rb_node *rb_next(const struct rb_node *node);
struct rb_node *rb_prev(const struct rb_node *node);
/* Children before parents: for freeing a whole tree. */
struct rb_node *rb_first_postorder(const struct rb_root *root);
struct rb_node *rb_next_postorder(const struct rb_node *node);
/* replacement takes victim's place, unchanged balance. */
void rb_replace_node(struct rb_node *victim, struct rb_node *replacement, struct rb_root *root);

#define rb_first_cached(root) ((root)->rb_leftmost)
static inline void rb_insert_color_cached(struct rb_node *node, struct rb_root_cached *root,
					  bool leftmost)
{
	if (leftmost)
		root->rb_leftmost = node;
	rb_insert_color(node, &root->rb_root);
}
static inline struct rb_node *rb_erase_cached(struct rb_node *node, struct rb_root_cached *root)
{
	struct rb_node *leftmost = NULL;

	if (root->rb_leftmost == node)
		leftmost = root->rb_leftmost = rb_next(node);
	rb_erase(node, &root->rb_root);
	return leftmost;
}

#define rbtree_postorder_for_each_entry_safe(pos, n, root, field)                            \
	for (pos = rb_entry_safe(rb_first_postorder(root), typeof(*pos), field);             \
	     pos && ({                                                                       \
		     n = rb_entry_safe(rb_next_postorder(&pos->field), typeof(*pos), field); \
		     1;                                                                      \
	     });                                                                             \
	     pos = n)

#endif
