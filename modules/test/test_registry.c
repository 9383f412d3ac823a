/* The registry: add, look up, use, remove; removal waits for users; concurrent use. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/string.h>
#include <rakit/expect.h>
#include <rakit/registry.h>

#define KIND REGISTRY_PROTOCOL

static int objects[3];

static int add(const char *name, void *object)
{
	return registry_add(KIND, name, THIS_MODULE, object, 0, _RET_IP_);
}

static void names_are_unique(struct test *test)
{
	unsigned int before = registry_count(KIND);

	EXPECT_EQ(test, add("test-a", &objects[0]), 0);
	EXPECT_EQ(test, add("test-a", &objects[1]), -EEXIST);
	EXPECT_EQ(test, add("test-b", &objects[0]), -EBUSY);
	EXPECT_EQ(test, add("", &objects[1]), -EINVAL);
	EXPECT_EQ(test, add("test-c", NULL), -EINVAL);
	EXPECT_EQ(test, registry_count(KIND), before + 1);
	EXPECT_EQ(test, registry_remove(KIND, &objects[0]), 0);
	EXPECT_EQ(test, registry_remove(KIND, &objects[0]), -EINVAL);
	EXPECT_EQ(test, registry_count(KIND), before);
}

static void lookup_counts_users(struct test *test)
{
	int refs = module_refcount(THIS_MODULE);

	REQUIRE(test, add("test-a", &objects[0]) == 0);
	if (registry_get(KIND, "test-a", 6) != &objects[0]) {
		test_note(test, "a module in its init is not given out");
		registry_remove(KIND, &objects[0]);
		return;
	}
	EXPECT(test, !registry_get(KIND, "test-a", 5));
	EXPECT(test, !registry_get(KIND, "test-ab", 7));
	EXPECT_EQ(test, registry_users(KIND, &objects[0]), 1);
	EXPECT_EQ(test, module_refcount(THIS_MODULE), refs + 1);
	registry_put(KIND, &objects[0]);
	EXPECT_EQ(test, registry_users(KIND, &objects[0]), 0);
	EXPECT_EQ(test, module_refcount(THIS_MODULE), refs);
	registry_remove(KIND, &objects[0]);
}

/* A kernel-owned entry, so that a reference on this module does not matter. */
static int put_later(void *data)
{
	msleep(50);
	registry_put(KIND, data);
	return 0;
}

static void removal_waits(struct test *test)
{
	REQUIRE(test, registry_add(KIND, "test-k", NULL, &objects[2], 0, _RET_IP_) == 0);
	REQUIRE(test, registry_get(KIND, "test-k", 6) == &objects[2]);
	EXPECT(test, !IS_ERR(kthread_run(put_later, &objects[2], "put_later")));
	EXPECT_EQ(test, registry_remove(KIND, &objects[2]), 0);
	EXPECT_EQ(test, registry_users(KIND, &objects[2]), -EINVAL);
}

#define ROUNDS 300

static int use_all_the_time(void *data)
{
	while (!kthread_should_stop()) {
		void *object = registry_get(KIND, "test-r", 6);

		if (object)
			registry_put(KIND, object);
		cond_resched();
	}
	return 0;
}

static void concurrent_use(struct test *test)
{
	struct task_struct *user = kthread_run(use_all_the_time, NULL, "registry-user");
	unsigned int i, failed = 0;

	REQUIRE(test, !IS_ERR(user));
	for (i = 0; i < ROUNDS; i++) {
		failed += registry_add(KIND, "test-r", NULL, &objects[i % 3], 0, _RET_IP_) != 0;
		schedule();
		failed += registry_remove(KIND, &objects[i % 3]) != 0;
	}
	kthread_stop(user);
	EXPECT_EQ(test, failed, 0u);
}

static void walk_in_order(struct test *test)
{
	void *object, *seen[3] = { NULL };
	unsigned int i, found = 0;

	for (i = 0; i < 3; i++)
		EXPECT_EQ(test,
			  registry_add(KIND,
				       i == 0	? "test-0"
				       : i == 1 ? "test-1"
						: "test-2",
				       NULL, &objects[i], i == 2 ? REGISTRY_FIRST : 0, _RET_IP_),
			  0);
	for (object = registry_next(KIND, NULL); object; object = registry_next(KIND, object))
		if (object >= (void *)objects && object < (void *)(objects + 3) && found < 3)
			seen[found++] = object;
	EXPECT_EQ(test, found, 3u);
	EXPECT(test, seen[0] == &objects[2] && seen[1] == &objects[0] && seen[2] == &objects[1]);
	for (i = 0; i < 3; i++)
		registry_remove(KIND, &objects[i]);
}

static const struct test_case cases[] = {
	TEST_CASE(names_are_unique), TEST_CASE(lookup_counts_users), TEST_CASE(removal_waits),
	TEST_CASE(concurrent_use),   TEST_CASE(walk_in_order),	     {},
};
TEST_SUITE(test_registry, cases);

MODULE_DESCRIPTION("Tests of the registry");
MODULE_LICENSE("Dual MIT/GPL");
