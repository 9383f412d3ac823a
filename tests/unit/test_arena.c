// SOURCES: kernel/resource/arena.c
// The arena against a plain array of ranges: every operation must agree with the array.
#include "unit.h"
#include "include/rakit/arena.h"

#define SPACE 4096u
#define MANY 512

static unsigned int rng_state = 1;

static unsigned int rng(unsigned int below)
{
	rng_state = rng_state * 1664525u + 1013904223u;
	return (rng_state >> 8) % below;
}

/* Checks order, disjointness, heights and parents of a tree; returns the number of nodes. */
static unsigned int check_tree(const struct arena_node *parent, const struct arena_node *node,
			       unsigned int low, unsigned int high)
{
	unsigned int left, right, count;

	if (!node)
		return 0;
	CHECK(node->first >= low && node->last <= high && node->first <= node->last);
	CHECK(node->parent == parent);
	left = node->left ? node->left->height : 0;
	right = node->right ? node->right->height : 0;
	CHECK(node->height == 1 + (left > right ? left : right));
	CHECK(left <= right + 1 && right <= left + 1);
	count = 1;
	if (node->left)
		count += check_tree(parent, node->left, low, node->first - 1);
	if (node->right)
		count += check_tree(parent, node->right, node->last + 1, high);
	return count;
}

static void test_add_and_find(void)
{
	struct arena_node root, a, b, c;

	arena_node_init(&root, 0, 0xffff);
	arena_node_init(&a, 0x220, 0x22f);
	arena_node_init(&b, 0x22f, 0x230);
	arena_node_init(&c, 0x230, 0x230);
	CHECK(!arena_add(&root, &a));
	CHECK(arena_add(&root, &b) == &a);
	CHECK(!b.height);
	CHECK(!arena_add(&root, &c));
	CHECK(arena_find(&root, 0, 0xffff) == &a);
	CHECK(arena_find(&root, 0x230, 0x300) == &c);
	CHECK(!arena_find(&root, 0, 0x21f));
	CHECK(!arena_find(&root, 0x231, 0xffff));
	CHECK(arena_after(&a) == &c);
	CHECK(!arena_after(&c));
	CHECK(arena_remove(&a));
	CHECK(!arena_remove(&a));
	CHECK(arena_add(&root, &b) == &c);
	CHECK(arena_remove(&c));
	CHECK(!arena_add(&root, &b));
}

static void test_bounds(void)
{
	struct arena_node root, all, low, high, bad;
	unsigned int first;

	arena_node_init(&root, 0, ~0u);
	arena_node_init(&low, 0, 0);
	arena_node_init(&high, ~0u, ~0u);
	arena_node_init(&all, 0, ~0u);
	arena_node_init(&bad, 5, 4);
	CHECK(arena_add(&root, &bad) == &root);
	CHECK(!arena_add(&root, &low));
	CHECK(!arena_add(&root, &high));
	CHECK(arena_add(&root, &all) == &low);
	CHECK(!arena_after(&high));
	CHECK(arena_find_free(&root, 0xfffffffe, 0, ~0u, 1, &first) && first == 1);
	CHECK(!arena_find_free(&root, ~0u, 0, ~0u, 1, &first));
	CHECK(!arena_find_free(&root, 0x80000000, 1, ~0u, 0x80000000, &first));
	CHECK(arena_find_free(&root, 16, 3, ~0u, 16, &first) && first == 16);
	CHECK(!arena_find_free(&root, 16, ~0u - 5, ~0u, 16, &first));
	CHECK(!arena_insert(&root, &all));
	CHECK(low.parent == &all && high.parent == &all);
	CHECK(arena_dissolve(&all));
	CHECK(low.parent == &root && high.parent == &root);
}

