/*
 * "Did you mean": of names that are offered one by one, those with the smallest edit distance to a wanted one. Names that
 * differ in more than a third of the wanted one's letters are not near.
 */
#ifndef LIB_NEAREST_H
#define LIB_NEAREST_H

#include <stdbool.h>
#include <stddef.h>

#define NEAREST_MAX 3	/* names kept */
#define NEAREST_NAME 63 /* longer names are never near */

struct nearest {
	const char *wanted;
	size_t length;		       /* of wanted */
	unsigned int limit;	       /* the largest distance that is near */
	unsigned int count;	       /* names kept */
	const char *name[NEAREST_MAX]; /* nearest first, then by alphabet; the offered pointers */
	unsigned int distance[NEAREST_MAX];
	const void *context[NEAREST_MAX]; /* what was offered with each */
};

/*
 * The edit distance of a (length bytes, at most NEAREST_NAME) and b: letters to insert, remove or replace and neighbours to
 * exchange, no letter touched twice ("optimal string alignment"). Anything above limit stands for itself or more.
 */
unsigned int nearest_distance(const char *a, size_t length, const char *b, unsigned int limit);

/* Begins a search. wanted has to stay. */
void nearest_begin(struct nearest *nearest, const char *wanted);
/* Offers a name, which has to stay; context is kept beside it. The same text is kept once. */
void nearest_offer(struct nearest *nearest, const char *name, const void *context);

#endif
