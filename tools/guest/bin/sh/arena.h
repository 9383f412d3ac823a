/* Memory that is given back all at once: syntax trees, and the results of expansions. */
#ifndef SH_ARENA_H
#define SH_ARENA_H

#include <stddef.h>

struct arena_chunk;

/* A chain of chunks with a count of holders; all zero is a valid empty one with no holder. */
struct arena {
	struct arena_chunk *top; /* the chunk being filled; older ones hang on it */
	size_t used;		 /* bytes of `top` in use */
	unsigned int holders;	 /* arena_drop() of the last one frees it */
};

/* A place in an arena to go back to. */
struct arena_mark {
	struct arena_chunk *top;
	size_t used;
};

/* A fresh arena with one holder; one holder more; one less. */
struct arena *arena_new(void);
void arena_hold(struct arena *arena);
void arena_drop(struct arena *arena);

/* `size` zeroed bytes, aligned for any type; a copy of `size` bytes of text with a NUL behind. */
void *arena_get(struct arena *arena, size_t size);
char *arena_copy(struct arena *arena, const char *text, size_t size);

/* Remember the fill level; give back all that was got since (last mark first). */
struct arena_mark arena_mark(const struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);

#endif
