// SOURCES: kernel/lib/rbtree.c
/*
 * Red-black trees against a sorted array: random insertions and removals, with the invariants
 * checked after each.
 */
#include "include/linux/rbtree.h"
#include "unit.h"

struct item {
	int key;
	struct rb_node node;
	bool in;
};

#define N 400
static struct item items[N];
static struct rb_root root;

static void insert(struct item *item)
{
	struct rb_node **link = &root.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = item->key < rb_entry(parent, struct item, node)->key ? &parent->rb_left
									    : &parent->rb_right;
	}
	rb_link_node(&item->node, parent, link);
	rb_insert_color(&item->node, &root);
	item->in = true;
}

/* Black height, or -1 where a rule is broken. */
static int check(const struct rb_node *node, const struct rb_node *parent)
{
	int left, right;
	bool black;

	if (!node)
		return 1;
	black = node->__rb_parent_color & 1;
	if (rb_parent(node) != parent)
		return -1;
	if (!black && parent && !(parent->__rb_parent_color & 1))
		return -1;
	left = check(node->rb_left, node);
	right = check(node->rb_right, node);
	return left < 0 || left != right ? -1 : left + black;
}

static int count_in_order(void)
{
	int n = 0, last = -1;

	for (struct rb_node *p = rb_first(&root); p; p = rb_next(p), n++) {
		CHECK(rb_entry(p, struct item, node)->key > last);
		last = rb_entry(p, struct item, node)->key;
	}
	for (struct rb_node *p = rb_last(&root); p; p = rb_prev(p))
		n--;
	CHECK_EQ(n, 0);
	for (struct rb_node *p = rb_first(&root); p; p = rb_next(p))
		n++;
	return n;
}

static void test_random(void)
{
	int in = 0;

	srand(7);
	for (int i = 0; i < N; i++)
		items[i].key = i;
	for (int round = 0; round < 20000; round++) {
		struct item *item = &items[rand() % N];

		if (item->in) {
			rb_erase(&item->node, &root);
			item->in = false;
			in--;
		} else {
			insert(item);
			in++;
		}
		if (check(root.rb_node, NULL) < 0 ||
		    (root.rb_node && !(root.rb_node->__rb_parent_color & 1))) {
			CHECK(!"invariant");
			return;
		}
		if (round % 500 == 0)
			CHECK_EQ(count_in_order(), in);
	}
}

static void test_postorder(void)
{
	int n = 0;

	for (struct rb_node *p = rb_first_postorder(&root); p; p = rb_next_postorder(p))
		n++;
	CHECK_EQ(n, count_in_order());
}

static void test_cached(void)
{
	struct rb_root_cached cached = RB_ROOT_CACHED;
	struct item a = { 1 }, b = { 2 };

	rb_link_node(&a.node, NULL, &cached.rb_root.rb_node);
	rb_insert_color_cached(&a.node, &cached, true);
	rb_link_node(&b.node, &a.node, &a.node.rb_right);
	rb_insert_color_cached(&b.node, &cached, false);
	CHECK(rb_first_cached(&cached) == &a.node);
	CHECK(rb_erase_cached(&a.node, &cached) == &b.node);
	CHECK(rb_erase_cached(&b.node, &cached) == NULL);
	CHECK(RB_EMPTY_ROOT(&cached.rb_root));
}

int main(void)
{
	RUN(test_random);
	RUN(test_postorder);
	RUN(test_cached);
	UNIT_END();
}
