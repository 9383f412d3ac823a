// SOURCES: kernel/lib/nearest.c
/* Edit distances against a plain table, and the order of what is near. */
#include <stdlib.h>
#include <string.h>
#include "unit.h"
#include "lib/nearest.h"

/* The whole table, as the textbook has it. */
static unsigned int plain(const char *a, const char *b)
{
	static unsigned int t[80][80];
	size_t n = strlen(a), m = strlen(b);

	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j <= m; j++) {
			unsigned int best;

			if (!i || !j) {
				t[i][j] = (unsigned int)(i + j);
				continue;
			}
			best = t[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			best = t[i - 1][j] + 1 < best ? t[i - 1][j] + 1 : best;
			best = t[i][j - 1] + 1 < best ? t[i][j - 1] + 1 : best;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    t[i - 2][j - 2] + 1 < best)
				best = t[i - 2][j - 2] + 1;
			t[i][j] = best;
		}
	return t[n][m];
}

static void random_text(char *text)
{
	size_t length = (size_t)(rand() % 20);

	for (size_t i = 0; i < length; i++)
		text[i] = (char)('a' + rand() % 3);
	text[length] = '\0';
}

static void test_distance(void)
{
	srand(1);
	for (int i = 0; i < 5000; i++) {
		char a[24], b[24];
		unsigned int limit = (unsigned int)(rand() % 12), right, got;

		random_text(a);
		random_text(b);
		right = plain(a, b);
		got = nearest_distance(a, strlen(a), b, limit);
		CHECK(right > limit ? got > limit : got == right);
	}
}

static void test_order(void)
{
	static const char *const names[] = { "kfree",	 "kmalloc_array", "kmalloc", "vmalloc",
					     "kvmalloc", "printk",	  "kmalloc", "kzalloc" };
	struct nearest nearest;

	nearest_begin(&nearest, "kmaloc");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		nearest_offer(&nearest, names[i], &names[i]);
	CHECK_EQ(nearest.count, 3);
	CHECK(!strcmp(nearest.name[0], "kmalloc") && nearest.context[0] == &names[2]);
	CHECK(!strcmp(nearest.name[1], "kvmalloc") && !strcmp(nearest.name[2], "kzalloc"));
	CHECK_EQ(nearest.distance[0], 1);
}

static void test_exchanged(void)
{
	struct nearest nearest;

	nearest_begin(&nearest, "cuont");
	nearest_offer(&nearest, "count", NULL);
	CHECK_EQ(nearest.count, 1);
	CHECK_EQ(nearest.distance[0], 1);
}

static void test_far(void)
{
	char longer[200];
	struct nearest nearest;

	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	nearest_begin(&nearest, "abc");
	nearest_offer(&nearest, "xyz", NULL);
	nearest_offer(&nearest, "", NULL);
	nearest_offer(&nearest, longer, NULL);
	CHECK_EQ(nearest.count, 0);
	nearest_begin(&nearest, longer);
	nearest_offer(&nearest, longer, NULL);
	CHECK_EQ(nearest.count, 0);
}

int main(void)
{
	RUN(test_distance);
	RUN(test_order);
	RUN(test_exchanged);
	RUN(test_far);
	UNIT_END();
}
