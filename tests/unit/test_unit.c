// SOURCES:
/* The test macros themselves. */
#include "unit.h"

static void test_macros(void)
{
	CHECK(1);
	CHECK_EQ(2 + 2, 4);
	CHECK_STR("a", "a");
}

int main(void)
{
	RUN(test_macros);
	UNIT_END();
}
