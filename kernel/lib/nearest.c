/*
 * The names most like a wanted one. Most offers are turned away by their length alone; for the others the last three
 * rows of the textbook's table are kept, and given up as soon as two of them are above what is still of interest.
 */
#include "lib/nearest.h"
#include "lib/string.h"

static unsigned int least(unsigned int a, unsigned int b, unsigned int c)
{
	unsigned int m = a < b ? a : b;

	return m < c ? m : c;
}

/* Three rows of the table: the one that is made, the one above, the one above that. */
struct rows {
	unsigned int *now, *above, *before;
};

/* The row of b's j-th letter (from 1). Returns the smallest entry. */
static unsigned int next_row(const struct rows *rows, const char *a, size_t length, const char *b,
			     size_t j)
{
	unsigned int *now = rows->now, lowest = now[0] = (unsigned int)j;

	for (size_t i = 1; i <= length; i++) {
		now[i] = least(rows->above[i] + 1, now[i - 1] + 1,
			       rows->above[i - 1] + (a[i - 1] != b[j - 1]));
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
			now[i] = least(now[i], now[i], rows->before[i - 2] + 1);
		lowest = now[i] < lowest ? now[i] : lowest;
	}
	return lowest;
}

unsigned int nearest_distance(const char *a, size_t length, const char *b, unsigned int limit)
{
	unsigned int table[3][NEAREST_NAME + 1], lowest = 0;
	struct rows rows = { table[2], table[0], table[1] };
	size_t other = text_length(b);

	if (length > NEAREST_NAME || other > NEAREST_NAME ||
	    (other > length ? other - length : length - other) > limit)
		return limit + 1;
	for (size_t i = 0; i <= length; i++)
		rows.above[i] = rows.before[i] = (unsigned int)i;
	for (size_t j = 1; j <= other; j++) {
		unsigned int before = lowest;

		lowest = next_row(&rows, a, length, b, j);
		if (lowest > limit && before > limit)
			return limit + 1;
		rows = (struct rows){ rows.before, rows.now, rows.above };
	}
	return rows.above[length];
}

void nearest_begin(struct nearest *nearest, const char *wanted)
{
	bytes_clear(nearest, sizeof(*nearest));
	nearest->wanted = wanted;
	nearest->length = text_length(wanted);
	nearest->limit = (unsigned int)nearest->length / 3;
	if (!nearest->limit)
		nearest->limit = 1;
}

static bool is_kept(const struct nearest *nearest, const char *name)
{
	for (unsigned int i = 0; i < nearest->count; i++)
		if (text_equal(nearest->name[i], name))
			return true;
	return false;
}

static bool is_before(const struct nearest *nearest, unsigned int i, unsigned int distance,
		      const char *name)
{
	return distance < nearest->distance[i] ||
	       (distance == nearest->distance[i] && (strcmp)(name, nearest->name[i]) < 0);
}

void nearest_offer(struct nearest *nearest, const char *name, const void *context)
{
	unsigned int distance = nearest_distance(nearest->wanted, nearest->length, name,
						 nearest->limit);
	unsigned int place = nearest->count;

	if (distance > nearest->limit || is_kept(nearest, name))
		return;
	while (place && is_before(nearest, place - 1, distance, name))
		place--;
	if (place == NEAREST_MAX)
		return;
	if (nearest->count < NEAREST_MAX)
		nearest->count++;
	for (unsigned int i = nearest->count - 1; i > place; i--) {
		nearest->name[i] = nearest->name[i - 1];
		nearest->distance[i] = nearest->distance[i - 1];
		nearest->context[i] = nearest->context[i - 1];
	}
	nearest->name[place] = name;
	nearest->distance[place] = distance;
	nearest->context[place] = context;
	if (nearest->count == NEAREST_MAX)
		nearest->limit = nearest->distance[NEAREST_MAX - 1];
}
