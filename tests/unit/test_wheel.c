// SOURCES: kernel/lib/wheel.c
/*
 * The timer wheel: every node comes at its tick, whatever its distance, across the wrap of the
 * counter, and removed ones do not.
 */
#include <stdint.h>
#include "lib/wheel.h"
#include "unit.h"

#define N 3000
static struct wheel wheel;
static struct wheel_node nodes[N];

static unsigned long run_tick(uint32_t tick)
{
	struct wheel_node *due;
	unsigned long n = 0;

	CHECK_EQ(wheel.now, tick);
	wheel_tick(&wheel, &due);
	while (due) {
		struct wheel_node *node = due;

		wheel_remove(node);
		CHECK(!node->pprev);
		CHECK_EQ(node->expires, tick);
		n++;
	}
	return n;
}

static void run_from(uint32_t start, uint32_t span)
{
	unsigned long fired = 0, removed = 0;

	wheel = (struct wheel){ .now = start };
	for (int i = 0; i < N; i++) {
		nodes[i].expires = start + (uint32_t)rand() % span;
		wheel_add(&wheel, &nodes[i]);
	}
	for (int i = 0; i < N; i += 7, removed++)
		wheel_remove(&nodes[i]);
	for (uint32_t t = 0; t < span; t++)
		fired += run_tick(start + t);
	CHECK_EQ(fired, N - removed);
}

static void test_near(void)
{
	run_from(5, 200);
}

static void test_far(void)
{
	run_from(12345, 300000);
}

static void test_wrap(void)
{
	run_from(0xffffffffu - 30000, 70000);
}

static void test_coarsest(void)
{
	run_from(0, 1 << 24);
}

static void test_past_and_added_while_running(void)
{
	struct wheel_node late = { .expires = 50 }, next = { .expires = 101 };
	struct wheel_node *due;

	wheel = (struct wheel){ .now = 100 };
	wheel_add(&wheel, &late);
	wheel_tick(&wheel, &due);
	CHECK(due == &late);
	wheel_remove(&late);
	CHECK(!due);
	wheel_add(&wheel, &next);
	wheel_tick(&wheel, &due);
	CHECK(due == &next);
}

int main(void)
{
	srand(3);
	RUN(test_near);
	RUN(test_far);
	RUN(test_wrap);
	RUN(test_coarsest);
	RUN(test_past_and_added_while_running);
	UNIT_END();
}
