/* Hashes of texts and blocks. The values are part of tables made at build time: a change here rebuilds everything. */
#ifndef LIB_HASH_H
#define LIB_HASH_H

#include <stddef.h>
#include <stdint.h>
#include "lib/string.h"

#define HASH_FACTOR 0x9e3779b1u /* prime, near 2^32 divided by the golden ratio */

static inline uint32_t hash_mix(uint32_t hash, uint32_t word)
{
	hash = (hash ^ word) * HASH_FACTOR;
	return hash ^ hash >> 15;
}

/* Four characters at a time, the rest as one word with the last character lowest. */
static inline uint32_t hash_text_length(const char *s, size_t length)
{
	uint32_t hash = (uint32_t)length, word;

	for (; length >= 4; length -= 4, s += 4) {
		__builtin_memcpy(&word, s, 4);
		hash = hash_mix(hash, word);
	}
	for (word = 0; length; length--)
		word = word << 8 | (uint8_t)*s++;
	return hash_mix(hash, word);
}

static inline uint32_t hash_text(const char *s)
{
	return hash_text_length(s, text_length(s));
}

#endif