static void test_insert_nests(void)
{
	struct arena_node root, ram, text, data, window, partly, same;

	arena_node_init(&root, 0, 0xfffff);
	arena_node_init(&text, 0x1000, 0x1fff);
	arena_node_init(&data, 0x3000, 0x3fff);
	arena_node_init(&ram, 0x0, 0x7fff);
	arena_node_init(&window, 0x1100, 0x11ff);
	arena_node_init(&partly, 0x1800, 0x2800);
	arena_node_init(&same, 0x0, 0x7fff);
	CHECK(!arena_insert(&root, &text));
	CHECK(!arena_insert(&root, &data));
	CHECK(!arena_insert(&root, &ram));
	CHECK(text.parent == &ram && data.parent == &ram && ram.parent == &root);
	CHECK(!arena_insert(&root, &window));
	CHECK(window.parent == &text);
	CHECK(arena_insert(&root, &partly) == &text);
	CHECK(!partly.height && text.parent == &ram);
	CHECK(!arena_insert(&root, &same));
	CHECK(ram.parent == &same && text.parent == &ram);
	CHECK(arena_dissolve(&ram));
	CHECK(text.parent == &same && data.parent == &same && window.parent == &text);
	CHECK(check_tree(&same, same.inside, 0, 0x7fff) == 2);
}

static void test_against_array(void)
{
	static struct arena_node node[MANY], root;
	static struct arena_node *owner[SPACE];
	unsigned int round, i, count = 0;

	arena_node_init(&root, 0, SPACE - 1);
	memset(owner, 0, sizeof(owner));
	memset(node, 0, sizeof(node));
	for (round = 0; round < 20000; round++) {
		struct arena_node *n = &node[rng(MANY)], *expected = NULL, *got;
		unsigned int first = rng(SPACE), last = first + rng(24);

		if (last >= SPACE)
			last = SPACE - 1;
		if (n->height) {
			for (i = n->first; i <= n->last; i++)
				owner[i] = NULL;
			CHECK(arena_remove(n));
			count--;
			continue;
		}
		for (i = first; i <= last && !expected; i++)
			expected = owner[i];
		CHECK(arena_find(&root, first, last) == expected);
		arena_node_init(n, first, last);
		got = arena_add(&root, n);
		CHECK(got == expected);
		if (!got) {
			for (i = first; i <= last; i++)
				owner[i] = n;
			count++;
		}
		if (round % 500 == 0)
			CHECK_EQ(check_tree(&root, root.inside, 0, SPACE - 1), count);
	}
}

static void test_find_free_against_array(void)
{
	static struct arena_node node[MANY], root;
	static bool taken[SPACE];
	unsigned int i, j, round;

	arena_node_init(&root, 0, SPACE - 1);
	memset(taken, 0, sizeof(taken));
	for (i = 0; i < MANY; i++) {
		unsigned int first = rng(SPACE), last = first + rng(16);

		if (last >= SPACE)
			last = SPACE - 1;
		arena_node_init(&node[i], first, last);
		if (!arena_add(&root, &node[i]))
			for (j = first; j <= last; j++)
				taken[j] = true;
	}
	for (round = 0; round < 3000; round++) {
		unsigned int size = 1 + rng(40), low = rng(SPACE), high = rng(SPACE),
			     align = 1u << rng(6);
		unsigned int expected = ~0u, got = ~0u;

		for (i = low; i + size - 1 <= high && i + size <= SPACE && expected == ~0u; i++) {
			if (i % align)
				continue;
			for (j = 0; j < size && !taken[i + j]; j++)
				;
			if (j == size)
				expected = i;
		}
		CHECK_EQ(arena_find_free(&root, size, low, high, align, &got), expected != ~0u);
		CHECK_EQ(got, expected);
	}
}

static void test_height_is_logarithmic(void)
{
	static struct arena_node node[65536], root;
	unsigned int i;

	arena_node_init(&root, 0, 65535);
	for (i = 0; i < 65536; i++) {
		arena_node_init(&node[i], i, i);
		CHECK(!arena_add(&root, &node[i]));
	}
	CHECK(root.inside->height <= 24);
	for (i = 0; i < 65536; i += 2)
		CHECK(arena_remove(&node[i]));
	CHECK_EQ(check_tree(&root, root.inside, 0, 65535), 32768);
}

int main(void)
{
	RUN(test_add_and_find);
	RUN(test_bounds);
	RUN(test_insert_nests);
	RUN(test_against_array);
	RUN(test_find_free_against_array);
	RUN(test_height_is_logarithmic);
	UNIT_END();
}
