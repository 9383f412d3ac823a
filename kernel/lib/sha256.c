/*
 * SHA-256. A round changes two of the eight working variables; instead of moving the others along, eight rounds stand
 * side by side with their names turned. The schedule is a ring of 16 words.
 */
#include "lib/sha256.h"
#include "lib/string.h"

const uint32_t sha256_initial[8] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

static inline uint32_t right(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

static inline uint32_t schedule(uint32_t *w, int i)
{
	uint32_t a = w[(i + 1) & 15], b = w[(i + 14) & 15];

	return w[i & 15] += w[(i + 9) & 15] + (right(a, 7) ^ right(a, 18) ^ a >> 3) +
			    (right(b, 17) ^ right(b, 19) ^ b >> 10);
}

#define ROUND(a, b, c, d, e, f, g, h, i, word)                                    \
	do {                                                                      \
		uint32_t t = (h) + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) +  \
			     ((g) ^ ((e) & ((f) ^ (g)))) + constants[i] + (word); \
		(d) += t;                                                         \
		(h) = t + (right(a, 2) ^ right(a, 13) ^ right(a, 22)) +           \
		      (((a) & (b)) | ((c) & ((a) | (b))));                        \
	} while (0)

#define EIGHT_ROUNDS(s, i, word)                                                           \
	do {                                                                               \
		ROUND(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], i, word(i));         \
		ROUND(s[7], s[0], s[1], s[2], s[3], s[4], s[5], s[6], i + 1, word(i + 1)); \
		ROUND(s[6], s[7], s[0], s[1], s[2], s[3], s[4], s[5], i + 2, word(i + 2)); \
		ROUND(s[5], s[6], s[7], s[0], s[1], s[2], s[3], s[4], i + 3, word(i + 3)); \
		ROUND(s[4], s[5], s[6], s[7], s[0], s[1], s[2], s[3], i + 4, word(i + 4)); \
		ROUND(s[3], s[4], s[5], s[6], s[7], s[0], s[1], s[2], i + 5, word(i + 5)); \
		ROUND(s[2], s[3], s[4], s[5], s[6], s[7], s[0], s[1], i + 6, word(i + 6)); \
		ROUND(s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[0], i + 7, word(i + 7)); \
	} while (0)

#define GIVEN(i) w[i]
#define SCHEDULED(i) schedule(w, i)

void sha256_block(uint32_t *state, const uint32_t *words)
{
	uint32_t w[16], s[8];

	bytes_copy(w, words, sizeof(w));
	bytes_copy(s, state, sizeof(s));
	for (int i = 0; i < 16; i += 8)
		EIGHT_ROUNDS(s, i, GIVEN);
	for (int i = 16; i < 64; i += 8)
		EIGHT_ROUNDS(s, i, SCHEDULED);
	for (int i = 0; i < 8; i++)
		state[i] += s[i];
}

void sha256_start(struct sha256 *sha)
{
	bytes_copy(sha->state, sha256_initial, sizeof(sha->state));
	sha->length = 0;
}

static void block_run(struct sha256 *sha, const uint8_t *bytes)
{
	uint32_t words[16];

	bytes_copy(words, bytes, sizeof(words));
	for (int i = 0; i < 16; i++)
		words[i] = __builtin_bswap32(words[i]);
	sha256_block(sha->state, words);
}

void sha256_add(struct sha256 *sha, const void *bytes, size_t size)
{
	const uint8_t *at = bytes;

	while (size) {
		size_t used = sha->length % 64, n = 64 - used < size ? 64 - used : size;

		if (n == 64) {
			block_run(sha, at);
		} else {
			bytes_copy(sha->block + used, at, n);
			if (used + n == 64)
				block_run(sha, sha->block);
		}
		sha->length += n;
		at += n;
		size -= n;
	}
}

void sha256_finish(struct sha256 *sha, uint8_t digest[SHA256_SIZE])
{
	static const uint8_t padding[64] = { 0x80 };
	uint64_t bits = sha->length * 8;
	uint8_t length[8];

	for (int i = 0; i < 8; i++)
		length[i] = (uint8_t)(bits >> (56 - 8 * i));
	sha256_add(sha, padding, 1 + (119 - sha->length % 64) % 64);
	sha256_add(sha, length, sizeof(length));
	for (int i = 0; i < SHA256_SIZE; i++)
		digest[i] = (uint8_t)(sha->state[i / 4] >> (24 - i % 4 * 8));
}

void sha256(const void *bytes, size_t size, uint8_t digest[SHA256_SIZE])
{
	struct sha256 sha;

	sha256_start(&sha);
	sha256_add(&sha, bytes, size);
	sha256_finish(&sha, digest);
}
