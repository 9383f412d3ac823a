/* The ledger: entries, their attributes, and that they are found and forgotten. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include <rakit/expect.h>
#include <rakit/ledger.h>

static int things[100];

static void add_and_remove(struct test *test)
{
	unsigned int before = ledger_count(THIS_MODULE);

	EXPECT_EQ(test, ledger_add(THIS_MODULE, LEDGER_MISC, &things[0], 7, 3, "thing", _RET_IP_),
		  0);
	EXPECT_EQ(test, ledger_add(THIS_MODULE, LEDGER_MISC, &things[0], 7, 3, "thing", _RET_IP_),
		  -EEXIST);
	EXPECT_EQ(test, ledger_count(THIS_MODULE), before + 1);
	EXPECT(test, ledger_holder(LEDGER_MISC, &things[0]) == THIS_MODULE);
	EXPECT(test, !ledger_holder(LEDGER_TIMER, &things[0]));
	ledger_remove(LEDGER_MISC, &things[0]);
	ledger_remove(LEDGER_MISC, &things[0]);
	EXPECT_EQ(test, ledger_count(THIS_MODULE), before);
}

static int check_entry(const struct ledger_entry *entry, void *data)
{
	struct test *test = data;

	if (entry->object != &things[1])
		return 0;
	EXPECT_EQ(test, entry->key, 42ull);
	EXPECT_EQ(test, entry->size, (size_t)5);
	EXPECT_EQ(test, (int)entry->phase, (int)LEDGER_INIT);
	EXPECT(test, entry->owner == THIS_MODULE);
	EXPECT_STREQ(test, entry->name, "a name of more than thirty-one ");
	return 1;
}

static void attributes(struct test *test)
{
	REQUIRE(test, !ledger_add(THIS_MODULE, LEDGER_MISC, &things[1], 42, 5,
				  "a name of more than thirty-one characters", _RET_IP_));
	EXPECT_EQ(test, ledger_for_each(THIS_MODULE, check_entry, test), 1);
	ledger_remove(LEDGER_MISC, &things[1]);
}

static int count_in_order(const struct ledger_entry *entry, void *data)
{
	const int **last = data;

	if (entry->kind != LEDGER_MISC)
		return 0;
	if (*last && (const int *)entry->object != *last + 1)
		return 1;
	*last = entry->object;
	return 0;
}

static void many_in_order(struct test *test)
{
	const int *last = NULL;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(things); i++)
		EXPECT_EQ(test,
			  ledger_add(THIS_MODULE, LEDGER_MISC, &things[i], i, 0, NULL, _RET_IP_),
			  0);
	EXPECT_EQ(test, ledger_for_each(THIS_MODULE, count_in_order, &last), 0);
	EXPECT(test, last == &things[ARRAY_SIZE(things) - 1]);
	for (i = 0; i < ARRAY_SIZE(things); i++)
		ledger_remove(LEDGER_MISC, &things[i]);
}

static void owner_of_address(struct test *test)
{
	EXPECT(test, ledger_owner_of((unsigned long)add_and_remove) == THIS_MODULE);
	EXPECT(test, !ledger_owner_of((unsigned long)ledger_add));
	EXPECT(test, !ledger_owner_of(0));
	EXPECT_EQ(test, ledger_add(NULL, LEDGER_MISC, &things[0], 0, 0, NULL, 0), 0);
	EXPECT(test, !ledger_holder(LEDGER_MISC, &things[0]));
}

static const struct test_case cases[] = {
	TEST_CASE(add_and_remove),
	TEST_CASE(attributes),
	TEST_CASE(many_in_order),
	TEST_CASE(owner_of_address),
	{},
};
TEST_SUITE(test_ledger, cases);

MODULE_DESCRIPTION("Tests of the ledger");
MODULE_LICENSE("Dual MIT/GPL");
