/* Random numbers and texts for the tests of the C library: the same in every run. */
#ifndef RAKIT_LIBC_RANDOM_H
#define RAKIT_LIBC_RANDOM_H

#include <stddef.h>
#include <stdint.h>

static uint64_t random_state = 88172645463325252ULL;

static inline uint64_t random_next(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state;
}

static inline unsigned int random_below(unsigned int limit)
{
	return (random_next() >> 16) % limit;
}

/* Up to `most` characters of the alphabet, and a NUL. */
static inline char *random_text(char *to, size_t most, const char *alphabet, size_t letters)
{
	size_t n = random_below(most + 1);

	for (size_t i = 0; i < n; i++)
		to[i] = alphabet[random_below(letters)];
	to[n] = 0;
	return to;
}

#endif
