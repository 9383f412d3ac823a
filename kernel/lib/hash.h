/* Hashes of texts and blocks. The values are part of tables made at build time: a change here rebuilds everything. */
#ifndef LIB_HASH_H
#define LIB_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_TEXT_START 5381u

/* Bernstein's hash (times 33), as in ELF's .gnu.hash: 4 instructions per character, even over short names. */
static inline uint32_t hash_text(const char *s)
{
	uint32_t hash = HASH_TEXT_START;

	for (; *s; s++)
		hash = hash * 33 + (uint8_t)*s;
	return hash;
}

#endif
