// SOURCES: tools/guest/lib/mode.c
/* Permissions: text to mode and back. */
#include "guest/lib/mode.h"
#include "unit.h"

static int changed(const char *spec, mode_t mode, mode_t mask)
{
	mode_t result;

	return mode_change(spec, mode, mask, &result) ? (int)result : -1;
}

static void test_change(void)
{
	CHECK_EQ(changed("755", 0, 0), 0755);
	CHECK_EQ(changed("4755", 0, 0), 04755);
	CHECK_EQ(changed("u+x", 0644, 0), 0744);
	CHECK_EQ(changed("u+x,g-r,o=", 0644, 0), 0700);
	CHECK_EQ(changed("go=u", 0700, 0), 0777);
	CHECK_EQ(changed("a+X", 0644, 0), 0644);
	CHECK_EQ(changed("a+X", 0744, 0), 0755);
	CHECK_EQ(changed("a+X", S_IFDIR | 0600, 0), 0711);
	CHECK_EQ(changed("+w", 0444, 022), 0644);
	CHECK_EQ(changed("u+s,+t", 0755, 0), 05755);
	CHECK_EQ(changed("=r", 0777, 0), 0444);
	CHECK_EQ(changed("8", 0, 0), -1);
	CHECK_EQ(changed("u", 0, 0), -1);
	CHECK_EQ(changed("u+q", 0, 0), -1);
	CHECK_EQ(changed("u+x,", 0, 0), -1);
}

static void test_format(void)
{
	char text[12];

	mode_format(text, S_IFDIR | 01777);
	CHECK_STR(text, "drwxrwxrwt");
	mode_format(text, S_IFREG | 06644);
	CHECK_STR(text, "-rwSr-Sr--");
	mode_format(text, S_IFCHR | 04755);
	CHECK_STR(text, "crwsr-xr-x");
}

int main(void)
{
	RUN(test_change);
	RUN(test_format);
	UNIT_END();
}
