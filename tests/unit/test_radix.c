// SOURCES: kernel/lib/radix.c
/*
 * The sparse array against a plain one: random stores, marks, searches, searches for free places,
 * and running out of memory.
 */
#include <stdint.h>
#include "lib/radix.h"
#include "unit.h"

#define N 5000
static void *plain[N];
static bool marked[N];
static long nodes, nodes_max = 1 << 30;

static struct radix_node *alloc_node(void *context)
{
	(void)context;
	if (nodes >= nodes_max)
		return NULL;
	nodes++;
	return calloc(1, sizeof(struct radix_node));
}

static void free_node(void *context, struct radix_node *node)
{
	(void)context;
	nodes--;
	free(node);
}

static const struct radix_ops ops = { alloc_node, free_node, NULL };

static void *value(unsigned long n)
{
	return (void *)(n << 2 | 1);
}

static void compare(void *head)
{
	uint32_t at = 0;
	int i = 0;

	for (;;) {
		void *found;

		while (i < N && !plain[i])
			i++;
		found = radix_find(head, &at, UINT32_MAX, RADIX_ANY);
		if (i == N) {
			CHECK(!found);
			break;
		}
		CHECK(found == plain[i]);
		CHECK_EQ(at, i);
		at++;
		i++;
	}
	for (i = 0, at = 0;; i++, at++) {
		void *found;

		while (i < N && !(plain[i] && marked[i]))
			i++;
		found = radix_find(head, &at, UINT32_MAX, 1);
		if (i == N) {
			CHECK(!found);
			return;
		}
		CHECK(found == plain[i]);
		CHECK_EQ(at, i);
	}
}

static void random_run(uint32_t range)
{
	void *head = NULL, *old;

	memset(plain, 0, sizeof(plain));
	memset(marked, 0, sizeof(marked));
	for (int round = 0; round < 60000; round++) {
		uint32_t i = (uint32_t)rand() % range, at;
		bool ok;

		switch (rand() % 6) {
		case 0:
		case 1:
			CHECK(radix_store(&head, i, value(round), &old, &ops));
			CHECK(old == plain[i]);
			if (!old)
				marked[i] = false;
			plain[i] = value(round);
			break;
		case 2:
			CHECK(radix_store(&head, i, NULL, &old, &ops));
			CHECK(old == plain[i]);
			plain[i] = NULL;
			break;
		case 3:
			ok = radix_set_mark(&head, i, 1, &ops);
			CHECK_EQ(ok, plain[i] != NULL);
			marked[i] |= ok;
			break;
		case 4:
			radix_clear_mark(head, i, 1);
			marked[i] = false;
			break;
		default:
			at = i;
			CHECK(radix_find_free(head, &at, UINT32_MAX));
			while (i < range && plain[i])
				i++;
			CHECK_EQ(at, i);
			break;
		}
		i = (uint32_t)rand() % range;
		CHECK(radix_load(head, i) == plain[i]);
		CHECK_EQ(radix_get_mark(head, i, 1), plain[i] && marked[i]);
		if (round % 5000 == 0)
			compare(head);
	}
	for (uint32_t i = 0; i < range; i++)
		radix_store(&head, i, NULL, &old, &ops);
	CHECK(!head);
	CHECK_EQ(nodes, 0);
}

static void test_small(void)
{
	random_run(3);
}

static void test_medium(void)
{
	random_run(100);
}

static void test_large(void)
{
	random_run(N);
}

static void test_extremes(void)
{
	void *head = NULL, *old;
	uint32_t at = 1;

	CHECK(radix_store(&head, UINT32_MAX, value(1), &old, &ops));
	CHECK(radix_store(&head, 0, value(2), &old, &ops));
	CHECK(radix_find(head, &at, UINT32_MAX, RADIX_ANY) == value(1));
	CHECK_EQ(at, UINT32_MAX);
	at = UINT32_MAX;
	CHECK(!radix_find_free(head, &at, UINT32_MAX));
	at = 7;
	CHECK(!radix_find(head, &at, UINT32_MAX - 1, RADIX_ANY));
	radix_clear(&head, &ops);
	CHECK_EQ(nodes, 0);
}

static void test_full_blocks(void)
{
	void *head = NULL, *old;
	uint32_t at;

	for (uint32_t i = 0; i < 1024; i++)
		CHECK(radix_store(&head, i, value(i), &old, &ops));
	at = 0;
	CHECK(radix_find_free(head, &at, UINT32_MAX));
	CHECK_EQ(at, 1024);
	at = 0;
	CHECK(!radix_find_free(head, &at, 1023));
	radix_store(&head, 40, NULL, &old, &ops);
	at = 3;
	CHECK(radix_find_free(head, &at, 1023));
	CHECK_EQ(at, 40);
	radix_clear(&head, &ops);
	CHECK_EQ(nodes, 0);
}

static void test_no_memory(void)
{
	void *head = NULL, *old;

	for (nodes_max = 0; nodes_max < 12; nodes_max++) {
		CHECK(radix_store(&head, 0, value(1), &old, &ops));
		if (!radix_store(&head, 1 << 30, value(2), &old, &ops)) {
			CHECK(radix_load(head, 0) == value(1));
			CHECK_EQ(nodes, 0);
		}
		radix_store(&head, 1 << 30, NULL, &old, &ops);
		radix_store(&head, 0, NULL, &old, &ops);
		CHECK(!head);
		CHECK_EQ(nodes, 0);
	}
	nodes_max = 1 << 30;
}

int main(void)
{
	srand(11);
	RUN(test_small);
	RUN(test_medium);
	RUN(test_large);
	RUN(test_extremes);
	RUN(test_full_blocks);
	RUN(test_no_memory);
	UNIT_END();
}
