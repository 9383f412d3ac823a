/*
 * "Did you mean": the exported name with the smallest edit distance to one that nobody exports, if it is near.
 */
#include <string.h>
#include "modpost.h"

#define NAME_MAX_COMPARED 64

static unsigned int least(unsigned int a, unsigned int b, unsigned int c)
{
	unsigned int m = a < b ? a : b;

	return m < c ? m : c;
}

/* Levenshtein's distance, one row of the table at a time. */
static unsigned int distance(const char *a, const char *b)
{
	unsigned int row[NAME_MAX_COMPARED + 1];
	size_t width = strlen(b);

	for (size_t j = 0; j <= width; j++)
		row[j] = (unsigned int)j;
	for (size_t i = 1; a[i - 1]; i++) {
		unsigned int diagonal = row[0];

		row[0] = (unsigned int)i;
		for (size_t j = 1; j <= width; j++) {
			unsigned int above = row[j];

			row[j] = least(above + 1, row[j - 1] + 1,
				       diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[width];
}

const char *symvers_nearest(const struct symvers *symvers, const char *name)
{
	unsigned int best = (unsigned int)strlen(name) / 3 + 1;
	const char *nearest = NULL;

	if (strlen(name) > NAME_MAX_COMPARED)
		return NULL;
	for (size_t i = 0; i < sizeof(symvers->slots) / sizeof(symvers->slots[0]); i++) {
		for (const struct export *e = symvers->slots[i]; e; e = e->next) {
			unsigned int d = strlen(e->name) > NAME_MAX_COMPARED
						 ? best
						 : distance(name, e->name);

			if (d < best || (d == best && nearest && strcmp(e->name, nearest) < 0)) {
				best = d;
				nearest = e->name;
			}
		}
	}
	return nearest;
}
