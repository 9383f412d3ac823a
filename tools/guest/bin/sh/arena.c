/*
 * arena: allocation by bumping a pointer, release in one step.
 *
 * A syntax tree lives in an arena of its own; whoever runs it holds it, and so does each function
 * defined in it, so a script can redefine a function that is running. Expansion results live in one
 * arena used as a stack.
 */
#include <stdlib.h>
#include <string.h>
#include "../../lib/strbuf.h"
#include "arena.h"

#define CHUNK_SIZE 2048
#define ALIGNMENT (2 * sizeof(void *))

struct arena_chunk {
	struct arena_chunk *older;
	size_t size; /* bytes in data[] */
	_Alignas(2 * sizeof(void *)) char data[];
};

struct arena *arena_new(void)
{
	struct arena *arena = memory_get(sizeof(*arena));

	memset(arena, 0, sizeof(*arena));
	arena->holders = 1;
	return arena;
}

void arena_hold(struct arena *arena)
{
	arena->holders++;
}

void arena_drop(struct arena *arena)
{
	if (--arena->holders)
		return;
	arena_release(arena, (struct arena_mark){ 0 });
	free(arena);
}

void *arena_get(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk = arena->top;
	void *result;

	size = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
	if (!chunk || chunk->size - arena->used < size) {
		size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;

		chunk = memory_get(sizeof(*chunk) + room);
		chunk->older = arena->top;
		chunk->size = room;
		arena->top = chunk;
		arena->used = 0;
	}
	result = chunk->data + arena->used;
	arena->used += size;
	return memset(result, 0, size);
}

char *arena_copy(struct arena *arena, const char *text, size_t size)
{
	char *copy = arena_get(arena, size + 1);

	memcpy(copy, text, size);
	return copy;
}

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){ arena->top, arena->used };
}

void arena_release(struct arena *arena, struct arena_mark mark)
{
	while (arena->top != mark.top) {
		struct arena_chunk *chunk = arena->top;

		arena->top = chunk->older;
		free(chunk);
	}
	arena->used = mark.used;
}
