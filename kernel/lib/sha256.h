/* SHA-256, from any number of pieces. Source: FIPS 180-4. */
#ifndef LIB_SHA256_H
#define LIB_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_SIZE 32 /* bytes of a digest */

struct sha256 {
	uint32_t state[8];
	uint64_t length; /* bytes so far */
	uint8_t block[64];
};

extern const uint32_t sha256_initial[8];

void sha256_start(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const void *bytes, size_t size);
void sha256_finish(struct sha256 *sha, uint8_t digest[SHA256_SIZE]);
/* All three for one piece. */
void sha256(const void *bytes, size_t size, uint8_t digest[SHA256_SIZE]);

/* The compression of one block, given as words. */
void sha256_block(uint32_t *state, const uint32_t *words);

#endif
