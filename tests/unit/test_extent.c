// SOURCES: kernel/mm/extent.c
/* Address ranges: never given twice, found by their first page, joined again when given back. */
#include "unit.h"
#include "mm/extent.h"

#define FIRST 1000
#define PAGES 5000

static struct extent_map map;
static struct extent *whole;
static unsigned char taken[FIRST + PAGES];

static void setup(void)
{
	memset(taken, 0, sizeof(taken));
	whole = malloc(sizeof(*whole));
	extent_map_init(&map, whole, FIRST, PAGES);
}

static struct extent *take(uint32_t count)
{
	struct extent *spare = malloc(sizeof(*spare)), *extent;
	bool used;
	uint32_t i;

	extent = extent_take(&map, count, spare, &used);
	if (!used)
		free(spare);
	if (!extent)
		return NULL;
	CHECK_EQ(extent->count, count);
	for (i = extent->first; i < extent->first + count; i++) {
		CHECK(i >= FIRST && i < FIRST + PAGES && !taken[i]);
		taken[i] = 1;
	}
	CHECK(extent_find(&map, extent->first) == extent);
	return extent;
}

static void give(struct extent *extent)
{
	struct extent *unused[2];
	unsigned int count;

	memset(&taken[extent->first], 0, extent->count);
	count = extent_give(&map, extent, unused);
	while (count--)
		free(unused[count]);
}

static void teardown(void)
{
	CHECK_EQ(map.free, PAGES);
	CHECK_EQ(map.lowest->count, PAGES);
	CHECK(!map.lowest->higher);
	free(map.lowest);
}

static void test_all(void)
{
	struct extent *extent;

	setup();
	CHECK(!take(PAGES + 1));
	CHECK(!take(0));
	extent = take(PAGES);
	CHECK(extent != NULL);
	CHECK(!take(1));
	give(extent);
	teardown();
}

static void test_join_both_sides(void)
{
	struct extent *a, *b, *c;

	setup();
	a = take(10);
	b = take(20);
	c = take(30);
	CHECK(!extent_find(&map, b->first + 1));
	give(a);
	give(c);
	CHECK(extent_find(&map, b->first) == b);
	give(b);
	teardown();
}

static void test_random(void)
{
	static struct extent *held[PAGES];
	unsigned int count = 0, step, i;

	setup();
	srand(2);
	for (step = 0; step < 50000; step++) {
		if (count && rand() % 5 < 2) {
			i = (unsigned int)rand() % count;
			give(held[i]);
			held[i] = held[--count];
			continue;
		}
		held[count] = take(1 + (uint32_t)rand() % (rand() % 8 ? 8 : 200));
		if (held[count])
			count++;
	}
	while (count--)
		give(held[count]);
	teardown();
}

int main(void)
{
	RUN(test_all);
	RUN(test_join_both_sides);
	RUN(test_random);
	UNIT_END();
}
