// SOURCES: kernel/mm/buddy.c
/* The buddy allocator: no block is given twice, everything joins again, the free count is right. */
#include "unit.h"
#include "mm/buddy.h"

#define FRAMES 4096

static struct buddy_frame frames[FRAMES];
static struct buddy buddy;
static unsigned char taken[FRAMES]; /* 0 free, 1 taken */

static void setup(void)
{
	memset(frames, 0, sizeof(frames));
	memset(taken, 0, sizeof(taken));
	buddy_init(&buddy, frames);
}

static uint32_t take(unsigned int order)
{
	uint32_t frame = buddy_take(&buddy, order), i;

	if (frame == BUDDY_NONE)
		return frame;
	CHECK(!(frame & ((1u << order) - 1)));
	for (i = frame; i < frame + (1u << order); i++) {
		CHECK(!taken[i]);
		taken[i] = 1;
	}
	return frame;
}

static void put(uint32_t frame, unsigned int order)
{
	memset(&taken[frame], 0, (size_t)1 << order);
	buddy_put(&buddy, frame, order);
}

static void test_split_and_join(void)
{
	uint32_t a, b;

	setup();
	buddy_put(&buddy, 0, 10);
	CHECK_EQ(buddy.free, 1024);
	a = take(0);
	b = take(0);
	CHECK(a != b);
	CHECK_EQ(buddy.free, 1022);
	CHECK_EQ(buddy_take(&buddy, 10), BUDDY_NONE);
	put(a, 0);
	put(b, 0);
	CHECK_EQ(buddy.nonempty, 1u << 10);
	CHECK_EQ(take(10), 0);
}

static void test_empty(void)
{
	setup();
	CHECK_EQ(buddy_take(&buddy, 0), BUDDY_NONE);
	buddy_put(&buddy, 5, 0);
	CHECK_EQ(buddy_take(&buddy, 1), BUDDY_NONE);
	CHECK_EQ(take(0), 5);
	CHECK_EQ(buddy.free, 0);
}

static void test_buddies_join_only_whole(void)
{
	setup();
	buddy_put(&buddy, 0, 1); /* frames 0, 1 */
	buddy_put(&buddy, 2, 0); /* its buddy block is only half free */
	CHECK_EQ(buddy.nonempty, 3);
	buddy_put(&buddy, 3, 0);
	CHECK_EQ(buddy.nonempty, 1u << 2);
}

static void test_random(void)
{
	static struct {
		uint32_t frame;
		unsigned int order;
	} held[FRAMES];
	unsigned int count = 0, step, order, i, sum = 0;

	setup();
	for (i = 0; i < FRAMES; i += 1024)
		buddy_put(&buddy, i, 10);
	srand(1);
	for (step = 0; step < 200000; step++) {
		if (count && rand() % 2) {
			i = (unsigned int)rand() % count;
			put(held[i].frame, held[i].order);
			sum -= 1u << held[i].order;
			held[i] = held[--count];
			continue;
		}
		order = (unsigned int)rand() % 6;
		held[count].frame = take(order);
		if (held[count].frame == BUDDY_NONE)
			continue;
		held[count++].order = order;
		sum += 1u << order;
	}
	CHECK_EQ(buddy.free, FRAMES - sum);
	while (count--)
		put(held[count].frame, held[count].order);
	CHECK_EQ(buddy.free, FRAMES);
	CHECK_EQ(buddy.nonempty, 1u << 10);
}

int main(void)
{
	RUN(test_split_and_join);
	RUN(test_empty);
	RUN(test_buddies_join_only_whole);
	RUN(test_random);
	UNIT_END();
}
